"""The numbers that an assessment may use of visits, for many counties at once, and the rows behind each of them.

A period is inclusive. Only visits that stand submitted or reviewed count, on the server's day of submission.
"""

from collections.abc import Collection, Sequence
from datetime import date
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from inspect_app.inspections.comparing_visits import differences as self_check_differences
from inspect_app.inspections.comparing_visits import visits_compared
from inspect_app.inspections.coverage import special_inspections, townships_covered
from inspect_app.inspections.coverage_lists import Figure, uncovered_townships, visits_behind
from inspect_app.inspections.kinds import SELF_CHECK
from inspect_app.inspections.lifecycle import DONE_STATES, VOIDED
from inspect_app.inspections.models import Inspection

__all__ = [
    "Fact",
    "Part",
    "coverage",
    "rows_behind",
    "self_check_differences",
    "self_checks",
    "special_inspections",
    "uncovered_townships",
]


class Fact(StrEnum):
    """What may be asked for, by the name that an assessment scheme uses."""

    SPECIAL_INSPECTIONS = "special_inspections"
    COVERAGE = "coverage"
    SELF_CHECKS = "self_checks"
    SELF_CHECK_DIFFERENCES = "self_check_differences"


class Part(StrEnum):
    """The side of a rate whose rows are wanted; a count has only a numerator."""

    NUMERATOR = "numerator"
    DENOMINATOR = "denominator"


_FIGURES = {Fact.SPECIAL_INSPECTIONS: Figure.SPECIAL, Fact.COVERAGE: Figure.TOWNSHIPS}


def coverage(session: Session, county_ids: Collection[int], start: date, end: date) -> dict[int, tuple[int, int]]:
    """Count the civil townships of each county in which an object was visited, and all of them."""
    shares = townships_covered(session, county_ids, start, end)
    return {county: (share.done, share.whole) for county, share in shares.items()}


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

    Behind the denominator of coverage stand townships, not visits: see `coverage_lists.uncovered_townships`.
    """
    if figure := _FIGURES.get(fact):
        return visits_behind(session, figure, county_id, start, end)
    if fact is Fact.SELF_CHECK_DIFFERENCES:
        return visits_compared(session, county_id, start, end, differing=part is Part.NUMERATOR)
    conditions = _due_self_checks([county_id], start, end, today)
    if part is Part.NUMERATOR:
        conditions = [*conditions, _on_time()]
    return session.scalars(select(Inspection.reference).where(*conditions).order_by(Inspection.reference)).all()


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


def _pairs(session: Session, rows: Select[tuple[int, int]]) -> dict[int, int]:
    return dict(session.execute(rows).tuples().all())
