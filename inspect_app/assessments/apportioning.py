"""Exact points in so many places: parts that add up to their rounded total. Pure."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from math import floor


def half_up(value: Fraction, places: int) -> int:
    """Round half up, in units of the last place."""
    return floor(value * _units(places) + Fraction(1, 2))


def apportion(values: Sequence[Fraction | None], places: int, limits: Sequence[int | None] = ()) -> list[int | None]:
    """Return each value in units of the last place, less than one unit off, adding up to the rounded sum.

    The largest remainders are rounded up; those that would go beyond their limit come last. None stays None.
    """
    exact = [None if value is None else value * _units(places) for value in values]
    units = [None if value is None else floor(value) for value in exact]
    total = half_up(sum((value for value in values if value is not None), Fraction(0)), places)
    short = total - sum(unit for unit in units if unit is not None)
    ranked = sorted(
        (_limited(unit, limits, place), unit - value, place)
        for place, (value, unit) in enumerate(zip(exact, units, strict=True))
        if value is not None and unit is not None and value != unit
    )
    raised = {place for _beyond, _remainder, place in ranked[:short]}
    return [None if unit is None else unit + (place in raised) for place, unit in enumerate(units)]


def decimal(units: int, places: int) -> Decimal:
    """Return units of the last place as a number."""
    return Decimal(units).scaleb(-places)


def _units(places: int) -> int:
    return int(10**places)


def _limited(unit: int, limits: Sequence[int | None], place: int) -> bool:
    limit = limits[place] if place < len(limits) else None
    return limit is not None and unit >= limit
