"""What a sheet has lines for: the indicators, deductions, bonuses and vetoes of a scheme, and what each asks for."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from inspect_app.assessments.definition import Extra, Indicator, Scheme, Veto
from inspect_app.assessments.rules import (
    AllOrNothing,
    Bands,
    Deadline,
    Deduct,
    InverseRate,
    Linear,
    Manual,
    Measure,
    Rate,
    ResponseTime,
    Rule,
    YesNo,
)
from inspect_app.core.labels import mark

COUNT, TOTAL = "numerator", "denominator"


class Kind(StrEnum):
    """What a line is."""

    INDICATOR = "indicator"
    DEDUCTION = "deduction"
    BONUS = "bonus"
    VETO = "veto"


KIND_LABELS = {
    Kind.INDICATOR: mark("指标"),
    Kind.DEDUCTION: mark("扣分"),
    Kind.BONUS: mark("加分"),
    Kind.VETO: mark("一票否决"),
}


@dataclass(frozen=True)
class Item:
    """One line of a sheet. `module` is empty outside the modules; `full` the marks in the scheme, 0 for extras.

    `asked` are the figures people enter as (name, label) pairs: numerator, denominator, or a kind of fault.
    """

    code: str
    title: str
    kind: Kind
    module: str
    unit: str
    full: Decimal
    fact: str | None
    fact_name: str
    proof: str
    asked: tuple[tuple[str, str], ...]
    rule: Rule | None = None

    @property
    def manual(self) -> bool:
        """Tell whether people enter its figures."""
        return self.fact is None

    @property
    def reported(self) -> bool:
        """Tell whether the county itself may report it; what is taken off is for those above to claim."""
        return self.kind is Kind.INDICATOR or (self.kind is Kind.BONUS and self.manual)

    @property
    def averages(self) -> bool:
        """Tell whether the first figure divided by the second is what counts and what people read."""
        return isinstance(self.rule, Linear | Bands) and self.rule.of is Measure.MEAN

    @property
    def shares(self) -> bool:
        """Tell whether the first figure is a part of the second."""
        return isinstance(self.rule, Rate | InverseRate | AllOrNothing | ResponseTime)


def items_of(scheme: Scheme) -> tuple[Item, ...]:
    """List the items in the order in which a sheet shows them."""
    lines = [_indicator(module.code, each) for module in scheme.modules for each in module.indicators]
    taken = [_extra(Kind.DEDUCTION, each) for each in scheme.deductions]
    given = [_extra(Kind.BONUS, each) for each in scheme.bonuses]
    return (*lines, *taken, *given, *(_veto(each) for each in scheme.vetoes))


def item_of(scheme: Scheme, code: str) -> Item | None:
    """Find an item by its code."""
    return next((each for each in items_of(scheme) if each.code == code), None)


def _indicator(module: str, each: Indicator) -> Item:
    return Item(
        code=each.code,
        title=each.title,
        kind=Kind.INDICATOR,
        module=module,
        unit=each.unit,
        full=each.full,
        fact=each.fact,
        fact_name=each.fact_name,
        proof=each.proof,
        asked=_asked(each.rule),
        rule=each.rule,
    )


def _extra(kind: Kind, each: Extra) -> Item:
    asked = ((COUNT, mark("次数")),)
    return Item(each.code, each.title, kind, "", each.unit, Decimal(0), each.fact, each.fact_name, each.proof, asked)


def _veto(each: Veto) -> Item:
    asked = ((COUNT, mark("情形数（没有填 0）")),)
    return Item(
        each.code, each.title, Kind.VETO, "", mark("起"), Decimal(0), each.fact, each.fact_name, each.proof, asked
    )


def _measured(of: Measure) -> tuple[tuple[str, str], ...]:
    match of:
        case Measure.RATE:
            return ((COUNT, mark("数量")), (TOTAL, mark("总数")))
        case Measure.MEAN:
            return ((COUNT, mark("各次合计")), (TOTAL, mark("次数（求平均）")))
        case _:
            return ((COUNT, mark("数量")),)


def _asked(rule: Rule) -> tuple[tuple[str, str], ...]:  # noqa: PLR0911 - one answer for each rule
    match rule:
        case Manual():
            return ((COUNT, mark("得分")),)
        case YesNo():
            return ((COUNT, mark("是否做到（做到填 1，没有填 0）")),)
        case Deduct(faults):
            return tuple((each.fault, each.fault) for each in faults)
        case Deadline():
            return ((COUNT, mark("逾期天数合计")), (TOTAL, mark("任务数")))
        case ResponseTime():
            return ((COUNT, mark("按时次数")), (TOTAL, mark("应报次数")))
        case Linear(of=of) | Bands(of=of):
            return _measured(of)
        case Rate() | InverseRate() | AllOrNothing():
            return ((COUNT, mark("完成数")), (TOTAL, mark("应计数")))
        case _:
            return ((COUNT, mark("数量")),)
