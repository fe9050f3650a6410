"""A step that is offered, with the row that it is about; and for whom steps are looked for."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from inspect_app.assessments.definition import CappedCount, RegionAs, Scheme
from inspect_app.assessments.period import Period
from inspect_app.assessments.rules import exact, settled
from inspect_app.assessments.sources import Asked
from inspect_app.assessments.ways_up import Move, Possible
from inspect_app.core.counted import Counted

LIGHT, USUAL, HEAVY = Decimal("0.5"), Decimal(1), Decimal(3)


@dataclass(frozen=True)
class Offer:
    """A step, and the thing that it is about, by which pages lead there."""

    step: Possible
    row: Counted

    def moving(self, moves: tuple[Move, ...]) -> "Offer":
        """Return the step with these changes only."""
        return replace(self, step=replace(self.step, moves=moves))


@dataclass(frozen=True)
class Setting:
    """For which region, scheme and year steps are looked for, on which day."""

    scheme: Scheme
    region_id: int
    place: RegionAs
    period: Period
    today: date
    of_township: bool = False

    @property
    def last(self) -> date:
        """The last day of the year, on which a step still counts."""
        return date(self.period.start.year, 12, 31)

    @property
    def asked(self) -> Asked:
        """What sources are asked with."""
        return Asked([self.region_id], self.period.start, self.period.end, self.of_township)

    def targets(self, fact: str) -> Decimal:
        """Return the greatest number that a line or gate of the scheme asks for of a counted fact, 0 for none."""
        values = self.scheme.values_for(self.place)
        found = [Decimal(0)]
        for indicator in self.scheme.indicators:
            rule = settled(indicator.rule, values)
            if indicator.fact == fact and isinstance(rule, CappedCount):
                found.append(_number(exact(rule.target)))
            for gate in indicator.gates:
                applies = not gate.applies_to or self.scheme.group_of(gate.applies_to).holds(self.place)
                if gate.fact == fact and applies:
                    found.append(_number(exact(settled(gate, values).at_least)))
        return max(found)


def _number(fraction: Fraction) -> Decimal:
    return Decimal(fraction.numerator) / Decimal(fraction.denominator)
