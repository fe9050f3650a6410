"""Something owed as boards read it, and how it stood on an earlier day. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from inspect_app.core.clock import local
from inspect_app.workplans.lifecycle import DUE
from inspect_app.workplans.rules import look_of, on_time
from inspect_app.workplans.words import Look, Part

Place = tuple[int, int | None]
BACK = ("send_back", "reopen")


@dataclass(frozen=True)
class Step:
    """A step that was taken: what, where it led, when."""

    action: str
    target: str
    at: datetime


@dataclass(frozen=True)
class Owed:
    """What one unit owes by one day; `owner` is the region and the department (None: the county as a whole).

    `task_id` None: the letter itself asks for it. `date_id` names the reporting date, None for an obligation. `met`
    means that registers or visits show it done without a report. `text` says what is asked.
    """

    id: int
    reference: str
    owner: Place
    part: Part
    task_id: int | None
    date_id: int | None
    due_on: date
    topic: str | None
    state: str
    reported_at: datetime | None
    excused: bool = False
    met: bool = False
    text: str = ""
    steps: tuple[Step, ...] = ()

    def look(self, today: date) -> Look:
        """Say how it looks on a day that is not over before its last step."""
        return look_of(self.state, self.due_on, self.reported_at, today, excused=self.excused, met=self.met)

    def on_time(self, today: date) -> bool | None:
        """Tell whether it counts as on time; None while that is open."""
        return on_time(self.state, self.due_on, self.reported_at, today, excused=self.excused, met=self.met)

    def returned_on(self) -> date | None:
        """Return the day on which it was last sent back, None when it never was."""
        days = [local(step.at).date() for step in self.steps if step.action in BACK]
        return days[-1] if days else None


def as_on(owed: Owed, day: date) -> Owed:
    """Return it as it stood at the end of a day, from the steps taken until then."""
    taken = [step for step in owed.steps if local(step.at).date() <= day]
    return replace(
        owed,
        state=taken[-1].target if taken else DUE,
        reported_at=_first_report(taken),
        excused=any(step.action == "excuse" for step in taken),
        steps=tuple(taken),
    )


def worst(looks: Iterable[Look]) -> Look | None:
    """Return the look that most asks for somebody to act, None of nothing."""
    return max(looks, key=CONCERN.__getitem__, default=None)


def _first_report(taken: Sequence[Step]) -> datetime | None:
    """Return the first report that was not undone."""
    first = None
    for step in taken:
        if step.action == "report":
            first = first or step.at
        elif step.action == "undo_report":
            first = None
    return first


CONCERN = {
    look: number
    for number, look in enumerate(
        (
            Look.NOT_DUE,
            Look.WAIVED,
            Look.FULFILLED,
            Look.ACCEPTED,
            Look.ACCEPTED_LATE,
            Look.REPORTED,
            Look.DUE_SOON,
            Look.REPORTED_LATE,
            Look.RETURNED,
            Look.OVERDUE,
        )
    )
}
