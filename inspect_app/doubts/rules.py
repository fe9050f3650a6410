"""Pure decisions: how far apart two places are, which visits in a row are clean, whether neighbours found much."""

import math
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from statistics import median
from typing import TypeVar

T = TypeVar("T")
EARTH_RADIUS_M = 6_371_000
Place = tuple[Decimal, Decimal]


def metres(one: Place, other: Place) -> int:
    """Return the distance of two places, each longitude and latitude in degrees, along the surface."""
    (east, north), (farther_east, farther_north) = ([math.radians(each) for each in place] for place in (one, other))
    half = (
        math.sin((farther_north - north) / 2) ** 2
        + math.cos(north) * math.cos(farther_north) * math.sin((farther_east - east) / 2) ** 2
    )
    return round(2 * EARTH_RADIUS_M * math.asin(math.sqrt(min(1.0, half))))


def clean_runs(visits: Iterable[tuple[T, bool]], least: int) -> Iterator[Sequence[T]]:
    """Give each unbroken run of at least `least` visits whose flag (nothing failed) is set."""
    run: list[T] = []
    for visit, clean in visits:
        if clean:
            run.append(visit)
            continue
        if len(run) >= least:
            yield run
        run = []
    if len(run) >= least:
        yield run


def is_silent(own: int, neighbours: Sequence[int], wanted: int) -> bool:
    """Tell whether a county found nothing while half of its neighbours found at least `wanted`; unknown alone."""
    return own == 0 and bool(neighbours) and median(neighbours) >= wanted
