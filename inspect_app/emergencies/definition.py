"""What offices set for the time after an earthquake: from which intensity on sites count, and what comes first."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from inspect_app.emergencies.intensity import Relation


@dataclass(frozen=True)
class Attenuation:
    """The relations, and where they were published."""

    source: str
    relations: tuple[Relation, ...]


@dataclass(frozen=True)
class Occupancy:
    """What is said of the people inside objects of these categories."""

    label: str
    weight: Decimal
    categories: tuple[str, ...]


@dataclass(frozen=True)
class EmergencyDefinition:
    """The whole of `checklists/quakes/emergency.toml`. `hazard` weighs by grade, "none" and "ungraded" among them."""

    least_intensity: int
    most_sites: int
    pause_days: int
    campaign_days: int
    intensity: Mapping[int, Decimal]
    hazard: Mapping[str, Decimal]
    occupancy: tuple[Occupancy, ...]

    def occupancy_of(self, category: str) -> Occupancy | None:
        """Return what is known of the people inside; None where nothing is."""
        return next((each for each in self.occupancy if category in each.categories), None)
