"""How long treatment may take, by grade and kind of hazard, and what is never given more time (§5.4, §5.6). Pure.

A calendar is anything that can add working days to a day; rows of the office's table are tried from the top.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Protocol


class WorkingDays(Protocol):
    """What a calendar must be able to do."""

    def add_working_days(self, start: date, count: int) -> date:
        """Return the day `count` working days after `start`, before it when negative."""


@dataclass(frozen=True)
class Kinds:
    """Which hazards a row is about: an empty set means any. `native_grades` are letters at the start (C级, D级危房)."""

    grades: frozenset[str] = frozenset()
    categories: frozenset[str] = frozenset()
    native_grades: frozenset[str] = frozenset()
    item_codes: frozenset[str] = frozenset()
    measures: frozenset[str] = frozenset()

    def holds(self, hazard: Any) -> bool:  # noqa: ANN401 - a hazard or the draft of one
        """Tell whether a hazard is of these kinds."""
        native = hazard.native_grade.strip().upper()
        asked = (
            (self.grades, hazard.grade in self.grades),
            (self.categories, hazard.category in self.categories),
            (self.native_grades, any(native.startswith(each) for each in self.native_grades)),
            (self.item_codes, hazard.item_code in self.item_codes),
            (self.measures, hazard.measure_type in self.measures),
        )
        return all(fits for wanted, fits in asked if wanted)


@dataclass(frozen=True)
class Deadline:
    """The time given as a rule (`days`, working days when `working`), and at most (`longest`, natural days)."""

    kinds: Kinds
    days: int
    working: bool = False
    longest: int | None = None


@dataclass(frozen=True)
class Firm:
    """Kinds of hazards that get no extension and no pause, with the reason as people read it."""

    kinds: Kinds
    reason: str


def deadline_of(hazard: Any, deadlines: tuple[Deadline, ...]) -> Deadline | None:  # noqa: ANN401 - any hazard
    """Return the first row about this hazard."""
    return next((each for each in deadlines if each.kinds.holds(hazard)), None)


def proposed_due(hazard: Any, given_on: date, deadlines: tuple[Deadline, ...], calendar: WorkingDays) -> date | None:  # noqa: ANN401 - any hazard
    """Return the due date that the table proposes for an order given on a day; None where it says nothing."""
    row = deadline_of(hazard, deadlines)
    if row is None:
        return None
    return calendar.add_working_days(given_on, row.days) if row.working else given_on + timedelta(days=row.days)


def latest_due(hazard: Any, today: date, deadlines: tuple[Deadline, ...], longest_days: int) -> date:  # noqa: ANN401 - any hazard
    """Return the last day a due date may fall on: counted from the finding, longer by what the clock stood still."""
    row = deadline_of(hazard, deadlines)
    longest = row.longest if row and row.longest is not None else longest_days
    return (hazard.found_on or today) + timedelta(days=longest + (hazard.paused_days or 0))


def ask_until(hazard: Any, lead_days: int, lead_listed: int, calendar: WorkingDays) -> date | None:  # noqa: ANN401 - any hazard
    """Return the last day to ask for an extension: natural days before the due date, working days for a listed one."""
    if hazard.due_on is None:
        return None
    if hazard.listed:
        return calendar.add_working_days(hazard.due_on, -lead_listed)
    return hazard.due_on - timedelta(days=lead_days)  # type: ignore[no-any-return]


def firm_reason(hazard: Any, firm: tuple[Firm, ...]) -> str:  # noqa: ANN401 - any hazard
    """Return why a hazard gets no more time, "" when it may."""
    return next((each.reason for each in firm if each.kinds.holds(hazard)), "")
