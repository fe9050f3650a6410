"""Distances on the ground."""

import math
from decimal import Decimal

RADIUS_M = 6_371_000
Place = tuple[Decimal, Decimal]


def metres(one: Place, other: Place) -> int:
    """Return the distance of two places, each longitude and latitude in degrees, along the surface."""
    (east, north), (farther_east, farther_north) = ([math.radians(each) for each in place] for place in (one, other))
    half = (
        math.sin((farther_north - north) / 2) ** 2
        + math.cos(north) * math.cos(farther_north) * math.sin((farther_east - east) / 2) ** 2
    )
    return round(2 * RADIUS_M * math.asin(math.sqrt(min(1.0, half))))
