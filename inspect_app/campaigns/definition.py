"""What offices set for their campaigns: working speed, weights for draws, must-look areas, key counties."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

ONE = Decimal(1)


@dataclass(frozen=True)
class Category:
    """A site category: visits a team can do in a day, and the weight of a failure's consequences in draws."""

    per_day: int
    exposure: Decimal


@dataclass(frozen=True)
class Area:
    """A must-look area (必查内容) and the codes of the items that look at it."""

    code: str
    title: str
    items: tuple[str, ...]


@dataclass(frozen=True)
class Demand:
    """All areas must be looked at by campaigns of these kinds that go to this region (a code without padding)."""

    region: str
    kinds: tuple[str, ...]


@dataclass(frozen=True)
class CampaignDefinition:
    """The whole of `checklists/campaigns.toml`. `key_counties` holds the first and last year by region code.

    `journey` is the combination (`inspections.combinations`) that joint supervision visits a county with.
    """

    per_day: int
    minutes_per_item: Decimal
    journeys_per_day: int
    journey: str
    categories: Mapping[str, Category]
    areas: tuple[Area, ...]
    demands: tuple[Demand, ...]
    key_counties: Mapping[str, tuple[int, int | None]]

    def cost(self, category: str) -> Fraction:
        """Return what part of a team's day a visit of this category takes."""
        own = self.categories.get(category)
        return Fraction(1, own.per_day if own else self.per_day)

    @property
    def journey_cost(self) -> Fraction:
        """Return what part of a team's day a journey to a county takes."""
        return Fraction(1, self.journeys_per_day)

    def exposure(self, category: str) -> Decimal:
        """Return the weight of this category in draws."""
        own = self.categories.get(category)
        return own.exposure if own else ONE

    def demanded(self, kind: str, region_codes: Collection[str]) -> bool:
        """Tell whether campaigns of this kind in these regions must look at every area."""
        return any(
            kind in demand.kinds and any(code.startswith(demand.region) for code in region_codes)
            for demand in self.demands
        )

    def key_in(self, year: int) -> frozenset[str]:
        """Return the codes of the key counties of a year."""
        spans = self.key_counties.items()
        return frozenset(code for code, (since, until) in spans if since <= year and (until is None or year <= until))
