"""How counties stand with what they owe, read for all counties at once."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from inspect_app.access.permissions import Permission, Role, allowed
from inspect_app.accounts.models import User
from inspect_app.core import clock
from inspect_app.core.errors import NotFound
from inspect_app.core.waiting import Waiting
from inspect_app.core.workdays import Calendar, load_calendar
from inspect_app.hazards.models import Hazard
from inspect_app.hazards.rules import OPEN_STATES
from inspect_app.regions.levels import Level
from inspect_app.regions.models import Region
from inspect_app.registers.models import RegisterImport
from inspect_app.returns.expecting.loading import HAZARDS, REGISTER, owed, owed_of
from inspect_app.returns.expecting.recognise import days_said, months_said
from inspect_app.returns.expecting.rules import (
    Cell,
    Every,
    Owed,
    Period,
    Sent,
    Standing,
    due_on,
    period_of,
    periods_of,
    stand,
)
from inspect_app.returns.expecting.rules import proposed_period as proposed
from inspect_app.returns.lifecycle import APPLIED, DISCARDED
from inspect_app.returns.models import ReturnBatch

GONE = (DISCARDED, "undone")
LOOKED_BACK = timedelta(days=366)
LATEST = timedelta(days=62)
YEAR_DIGITS = 4
SENDERS = [role for role in Role if allowed(role, Permission.SEND_RETURN)]
By = Mapping[tuple[int, str], Sequence[Sent]]


@dataclass(frozen=True)
class Row:
    """A county and its cells, one a period."""

    county: Region
    cells: Sequence[Cell]


@dataclass(frozen=True)
class Matrix:
    """What counties sent in a year of one thing owed."""

    owed: Owed
    periods: Sequence[Period]
    rows: Sequence[Row]

    def count(self, *standings: Standing) -> int:
        """Count the cells that stand in one of these ways."""
        return len(self.duties(standings))

    def duties(self, standings: Collection[Standing]) -> list["Duty"]:
        """Return what stands in one of these ways, the longest late first."""
        found = [
            Duty(self.owed, row.county, period, cell, ())
            for row in self.rows
            for period, cell in zip(self.periods, row.cells, strict=True)
            if cell.standing in standings
        ]
        return sorted(found, key=lambda each: (-each.cell.days, each.cell.due_on, each.county.code))


@dataclass(frozen=True)
class Duty:
    """What one county owes for one period; `reference` is how pages and reminders name it."""

    owed: Owed
    county: Region
    period: Period
    cell: Cell
    sent: Sequence[Sent]

    @property
    def reference(self) -> str:
        """The name of this duty in addresses: what, which period, whose."""
        return f"{self.owed.code}-{self.period.code}-{self.county.code}"


def matrix(session: Session, what: Owed, counties: Sequence[Region], periods: Sequence[Period], today: date) -> Matrix:
    """Say how counties stand with every one of the periods."""
    calendar = load_calendar(session)
    sent = _sent(session, what, [county.id for county in counties], periods, calendar)
    rows = [
        Row(county, [_cell(what, county, period, sent, calendar, today) for period in periods]) for county in counties
    ]
    return Matrix(what, periods, rows)


def periods_asked(what: Owed, year: int) -> list[Period]:
    """Return the periods of a year in order."""
    return list(periods_of(what.every, year))


def duty(session: Session, counties: Iterable[Region], reference: str, today: date) -> Duty:
    """Find what a county owes for a period by its reference; NotFound for what is not owed, or not seen."""
    code, _, rest = reference.partition("-")
    period_code, _, county_code = rest.rpartition("-")
    what = next((each for each in owed() if each.code == code), None)
    county = next((each for each in counties if each.code == county_code), None)
    period = _period(what, period_code)
    if what is None or county is None or period is None:
        raise NotFound
    calendar = load_calendar(session)
    sent = _sent(session, what, [county.id], [period], calendar)
    cell = _cell(what, county, period, sent, calendar, today)
    return Duty(what, county, period, cell, sent.get((county.id, period.code), ()))


def proposed_period(session: Session, what: Owed, county: Region, report_on: date) -> Period:
    """Return the period that a report of this day by a county is about."""
    return proposed(what.every, what.day_for(_codes(county)), report_on, load_calendar(session))


def period_for(session: Session, county: Region, report_on: date) -> str:
    """Return the code of the period that a hazard ledger of this day is about; of nothing owed, the month."""
    what = owed_of(HAZARDS)
    return proposed_period(session, what, county, report_on).code if what else period_of(Every.MONTH, report_on).code


def offered_periods(what: Owed, today: date) -> list[Period]:
    """Return the periods a sender may choose from: the present one and those of the year before, the latest first."""
    both = (each for year in (today.year - 1, today.year) for each in periods_of(what.every, year))
    return [each for each in both if today - LOOKED_BACK <= each.start <= today][::-1]


def speaks_of_another(
    session: Session, what: Owed, county: Region, period: str, texts: Sequence[str], name: str
) -> str:
    """Return the period, or the month, that a file itself names where that is not the one confirmed; "" otherwise."""
    calendar, day = load_calendar(session), what.day_for(_codes(county))
    said = [proposed(what.every, day, each, calendar).code for each in days_said(texts)]
    if said:
        return "" if period in said else said[0]
    months = months_said([*texts, name]) if what.every == Every.MONTH else set()
    return "" if not months or int(period[-2:]) in months else f"{min(months)}月"


def missing(session: Session) -> list[Waiting]:
    """List what counties with somebody of their own to send it owe and have not sent, of the year past."""
    today = clock.today()
    clerks = select(User.capture_region_id).where(User.active, User.role.in_(SENDERS))
    above = joinedload(Region.parent).joinedload(Region.parent)
    counties = list(
        session.scalars(select(Region).where(Region.level == Level.COUNTY, Region.id.in_(clerks)).options(above))
    )
    return [each for what in owed() for each in _missing(session, what, counties, today)]


def open_hazards(session: Session, county_id: int) -> int:
    """Count the hazards of a county that are not ended: who reports none should know of them."""
    query = select(func.count()).where(Hazard.county_id == county_id, Hazard.state.in_(sorted(OPEN_STATES)))
    return session.scalar(query) or 0


def _missing(session: Session, what: Owed, counties: Sequence[Region], today: date) -> Iterator[Waiting]:
    years = {(today - LOOKED_BACK).year, today.year}
    periods = [each for year in sorted(years) for each in periods_of(what.every, year) if each.end < today]
    recent = [each for each in periods if each.end >= today - LOOKED_BACK]
    for row in matrix(session, what, counties, recent, today).rows:
        for period, cell in zip(recent, row.cells, strict=True):
            if cell.standing == Standing.MISSING:
                reference = Duty(what, row.county, period, cell, ()).reference
                yield Waiting(row.county.id, reference, row.county.id, cell.due_on)


def _period(what: Owed | None, code: str) -> Period | None:
    year = code[:YEAR_DIGITS]
    if what is None or not (year.isascii() and year.isdecimal() and len(year) == YEAR_DIGITS and int(year)):
        return None
    return next((each for each in periods_of(what.every, int(year)) if each.code == code), None)


def _codes(county: Region) -> tuple[str, ...]:
    codes, region = [county.code], county.parent
    while region is not None:
        codes.append(region.code)
        region = region.parent
    return tuple(codes)


def _cell(what: Owed, county: Region, period: Period, sent: By, calendar: Calendar, today: date) -> Cell:
    due = due_on(period, what.day_for(_codes(county)), calendar)
    return stand(sent.get((county.id, period.code), ()), due, today, asked=period.start >= what.since)


def _sent(
    session: Session, what: Owed, county_ids: Collection[int], periods: Sequence[Period], calendar: Calendar
) -> By:
    """Map county and period to what came. A register's period is read from the day its figures hold."""
    found: dict[tuple[int, str], list[Sent]] = defaultdict(list)
    if not periods:
        return found
    if what.subject == HAZARDS:
        columns = (ReturnBatch.county_id, ReturnBatch.period, ReturnBatch.reference, ReturnBatch.received_at)
        query = select(*columns, ReturnBatch.zero, ReturnBatch.state).where(
            ReturnBatch.county_id.in_(county_ids), ReturnBatch.period.in_({each.code for each in periods})
        )
        for county_id, code, reference, at, zero, state in session.execute(query.where(ReturnBatch.state.not_in(GONE))):
            found[county_id, code].append(Sent(reference, clock.local(at).date(), zero, state == APPLIED))
        return found
    imports = select(RegisterImport).where(
        RegisterImport.county_id.in_(county_ids),
        RegisterImport.register == what.subject.removeprefix(REGISTER),
        RegisterImport.as_of >= periods[0].start,
        RegisterImport.as_of <= periods[-1].end + LATEST,
        RegisterImport.state.not_in(GONE),
    )
    for each in session.scalars(imports):
        period = proposed(what.every, what.due_day, each.as_of, calendar)
        on = clock.local(each.received_at).date()
        zero = not any(each.counts.get(group) for group in ("create", "update", "unchanged"))
        found[each.county_id, period.code].append(Sent(each.reference, on, zero, each.state == APPLIED))
    return found
