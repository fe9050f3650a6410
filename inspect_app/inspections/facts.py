"""The numbers that an assessment may use of visits, for many counties at once, and the rows behind each of them.

A period is inclusive. Only visits that stand submitted or reviewed count, on the server's day of submission.
"""

from collections.abc import Collection, Sequence
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from inspect_app.inspections.kinds import SELF_CHECK, SPECIAL
from inspect_app.inspections.lifecycle import DONE_STATES, VOIDED
from inspect_app.inspections.models import Inspection
from inspect_app.regions.levels import Kind, Level
from inspect_app.regions.models import Region, RegionPath


class Fact(StrEnum):
    """What may be asked for, by the name that an assessment scheme uses."""

    SPECIAL_INSPECTIONS = "special_inspections"
    COVERAGE = "coverage"
    SELF_CHECKS = "self_checks"


class Part(StrEnum):
    """The side of a rate whose rows are wanted; a count has only a numerator."""

    NUMERATOR = "numerator"
    DENOMINATOR = "denominator"


def special_inspections(session: Session, county_ids: Collection[int], start: date, end: date) -> dict[int, int]:
    """Count the special inspections of each county: different days planned of submitted visits of that kind."""
    days = func.count(func.distinct(Inspection.planned_on))
    rows = select(Inspection.county_id, days).where(*_special(county_ids, start, end)).group_by(Inspection.county_id)
    found = _pairs(session, rows)
    return {county: found.get(county, 0) for county in county_ids}


def coverage(session: Session, county_ids: Collection[int], start: date, end: date) -> dict[int, tuple[int, int]]:
    """Count the civil townships of each county in which an object was visited, and all of them."""
    township, path = aliased(Region), aliased(RegionPath)
    civil = (
        select(path.ancestor_id.label("county"), township.id.label("township"))
        .join(township, township.id == path.descendant_id)
        .where(path.ancestor_id.in_(county_ids), *_civil(township, end))
        .subquery()
    )
    everything = _pairs(session, select(civil.c.county, func.count()).group_by(civil.c.county))
    visited = (
        select(civil.c.county, func.count(func.distinct(civil.c.township)))
        .join(RegionPath, RegionPath.ancestor_id == civil.c.township)
        .join(Inspection, Inspection.region_id == RegionPath.descendant_id)
        .where(*_submitted(start, end), Inspection.county_id.in_(county_ids))
        .group_by(civil.c.county)
    )
    reached = _pairs(session, visited)
    return {county: (reached.get(county, 0), everything.get(county, 0)) for county in county_ids}


def self_checks(
    session: Session, county_ids: Collection[int], start: date, end: date, today: date
) -> dict[int, tuple[int, int]]:
    """Count the self-checks of each county submitted by the day planned, and those whose day has come."""
    due = select(Inspection.county_id, func.count()).where(*_due_self_checks(county_ids, start, end, today))
    all_due = _pairs(session, due.group_by(Inspection.county_id))
    on_time = _pairs(session, due.where(_on_time()).group_by(Inspection.county_id))
    return {county: (on_time.get(county, 0), all_due.get(county, 0)) for county in county_ids}


def rows_behind(
    session: Session, fact: Fact, county_id: int, start: date, end: date, today: date, part: Part = Part.NUMERATOR
) -> Sequence[str]:
    """Return the references of the visits behind a figure of one county, in order.

    Behind the denominator of coverage stand townships, not visits: see `uncovered_townships`.
    """
    conditions = {
        Fact.SPECIAL_INSPECTIONS: _special([county_id], start, end),
        Fact.COVERAGE: [Inspection.county_id == county_id, *_submitted(start, end), _in_civil_township(end)],
        Fact.SELF_CHECKS: _due_self_checks([county_id], start, end, today),
    }[fact]
    if fact is Fact.SELF_CHECKS and part is Part.NUMERATOR:
        conditions = [*conditions, _on_time()]
    return session.scalars(select(Inspection.reference).where(*conditions).order_by(Inspection.reference)).all()


def uncovered_townships(session: Session, county_id: int, start: date, end: date) -> Sequence[Region]:
    """List the civil townships of a county in which nothing was visited in the period, by code."""
    reached = (
        select(RegionPath.ancestor_id)
        .join(Inspection, Inspection.region_id == RegionPath.descendant_id)
        .where(Inspection.county_id == county_id, *_submitted(start, end))
    )
    inside = select(RegionPath.descendant_id).where(RegionPath.ancestor_id == county_id)
    rows = select(Region).where(Region.id.in_(inside), *_civil(Region, end), Region.id.not_in(reached))
    return session.scalars(rows.order_by(Region.code)).all()


def _submitted(start: date, end: date) -> list[ColumnElement[bool]]:
    return [Inspection.state.in_(DONE_STATES), Inspection.submitted_on.between(start, end)]


def _special(county_ids: Collection[int], start: date, end: date) -> list[ColumnElement[bool]]:
    return [Inspection.county_id.in_(county_ids), Inspection.kind == SPECIAL, *_submitted(start, end)]


def _due_self_checks(county_ids: Collection[int], start: date, end: date, today: date) -> list[ColumnElement[bool]]:
    """Planned in the period and past their day, or done already on the day itself."""
    come = or_(Inspection.planned_on < today, and_(Inspection.planned_on == today, Inspection.state.in_(DONE_STATES)))
    return [
        Inspection.county_id.in_(county_ids),
        Inspection.kind == SELF_CHECK,
        Inspection.state != VOIDED,
        Inspection.planned_on.between(start, end),
        come,
    ]


def _on_time() -> ColumnElement[bool]:
    return and_(Inspection.state.in_(DONE_STATES), Inspection.submitted_on <= Inspection.planned_on)


def _civil(region: Any, on: date) -> list[ColumnElement[bool]]:  # noqa: ANN401 - Region or an alias of it
    in_force = or_(region.valid_until.is_(None), region.valid_until >= on)
    return [region.level == Level.TOWNSHIP, region.kind == Kind.CIVIL, in_force]


def _in_civil_township(on: date) -> ColumnElement[bool]:
    inside = (
        select(RegionPath.descendant_id).join(Region, Region.id == RegionPath.ancestor_id).where(*_civil(Region, on))
    )
    return Inspection.region_id.in_(inside)


def _pairs(session: Session, rows: Select[tuple[int, int]]) -> dict[int, int]:
    return dict(session.execute(rows).tuples().all())
