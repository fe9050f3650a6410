"""Periods, due days and how a county stands. Pure; late is computed from the day, never stored."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Protocol

from inspect_app.core.labels import mark

MONTHS_A_YEAR = 12


class Calendar(Protocol):
    """A calendar that knows on which days offices work."""

    def is_working(self, day: date) -> bool:
        """Tell whether offices work on this day."""


class Every(StrEnum):
    """How often something is owed; the number of months is in `MONTHS`."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    YEAR = "year"


MONTHS = {Every.MONTH: 1, Every.QUARTER: 3, Every.HALF_YEAR: 6, Every.YEAR: 12}
EVERY_LABELS = {
    Every.MONTH: mark("每月"),
    Every.QUARTER: mark("每季"),
    Every.HALF_YEAR: mark("每半年"),
    Every.YEAR: mark("每年"),
}


class Standing(StrEnum):
    """How a county stands with one period."""

    ON_TIME = "on_time"
    ZERO = "zero"
    LATE = "late"
    WAITING = "waiting"
    MISSING = "missing"
    NOT_DUE = "not_due"
    NOT_ASKED = "not_asked"


STANDINGS: Mapping[str, tuple[str, str, str]] = {
    Standing.ON_TIME: (mark("按期"), "●", "done"),
    Standing.ZERO: (mark("零报告"), "○", "done"),
    Standing.LATE: (mark("迟报"), "◐", "wait"),
    Standing.WAITING: (mark("已收到，待导入"), "◑", "wait"),
    Standing.MISSING: (mark("未报"), "✕", "late"),
    Standing.NOT_DUE: (mark("未到期"), "·", "none"),
    Standing.NOT_ASKED: (mark("不要求"), "—", "none"),
}
FULFILLED = frozenset({Standing.ON_TIME, Standing.ZERO})


@dataclass(frozen=True)
class Period:
    """A stretch of whole months; both days belong to it. `code` reads 2026-06, 2026Q2, 2026H1 or 2026."""

    code: str
    start: date
    end: date


@dataclass(frozen=True)
class Owed:
    """Something that every county owes from `since` on: `places` maps region codes to a due day of their own."""

    code: str
    subject: str
    name: str
    every: Every
    due_day: int
    since: date
    places: Mapping[str, int] = field(default_factory=dict)

    def day_for(self, codes: Sequence[str]) -> int:
        """Return the due day of a county, given its code and those above it, the nearest first."""
        return next((self.places[code] for code in codes if code in self.places), self.due_day)


@dataclass(frozen=True)
class Sent:
    """A return that came: `on` is the local day it was received, `done` whether it was imported."""

    reference: str
    on: date
    zero: bool
    done: bool


@dataclass(frozen=True)
class Cell:
    """How one county stands with one period; `days` counts how late it came, or how long it has been missing."""

    standing: Standing
    due_on: date
    days: int = 0
    sent: Sent | None = None


def period_of(every: Every, day: date) -> Period:
    """Return the period in which a day lies."""
    months = MONTHS[every]
    number = (day.month - 1) // months
    first = date(day.year, number * months + 1, 1)
    codes = {
        Every.MONTH: f"{day.year}-{day.month:02}",
        Every.QUARTER: f"{day.year}Q{number + 1}",
        Every.HALF_YEAR: f"{day.year}H{number + 1}",
        Every.YEAR: f"{day.year}",
    }
    return Period(codes[every], first, _after(first, months) - timedelta(days=1))


def periods_of(every: Every, year: int) -> Iterator[Period]:
    """Give the periods of a year in order."""
    for month in range(1, MONTHS_A_YEAR + 1, MONTHS[every]):
        yield period_of(every, date(year, month, 1))


def due_on(period: Period, day: int, calendar: Calendar) -> date:
    """Return the last day on which the return of a period is on time: a day of rest moves to the next working day."""
    due = period.end + timedelta(days=day)
    while not calendar.is_working(due):
        due += timedelta(days=1)
    return due


def proposed_period(every: Every, day: int, report_on: date, calendar: Calendar) -> Period:
    """Return the period that a report of this day is about.

    A county that reports within the time for the period before is taken to report that one: what is dated 1 July is
    the return of June.
    """
    own = period_of(every, report_on)
    before = period_of(every, own.start - timedelta(days=1))
    return before if report_on <= due_on(before, day, calendar) else own


def stand(sent: Sequence[Sent], due: date, today: date, *, asked: bool = True) -> Cell:
    """Say how a county stands with a period, by the first return that was imported, else by the first that came."""
    first = min(sent, key=lambda each: (not each.done, each.on, each.reference), default=None)
    if first and first.done:
        late = max((first.on - due).days, 0)
        kept = Standing.ZERO if first.zero else Standing.ON_TIME
        return Cell(Standing.LATE if late else kept, due, late, first)
    if first:
        return Cell(Standing.WAITING, due, max((today - due).days, 0), first)
    if not asked:
        return Cell(Standing.NOT_ASKED, due)
    if today > due:
        return Cell(Standing.MISSING, due, (today - due).days)
    return Cell(Standing.NOT_DUE, due)


def _after(first: date, months: int) -> date:
    number = first.year * MONTHS_A_YEAR + first.month - 1 + months
    return date(number // MONTHS_A_YEAR, number % MONTHS_A_YEAR + 1, 1)
