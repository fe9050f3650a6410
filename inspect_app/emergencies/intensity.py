"""How strongly the ground may have shaken: an estimate by distance and direction. Pure.

The isoseismals of a relation are ellipses: I = a + b·M − c·lg(R + r0) along either axis, R in km from the epicentre.
The relations were fitted to the outer edges of the areas of each intensity, so an estimate of 6.4 lies inside area VI.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from inspect_app.core.earth import Place, metres
from inspect_app.core.labels import mark

MARK = mark("估计，供内部参考，不得对外公布")
ROMAN = ("", "Ⅰ", "Ⅱ", "Ⅲ", "Ⅳ", "Ⅴ", "Ⅵ", "Ⅶ", "Ⅷ", "Ⅸ", "Ⅹ", "Ⅺ", "Ⅻ")
LOWEST, HIGHEST = 1.0, 12.0
HALVINGS = 40
KM_OF_A_DEGREE = 111.195


@dataclass(frozen=True)
class Axis:
    """The relation along one axis."""

    a: Decimal
    b: Decimal
    c: Decimal
    r0: Decimal


@dataclass(frozen=True)
class Relation:
    """A published relation with its standard deviation; `places` are the codes of the regions where it holds."""

    code: str
    title: str
    long: Axis
    short: Axis
    sigma: Decimal
    places: tuple[str, ...]


@dataclass(frozen=True)
class Shaking:
    """An earthquake as far as an estimate needs it; `axis` is the direction of the long axis from north, 0 to 180.

    While the direction is unknown, every place is taken to lie on the long axis: no place is shaken more than that.
    """

    place: Place
    magnitude: Decimal
    relation: Relation
    axis: int | None = None

    @property
    def at_centre(self) -> float:
        """Return the intensity at the epicentre."""
        return along(self.relation.long, self.magnitude, 0.0)

    def at(self, place: Place) -> float:
        """Return the intensity at a place, between 1 and 12."""
        distance = metres(self.place, place) / 1000
        if self.axis is None:
            return _bounded(along(self.relation.long, self.magnitude, distance))
        return _bounded(self._inside(distance, math.radians(bearing(self.place, place) - self.axis)))

    def reach(self, intensity: float) -> tuple[float, float]:
        """Return how far an intensity reaches along and across the long axis, in km; 0 where it is not reached.

        While the direction is unknown both are the reach along the long axis.
        """
        relation = self.relation
        across = relation.long if self.axis is None else relation.short
        return radius(relation.long, self.magnitude, intensity), radius(across, self.magnitude, intensity)

    def _inside(self, distance: float, angle: float) -> float:
        """Find the intensity whose ellipse passes through a place, by halving."""
        ahead, aside = distance * math.cos(angle), distance * math.sin(angle)
        low, high = LOWEST - HIGHEST, self.at_centre
        for _ in range(HALVINGS):
            middle = (low + high) / 2
            long, short = self.reach(middle)
            within = long > 0 and short > 0 and (ahead / long) ** 2 + (aside / short) ** 2 <= 1
            low, high = (middle, high) if within else (low, middle)
        return low


def along(axis: Axis, magnitude: Decimal, distance: float) -> float:
    """Return the intensity at a distance in km on one axis."""
    return float(axis.a + axis.b * magnitude) - float(axis.c) * math.log10(distance + float(axis.r0))


def radius(axis: Axis, magnitude: Decimal, intensity: float) -> float:
    """Return the distance in km at which an axis has come down to an intensity; 0 where it never was as high."""
    reached: float = 10 ** ((float(axis.a + axis.b * magnitude) - intensity) / float(axis.c)) - float(axis.r0)
    return max(reached, 0.0)


def bearing(one: Place, other: Place) -> float:
    """Return the direction from one place to another, in degrees from north by east."""
    east, north, farther_east, farther_north = (math.radians(each) for each in (*one, *other))
    turned = farther_east - east
    ahead = math.cos(north) * math.sin(farther_north) - math.sin(north) * math.cos(farther_north) * math.cos(turned)
    return math.degrees(math.atan2(math.sin(turned) * math.cos(farther_north), ahead)) % 360


def degree(intensity: float) -> int:
    """Return the whole degree of an estimate: the area in which it lies."""
    return int(_bounded(intensity))


def roman(whole: int) -> str:
    """Write a degree as people do: Ⅵ."""
    return ROMAN[whole]


def around(place: Place, km: float) -> tuple[Place, Place]:
    """Return the lower and the upper corner of a box in degrees that holds everything within a distance."""
    east, north = float(place[0]), float(place[1])
    high = km / KM_OF_A_DEGREE
    wide = min(180.0, high / max(math.cos(math.radians(min(abs(north) + high, 89.0))), 0.01))
    low, top = (east - wide, north - high), (east + wide, north + high)
    return _exact(low), _exact(top)


def relation_of(relations: Iterable[Relation], code: str) -> Relation | None:
    """Find the relation that holds in a region: the one with the longest code that the region's begins with."""
    fitting = ((len(place), each) for each in relations for place in each.places if code.startswith(place))
    return max(fitting, key=lambda pair: pair[0], default=(0, None))[1]


def _bounded(intensity: float) -> float:
    return min(max(intensity, LOWEST), HIGHEST)


def _exact(place: tuple[float, float]) -> Place:
    east, north = (Decimal(str(round(each, 6))) for each in place)
    return east, north
