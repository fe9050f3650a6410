"""What waits at each place, heaped up once for everybody, and shared out by the region of each person."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from inspect_app.reminders.audience import Audience
from inspect_app.reminders.sections import Line


@dataclass
class Pile:
    """Things of one sort at one place or below one region."""

    number: int = 0
    lines: list[Line] = field(default_factory=list)

    def first(self, count: int) -> tuple[Line, ...]:
        """Return the most urgent lines."""
        return tuple(sorted(self.lines, key=lambda line: (line.order, line.key))[:count])


class Piles:
    """Piles by place and sort. A place is a county and the finest region known in it, as on hazards and visits."""

    def __init__(self, audience: Audience) -> None:
        self._audience = audience
        self._by_county: dict[int, dict[str, Pile]] = {}
        self._by_region: dict[int, dict[str, Pile]] = {}
        self._under: dict[int, dict[str, Pile]] = {}

    def add(self, county_id: int, region_id: int, sort: str, number: int = 0, lines: Iterable[Line] = ()) -> None:
        """Heap things onto the pile of a place."""
        given = tuple(lines)
        for places, key in ((self._by_county, county_id), (self._by_region, region_id)):
            _heap(places.setdefault(key, {}), sort, number, given)

    def under(self, top_id: int | None) -> Mapping[str, Pile]:
        """Return what lies within the reach of a region, by sort; nothing for nobody's region."""
        if top_id is None:
            return {}
        if top_id not in self._under:
            self._under[top_id] = self._gathered(top_id)
        return self._under[top_id]

    def _gathered(self, top_id: int) -> dict[str, Pile]:
        places = self._by_region if self._audience.is_low(top_id) else self._by_county
        found: dict[str, Pile] = {}
        for key in places.keys() & self._audience.below(top_id):
            for sort, pile in places[key].items():
                _heap(found, sort, pile.number, pile.lines)
        return found


def _heap(piles: dict[str, Pile], sort: str, number: int, lines: Iterable[Line]) -> None:
    pile = piles.setdefault(sort, Pile())
    pile.number += number
    pile.lines.extend(lines)
