"""The rings and the sites as a drawing without a map: kilometres east and south of the epicentre."""

import math
from dataclasses import dataclass
from decimal import Decimal

from inspect_app.emergencies.estimate import Affected, Estimate
from inspect_app.emergencies.intensity import bearing, degree

SIZE, MARGIN = 400, 24
MOST_POINTS = 400
STEPS_KM = (1, 2, 5, 10, 20, 50, 100, 200)


@dataclass(frozen=True)
class Ring:
    """The outer edge of the area of a degree, half axes and turn as SVG has them; `label_y` is for its name."""

    degree: int
    across: float
    along: float
    turn: int
    label_y: float


@dataclass(frozen=True)
class Point:
    """A site in the drawing."""

    x: float
    y: float
    grade: str
    name: str


@dataclass(frozen=True)
class Sketch:
    """A square of SIZE units with the epicentre in its middle; `bar` is the length of `bar_km` kilometres."""

    rings: tuple[Ring, ...]
    points: tuple[Point, ...]
    bar: float
    bar_km: int
    left_out: int


def sketch(told: Estimate) -> Sketch | None:
    """Draw an estimate; None where nothing is inside."""
    reach = max(told.shaking.reach(told.least))
    if reach <= 0:
        return None
    unit = (SIZE / 2 - MARGIN) / reach
    top = degree(told.shaking.at_centre)
    rings = tuple(_ring(told, each, unit) for each in range(told.least, top + 1) if max(told.shaking.reach(each)) > 0)
    shown = told.affected[:MOST_POINTS]
    points = tuple(_point(told, each, unit) for each in reversed(shown))
    bar_km = max((each for each in STEPS_KM if each * unit <= SIZE / 4), default=STEPS_KM[0])
    return Sketch(rings, points, round(bar_km * unit, 1), bar_km, len(told.affected) - len(shown))


def _ring(told: Estimate, whole: int, unit: float) -> Ring:
    along, across = (round(km * unit, 1) for km in told.shaking.reach(whole))
    turn = told.shaking.axis or 0
    up = along if turn == 0 else _up(along, across, turn)
    return Ring(whole, across, along, turn, round(SIZE / 2 - up - 3, 1))


def _up(along: float, across: float, turn: int) -> float:
    """Return how far the turned ellipse reaches straight up."""
    angle = math.radians(turn)
    return along * across / math.hypot(along * math.sin(angle), across * math.cos(angle)) if along and across else 0.0


def _point(told: Estimate, site: Affected, unit: float) -> Point:
    far = (site.km or 0) * unit
    place = site.site.longitude or Decimal(0), site.site.latitude or Decimal(0)
    angle = math.radians(bearing(told.shaking.place, place))
    x, y = SIZE / 2 + far * math.sin(angle), SIZE / 2 - far * math.cos(angle)
    return Point(round(x, 1), round(y, 1), site.grade, site.site.name)
