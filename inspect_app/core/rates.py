"""Rates whose unknowns stay unknown."""

from decimal import Decimal


def rate(numerator: int | Decimal, denominator: int | Decimal) -> Decimal | None:
    """Return numerator / denominator, or None (shown NA) when the denominator is zero: never 0, never 100 %."""
    return Decimal(numerator) / Decimal(denominator) if denominator else None
