"""What a scheme as a whole must hold to: codes used once, bounds in order, names that are declared."""

from collections.abc import Collection, Iterator
from dataclasses import fields, is_dataclass
from decimal import Decimal
from itertools import pairwise

from inspect_app.assessments.definition import Grade, Parameter, Scheme
from inspect_app.core.definitions import Table


def check(scheme: Scheme, table: Table, facts: Collection[str] | None) -> None:
    """Note every mistake of a scheme; `facts` are the names that have a source, None: do not look."""
    for sentence in (*_codes(scheme), *_grades(scheme), *_limits(scheme), *_names(scheme)):
        table.note(sentence)
    if facts is not None:
        for fact in sorted(scheme.facts - set(facts)):
            table.note(f"没有名为 {fact} 的数据来源")


def _codes(scheme: Scheme) -> Iterator[str]:
    lines = [each.code for each in scheme.indicators] + [each.code for each in scheme.vetoes]
    lines += [each.code for each in (*scheme.deductions, *scheme.bonuses)]
    others = ([each.code for each in kept] for kept in (scheme.modules, scheme.groups, scheme.parameters))
    for codes in (lines, *others):
        for code in sorted({code for code in codes if codes.count(code) > 1}):
            yield f"指标编号 {code} 重复"
    if not scheme.modules:
        yield "方案没有模块"


def _grades(scheme: Scheme) -> Iterator[str]:
    if [band.grade for band in scheme.grades] != list(Grade):
        yield "等次应由高到低各写一次：" + "、".join(Grade)
    elif scheme.grades[-1].at_least != 0 or any(low.at_least >= high.at_least for high, low in pairwise(scheme.grades)):
        yield "等次界限应逐级降低，最低一级为 0"


def _limits(scheme: Scheme) -> Iterator[str]:
    if scheme.excellent_quota is not None and not 0 <= scheme.excellent_quota <= 1:
        yield "优秀比例 excellent_quota 应在 0 到 1 之间"
    if scheme.conversion_full is not None and scheme.conversion_full <= 0:
        yield "折算满分 conversion_full 应大于 0"
    for name, cap in (("deductions_cap", scheme.deductions_cap), ("bonuses_cap", scheme.bonuses_cap)):
        if cap is not None and cap <= 0:
            yield f"封顶 {name} 应大于 0"
    for extra in (*scheme.deductions, *scheme.bonuses):
        if any(isinstance(value, Decimal) and value <= 0 for value in (extra.per, extra.cap)):
            yield f"{extra.code} 的每次分值 per 和封顶 cap 应大于 0"


def _names(scheme: Scheme) -> Iterator[str]:
    groups = {group.code for group in scheme.groups}
    asked = {each.applies_to for each in scheme.indicators} | {
        gate.applies_to for each in scheme.indicators for gate in each.gates
    }
    for code in sorted(asked - groups - {""}):
        yield f"没有名为 {code} 的分组"
    parameters = {parameter.code for parameter in scheme.parameters}
    for name in sorted(set(_parameters((scheme.modules, scheme.deductions, scheme.bonuses))) - parameters):
        yield f"没有名为 {name} 的参数"


def _parameters(kept: object) -> Iterator[str]:
    if isinstance(kept, Parameter):
        yield kept.parameter
    elif isinstance(kept, tuple):
        for each in kept:
            yield from _parameters(each)
    elif is_dataclass(kept):
        for field in fields(kept):
            yield from _parameters(getattr(kept, field.name))
