"""Every lifecycle of the product, sorted for its picture: the main path down the middle, all other steps beside it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from itertools import pairwise

from inspect_app.core.lifecycle import Lifecycle, Step
from tests.architecture.sources import ours

LEFT, RIGHT = "left", "right"


@dataclass(frozen=True)
class Route:
    """Arrows that share one line: from each of `starts` to `end`, running beside the boxes on `side`.

    `labels` says what is written at which box; `back` marks what leads to an earlier state of the main path.
    """

    side: str
    starts: tuple[str, ...]
    end: str
    labels: Mapping[str, str]
    back: bool = False

    @property
    def touched(self) -> tuple[str, ...]:
        """The boxes with an end of this line; a loop touches its box twice."""
        return (*self.starts, self.end)


def lifecycles() -> dict[str, Lifecycle]:
    """Every table by the name of its package."""
    modules = [source.name for source in ours() if source.stem == "lifecycle" and ".core." not in source.name]
    return {
        name.split(".")[1]: value
        for name in modules
        for value in vars(import_module(name)).values()
        if isinstance(value, Lifecycle)
    }


def main_path(machine: Lifecycle) -> list[str]:
    """The way from the first state to a final one with the most primary steps; the longest of equals."""
    ways = list(_ways(machine, (str(machine.initial),), 0))
    return list(max(ways, key=lambda way: (way[1], len(way[0])))[0])


def _ways(machine: Lifecycle, way: tuple[str, ...], primaries: int) -> Iterator[tuple[tuple[str, ...], int]]:
    if way[-1] in machine.final:
        yield way, primaries
    for step in machine.steps:
        if step.source == way[-1] and step.target not in way:
            yield from _ways(machine, (*way, str(step.target)), primaries + step.primary)


def along(machine: Lifecycle, path: Sequence[str]) -> list[tuple[str, str, str]]:
    """The steps between neighbours on the main path: source, target, label."""
    return [
        (a, b, _label(step for step in machine.steps if (step.source, step.target) == (a, b)))
        for a, b in pairwise(path)
    ]


def routes(machine: Lifecycle, path: Sequence[str]) -> list[Route]:
    """All other steps, joined where they lead to the same place for the same reason."""
    place = {state: number for number, state in enumerate(path)}
    groups: dict[tuple[str, ...], list[Step]] = {}
    for step in machine.steps:
        if not _is_next(place, step):
            groups.setdefault(_family(place, step), []).append(step)
    return [_route(place, steps) for steps in groups.values()]


def _is_next(place: Mapping[str, int], step: Step) -> bool:
    return step.source in place and place.get(step.target) == place[step.source] + 1


def _family(place: Mapping[str, int], step: Step) -> tuple[str, ...]:
    """Steps of one family share a line: back to a state, from beside to a state, or aside by the same action."""
    if step.source in place and step.target in place:
        way = "back" if place[step.target] < place[step.source] else f"on from {step.source}"
        return (step.target, "loop" if step.source == step.target else way)
    if step.target in place:
        return (step.target, "from beside")
    return (step.target, step.label if step.source in place else f"beside {step.source}")


def _route(place: Mapping[str, int], steps: Sequence[Step]) -> Route:
    starts, end = tuple(dict.fromkeys(step.source for step in steps)), steps[0].target
    inside = starts[0] in place and end in place
    if starts[0] in place and end not in place:
        labels = {end: steps[0].label}
    else:
        labels = {start: _label(step for step in steps if step.source == start) for start in starts}
    back = end in place and (starts[0] not in place or place[end] < place[starts[0]])
    return Route(LEFT if inside else RIGHT, starts, end, labels, back)


def _label(steps: Iterator[Step]) -> str:
    return "／".join(dict.fromkeys(step.label for step in steps))
