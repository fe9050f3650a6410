"""What a notice proposes for a plan: units, settled or not, and the days on which reports are due. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from inspect_app.core.labels import mark
from inspect_app.workplans.intake.groups import group_of
from inspect_app.workplans.notices.candidates import STOPS, sentence_before
from inspect_app.workplans.notices.head import YEAR, year_of
from inspect_app.workplans.notices.model import Kind, Named, Notice, Requirement, Task
from inspect_app.workplans.words import Part

SURE = 0.8
REPORT = re.compile(r"报|反馈|总结|小结|汇总")
LIKELY = mark("这一句不一定是硬性要求，请对照原文决定是否采用。")
UNKNOWN = mark("单位库里没有这个名称，请选择是哪个单位，或登记为新单位。")
ELSEWHERE = mark("单位库里的这个单位属于下级地区，请核对是不是同一个单位。")


@dataclass(frozen=True)
class Known:
    """A unit of the register that a name means; `below` tells that it belongs to a region below that of the plan."""

    id: int
    below: bool = False


@dataclass(frozen=True)
class DraftUnit:
    """A unit of a task as proposed: with neither unit nor group it waits for a person."""

    part: Part
    written: str
    start: int
    unit_id: int | None
    group: str | None
    doubt: str


def year_in(notice: Notice, otherwise: int) -> int:
    """Return the year that the paper is for, by its title, number or day."""
    found = year_of(notice.head, ())
    first = YEAR.search(notice.text)
    return found or (int(first[1]) if first else otherwise)


def units_of(task: Task, known: Mapping[str, Known]) -> list[DraftUnit]:
    """Propose who each name of a task is; a name twice in one role is there once."""
    found: dict[tuple[str, str], DraftUnit] = {}
    for named in task.named:
        found.setdefault((named.role, named.text), _unit(named, known))
    return list(found.values())


def _unit(named: Named, known: Mapping[str, Known]) -> DraftUnit:
    part, unit = Part(named.role.value), known.get(named.text)
    if unit is not None:
        return DraftUnit(part, named.text, named.start, unit.id, None, named.doubt or (ELSEWHERE if unit.below else ""))
    group, doubt = group_of(named.text) if named.group else (None, UNKNOWN)
    return DraftUnit(part, named.text, named.start, None, group, named.doubt or doubt)


def reporting_days(notice: Notice) -> list[date]:
    """List the days by which the letter itself wants to be told how far everybody is, in order."""
    return sorted({each.due_on for each in notice.requirements if each.due_on and _asks_for_report(notice, each)})


def letter_demands(notice: Notice) -> list[Requirement]:
    """List what the letter asks for besides reports by a day."""
    return [each for each in notice.requirements if not _asks_for_report(notice, each)]


def doubts_about(requirement: Requirement) -> list[str]:
    """Say why a person should look at a requirement."""
    return [LIKELY] if requirement.confidence < SURE else []


def _asks_for_report(notice: Notice, requirement: Requirement) -> bool:
    if requirement.kind is not Kind.ONCE_BY_DATE or requirement.due_on is None:
        return False
    after = STOPS.search(notice.text, requirement.end)
    sentence = sentence_before(notice.text, requirement.start) + notice.text[requirement.start : after and after.end()]
    return bool(REPORT.search(sentence))
