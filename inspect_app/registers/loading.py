"""Reads `reports/registers/*.toml`, naming every mistake at once."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from inspect_app.core.definitions import Problems, Table, read_folder
from inspect_app.core.errors import NotFound
from inspect_app.registers.definition import (
    COUNTY,
    NUMBERS,
    REFERENCE,
    Choice,
    Column,
    ColumnType,
    Fact,
    Register,
    Sort,
)
from inspect_app.registers.measuring import read_fact
from inspect_app.workbooks.listheads import OTHER

FOLDER = Path(__file__).parents[2] / "reports" / "registers"
CODE = re.compile(r"[a-z][a-z0-9_]*")
# names that forms, files and addresses use for themselves
RESERVED = frozenset(
    {
        REFERENCE, COUNTY, OTHER, "version", "as_of", "ended_on", "csrf_token", "region_id", "data", "errors", "meta",
        "process", "validate", "show", "values", "offer",
    }
)  # fmt: skip
ADDRESSES = frozenset({"imports", "entries", "counted"})
WIDTHS = {ColumnType.TEXT: 24, ColumnType.UNIT: 22, ColumnType.REGION: 16}
USUAL_WIDTH = 12
FRESH_DAYS = 180


@cache
def registers() -> Mapping[str, Register]:
    """Return the registers of this installation by code, in their order; raises DefinitionProblems."""
    problems = Problems()
    read = read_registers(FOLDER, problems)
    problems.refuse()
    return read


def register_of(code: str) -> Register:
    """Find a register by its code; raises NotFound."""
    if code not in registers():
        raise NotFound
    return registers()[code]


def check_definitions(problems: Problems) -> list[str]:
    """Read every file for `flask definitions check`; returns the codes of the registers."""
    return list(read_registers(FOLDER, problems))


def read_registers(folder: Path, problems: Problems) -> dict[str, Register]:
    """Read every file of a folder, adding its mistakes to `problems`."""
    found: dict[str, Register] = {}
    for table in read_folder(folder, "*.toml", problems):
        register = _register(table)
        if register.code in found:
            table.note(f"代号 {register.code} 已被另一个文件使用")
        found[register.code] = register
    return dict(sorted(found.items(), key=lambda pair: pair[1].order))


def _register(table: Table) -> Register:
    code = table.text("code")
    columns = tuple(_column(each) for each in table.tables("columns"))
    facts = table.tables("facts")
    register = Register(
        code=code,
        order=table.integer("order"),
        title=table.text("title"),
        sort=table.choice("sort", Sort),
        columns=columns,
        key=table.texts("key"),
        name=table.text("name"),
        fresh_days=table.integer_or_none("fresh_days") or FRESH_DAYS,
        event_on=table.text_or_none("event_on") or "",
        advice=table.text_or_none("advice") or "",
        facts=tuple(read_fact(each, {column.code: column for column in columns}) for each in facts),
    )
    table.finish()
    _check(table, register)
    return register


def _column(table: Table) -> Column:
    kind = table.choice("type", ColumnType)
    column = Column(
        code=table.text("code"),
        heading=table.text("heading"),
        type=kind,
        width=table.integer_or_none("width") or WIDTHS.get(kind, USUAL_WIDTH),
        unit=table.text_or_none("unit") or "",
        required=table.flag("required"),
        minimum=table.decimal_or_none("minimum"),
        maximum=table.decimal_or_none("maximum"),
        places=table.integer_or_none("places") or (2 if kind == ColumnType.DECIMAL else 0),
        ahead=table.flag("ahead"),
        choices=tuple(_choice(text) for text in table.texts("choices")),
        synonyms=tuple((table.text_or_none("synonyms") or "").split()),
        advice=table.text_or_none("advice") or "",
    )
    table.finish()
    _check_column(table, column)
    return column


def _choice(text: str) -> Choice:
    word, *also = text.split()
    return Choice(word, tuple(also))


def _check_column(table: Table, column: Column) -> None:
    if column.code in RESERVED or not CODE.fullmatch(column.code):
        table.note("code 应为小写字母、数字和下划线，且不与系统自己的字段重名")
    if (column.type == ColumnType.CHOICE) != bool(column.choices):
        table.note("type 为 choice 时要有 choices，其他类型不能有")
    if column.type not in NUMBERS and not column.minimum is column.maximum is None:
        table.note("只有 integer 和 decimal 可以写 minimum、maximum")
    if column.minimum is not None and column.maximum is not None and column.minimum > column.maximum:
        table.note("minimum 不能大于 maximum")


def _check(table: Table, register: Register) -> None:
    if register.code in ADDRESSES or not CODE.fullmatch(register.code):
        table.note("code 应为小写字母、数字和下划线，且不是 imports、entries、counted")
    codes = [column.code for column in register.columns]
    for what, names in {"key": register.key, "name": (register.name,), "event_on": (register.event_on,)}.items():
        for name in names:
            if name and name not in codes:
                table.note(f"{what} 中的 {name} 不是任何栏目")
    if not register.key:
        table.note("key 至少要有一个栏目，用来分辨各条")
    for column in register.columns:
        if column.code in register.key and not column.required:
            table.note(f"key 中的 {column.code} 应为必填（required = true）")
    if (register.sort == Sort.EVENTS) != bool(register.event_on):
        table.note("sort 为 events 时要用 event_on 说明哪一栏是活动日期，其他不能有")
    if sum(column.type == ColumnType.REGION for column in register.columns) > 1:
        table.note("type 为 region 的栏目最多一个")
    _check_twice(table, "栏目代号", codes)
    headings = [name for column in register.columns for name in (column.heading, *column.synonyms)]
    _check_twice(table, "栏目名称", headings)
    _check_twice(table, "指标代号", [fact.code for fact in register.facts])


def _check_twice(table: Table, what: str, names: Iterable[str]) -> None:
    for name, times in Counter(names).items():
        if times > 1:
            table.note(f"{what} {name} 出现了 {times} 次")


def fact_names() -> dict[str, Fact]:
    """Return every declared fact under the name by which others ask for it: "shelters.updated"."""
    return {f"{register.code}.{fact.code}": fact for register in registers().values() for fact in register.facts}
