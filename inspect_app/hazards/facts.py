"""Figures that an assessment may use, set-wise for many counties, each with the filter that shows its rows (§6.2, M2).

A due date counts once its day has passed. Transferred, merged, unfounded and withdrawn hazards are not the county's
to close; everything else that fell due is, drafts and hazards under interim control included: control is not
elimination.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import Session

from inspect_app.core.labels import mark
from inspect_app.hazards.filters import HazardFilter
from inspect_app.hazards.models import Hazard, HazardCount
from inspect_app.hazards.words import Grade, State

Ratio = tuple[int, int]
NOT_TO_CLOSE = frozenset({State.TRANSFERRED, State.MERGED, State.UNFOUNDED, State.WITHDRAWN})
TO_CLOSE = frozenset(set(State) - NOT_TO_CLOSE)


def closed_on_time(
    session: Session, county_ids: Collection[int], start: date, end: date, today: date
) -> dict[int, Ratio]:
    """Return for each county (closed on or before the due date, fell due in the period).

    The due date is the extended one where an extension was approved, so that what is extended past today is not due.
    """
    due = HazardCount.due_on.between(start, _passed(end, today))
    return _counted(session, county_ids, due, func.sum(HazardCount.on_time))


def major_cleared(
    session: Session, county_ids: Collection[int], start: date, end: date, today: date
) -> dict[int, Ratio]:
    """Return for each county (major ones closed, major ones that fell due by the end of the period)."""
    del start
    due = (HazardCount.grade == Grade.MAJOR) & (HazardCount.due_on <= _passed(end, today))
    closed = func.sum(case((HazardCount.state == State.CLOSED, HazardCount.count), else_=0))
    return _counted(session, county_ids, due, closed)


def rebounds(session: Session, county_ids: Collection[int], start: date, end: date, today: date) -> dict[int, Ratio]:
    """Return for each county (rebounded, looked back at in the period)."""
    looked = Hazard.looked_back_on.between(start, min(end, today))
    query = (
        select(Hazard.county_id, func.count().filter(Hazard.rebounded.is_(True)), func.count())
        .where(Hazard.county_id.in_(county_ids), looked)
        .group_by(Hazard.county_id)
    )
    found = {county: (back, seen) for county, back, seen in session.execute(query)}
    return {county: found.get(county, (0, 0)) for county in county_ids}


FACT_LABELS: Mapping[str, str] = {
    "closed_on_time": mark("期内按期销号率"),
    "major_cleared": mark("重大隐患清零率"),
    "rebounds": mark("回头看反弹"),
}
FACTS: Mapping[str, Callable[[Session, Collection[int], date, date, date], dict[int, Ratio]]] = {
    "closed_on_time": closed_on_time,
    "major_cleared": major_cleared,
    "rebounds": rebounds,
}


def rows_behind(
    fact: str, county_id: int, start: date, end: date, today: date, part: str = "denominator"
) -> HazardFilter:
    """Return the filter that shows the rows of a figure; KeyError when there is no such fact."""
    whole, narrowed = {
        "closed_on_time": (
            HazardFilter(states=TO_CLOSE, due_from=start, due_to=_passed(end, today)),
            {"states": frozenset({State.CLOSED}), "on_time": True},
        ),
        "major_cleared": (
            HazardFilter(states=TO_CLOSE, grades=frozenset({Grade.MAJOR}), due_to=_passed(end, today)),
            {"states": frozenset({State.CLOSED})},
        ),
        "rebounds": (
            HazardFilter(looked_back_from=start, looked_back_to=min(end, today)),
            {"rebounded": True},
        ),
    }[fact]
    shown = replace(whole, region_id=county_id)
    return replace(shown, **narrowed) if part == "numerator" else shown  # type: ignore[arg-type]


def _passed(end: date, today: date) -> date:
    return min(end, today - timedelta(days=1))


def _counted(
    session: Session, county_ids: Collection[int], due: ColumnElement[bool], numerator: ColumnElement[int]
) -> dict[int, Ratio]:
    query = select(HazardCount.county_id, numerator, func.sum(HazardCount.count)).where(
        HazardCount.county_id.in_(county_ids), HazardCount.state.in_(TO_CLOSE), due
    )
    rows = session.execute(query.group_by(HazardCount.county_id)).tuples()
    found = {county: (int(part), int(whole)) for county, part, whole in rows}
    return {county: found.get(county, (0, 0)) for county in county_ids}
