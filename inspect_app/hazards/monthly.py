"""How many hazards were found and closed in each month: kept beside the rows like the other counters."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple, cast

from sqlalchemy import Table, delete, func, select
from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.access.scope import BELOW_COUNTY, level_of
from inspect_app.hazards.models import Hazard, HazardMonth
from inspect_app.hazards.upserts import adding
from inspect_app.hazards.words import State
from inspect_app.regions.models import Region, RegionPath
from inspect_app.regions.queries import visible

MONTH = cast("Table", HazardMonth.__table__)
NOT_FOUND = frozenset({State.MERGED, State.UNFOUNDED, State.WITHDRAWN})
NOTHING = (0, 0)


class Months(NamedTuple):
    """The months in which a hazard counts as found and as closed; None is in none."""

    found: date | None
    closed: date | None


def months_of(state: str, found_on: date | None, closed_on: date | None) -> Months:
    """Return where a hazard is counted by month."""
    found = found_on.replace(day=1) if found_on and state not in NOT_FOUND else None
    return Months(found, closed_on.replace(day=1) if closed_on and state == State.CLOSED else None)


def move_many(session: Session, changes: Mapping[tuple[int, Months], int]) -> None:
    """Add to (or take from) many months, given by county and months."""
    found: Counter[tuple[int, date]] = Counter()
    closed: Counter[tuple[int, date]] = Counter()
    for (county_id, months), change in changes.items():
        for counter, month in ((found, months.found), (closed, months.closed)):
            if month:
                counter[county_id, month] += change
    keys = sorted(key for key in found.keys() | closed.keys() if found[key] or closed[key])
    rows = [{"county_id": key[0], "month": key[1], "found": found[key], "closed": closed[key]} for key in keys]
    if rows:
        session.execute(adding(session, MONTH, ("found", "closed")), rows)
    for county_id, month in (key for key in keys if found[key] < 0 or closed[key] < 0):
        empty = (MONTH.c.found == 0, MONTH.c.closed == 0)
        session.execute(delete(MONTH).where(MONTH.c.county_id == county_id, MONTH.c.month == month, *empty))


def by_month(session: Session, scope: Actor | Region, since: date) -> Mapping[date, tuple[int, int]]:
    """Return (found, closed) for each month from a first day on, of what a person sees or lies in a region."""
    top = scope.view_region_id if isinstance(scope, Actor) else scope.id
    if top and level_of(top) in BELOW_COUNTY:
        rows = _counted(session, since, Hazard.region_id.in_(_below(top)))
        return {month: both for (_county, month), both in _folded(rows).items() if month >= since}
    seen = (
        visible(scope, HazardMonth.county_id, HazardMonth.county_id)
        if isinstance(scope, Actor)
        else HazardMonth.county_id.in_(_below(scope.id))
    )
    sums = select(HazardMonth.month, func.sum(HazardMonth.found), func.sum(HazardMonth.closed))
    kept = session.execute(sums.where(seen, HazardMonth.month >= since).group_by(HazardMonth.month))
    return {month: (int(found), int(closed)) for month, found, closed in kept.tuples()}


def counted_again(session: Session, *inside: Any) -> Mapping[tuple[int, date], tuple[int, int]]:  # noqa: ANN401
    """Count (found, closed) by county and month from the rows under some conditions."""
    return _folded(_counted(session, date.min, *inside))


def _counted(session: Session, since: date, *inside: Any) -> Iterator[tuple[int, Months, int]]:  # noqa: ANN401
    for column, name in ((Hazard.found_on, "found"), (Hazard.closed_on, "closed")):
        query = select(Hazard.county_id, Hazard.state, column, func.count()).where(column >= since, *inside)
        for county, state, day, number in session.execute(query.group_by(Hazard.county_id, Hazard.state, column)):
            yield county, months_of(state, **{"found_on": None, "closed_on": None, f"{name}_on": day}), number


def _folded(rows: Iterable[tuple[int, Months, int]]) -> Mapping[tuple[int, date], tuple[int, int]]:
    found: defaultdict[tuple[int, date], tuple[int, int]] = defaultdict(lambda: NOTHING)
    for county, months, number in rows:
        for month, both in ((months.found, (number, 0)), (months.closed, (0, number))):
            if month:
                before = found[county, month]
                found[county, month] = before[0] + both[0], before[1] + both[1]
    return found


def _below(region_id: int) -> Any:  # noqa: ANN401 - a select of keys
    return select(RegionPath.descendant_id).where(RegionPath.ancestor_id == region_id)
