"""Which rung of the ladder is due, and when what follows a listing or a closure falls: dates in, answers out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from inspect_app.chasing.definition import Chasing, Colour, Days, ListingTerms, Rung
from inspect_app.hazards.rules import is_overdue


class WorkingDays(Protocol):
    """A calendar that knows on which days offices work (`core.workdays.Calendar`)."""

    def is_working(self, day: date, /) -> bool:
        """Tell whether offices work on this day."""

    def add_working_days(self, start: date, count: int, /) -> date:
        """Return the day so many working days after the start, before it when negative."""


@dataclass(frozen=True)
class Case:
    """What the ladder looks at: `taken` holds the codes of rungs taken for this very due date."""

    state: str
    due_on: date | None
    listed: bool = False
    taken: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Planned:
    """A rung as it stands for a hazard: on which day it falls, and whether it is open to be taken today."""

    rung: Rung
    falls_on: date
    open: bool


def forward(day: date, calendar: WorkingDays) -> date:
    """Return the day itself when offices work, else the next working day."""
    while not calendar.is_working(day):
        day += timedelta(days=1)
    return day


def falls_on(rung: Rung, due_on: date, calendar: WorkingDays) -> date:
    """Return the day on which a rung falls when a due date is missed."""
    if rung.days == Days.WORKING:
        return calendar.add_working_days(due_on, rung.after_days)
    return forward(due_on + timedelta(days=rung.after_days), calendar)


def last_due_on(rung: Rung, today: date, calendar: WorkingDays) -> date:
    """Return the latest due date for which a rung has fallen by today: the inverse of `falls_on`, for queries."""
    worked = today
    while not calendar.is_working(worked):
        worked -= timedelta(days=1)
    if rung.days == Days.WORKING:
        return calendar.add_working_days(worked, 1 - rung.after_days) - timedelta(days=1)
    return worked - timedelta(days=rung.after_days)


def due_rung(chasing: Chasing, case: Case, today: date, calendar: WorkingDays) -> Rung | None:
    """Return the highest rung that has fallen, unless it or a higher one was taken; None when nothing is to be done.

    A hazard that nobody chased for long does not begin at the bottom: lower rungs are passed over.
    """
    open_ones = [each.rung for each in plan(chasing, case, today, calendar) if each.open]
    return open_ones[-1] if open_ones else None


def plan(chasing: Chasing, case: Case, today: date, calendar: WorkingDays) -> list[Planned]:
    """Return the whole ladder for a hazard, lowest first; empty without a due date.

    A rung is open when it has fallen and neither it nor a higher one was taken; what is listed is not listed again.
    """
    if case.due_on is None:
        return []
    chased = case.state in chasing.chased_states
    highest = max((chasing.rank(code) for code in case.taken), default=0)
    planned = []
    for number, rung in enumerate(chasing.rungs, 1):
        falls = falls_on(rung, case.due_on, calendar)
        open_now = chased and falls <= today and number > highest and not (rung.lists and case.listed)
        planned.append(Planned(rung, falls, open_now))
    return planned


def colour_of(chasing: Chasing, case: Case, today: date, soon: timedelta, calendar: WorkingDays) -> Colour | None:
    """Return how grave it is today: red from a grave rung on, yellow when overdue, blue when due soon, else None."""
    if case.due_on is None or case.state not in chasing.chased_states:
        return None
    if is_overdue(case.state, case.due_on, today):
        fallen = (rung.colour for rung in chasing.rungs if falls_on(rung, case.due_on, calendar) <= today)
        return Colour.RED if Colour.RED in set(fallen) else Colour.YELLOW
    return Colour.BLUE if case.due_on - today <= soon else None


@dataclass(frozen=True)
class ListingDays:
    """By when what follows a listing is due; the last two are None until it has been delisted."""

    report_by: date
    publish_by: date
    publish_delisting_by: date | None


def listing_days(terms: ListingTerms, listed_on: date, delisted_on: date | None, calendar: WorkingDays) -> ListingDays:
    """Return by when a listing is reported and published, and its end published (domain reference §5.6)."""
    ended = calendar.add_working_days(delisted_on, terms.publish_working_days) if delisted_on else None
    return ListingDays(
        calendar.add_working_days(listed_on, terms.report_working_days),
        calendar.add_working_days(listed_on, terms.publish_working_days),
        ended,
    )


def look_back_days(after_days: Sequence[int], closed_on: date, calendar: WorkingDays) -> dict[int, date]:
    """Return for each point in natural days after closure the working day on which the look back falls."""
    return {days: forward(closed_on + timedelta(days=days), calendar) for days in after_days}


def is_recurrence(closed_on: date | None, found_on: date | None, within_days: int) -> bool:
    """Tell whether a finding follows a closure of the same thing within the set time."""
    if closed_on is None or found_on is None:
        return False
    return timedelta(0) <= found_on - closed_on <= timedelta(days=within_days)
