"""How the facts of a register are read from TOML: measures and conditions, in plain words, without expressions."""

from collections.abc import Mapping

from inspect_app.core.definitions import Table
from inspect_app.regions.levels import Level
from inspect_app.registers.definition import NUMBERS, Column, ColumnType, Condition, Fact, Measure, Measured

Columns = Mapping[str, Column]
TESTS = ("equals", "not_equals", "one_of", "at_least", "filled", "within_days", "this_year")
OF_DAYS = ("within_days", "this_year")
NEEDED = {
    Measured.SUM: ("column",),
    Measured.DISTINCT: ("column",),
    Measured.GROUPS: ("column", "per", "at_least"),
    Measured.CAPPED: ("column", "over"),
    Measured.REGIONS: ("level",),
    Measured.NUMBER: ("number",),
}
COUNTED = (Level.TOWNSHIP, Level.VILLAGE)


def read_fact(table: Table, columns: Columns) -> Fact:
    """Read one fact with its measures; conditions that all of it shares stand in its own `where`."""
    shared = tuple(_condition(each, columns) for each in table.tables("where"))
    fact = Fact(
        code=table.text("code"),
        title=table.text("title"),
        unit=table.text("unit"),
        numerator=_measure(table.table("numerator"), columns, shared),
        denominator=_measure(table.table("denominator"), columns, shared) if "denominator" in table else None,
        source=table.text_or_none("source") or "",
    )
    table.finish()
    return fact


def _measure(table: Table, columns: Columns, shared: tuple[Condition, ...]) -> Measure:
    of = table.choice("of", Measured)
    measure = Measure(
        of=of,
        column=table.text_or_none("column") or "",
        per=table.text_or_none("per") or "",
        over=table.text_or_none("over") or "",
        at_least=table.decimal_or_none("at_least") or Measure.at_least,
        level=table.choice_or_none("level", Level) or "",
        number=table.integer_or_none("number") or 0,
        where=(*shared, *(_condition(each, columns) for each in table.tables("where"))),
    )
    table.finish()
    for name in NEEDED.get(of, ()):
        if not getattr(measure, name):
            table.note(f"of 为 {of.value} 时要写 {name}")
    for name in filter(None, (measure.column, measure.per, measure.over)):
        if name not in columns:
            table.note(f"没有名为 {name} 的栏目")
    for name in _numbers(measure):
        if name in columns and columns[name].type not in NUMBERS:
            table.note(f"{name} 不是数字，不能用于 {of.value}")
    if measure.level and measure.level not in COUNTED:
        table.note("level 应为 township 或 village")
    return measure


def _numbers(measure: Measure) -> tuple[str, ...]:
    if measure.of == Measured.CAPPED:
        return (measure.column, measure.over)
    return (measure.column,) if measure.of in (Measured.SUM, Measured.GROUPS) else ()


def _condition(table: Table, columns: Columns) -> Condition:
    given = [name for name in TESTS if name in table]
    name = table.text("column")
    column = columns.get(name)
    condition = Condition(
        name,
        equals=_value(table, "equals", column),
        not_equals=_value(table, "not_equals", column),
        one_of=table.texts("one_of"),
        at_least=table.decimal_or_none("at_least"),
        filled=table.flag("filled") if "filled" in table else None,
        within_days=table.integer_or_none("within_days"),
        this_year=table.flag("this_year") if "this_year" in table else None,
    )
    table.finish()
    if column is None:
        table.note(f"没有名为 {name} 的栏目")
    else:
        _check(table, column, condition, given)
    if len(given) != 1:
        table.note(f"每个条件要写且只写一种判断：{'、'.join(TESTS)}")
    return condition


def _value(table: Table, key: str, column: Column | None) -> str | bool | None:
    if key not in table:
        return None
    if column is not None and column.type == ColumnType.YES_NO:
        return table.flag(key)
    return table.text(key)


def _check(table: Table, column: Column, condition: Condition, given: list[str]) -> None:
    if column.type != ColumnType.DATE and set(given) & set(OF_DAYS):
        table.note(f"{column.code} 不是日期，不能用 {'、'.join(OF_DAYS)}")
    if column.type not in NUMBERS and "at_least" in given:
        table.note(f"{column.code} 不是数字，不能用 at_least")
    words = [word for word in (condition.equals, condition.not_equals, *condition.one_of) if isinstance(word, str)]
    for word in words if column.type == ColumnType.CHOICE else ():
        if word not in column.words:
            table.note(f"{column.code} 没有“{word}”这个选项")
