"""Where the boxes and lines of a life lie: pixel sums only, nothing is drawn here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import fsum

from inspect_app.core.lifecycle import Lifecycle
from tests.architecture.drawing.lives import LEFT, RIGHT, Route, along, main_path, routes
from tests.architecture.drawing.spreading import spread
from tests.architecture.drawing.svg import room_of

BOX, MARGIN, TOP, GAP = 150, 24, 120, 44
PORT, LANE, LABEL = 20, 16, 12
Port = tuple[int, int]  # number of the line, number of its end


@dataclass(frozen=True)
class Layout:
    """The whole geometry of one life. Main boxes stand on tens, side boxes on fives: no two lines share a height."""

    machine: Lifecycle

    @cached_property
    def path(self) -> list[str]:
        return main_path(self.machine)

    @cached_property
    def beside(self) -> list[str]:
        return sorted((s for s in self.machine.states if s not in self.path), key=self._wish)

    @cached_property
    def routes(self) -> list[Route]:
        return routes(self.machine, self.path)

    @cached_property
    def along(self) -> list[tuple[str, str, str]]:
        return along(self.machine, self.path)

    def height(self, state: str) -> int:
        """Room for the words and for the lines of the busier side."""
        ends = [route.side for route in self.routes for box in route.touched if box == state]
        return max(46, PORT * max(ends.count(LEFT), ends.count(RIGHT))) // PORT * PORT + PORT

    @cached_property
    def _main_y(self) -> dict[str, float]:
        tops = [TOP + sum(self.height(state) + GAP // 2 * 2 for state in self.path[:n]) for n in range(len(self.path))]
        return {state: (top + self.height(state) // 2) // 10 * 10 for state, top in zip(self.path, tops, strict=True)}

    def _wish(self, state: str) -> float:
        """Height at which a side box would stand amid the main boxes it is tied to."""
        near = [
            self._main_y[other]
            for step in self.machine.steps
            for box, other in ((step.source, step.target), (step.target, step.source))
            if box == state and other in self._main_y
        ]
        return fsum(near) / len(near) if near else TOP

    @cached_property
    def y(self) -> dict[str, float]:
        """Middle of every box."""
        sizes = [self.height(state) for state in self.beside]
        wishes = [self._wish(state) for state in self.beside]
        middles = spread(wishes, sizes, PORT, TOP, TOP + sum(sizes) + PORT * len(sizes) + self._main_y[self.path[-1]])
        return self._main_y | {s: y // 10 * 10 + 5 for s, y in zip(self.beside, middles, strict=True)}

    @cached_property
    def ports(self) -> Mapping[Port, float]:
        """Height of every end of every line; ends of one side of a box lie in the order of where they lead."""
        found: dict[Port, float] = {}
        for state, side in ((state, side) for state in self.y for side in (LEFT, RIGHT)):
            ends = [
                (self._far(route, end), number, end)
                for number, route in enumerate(self.routes)
                for end, box in enumerate(route.touched)
                if box == state and (route.side if state in self._main_y else LEFT) == side
            ]
            for rank, (_, number, end) in enumerate(sorted(ends)):
                found[number, end] = self.y[state] + (rank - (len(ends) - 1) / 2) * PORT
        return found

    def _far(self, route: Route, end: int) -> float:
        last = len(route.starts)
        others = route.starts if end == last else (route.end,)
        return fsum(self.y[other] for other in others) / len(others)

    @cached_property
    def lanes(self) -> Mapping[int, int]:
        """Which of the parallel lanes of its side a line runs in: short lines nearest to the boxes, none on another."""
        taken: dict[str, list[list[tuple[float, float]]]] = {LEFT: [], RIGHT: []}
        found: dict[int, int] = {}
        for number in sorted(range(len(self.routes)), key=lambda n: (self._span(n)[1] - self._span(n)[0], n)):
            low, high = self._span(number)
            rows = taken[self.routes[number].side]
            free = (lane for lane, spans in enumerate(rows) if all(high < a - 8 or b + 8 < low for a, b in spans))
            found[number] = next(free, len(rows))
            if found[number] == len(rows):
                rows.append([])
            rows[found[number]].append((low, high))
        return found

    def _span(self, number: int) -> tuple[float, float]:
        heights = [self.ports[number, end] for end in range(len(self.routes[number].touched))]
        return min(heights), max(heights)

    def lane_count(self, side: str) -> int:
        return max((self.lanes[n] + 1 for n, route in enumerate(self.routes) if route.side == side), default=0)

    def _words(self, side: str) -> float:
        words = [text for route in self.routes if route.side == side for text in route.labels.values()]
        return max((room_of(text, LABEL) for text in words), default=0) + 2 * LABEL

    @cached_property
    def main_left(self) -> float:
        return MARGIN + LANE * self.lane_count(LEFT) + self._words(LEFT)

    @cached_property
    def first_right_lane(self) -> float:
        overhang = max((room_of(text, LABEL) for _, _, text in self.along), default=0) - BOX / 2
        return self.main_left + BOX + max(20.0, overhang + 30)

    @cached_property
    def side_left(self) -> float:
        return self.first_right_lane + LANE * self.lane_count(RIGHT) + self._words(RIGHT)

    def lane_x(self, number: int) -> float:
        if self.routes[number].side == LEFT:
            return self.main_left - self._words(LEFT) - LANE * self.lanes[number]
        return self.first_right_lane + LANE * self.lanes[number]

    def edge_x(self, state: str, side: str) -> float:
        """Where lines of a side meet a box."""
        if state not in self._main_y:
            return self.side_left
        return self.main_left if side == LEFT else self.main_left + BOX

    def left_of(self, state: str) -> float:
        return self.main_left if state in self._main_y else self.side_left

    @cached_property
    def size(self) -> tuple[int, int]:
        right = self.side_left + BOX if self.beside else self.first_right_lane
        bottom = max(self.y[state] + self.height(state) / 2 for state in self.y)
        return int(max(right + MARGIN, 520)), int(bottom + MARGIN)


def corner(start: tuple[float, float], lane: float, goal: tuple[float, float]) -> Sequence[str]:
    """A line out to a lane, along it, and in again, with round corners."""
    (x, y), (end_x, end_y) = start, goal
    out = 1 if lane > x else -1
    back = 1 if end_x > lane else -1
    down = 1 if end_y > y else -1
    bend = min(7.0, abs(end_y - y) / 2)
    return (
        f"M{x:.0f} {y:.0f}H{lane - out * bend:.0f}",
        f"Q{lane:.0f} {y:.0f} {lane:.0f} {y + down * bend:.0f}",
        f"V{end_y - down * bend:.0f}",
        f"Q{lane:.0f} {end_y:.0f} {lane + back * bend:.0f} {end_y:.0f}H{end_x:.0f}",
    )
