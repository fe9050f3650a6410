"""The cheapest ways to gain a value: trade-offs of independent parts, worked out alone and joined. Pure.

Values are floats, good enough to look for a way; whoever uses one checks it exactly.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod

EXHAUSTIVE = 2000
CLOSE = 1e-9
Counts = tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Choice:
    """So many of each kind of step (`counts` by its number) cost this effort and are worth this value."""

    effort: float
    value: float
    counts: Counts


@dataclass(frozen=True)
class Part:
    """Kinds of steps whose values depend on each other: how many there are of each, what one costs, what some give."""

    kinds: tuple[int, ...]
    sizes: tuple[int, ...]
    efforts: tuple[float, ...]
    value_of: Callable[[Counts], float]

    @property
    def exhaustive(self) -> bool:
        """Tell whether every choice of the part is looked at."""
        return prod(size + 1 for size in self.sizes) <= EXHAUSTIVE


def frontier(part: Part) -> list[Choice]:
    """Return the choices of a part that no other beats in effort and value: all of them, or those of a greedy walk."""
    if part.exhaustive:
        return best(_choice(part, counts) for counts in product(*(range(size + 1) for size in part.sizes)))
    return best(_walk(part))


def best(choices: Iterable[Choice]) -> list[Choice]:
    """Leave out every choice that another one beats or equals; by effort and value, both rising."""
    kept: list[Choice] = []
    for each in sorted(choices, key=lambda choice: (choice.effort, -choice.value)):
        if not kept or each.value > kept[-1].value + CLOSE:
            kept.append(each)
    return kept


def joined(frontiers: Iterable[Sequence[Choice]], needed: float) -> list[Choice]:
    """Join independent parts; what costs more than a way that already gives enough is left out."""
    together = [Choice(0, 0, ())]
    for part in frontiers:
        together = best(_enough((_both(one, other) for one in together for other in part), needed))
    return together


def _enough(choices: Iterable[Choice], needed: float) -> Iterable[Choice]:
    """Pass on the cheapest choice that gives clearly enough, and none dearer than it."""
    found = list(choices)
    dearest = min((each.effort for each in found if each.value >= needed + CLOSE), default=float("inf"))
    return (each for each in found if each.effort <= dearest)


def _both(one: Choice, other: Choice) -> Choice:
    return Choice(one.effort + other.effort, one.value + other.value, one.counts + other.counts)


def _choice(part: Part, counts: Sequence[int]) -> Choice:
    chosen = tuple((kind, count) for kind, count in zip(part.kinds, counts, strict=True) if count)
    effort = sum(effort * count for effort, count in zip(part.efforts, counts, strict=True))
    return Choice(effort, part.value_of(chosen), chosen)


def _walk(part: Part) -> Iterable[Choice]:
    """Go from nothing to everything, each time by the jump that gives most for its effort; jumps may take several."""
    counts = [0] * len(part.sizes)
    here = _choice(part, counts)
    yield here
    while any(count < size for count, size in zip(counts, part.sizes, strict=True)):
        jumps = [(place, count) for place, size in enumerate(part.sizes) for count in _ahead(counts[place], size)]
        landed = [(_choice(part, _with(counts, place, count)), place, count) for place, count in jumps]
        there, place, count = max(landed, key=lambda each: _worth(here, each[0]))
        counts, here = _with(counts, place, count), there
        yield here


def _ahead(count: int, size: int) -> Iterable[int]:
    """Return counts one, two, four ... further on, and the last."""
    step = 1
    while count + step < size:
        yield count + step
        step *= 2
    if count < size:
        yield size


def _with(counts: Sequence[int], place: int, count: int) -> list[int]:
    return [count if number == place else kept for number, kept in enumerate(counts)]


def _worth(here: Choice, there: Choice) -> tuple[float, float]:
    return (there.value - here.value) / max(there.effort - here.effort, CLOSE), here.effort - there.effort
