"""Reads `checklists/assessment/*.toml` into schemes, naming every mistake at once."""

from collections.abc import Collection
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

from inspect_app.assessments.definition import (
    CappedCount,
    Grade,
    GradeBand,
    Indicator,
    InverseRate,
    Module,
    Rate,
    Rule,
    RuleKind,
    Scheme,
    Veto,
    Weights,
)
from inspect_app.core.definitions import Problems, Table, read_folder

FOLDER = Path(__file__).parents[2] / "checklists" / "assessment"


def load_schemes(folder: Path = FOLDER, facts: Collection[str] | None = None) -> dict[str, Scheme]:
    """Read every scheme by code; raises DefinitionProblems. `facts` are the names that indicators may use."""
    problems = Problems()
    schemes = read_schemes(folder, problems, facts)
    problems.refuse()
    return schemes


def read_schemes(folder: Path, problems: Problems, facts: Collection[str] | None = None) -> dict[str, Scheme]:
    """Read every scheme by code, adding mistakes to `problems`."""
    schemes: dict[str, Scheme] = {}
    for table in read_folder(folder, "*.toml", problems):
        scheme = _read_scheme(table)
        if scheme.code in schemes:
            table.note(f"考核方案编号 {scheme.code} 重复")
        _check(scheme, table, facts)
        schemes[scheme.code] = scheme
    return schemes


def _read_scheme(table: Table) -> Scheme:
    roll_up = table.table("roll_up")
    scheme = Scheme(
        code=table.text("code"),
        version=table.integer("version"),
        title=table.text("title"),
        weights=roll_up.choice("weights", Weights),
        grades=tuple(_read_band(each) for each in table.tables("grades")),
        modules=tuple(_read_module(each) for each in table.tables("modules")),
        vetoes=tuple(_read_veto(each) for each in table.tables("vetoes")),
    )
    roll_up.finish()
    table.finish()
    return scheme


def _read_band(table: Table) -> GradeBand:
    band = GradeBand(grade=table.choice("grade", Grade), at_least=table.decimal("at_least"))
    table.finish()
    return band


def _read_module(table: Table) -> Module:
    module = Module(
        code=table.text("code"),
        title=table.text("title"),
        full=table.decimal("full"),
        indicators=tuple(_read_indicator(each) for each in table.tables("indicators")),
    )
    table.finish()
    added = sum((indicator.full for indicator in module.indicators), Decimal(0))
    if added != module.full:
        table.note(f"指标分值合计 {added}，应等于模块分值 {module.full}")
    return module


def _read_indicator(table: Table) -> Indicator:
    indicator = Indicator(
        code=table.text("code"),
        title=table.text("title"),
        full=table.decimal("full"),
        unit=table.text("unit"),
        fact=table.text("fact"),
        rule=_read_rule(table.table("rule")),
    )
    table.finish()
    if indicator.full <= 0:
        table.note("分值 full 应大于 0")
    return indicator


def _read_rule(table: Table) -> Rule:
    rule: Rule
    match table.choice("kind", RuleKind):
        case RuleKind.RATE:
            rule = Rate()
        case RuleKind.CAPPED_COUNT:
            rule = CappedCount(table.decimal("target"))
            if rule.target <= 0:
                table.note("目标数 target 应大于 0")
        case RuleKind.INVERSE_RATE:
            rule = InverseRate(table.decimal("cutoff"), table.integer_or_none("times") or 1)
            if not 0 <= rule.cutoff <= 1:
                table.note("上限 cutoff 应在 0 到 1 之间")
            if rule.times < 1:
                table.note("倍数 times 不能小于 1")
    table.finish()
    return rule


def _read_veto(table: Table) -> Veto:
    veto = Veto(
        code=table.text("code"),
        title=table.text("title"),
        fact=table.text("fact"),
        grade_at_most=table.choice("grade_at_most", Grade),
    )
    table.finish()
    return veto


def _check(scheme: Scheme, table: Table, facts: Collection[str] | None) -> None:
    codes = [indicator.code for indicator in scheme.indicators] + [veto.code for veto in scheme.vetoes]
    for code in sorted({code for code in codes if codes.count(code) > 1}):
        table.note(f"指标编号 {code} 重复")
    if not scheme.modules:
        table.note("方案没有模块")
    if [band.grade for band in scheme.grades] != list(Grade):
        table.note("等次应由高到低各写一次：" + "、".join(Grade))
    elif scheme.grades[-1].at_least != 0 or any(low.at_least >= high.at_least for high, low in pairwise(scheme.grades)):
        table.note("等次界限应逐级降低，最低一级为 0")
    if facts is not None:
        named = [indicator.fact for indicator in scheme.indicators] + [veto.fact for veto in scheme.vetoes]
        for fact in sorted(set(named) - set(facts)):
            table.note(f"没有名为 {fact} 的数据来源")
