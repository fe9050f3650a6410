"""How many hazards stand on each rung, from the kept counters: only what was chased or listed is looked at itself."""

from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, SQLColumnExpression, func, select, true, union

from inspect_app.chasing.models import RungTaken
from inspect_app.hazards.models import Hazard, HazardCount

if TYPE_CHECKING:
    from inspect_app.chasing.ladder import Ladder

Tally = Counter[tuple[int, int]]
Places = Callable[[SQLColumnExpression[int]], ColumnElement[bool]]


def tally(ladder: "Ladder", places: Places) -> Tally:
    """Count the rungs due now by county and place on the ladder, in the counties that `places` leaves of a column.

    The counters know state and due date, as if nothing were taken and nothing listed; what is, is moved or left out.
    """
    found = _from_counters(ladder, places)
    for county, before, now, taken, number in _exceptions(ladder, places):
        found[county, before] -= number
        if now > taken:
            found[county, now] += number
    return Counter({key: number for key, number in found.items() if number > 0 and key[1]})


def _from_counters(ladder: "Ladder", places: Places) -> Tally:
    kept = HazardCount
    rank = ladder.rank_by(kept.due_on).label("rank")
    chased = kept.state.in_(ladder.definition.chased_states) & (kept.due_on <= ladder.latest)
    query = select(kept.county_id, rank, func.sum(kept.count)).where(chased, places(kept.county_id))
    rows = ladder.session.execute(query.group_by(kept.county_id, rank)).tuples()
    return Counter({(county, place): int(number) for county, place, number in rows})


def _exceptions(ladder: "Ladder", places: Places) -> Any:  # noqa: ANN401 - rows of five numbers
    """Return county, rung as the counters have it, rung when listing is heeded, rung taken, and how many."""
    listed = select(Hazard.id).where(Hazard.listed == true(), places(Hazard.county_id))
    taken = select(RungTaken.hazard_id).where(places(RungTaken.county_id))
    keys = union(listed, taken).subquery()
    ranks = (
        ladder.rank_by(Hazard.due_on).label("before"),
        ladder.reached().label("now"),
        ladder.taken().label("taken"),
    )
    each = (
        select(Hazard.county_id, *ranks)
        .join(keys, keys.c.id == Hazard.id)
        .where(Hazard.state.in_(ladder.definition.chased_states), Hazard.due_on <= ladder.latest)
        .subquery()
    )
    key = (each.c.county_id, each.c.before, each.c.now, each.c.taken)
    return ladder.session.execute(select(*key, func.count()).group_by(*key)).tuples()
