"""Reads the rule of an indicator: its kind, and numbers that may be parameters of the scheme."""

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from inspect_app.assessments.definition import (
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
)
from inspect_app.core.definitions import Table


def read_rule(table: Table, full: Decimal) -> Rule:
    """Read a rule; `full` are the marks of its indicator, which steps declared by shares need."""
    kind = table.choice("kind", RuleKind)
    rule = _bands(table, full) if kind is RuleKind.BANDS else READERS[kind](table)
    table.finish()
    return rule


def number(table: Table, key: str) -> Number:
    """Read an exact number or `{ parameter = "name" }` that must be there."""
    return _parameter(table, key) if table.holds_table(key) else table.decimal(key)


def number_or_none(table: Table, key: str) -> Number | None:
    """Read an exact number or `{ parameter = "name" }`, None when the field is absent."""
    return number(table, key) if key in table else table.decimal_or_none(key)


def _parameter(table: Table, key: str) -> Parameter:
    inner = table.table(key)
    parameter = Parameter(inner.text("parameter"))
    inner.finish()
    return parameter


def _positive(table: Table, key: str, title: str) -> Number:
    value = number(table, key)
    if isinstance(value, Decimal) and value <= 0:
        table.note(f"{title} {key} 应大于 0")
        return Decimal(1)
    return value


def _inverse_rate(table: Table) -> InverseRate:
    given = table.integer_or_none("times")
    rule = InverseRate(number(table, "cutoff"), 1 if given is None else given)
    if isinstance(rule.cutoff, Decimal) and not 0 <= rule.cutoff <= 1:
        table.note("上限 cutoff 应在 0 到 1 之间")
    if rule.times < 1:
        table.note("倍数 times 不能小于 1")
    return rule


def _measure(table: Table) -> Measure:
    return table.choice_or_none("of", Measure) or Measure.RATE


def _linear(table: Table) -> Linear:
    rule = Linear(number(table, "zero_at"), number(table, "full_at"), _measure(table))
    if rule.zero_at == rule.full_at:
        table.note("零分界限 zero_at 与满分界限 full_at 不能相同")
    return rule


def _bands(table: Table, full: Decimal) -> Bands:
    steps = tuple(_step(each, full) for each in table.tables("steps"))
    below = table.decimal_or_none("below")
    rule = Bands(steps, _measure(table), Decimal(0) if below is None else below * full)
    bounds = [(step.bound, not step.included) for step in steps if isinstance(step.bound, Decimal)]
    if not steps:
        table.note("分档 steps 至少写一档")
    if any(low >= high for low, high in pairwise(bounds)):
        table.note("分档 steps 的界限应逐档升高")
    points = [Fraction(each) for each in (rule.below, *(step.points for step in steps)) if isinstance(each, Decimal)]
    if points not in (sorted(points), sorted(points, reverse=True)):
        table.note("分档 steps 的得分应逐档只升或只降")
    if any(not 0 <= each <= full for each in points):
        table.note(f"分档 steps 的得分应在 0 到 {full} 之间")
    return rule


def _step(table: Table, full: Decimal) -> Step:
    over = "over" in table
    bound = number(table, "over" if over else "at_least")
    points = table.decimal("share") * full if "share" in table else table.decimal("points")
    table.finish()
    return Step(bound, points, included=not over)


def _deduct(table: Table) -> Deduct:
    faults = tuple(_fault(each) for each in table.tables("faults"))
    if not faults:
        table.note("扣分 faults 至少写一种情形")
    return Deduct(faults or (Fault("", Decimal(1)),))


def _fault(table: Table) -> Fault:
    fault = Fault(table.text("fault"), _positive(table, "points", "每次扣分"))
    table.finish()
    return fault


READERS: dict[RuleKind, Callable[[Table], Rule]] = {
    RuleKind.YES_NO: lambda _table: YesNo(),
    RuleKind.RATE: lambda _table: Rate(),
    RuleKind.CAPPED_COUNT: lambda table: CappedCount(_positive(table, "target", "目标数")),
    RuleKind.INVERSE_RATE: _inverse_rate,
    RuleKind.INVERSE_COUNT: lambda table: InverseCount(_positive(table, "zero_at", "零分界限")),
    RuleKind.LINEAR: _linear,
    RuleKind.DEADLINE: lambda table: Deadline(_positive(table, "per_day", "每天扣分")),
    RuleKind.RESPONSE_TIME: lambda table: ResponseTime(_positive(table, "within", "时限")),
    RuleKind.REACHED: lambda table: Reached(_positive(table, "at_least", "达标数")),
    RuleKind.DEDUCT: _deduct,
    RuleKind.ALL_OR_NOTHING: lambda _table: AllOrNothing(),
    RuleKind.MANUAL: lambda _table: Manual(),
}
