"""Figures that an assessment may use, set-wise for many counties, each with the filter that shows its rows (§6.2, M2).

A due date counts once its day has passed. Transferred, merged, unfounded and withdrawn hazards are not the county's
to close; everything else that fell due is, drafts and hazards under interim control included: control is not
elimination. A period that is over is told as it ended: what was closed later was open then.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import ColumnElement, SQLColumnExpression, and_, case, func, select
from sqlalchemy.orm import Session

from inspect_app.core.labels import mark
from inspect_app.hazards.filters import HazardFilter
from inspect_app.hazards.models import Hazard, HazardCount
from inspect_app.hazards.rules import LATE_STATES
from inspect_app.hazards.words import Grade, State
from inspect_app.regions.models import RegionPath
from inspect_app.sites.models import Site

Ratio = tuple[int, int]
NOT_TO_CLOSE = frozenset({State.TRANSFERRED, State.MERGED, State.UNFOUNDED, State.WITHDRAWN})
TO_CLOSE = frozenset(set(State) - NOT_TO_CLOSE)
HOUSES, LIVED_IN = "C04", "C04-07"


def closed_on_time(
    session: Session, region_ids: Collection[int], start: date, end: date, today: date, *, of_townships: bool = False
) -> dict[int, Ratio]:
    """Return for each county, or township, (closed on or before the due date, fell due in the period).

    The due date is the extended one where an extension was approved, so that what is extended past today is not due.
    """
    last = _passed(end, today)
    if of_townships:
        due = [Hazard.state.in_(TO_CLOSE), Hazard.due_on.between(start, last)]
        return _by_rows(session, region_ids, due, _closed_by(Hazard.due_on), of_townships=True)
    return _counted(session, region_ids, HazardCount.due_on.between(start, last), func.sum(HazardCount.on_time))


def major_cleared(
    session: Session, region_ids: Collection[int], start: date, end: date, today: date, *, of_townships: bool = False
) -> dict[int, Ratio]:
    """Return for each county, or township, (major ones closed by the end of the period, that fell due by then)."""
    del start
    last = _passed(end, today)
    if of_townships or end < today:
        due = [Hazard.state.in_(TO_CLOSE), Hazard.grade == Grade.MAJOR, Hazard.due_on <= last]
        return _by_rows(session, region_ids, due, _closed_by(end), of_townships=of_townships)
    asked = (HazardCount.grade == Grade.MAJOR) & (HazardCount.due_on <= last)
    closed = func.sum(case((HazardCount.state == State.CLOSED, HazardCount.count), else_=0))
    return _counted(session, region_ids, asked, closed)


def rebounds(
    session: Session, region_ids: Collection[int], start: date, end: date, today: date, *, of_townships: bool = False
) -> dict[int, Ratio]:
    """Return for each county, or township, (rebounded, looked back at in the period)."""
    looked = [Hazard.looked_back_on.between(start, min(end, today))]
    return _by_rows(session, region_ids, looked, Hazard.rebounded.is_(True), of_townships=of_townships)


def overdue(
    session: Session, region_ids: Collection[int], start: date, end: date, today: date, *, of_townships: bool = False
) -> dict[int, Ratio]:
    """Count for each county, or township, what stood past its due date at the end of the period; interim control not.

    Approved extensions have moved the due date, so that all of these were late without approval (§6.2, deductions).
    """
    del start
    last = _passed(end, today)
    if of_townships or end < today:
        late = [Hazard.state.in_(LATE_STATES | {State.CLOSED}), Hazard.due_on <= last, ~_closed_by(end)]
        found = _by_rows(session, region_ids, late, _closed_by(end), of_townships=of_townships)
        return {key: (count, 0) for key, (_closed, count) in found.items()}
    asked = HazardCount.state.in_(LATE_STATES) & (HazardCount.due_on <= last)
    return {
        key: (count, 0)
        for key, (_none, count) in _counted(session, region_ids, asked, func.sum(HazardCount.on_time)).items()
    }


def inhabited_danger(
    session: Session, region_ids: Collection[int], start: date, end: date, today: date, *, of_townships: bool = False
) -> dict[int, Ratio]:
    """Count for each county, or township, dangerous houses found lived in and not put right by the end (§6.2 M3).

    They are sought by their objects, whose index is short, and not in the whole inventory.
    """
    del start
    place = RegionPath.ancestor_id if of_townships else Site.county_id
    query = (
        select(place, func.count())
        .select_from(Site)
        .join(Hazard, (Hazard.site_id == Site.id) & (Hazard.item_code == LIVED_IN))
        .where(Site.category == HOUSES, Hazard.state.in_(TO_CLOSE), Hazard.found_on <= min(end, today))
        .where(~_closed_by(end), place.in_(region_ids))
        .group_by(place)
    )
    if of_townships:
        query = query.join(RegionPath, RegionPath.descendant_id == Hazard.region_id)
    found = dict(session.execute(query).tuples().all())
    return {key: (found.get(key, 0), 0) for key in region_ids}


FACT_LABELS: Mapping[str, str] = {
    "closed_on_time": mark("期内按期销号率"),
    "major_cleared": mark("重大隐患清零率"),
    "rebounds": mark("回头看反弹"),
    "overdue": mark("超期未批的隐患"),
    "inhabited_danger": mark("C、D 级危房住人"),
}
FACTS: Mapping[str, Callable[..., dict[int, Ratio]]] = {
    "closed_on_time": closed_on_time,
    "major_cleared": major_cleared,
    "rebounds": rebounds,
    "overdue": overdue,
    "inhabited_danger": inhabited_danger,
}


def rows_behind(
    fact: str, region_id: int, start: date, end: date, today: date, part: str = "denominator"
) -> HazardFilter:
    """Return the filter that shows the rows of a figure; KeyError when there is no such fact."""
    last = _passed(end, today)
    whole, narrowed = {
        "closed_on_time": (
            HazardFilter(states=TO_CLOSE, due_from=start, due_to=last),
            {"states": frozenset({State.CLOSED}), "on_time": True},
        ),
        "major_cleared": (
            HazardFilter(states=TO_CLOSE, grades=frozenset({Grade.MAJOR}), due_to=last),
            {"states": frozenset({State.CLOSED})} | ({"closed_to": end} if end < today else {}),
        ),
        "rebounds": (
            HazardFilter(looked_back_from=start, looked_back_to=min(end, today)),
            {"rebounded": True},
        ),
        "overdue": (
            HazardFilter(states=LATE_STATES | {State.CLOSED}, due_to=last, open_on=end)
            if end < today
            else HazardFilter(states=LATE_STATES, due_to=last),
            {},
        ),
        "inhabited_danger": (
            HazardFilter(
                states=TO_CLOSE, categories=frozenset({HOUSES}), item_code=LIVED_IN, found_to=min(end, today),
                open_on=end,
            ),
            {},
        ),
    }[fact]  # fmt: skip
    shown = replace(whole, region_id=region_id)
    return replace(shown, **narrowed) if part == "numerator" else shown  # type: ignore[arg-type]


def _passed(end: date, today: date) -> date:
    return min(end, today - timedelta(days=1))


def _closed_by(day: date | SQLColumnExpression[date | None]) -> ColumnElement[bool]:
    """Closed on this day or before; false, and not unknown, for what was never closed."""
    return and_(Hazard.closed_on.is_not(None), Hazard.closed_on <= day)


def _by_rows(
    session: Session,
    region_ids: Collection[int],
    whole: Iterable[ColumnElement[bool]],
    part: ColumnElement[bool],
    *,
    of_townships: bool,
) -> dict[int, Ratio]:
    """Count row by row what the kept counters do not tell apart."""
    place = RegionPath.ancestor_id if of_townships else Hazard.county_id
    query = select(place, func.count().filter(part), func.count()).where(place.in_(region_ids), *whole).group_by(place)
    if of_townships:
        query = query.join(Hazard, Hazard.region_id == RegionPath.descendant_id)
    found = {key: (some, count) for key, some, count in session.execute(query).tuples()}
    return {key: found.get(key, (0, 0)) for key in region_ids}


def _counted(
    session: Session, county_ids: Collection[int], due: ColumnElement[bool], numerator: ColumnElement[int]
) -> dict[int, Ratio]:
    query = select(HazardCount.county_id, numerator, func.sum(HazardCount.count)).where(
        HazardCount.county_id.in_(county_ids), HazardCount.state.in_(TO_CLOSE), due
    )
    rows = session.execute(query.group_by(HazardCount.county_id)).tuples()
    found = {county: (int(part), int(whole)) for county, part, whole in rows}
    return {county: found.get(county, (0, 0)) for county in county_ids}
