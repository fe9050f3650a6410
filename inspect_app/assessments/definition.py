"""Assessment schemes: modules of indicators, each with one rule out of a closed set, thresholds as data."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from inspect_app.assessments.rules import (
    AllOrNothing,
    Bands,
    CappedCount,
    Deadline,
    Deduct,
    Fault,
    InverseCount,
    InverseRate,
    Linear,
    Manual,
    Measure,
    Number,
    Parameter,
    Rate,
    Reached,
    ResponseTime,
    Rule,
    RuleKind,
    Step,
    YesNo,
    settled,
)
from inspect_app.core.definitions import content_hash
from inspect_app.core.frozen import freeze
from inspect_app.core.labels import mark

__all__ = [
    "GRADE_LABELS",
    "AllOrNothing",
    "Bands",
    "CappedCount",
    "Deadline",
    "Deduct",
    "Extra",
    "Fault",
    "Gate",
    "Grade",
    "GradeBand",
    "Group",
    "Indicator",
    "InverseCount",
    "InverseRate",
    "Linear",
    "Manual",
    "Measure",
    "Module",
    "Number",
    "Parameter",
    "ParameterOf",
    "Rate",
    "Reached",
    "RegionAs",
    "ResponseTime",
    "Rule",
    "RuleKind",
    "Scheme",
    "SchemeLevel",
    "Step",
    "Veto",
    "VetoEffect",
    "Weights",
    "YesNo",
]


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


class Weights(StrEnum):
    """How the assessed weigh in the score of what they belong to."""

    EQUAL = "equal"
    POPULATION = "population"
    SITES = "sites"


class SchemeLevel(StrEnum):
    """What a scheme assesses."""

    COUNTY = "county"
    TOWNSHIP = "township"


class VetoEffect(StrEnum):
    """What a veto does: the whole score is zero, the grade is the lowest, or only the best grade is out of reach."""

    ZERO = "zero"
    FAIL = "fail"
    NO_EXCELLENT = "no_excellent"


@dataclass(frozen=True)
class RegionAs:
    """The assessed region by its code, `ancestors` nearest first."""

    code: str
    ancestors: tuple[str, ...] = ()

    @property
    def codes(self) -> tuple[str, ...]:
        """Its own code and those above it, nearest first."""
        return (self.code, *self.ancestors)


@dataclass(frozen=True)
class ParameterOf:
    """A number that places set differently; `by_region` by the code of the region or of one above, the nearest wins."""

    code: str
    title: str
    unit: str
    default: Decimal
    by_region: Mapping[str, Decimal] = field(default_factory=dict)

    def value_for(self, region: RegionAs) -> Decimal:
        """Return the number that holds in a region."""
        return next((self.by_region[code] for code in region.codes if code in self.by_region), self.default)


@dataclass(frozen=True)
class Group:
    """Regions, or what lies below them, to which some indicators apply alone."""

    code: str
    title: str
    regions: tuple[str, ...]

    def holds(self, region: RegionAs) -> bool:
        """Tell whether a region belongs to the group."""
        return not set(self.regions).isdisjoint(region.codes)


@dataclass(frozen=True)
class Gate:
    """While the figure of `fact` is below `at_least` its indicator earns nothing; with a group, for members only."""

    fact: str
    title: str
    at_least: Number = Decimal(1)
    applies_to: str = ""


@dataclass(frozen=True)
class Indicator:
    """One scored line. `fact` names its source, `unit` the measure word of its figures.

    Without `fact` people enter the figures (`manual.<code>`) and `proof` says what proves them. `applies_to` is the
    code of a group, empty for everybody. `source` says where the rule comes from.
    """

    code: str
    title: str
    full: Decimal
    unit: str
    fact: str | None
    rule: Rule
    applies_to: str = ""
    gates: tuple[Gate, ...] = ()
    proof: str = ""
    source: str = ""

    @property
    def manual(self) -> bool:
        """Tell whether people enter its figures."""
        return self.fact is None

    @property
    def fact_name(self) -> str:
        """Name under which its figures are looked up."""
        return self.fact or manual_name(self.code)


@dataclass(frozen=True)
class Module:
    """Indicators among which the marks of those that do not apply are shared out."""

    code: str
    title: str
    full: Decimal
    indicators: tuple[Indicator, ...]


@dataclass(frozen=True)
class Extra:
    """A deduction or a bonus outside the full marks: `per` points for each occurrence, at most `cap` altogether.

    Without `fact` its occurrences are entered by people (`manual.<code>`) with the proof named.
    """

    code: str
    title: str
    unit: str
    per: Number
    fact: str | None = None
    cap: Number | None = None
    proof: str = ""
    source: str = ""

    @property
    def fact_name(self) -> str:
        """Name under which its occurrences are looked up."""
        return self.fact or manual_name(self.code)


@dataclass(frozen=True)
class GradeBand:
    """A grade is reached at this percentage of the full marks that apply (bound included)."""

    grade: Grade
    at_least: Decimal


@dataclass(frozen=True)
class Veto:
    """Raised while the count of its fact is above zero; it goes before the bands. Without `fact` people raise it."""

    code: str
    title: str
    fact: str | None
    effect: VetoEffect
    proof: str = ""
    source: str = ""

    @property
    def fact_name(self) -> str:
        """Name under which it is looked up whether it is raised."""
        return self.fact or manual_name(self.code)


@dataclass(frozen=True)
class Scheme:
    """One version of a scheme; `grades` from best to worst.

    `excellent_quota` is the largest share of those ranked together that may be excellent, `conversion_full` the marks
    that a higher body converts the score to. A `draft` may be tried but neither kept nor published.
    """

    code: str
    version: int
    title: str
    weights: Weights
    grades: tuple[GradeBand, ...]
    modules: tuple[Module, ...]
    vetoes: tuple[Veto, ...] = ()
    year_from: int = 2000
    draft: bool = False
    level: SchemeLevel = SchemeLevel.COUNTY
    parameters: tuple[ParameterOf, ...] = ()
    groups: tuple[Group, ...] = ()
    deductions: tuple[Extra, ...] = ()
    deductions_cap: Decimal | None = None
    bonuses: tuple[Extra, ...] = ()
    bonuses_cap: Decimal | None = None
    excellent_quota: Decimal | None = None
    conversion_full: Decimal | None = None
    source: str = ""

    @property
    def full(self) -> Decimal:
        """Full marks when everything applies."""
        return sum((module.full for module in self.modules), Decimal(0))

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        """Every indicator in the order of the scheme."""
        return tuple(indicator for module in self.modules for indicator in module.indicators)

    @property
    def facts(self) -> frozenset[str]:
        """Every fact that has a source of its own; what people enter is not among them."""
        names = {each.fact for each in self.indicators}
        names |= {each.fact for each in (*self.deductions, *self.bonuses)} | {each.fact for each in self.vetoes}
        names |= {gate.fact for indicator in self.indicators for gate in indicator.gates}
        return frozenset(name for name in names if name is not None)

    @property
    def content_hash(self) -> str:
        """SHA-256 of the whole definition."""
        return content_hash(freeze(self))

    def group_of(self, code: str) -> Group:
        """Return a group by its code; StopIteration when there is none."""
        return next(group for group in self.groups if group.code == code)

    def values_for(self, region: RegionAs) -> dict[str, Decimal]:
        """Return what every parameter is in a region, by its code."""
        return {each.code: each.value_for(region) for each in self.parameters}

    def settled_for(self, region: RegionAs) -> "Scheme":
        """Return the scheme with the numbers of a region in the place of its parameters, kept for regions alike."""
        numbers = self.values_for(region)
        values = tuple(numbers.values())
        if values not in self._settled:
            self._settled[values] = replace(
                self,
                modules=settled(self.modules, numbers),
                deductions=settled(self.deductions, numbers),
                bonuses=settled(self.bonuses, numbers),
            )
        return self._settled[values]

    @cached_property
    def _settled(self) -> dict[tuple[Decimal, ...], "Scheme"]:
        return {}


def manual_name(code: str) -> str:
    """Return the name under which figures that people enter are looked up."""
    return f"manual.{code}"
