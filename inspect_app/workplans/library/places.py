"""A place as obligations see it: whether it owes one at all, and what its parameters are there. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from inspect_app.core.labels import Sentence, mark, say
from inspect_app.workplans.library.definition import Obligation, Value
from inspect_app.workplans.library.words import CONDITION_LABELS, LEVEL_LABELS, Condition, Level


@dataclass(frozen=True)
class Place:
    """A region: `path` has its code, then those of the regions above it.

    `facts` tells which conditions hold in the year asked about; one that is absent is not known.
    """

    path: tuple[str, ...]
    level: Level
    facts: Mapping[Condition, bool]


@dataclass(frozen=True)
class Asked:
    """The parameters of an obligation as they are set for a place in a year."""

    obligation: Obligation
    place: Place
    year: int

    def value(self, role: str) -> Value | None:
        """Return what is set, None for nothing."""
        named = self.obligation.measure.number(role)
        return named.value(self.place.path, self.year) if named else None

    def count(self, role: str) -> int | None:
        """Return a whole number that is set."""
        value = self.value(role)
        return value if isinstance(value, int) else None

    def exact(self, role: str) -> Decimal | None:
        """Return an exact number that is set."""
        value = self.value(role)
        return Decimal(value) if isinstance(value, int | Decimal) else None

    def text(self, role: str) -> str | None:
        """Return a text that is set."""
        value = self.value(role)
        return value if isinstance(value, str) else None


def why_not(obligation: Obligation, place: Place) -> Sentence | None:
    """Tell why a place does not owe this at all; None when it does, or when that is not known."""
    if place.level not in obligation.levels:
        owed = "、".join(LEVEL_LABELS[level] for level in obligation.levels)
        return say(mark("不适用：这项由%(levels)s承担。"), levels=owed)
    lacking = [CONDITION_LABELS[each] for each in obligation.conditions if place.facts.get(each) is False]
    if lacking:
        return say(mark("不适用：只对符合以下条件的地方提出：%(conditions)s。"), conditions="、".join(lacking))
    return None


def doubts(obligation: Obligation, place: Place) -> tuple[Sentence, ...]:
    """Name the conditions of which nobody knows whether they hold in a place."""
    unknown = [each for each in obligation.conditions if each not in place.facts]
    return tuple(say(mark("不清楚是否符合条件：%(condition)s。"), condition=CONDITION_LABELS[each]) for each in unknown)
