"""How many hazards stand on each rung, from the kept counters: only what was chased or listed is looked at itself."""

from collections import Counter
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, SQLColumnExpression, and_, case, exists, func, literal, select, true

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


def _exceptions(ladder: "Ladder", places: Places) -> Iterator[tuple[int, int, int, int, int]]:
    """Give county, rung as the counters have it, rung when listing is heeded, rung taken, and how many.

    States are asked in a way that no index answers, so that the search begins with what was taken and what is listed.
    """
    rank = case(ladder.definition.ranks, value=RungTaken.rung, else_=0)
    key = (RungTaken.hazard_id, RungTaken.due_on)
    taken = select(*key, func.max(rank).label("rank")).where(places(RungTaken.county_id)).group_by(*key).subquery()
    same = and_(Hazard.id == taken.c.hazard_id, Hazard.due_on == taken.c.due_on)
    yield from ladder.session.execute(_counted(ladder, taken.c.rank).join(taken, same)).tuples()
    never = ~exists().where(RungTaken.hazard_id == Hazard.id, RungTaken.due_on == Hazard.due_on)
    listed = _counted(ladder, literal(0)).where(Hazard.listed == true(), places(Hazard.county_id), never)
    yield from ladder.session.execute(listed).tuples()


def _counted(ladder: "Ladder", taken: ColumnElement[int]) -> Any:  # noqa: ANN401 - a select of five numbers
    before, now, highest = (
        ladder.rank_by(Hazard.due_on).label("before"),
        ladder.reached().label("now"),
        taken.label("taken"),
    )
    key = (Hazard.county_id, before, now, highest)
    late = ((Hazard.state + "").in_(ladder.definition.chased_states), Hazard.due_on <= ladder.latest)
    return select(*key, func.count()).where(*late).group_by(*key)
