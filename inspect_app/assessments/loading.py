"""Reads `checklists/assessment/*.toml` into schemes, naming every mistake at once."""

from collections.abc import Collection
from decimal import Decimal
from pathlib import Path

from inspect_app.assessments.checking import check
from inspect_app.assessments.definition import (
    Extra,
    Gate,
    Grade,
    GradeBand,
    Group,
    Indicator,
    Module,
    ParameterOf,
    Scheme,
    SchemeLevel,
    Veto,
    VetoEffect,
    Weights,
)
from inspect_app.assessments.reading import number, number_or_none, read_rule
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
        check(scheme, table, facts)
        schemes[scheme.code] = scheme
    return schemes


def _read_scheme(table: Table) -> Scheme:
    roll_up = table.table("roll_up")
    scheme = Scheme(
        code=table.text("code"),
        version=table.integer("version"),
        title=table.text("title"),
        year_from=table.integer("year_from"),
        draft=table.flag("draft"),
        level=table.choice("level", SchemeLevel),
        source=table.text_or_none("source") or "",
        weights=roll_up.choice("weights", Weights),
        grades=tuple(_read_band(each) for each in table.tables("grades")),
        parameters=tuple(_read_parameter(each) for each in table.tables("parameters")),
        groups=tuple(_read_group(each) for each in table.tables("groups")),
        modules=tuple(_read_module(each) for each in table.tables("modules")),
        deductions=tuple(_read_extra(each) for each in table.tables("deductions")),
        deductions_cap=table.decimal_or_none("deductions_cap"),
        bonuses=tuple(_read_extra(each) for each in table.tables("bonuses")),
        bonuses_cap=table.decimal_or_none("bonuses_cap"),
        vetoes=tuple(_read_veto(each) for each in table.tables("vetoes")),
        excellent_quota=table.decimal_or_none("excellent_quota"),
        conversion_full=table.decimal_or_none("conversion_full"),
    )
    roll_up.finish()
    table.finish()
    return scheme


def _read_band(table: Table) -> GradeBand:
    band = GradeBand(grade=table.choice("grade", Grade), at_least=table.decimal("at_least"))
    table.finish()
    return band


def _read_parameter(table: Table) -> ParameterOf:
    places = table.tables("by_region")
    parameter = ParameterOf(
        code=table.text("code"),
        title=table.text("title"),
        unit=table.text("unit"),
        default=table.decimal("default"),
        by_region={each.text("region"): each.decimal("value") for each in places},
    )
    for each in (*places, table):
        each.finish()
    return parameter


def _read_group(table: Table) -> Group:
    group = Group(code=table.text("code"), title=table.text("title"), regions=table.texts("regions"))
    table.finish()
    return group


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
    full = table.decimal("full")
    indicator = Indicator(
        code=table.text("code"),
        title=table.text("title"),
        full=full,
        unit=table.text("unit"),
        fact=table.text_or_none("fact"),
        rule=read_rule(table.table("rule"), full),
        applies_to=table.text_or_none("applies_to") or "",
        gates=tuple(_read_gate(each) for each in table.tables("gates")),
        proof=table.text_or_none("proof") or "",
        source=table.text_or_none("source") or "",
    )
    table.finish()
    if indicator.full <= 0:
        table.note("分值 full 应大于 0")
    if indicator.manual and not indicator.proof:
        table.note("没有数据来源 fact 的人工指标应写明证明材料 proof")
    return indicator


def _read_gate(table: Table) -> Gate:
    gate = Gate(
        fact=table.text("fact"),
        title=table.text("title"),
        at_least=number_or_none(table, "at_least") or Decimal(1),
        applies_to=table.text_or_none("applies_to") or "",
    )
    table.finish()
    return gate


def _read_extra(table: Table) -> Extra:
    extra = Extra(
        code=table.text("code"),
        title=table.text("title"),
        unit=table.text("unit"),
        per=number(table, "per"),
        fact=table.text_or_none("fact"),
        cap=number_or_none(table, "cap"),
        proof=table.text_or_none("proof") or "",
        source=table.text_or_none("source") or "",
    )
    table.finish()
    if extra.fact is None and not extra.proof:
        table.note("没有数据来源 fact 的加分、扣分项应写明证明材料 proof")
    return extra


def _read_veto(table: Table) -> Veto:
    veto = Veto(
        code=table.text("code"),
        title=table.text("title"),
        fact=table.text_or_none("fact"),
        effect=table.choice("effect", VetoEffect),
        proof=table.text_or_none("proof") or "",
        source=table.text_or_none("source") or "",
    )
    table.finish()
    return veto
