"""Assessment schemes: modules of indicators, each with one rule out of a closed set, thresholds as data."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar

from inspect_app.core.definitions import content_hash
from inspect_app.core.frozen import freeze
from inspect_app.core.labels import mark


class Grade(StrEnum):
    """Grades from best to worst; what each takes is in the scheme."""

    EXCELLENT = "excellent"
    GOOD = "good"
    FAIR = "fair"
    FAILED = "failed"


GRADE_LABELS = {
    Grade.EXCELLENT: mark("优秀"),
    Grade.GOOD: mark("良好"),
    Grade.FAIR: mark("合格"),
    Grade.FAILED: mark("不合格"),
}


class RuleKind(StrEnum):
    """The ways of turning a fact into points."""

    RATE = "rate"
    CAPPED_COUNT = "capped_count"
    INVERSE_RATE = "inverse_rate"


@dataclass(frozen=True)
class Rate:
    """Full marks times numerator / denominator."""

    kind: ClassVar[RuleKind] = RuleKind.RATE


@dataclass(frozen=True)
class CappedCount:
    """Full marks once `target` is reached, in proportion below it; always applies."""

    target: Decimal
    kind: ClassVar[RuleKind] = RuleKind.CAPPED_COUNT


@dataclass(frozen=True)
class InverseRate:
    """Full marks times (1 - `times` x rate); nothing once the rate is over `cutoff` (a share, 0.2 is 20 %).

    `times` 2 takes off double (domain reference §5.8 for hazards that come back).
    """

    cutoff: Decimal
    times: int = 1
    kind: ClassVar[RuleKind] = RuleKind.INVERSE_RATE


Rule = Rate | CappedCount | InverseRate


class Weights(StrEnum):
    """How counties weigh in the score of what they belong to."""

    EQUAL = "equal"


@dataclass(frozen=True)
class Indicator:
    """One scored line. `fact` names its source, `unit` the measure word of its figures."""

    code: str
    title: str
    full: Decimal
    unit: str
    fact: str
    rule: Rule


@dataclass(frozen=True)
class Module:
    """Indicators among which the marks of those that do not apply are shared out."""

    code: str
    title: str
    full: Decimal
    indicators: tuple[Indicator, ...]


@dataclass(frozen=True)
class GradeBand:
    """A grade is reached at this percentage of the full marks that apply (bound included)."""

    grade: Grade
    at_least: Decimal


@dataclass(frozen=True)
class Veto:
    """While the count of `fact` is above zero, the grade is at most `grade_at_most`; it goes before the bands."""

    code: str
    title: str
    fact: str
    grade_at_most: Grade


@dataclass(frozen=True)
class Scheme:
    """One version of a scheme; `grades` from best to worst."""

    code: str
    version: int
    title: str
    weights: Weights
    grades: tuple[GradeBand, ...]
    modules: tuple[Module, ...]
    vetoes: tuple[Veto, ...] = ()

    @property
    def full(self) -> Decimal:
        """Full marks when everything applies."""
        return sum((module.full for module in self.modules), Decimal(0))

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        """Every indicator in the order of the scheme."""
        return tuple(indicator for module in self.modules for indicator in module.indicators)

    @property
    def content_hash(self) -> str:
        """SHA-256 of the whole definition."""
        return content_hash(freeze(self))
