"""The text of a plan cut for showing: task by task, every unit, requirement and day marked in its place. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from inspect_app.workplans.intake.settling import is_known
from inspect_app.workplans.notices.model import Requirement
from inspect_app.workplans.notices.requirements import requirements_in
from inspect_app.workplans.words import Part, Verdict

LONGEST_NUMBER = 8


class Tone(StrEnum):
    """How a marked word looks; each has a sign besides its colour."""

    UNIT = "unit"
    ASKED = "asked"
    TAKEN = "taken"
    DROPPED = "dropped"
    DAY = "day"
    DOUBT = "doubt"


SIGNS = {Tone.UNIT: "", Tone.ASKED: "？", Tone.TAKEN: "✓", Tone.DROPPED: "✕", Tone.DAY: "◷", Tone.DOUBT: "▲"}


@dataclass(frozen=True)
class Mark:
    """Words of the text between two places; `target` is the id on the page of what they belong to."""

    start: int
    end: int
    tone: Tone
    target: str


@dataclass(frozen=True)
class Piece:
    """Plain or marked words; `name` is the id of the marked words themselves, for the way back."""

    text: str
    tone: Tone | None = None
    target: str = ""
    name: str = ""

    @property
    def sign(self) -> str:
        """What stands beside the words, so that colour is not the only sign."""
        return SIGNS[self.tone] if self.tone else ""


@dataclass(frozen=True)
class Stretch:
    """A part of the text: that of a task, or what stands before, between and behind the tasks."""

    task: Any | None
    pieces: tuple[Piece, ...]

    @property
    def blank(self) -> bool:
        """Tell whether there is nothing to read."""
        return not "".join(piece.text for piece in self.pieces).strip()


def stretches(plan: Any) -> list[Stretch]:  # noqa: ANN401 - a plan with its tasks
    """Cut the text of a plan in its order; a task without a place in it comes last, with its own words."""
    found: list[Stretch] = []
    place = 0
    placed = sorted((task for task in plan.tasks if task.start is not None), key=lambda task: task.start)
    for task in placed:
        if task.start < place:
            found.append(Stretch(task, (Piece(task.text),)))
            continue
        start = max(line_start(plan.text, task.start), place)
        found.append(_between(plan, place, start))
        found.append(Stretch(task, cut(plan.text, start, task.end, marks_of(plan, task))))
        place = task.end
    found.append(_between(plan, place, len(plan.text)))
    found += [Stretch(task, (Piece(task.text),)) for task in plan.tasks if task.start is None]
    return [each for each in found if each.task is not None or not each.blank]


def marks_of(plan: Any, task: Any) -> list[Mark]:  # noqa: ANN401 - rows
    """Mark the units of a task and what it asks for."""
    units = [
        Mark(unit.start, unit.start + len(unit.written), _unit_tone(unit, checked=task.checked), f"unit-{unit.id}")
        for unit in task.units
        if unit.start is not None and plan.text.startswith(unit.written, unit.start)
    ]
    return [*units, *_demand_marks(plan, task.id)]


def cut(text: str, start: int, end: int, marks: Iterable[Mark]) -> tuple[Piece, ...]:
    """Cut a stretch of text at its marks; of two that overlap the first one counts."""
    pieces: list[Piece] = []
    place = start
    for mark in sorted(marks, key=lambda each: (each.start, -each.end)):
        if mark.start < place or mark.end > end:
            continue
        if mark.start > place:
            pieces.append(Piece(text[place : mark.start]))
        pieces.append(Piece(text[mark.start : mark.end], mark.tone, mark.target, f"in-{mark.target}"))
        place = mark.end
    return (*pieces, Piece(text[place:end])) if place < end else tuple(pieces)


def line_start(text: str, place: int) -> int:
    """Go back over the number of a task (（六）) that stands before its title in the same line."""
    start = text.rfind("\n", 0, place) + 1
    return start if place - start <= LONGEST_NUMBER else place


def _between(plan: Any, start: int, end: int) -> Stretch:  # noqa: ANN401 - a plan
    marks = [*_demand_marks(plan, None), *_days(plan, requirements_in(plan.text, start, end, plan.year))]
    return Stretch(None, cut(plan.text, start, end, [mark for mark in marks if start <= mark.start < end]))


def _days(plan: Any, read: Sequence[Requirement]) -> list[Mark]:  # noqa: ANN401 - a plan
    days = {each.due_on: each.number for each in plan.dates}
    return [Mark(each.start, each.end, Tone.DAY, f"date-{days[each.due_on]}") for each in read if each.due_on in days]


def _demand_marks(plan: Any, task_id: int | None) -> list[Mark]:  # noqa: ANN401 - a plan
    tones = {Verdict.PROPOSED: Tone.ASKED, Verdict.TAKEN: Tone.TAKEN, Verdict.DROPPED: Tone.DROPPED}
    return [
        Mark(each.start, each.start + len(each.quote), tones[each.verdict], f"demand-{each.id}")
        for each in plan.obligations
        if each.task_id == task_id and each.start is not None and each.quote
    ]


def _unit_tone(unit: Any, *, checked: bool) -> Tone:  # noqa: ANN401 - a unit of a task
    sure = is_known(unit) and unit.part is not Part.UNASSIGNED and (checked or not unit.doubt)
    return Tone.UNIT if sure else Tone.DOUBT
