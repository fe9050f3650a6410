"""The closed set of rules that turn a fact into points (`earning` does), and the facts they read. Pure, exact.

A number in a rule is exact, or the name of a parameter that places set differently; `scoring` puts the numbers of
the assessed region in before anything is earned.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any, ClassVar, TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Fact:
    """Figures behind an indicator; a plain count has no denominator of its own (the rule's target takes its place).

    `values` are single observations (minutes of each first report, days late of each task), `parts` counts by kind
    (late, missed, wrong reports), `as_of` the day on which the figures stood.
    """

    numerator: int | Decimal
    denominator: int | Decimal = 0
    values: tuple[Decimal, ...] = ()
    parts: tuple[tuple[str, int], ...] = ()
    as_of: date | None = None


@dataclass(frozen=True)
class Parameter:
    """A number that the scheme declares by this name, with values of its own for some regions."""

    parameter: str


Number = Decimal | Parameter


class RuleKind(StrEnum):
    """The ways of turning a fact into points."""

    YES_NO = "yes_no"
    RATE = "rate"
    CAPPED_COUNT = "capped_count"
    INVERSE_RATE = "inverse_rate"
    INVERSE_COUNT = "inverse_count"
    LINEAR = "linear"
    BANDS = "bands"
    DEADLINE = "deadline"
    RESPONSE_TIME = "response_time"
    REACHED = "reached"
    DEDUCT = "deduct"
    ALL_OR_NOTHING = "all_or_nothing"
    MANUAL = "manual"


class Measure(StrEnum):
    """What linear and stepped bands look at: the figure itself, numerator / denominator as a share, or as a mean.

    A rate of 0.95 is 95 %; a mean is in the unit of the indicator (numerator the sum, denominator how many).
    """

    FIGURE = "figure"
    RATE = "rate"
    MEAN = "mean"


@dataclass(frozen=True)
class YesNo:
    """Full marks once the figure is above zero."""

    kind: ClassVar[RuleKind] = RuleKind.YES_NO


@dataclass(frozen=True)
class Rate:
    """Full marks times numerator / denominator, at most full marks."""

    kind: ClassVar[RuleKind] = RuleKind.RATE


@dataclass(frozen=True)
class CappedCount:
    """Full marks once `target` is reached, in proportion below it; always applies."""

    target: Number
    kind: ClassVar[RuleKind] = RuleKind.CAPPED_COUNT


@dataclass(frozen=True)
class InverseRate:
    """Full marks times (1 - `times` x rate); nothing once the rate is over `cutoff` (a share, 0.2 is 20 %).

    `times` 2 takes off double (domain reference §5.8 for hazards that come back).
    """

    cutoff: Number
    times: int = 1
    kind: ClassVar[RuleKind] = RuleKind.INVERSE_RATE


@dataclass(frozen=True)
class InverseCount:
    """Full marks at zero, nothing from `zero_at` on, in proportion between; always applies."""

    zero_at: Number
    kind: ClassVar[RuleKind] = RuleKind.INVERSE_COUNT


@dataclass(frozen=True)
class Linear:
    """Nothing up to `zero_at`, full marks from `full_at` on, a straight line between; either may be the greater."""

    zero_at: Number
    full_at: Number
    of: Measure = Measure.RATE
    kind: ClassVar[RuleKind] = RuleKind.LINEAR


@dataclass(frozen=True)
class Step:
    """From `bound` on (only beyond it unless `included`) this many points are earned."""

    bound: Number
    points: Number
    included: bool = True


@dataclass(frozen=True)
class Bands:
    """The points of the last step reached; `below` before the first. Steps rise by their bounds."""

    steps: tuple[Step, ...]
    of: Measure = Measure.RATE
    below: Number = Decimal(0)
    kind: ClassVar[RuleKind] = RuleKind.BANDS


@dataclass(frozen=True)
class Deadline:
    """`per_day` points off for every day late of every task (the values of the fact), down to nothing.

    Figures without values: numerator days late in all, denominator tasks.
    """

    per_day: Number
    kind: ClassVar[RuleKind] = RuleKind.DEADLINE


@dataclass(frozen=True)
class ResponseTime:
    """Full marks times the share of the values that are at most `within`.

    Figures without values: numerator how many were in time, denominator how many there were.
    """

    within: Number
    kind: ClassVar[RuleKind] = RuleKind.RESPONSE_TIME


@dataclass(frozen=True)
class Reached:
    """Full marks times the share of the values that are at least `at_least` (drills of each school in a year).

    Figures without values: numerator how many reached it, denominator how many there were.
    """

    at_least: Number
    kind: ClassVar[RuleKind] = RuleKind.REACHED


@dataclass(frozen=True)
class Fault:
    """One kind of fault and the points that each occurrence takes off."""

    fault: str
    points: Number


@dataclass(frozen=True)
class Deduct:
    """Each occurrence takes off the points of its kind, down to nothing; figures without parts count the first kind."""

    faults: tuple[Fault, ...]
    kind: ClassVar[RuleKind] = RuleKind.DEDUCT


@dataclass(frozen=True)
class AllOrNothing:
    """Full marks only when the numerator reaches the denominator."""

    kind: ClassVar[RuleKind] = RuleKind.ALL_OR_NOTHING


@dataclass(frozen=True)
class Manual:
    """Points given by people with proof; the numerator is the points."""

    kind: ClassVar[RuleKind] = RuleKind.MANUAL


Rule = (
    YesNo
    | Rate
    | CappedCount
    | InverseRate
    | InverseCount
    | Linear
    | Bands
    | Deadline
    | ResponseTime
    | Reached
    | Deduct
    | AllOrNothing
    | Manual
)


def amount(number: Number) -> Decimal:
    """Return a number of a rule; TypeError for a parameter that nobody has put a number in for."""
    if isinstance(number, Parameter):
        raise TypeError(number.parameter)
    return number


def exact(number: Number) -> Fraction:
    """Return a number of a rule as a fraction."""
    return Fraction(amount(number))


def settled(kept: T, values: Mapping[str, Decimal]) -> T:
    """Return a definition with the numbers of `values` in the place of its parameters."""
    return _settled(kept, values) if _has_parameter(kept) else kept


def _has_parameter(kept: object) -> bool:
    if isinstance(kept, tuple):
        return any(map(_has_parameter, kept))
    return isinstance(kept, Parameter) or (
        is_dataclass(kept) and any(_has_parameter(getattr(kept, each.name)) for each in fields(kept))
    )


def _settled(kept: Any, values: Mapping[str, Decimal]) -> Any:  # noqa: ANN401 - any part of a definition
    if isinstance(kept, Parameter):
        return values[kept.parameter]
    if isinstance(kept, tuple):
        return tuple(_settled(each, values) for each in kept)
    if is_dataclass(kept) and not isinstance(kept, type) and _has_parameter(kept):
        changed = {each.name: _settled(getattr(kept, each.name), values) for each in fields(kept)}
        return replace(kept, **changed)
    return kept
