"""What is asked of a unit and what it said, in words."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from inspect_app.core.labels import Sentence, mark, say
from inspect_app.workplans.library.words import EVIDENCE_LABELS, OF_LABELS, Evidence, Of
from inspect_app.workplans.lifecycle import DUE_LIFE
from inspect_app.workplans.models import WorkDue
from inspect_app.workplans.rules import days_late, look_of
from inspect_app.workplans.words import LOOKS, Look

FEEDBACK = mark("本项任务到这一天的完成情况")
UNKNOWN = "—"


class Shown(NamedTuple):
    """How something owed looks today: label, sign, tone, and by how many days it is late."""

    look: Look
    label: str
    sign: str
    tone: str
    days_late: int


def look(due: WorkDue, today: date, *, met: bool = False) -> Shown:
    """Say how something owed looks; `met` as in `rules.look_of`."""
    found = look_of(due.state, due.due_on, due.reported_at, today, excused=due.excused, met=met)
    counted = found in (Look.OVERDUE, Look.REPORTED_LATE, Look.ACCEPTED_LATE, Look.RETURNED)
    late = days_late(due.due_on, due.reported_at, today) if counted else 0
    return Shown(found, *LOOKS[found], late)


def asked(due: WorkDue) -> str:
    """Say what is to be reported: an obligation by its title, else how far the task is."""
    if due.obligation is None:
        return FEEDBACK
    return str(due.obligation.definition.get("title") or due.obligation.quote)


def owner(due: WorkDue) -> str:
    """Name who owes it."""
    return due.unit.name if due.unit else due.region.name


def task_label(due: WorkDue) -> str:
    """Name the task with its number in the notice; a requirement of the letter itself belongs to none."""
    if due.task is None:
        return mark("来文要求")
    return f"{due.task.number} {due.task.title}".strip()


def needed(due: WorkDue) -> Sentence | None:
    """Say how much is needed; None where no number is set."""
    unit = str(due.obligation.definition.get("unit", "")) if due.obligation else ""
    each = OF_LABELS[Of(due.per)] if due.per else ""
    if due.share is not None:
        return say(mark("覆盖 %(share)s%%"), share=plain(due.share * 100))
    if due.needed is None:
        return None
    least = f"{due.needed}{unit}" if due.at_most is None else f"{due.needed}～{due.at_most}{unit}"
    return say(mark("每个%(each)s不少于 %(least)s"), each=each, least=least) if each else say(
        mark("不少于 %(least)s"), least=least
    )  # fmt: skip


def evidence_asked(due: WorkDue) -> list[str]:
    """Return the labels of the kinds of evidence that are asked for."""
    codes = due.obligation.definition.get("evidence", ()) if due.obligation else ()
    return [EVIDENCE_LABELS[Evidence(code)] for code in codes if code in set(Evidence)]


def figures_text(figures: Mapping[str, Any]) -> str:
    """Write figures as 3/5; an unknown one is a dash, and nothing at all is one dash."""
    done, whole = figures.get("done"), figures.get("whole")
    if done is None and whole is None:
        return UNKNOWN
    return str(done) if whole is None else f"{done if done is not None else UNKNOWN}/{whole}"


class Told(NamedTuple):
    """A line of the history, as the timeline draws it."""

    label: str
    at: object
    by: str
    note: str


def history(due: WorkDue) -> list[Told]:
    """Return what happened, the latest first, each with its words."""
    return [
        Told(_label(event.action, event.source), event.at, event.actor_name, _note(event.facts))
        for event in reversed(due.events)
    ]


def last_reason(due: WorkDue) -> str:
    """Return why it was last returned, excused or waived."""
    return next((event.facts["reason"] for event in reversed(due.events) if event.facts.get("reason")), "")


def _label(action: str, source: str) -> str:
    step = DUE_LIFE.step(action, source)
    return step.label if step else action


def _note(facts: Mapping[str, Any]) -> str:
    figures = facts.get("figures", {})
    told = [
        facts.get("reason", ""),
        facts.get("summary", ""),
        "、".join(figures.get("aspects", ())),
        figures.get("proof", ""),
    ]
    if "done" in figures or "whole" in figures:
        told.append(figures_text(figures))
    return "；".join(part for part in told if part)


def plain(number: Decimal) -> str:
    """Write a number as people do: 3, 3.5."""
    return f"{number.normalize():f}"
