"""The picture of the floors: a box a package, arrows for imports, long arrows led between the boxes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import fsum

from tests.architecture.drawing import imports
from tests.architecture.drawing.spreading import spread
from tests.architecture.drawing.svg import Picture, wrap

WIDTH, MARGIN, TOP, BOTTOM = 1420, 24, 78, 24
BOX, GAP, THREAD = 236, 18, 6
LINE, HEAD, STOREY = 16, 34, 44
SWEEPS, STIFFNESS = 120, 4
CAPTION = "What imports what. An arrow that follows from other arrows is left out; grey boxes are single modules."


@dataclass(frozen=True)
class Knot:
    """A place in a row: a member (`above` and `below` the same), or an arrow passing from one member to another."""

    above: str
    below: str
    row: int

    @property
    def is_box(self) -> bool:
        return self.above == self.below

    @property
    def size(self) -> float:
        return BOX if self.is_box else THREAD


@dataclass(frozen=True)
class Plan:
    """Rows of knots from left to right, their middles, and the arrows as knots to pass through."""

    rows: Sequence[Sequence[Knot]]
    x: Mapping[Knot, float]
    arrows: Sequence[Sequence[Knot]]


def plan(floors: Sequence[Sequence[str]], pairs: Sequence[tuple[str, str]]) -> Plan:
    """Order and place every row so that arrows run as straight as the boxes let them."""
    row_of = {name: row for row, layer in enumerate(floors) for name in layer}
    arrows = [
        [Knot(a, a, row_of[a]), *(Knot(a, b, row) for row in range(row_of[a] + 1, row_of[b])), Knot(b, b, row_of[b])]
        for a, b in pairs
    ]
    rows = [[Knot(name, name, row) for name in layer] for row, layer in enumerate(floors)]
    for arrow in arrows:
        for knot in arrow[1:-1]:
            rows[knot.row].append(knot)
    x = {knot: WIDTH / 2 + place for row in rows for place, knot in enumerate(row)}
    near = _neighbours(rows, arrows)
    for sweep in range(SWEEPS):
        for row in rows if sweep % 2 else reversed(rows):
            _settle(row, near, x)
    return Plan(rows, x, arrows)


def _neighbours(rows: Sequence[Sequence[Knot]], arrows: Sequence[Sequence[Knot]]) -> dict[Knot, list[Knot]]:
    near: dict[Knot, list[Knot]] = {knot: [] for row in rows for knot in row}
    for arrow in arrows:
        for upper, lower in pairwise(arrow):
            near[upper].append(lower)
            near[lower].append(upper)
    return near


def _settle(row: list[Knot], near: Mapping[Knot, Sequence[Knot]], x: dict[Knot, float]) -> None:
    wishes = {knot: _wish(knot, near[knot], x) for knot in row}
    row.sort(key=lambda knot: wishes[knot])
    middles = spread([wishes[k] for k in row], [k.size for k in row], GAP, MARGIN, WIDTH - MARGIN)
    x.update(zip(row, middles, strict=True))


def _wish(knot: Knot, near: Sequence[Knot], x: Mapping[Knot, float]) -> float:
    """Where a knot would like to be: amid its neighbours; a passing arrow above all in line with itself."""
    pulls = [(x[other], 1 if knot.is_box or other.is_box else STIFFNESS) for other in near]
    if not pulls:
        return x[knot]
    return round(fsum(place * weight for place, weight in pulls) / sum(weight for _, weight in pulls), 3)


def picture() -> str:
    """Draw the floors as they are now."""
    floors = imports.floors()
    words = {name: wrap(imports.purpose(name).replace("`", ""), 12, BOX - 24) for layer in floors for name in layer}
    made = plan(floors, imports.reduced(imports.imports()))
    heights = [HEAD + LINE * max(len(words[name]) for name in layer) for layer in floors]
    tops = [TOP + sum(heights[:row]) + STOREY * row for row in range(len(floors))]
    drawn = Picture("The floors of inspect_app", WIDTH, tops[-1] + heights[-1] + BOTTOM)
    drawn.text(MARGIN, 34, drawn.title, "title")
    drawn.text(MARGIN, 56, CAPTION, "note")
    for top, height in zip(tops, heights, strict=True):
        drawn.box(MARGIN / 2, top - 10, WIDTH - MARGIN, height + 20, "floor")
    for arrow in made.arrows:
        _draw_arrow(drawn, arrow, made, tops, heights)
    for name, knot in ((knot.above, knot) for row in made.rows for knot in row if knot.is_box):
        left, top = made.x[knot] - BOX / 2, tops[knot.row]
        drawn.box(left, top, BOX, heights[knot.row], "box" if imports.is_package(name) else "quiet")
        drawn.text(left + 12, top + 21, name, "name")
        for number, line in enumerate(words[name]):
            drawn.text(left + 12, top + 40 + LINE * number, line, "note")
    return drawn.render()


def _draw_arrow(
    drawn: Picture, arrow: Sequence[Knot], made: Plan, tops: Sequence[float], heights: Sequence[float]
) -> None:
    first, last = arrow[0], arrow[-1]
    x, y = _port(made, first, arrow, 0), tops[first.row] + heights[first.row]
    steps = [f"M{x:.0f} {y:.0f}"]
    for knot in arrow[1:]:
        goal = made.x[knot] if knot is not last else _port(made, last, arrow, -1)
        top, middle = tops[knot.row], (y + tops[knot.row]) / 2
        steps.append(f"C{x:.0f} {middle:.0f} {goal:.0f} {middle:.0f} {goal:.0f} {top:.0f}")
        x, y = goal, top + heights[knot.row]
        if knot is not last:
            steps.append(f"V{y:.0f}")
    drawn.path(steps)


def _port(made: Plan, box: Knot, arrow: Sequence[Knot], end: int) -> float:
    """Where an arrow leaves or meets a box: side by side with its fellows, in the order in which they come."""
    inward = 1 if end == 0 else -2
    fellows = sorted((other for other in made.arrows if other[end] == box), key=lambda other: made.x[other[inward]])
    step = min(36.0, (BOX - 40) / max(len(fellows) - 1, 1))
    return made.x[box] + (fellows.index(arrow) - (len(fellows) - 1) / 2) * step
