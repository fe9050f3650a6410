"""What is looked at first: intensity x worst open hazard x people inside, each a weight that the office sets."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

NONE, UNGRADED, GENERAL, MAJOR = "none", "ungraded", "general", "major"
ORDER = (NONE, UNGRADED, GENERAL, MAJOR)
ONE = Decimal(1)


def worst(grades: Iterable[str | None]) -> str:
    """Return the worst grade among open hazards; a hazard without a grade is more than no hazard at all."""
    return max((grade or UNGRADED for grade in grades), key=ORDER.index, default=NONE)


def step_weight(weights: Mapping[int, Decimal], intensity: float) -> Decimal:
    """Return the weight of the highest step that an intensity reaches; below all of them the lowest holds."""
    reached = [degree for degree in weights if degree <= intensity]
    return weights[max(reached, default=min(weights))]


def urgency(intensity: Decimal, hazard: Decimal, occupancy: Decimal | None) -> Decimal:
    """Multiply the weights; unknown occupancy counts as one, and who shows the result says that it is unknown."""
    return intensity * hazard * (ONE if occupancy is None else occupancy)
