"""Reads the parameters of an obligation: by region, never for all; by year where a day is set anew each year."""

import re
from collections.abc import Callable
from decimal import Decimal

from inspect_app.core.definitions import Table
from inspect_app.workplans.library.definition import Parameter, Setting, Value

REGION = re.compile(r"\d{2}|\d{4}|\d{6}(?:K\d{2})?|\d{9}|\d{12}")
DAY = re.compile(r"(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")
LONGEST = {"02": 29, "04": 30, "06": 30, "09": 30, "11": 30}
LAST_DAY = 31


def is_day(value: Value) -> bool:
    """Tell whether a value is a day of the year as files write it (06-07); 02-29 is one."""
    found = DAY.fullmatch(value) if isinstance(value, str) else None
    return bool(found) and int(found[2]) <= LONGEST.get(found[1], LAST_DAY) if found else False


def _count(value: Value) -> bool:
    return isinstance(value, int) and value > 0


def _number(value: Value) -> bool:
    return isinstance(value, int | Decimal) and value > 0


Check = tuple[Callable[[Value], bool], str]
CHECKS: dict[str, Check] = {
    "at_least": (_count, "大于 0 的整数"),
    "at_most": (_count, "大于 0 的整数"),
    "share": (lambda value: isinstance(value, int | Decimal) and 0 < value <= 1, "大于 0、不超过 1 的数"),
    "due_on": (is_day, "月-日，如 06-07"),
    "due_day": (lambda value: isinstance(value, int) and 1 <= value <= LAST_DAY, "1 至 31 的整数"),
    "minutes": (_count, "大于 0 的整数"),
    "hours": (_count, "大于 0 的整数"),
    "working_days": (_count, "大于 0 的整数"),
    "same_day": (lambda value: value == "24:00", "24:00"),
    "magnitude": (_number, "大于 0 的数"),
}


def read_numbers(table: Table) -> tuple[tuple[str, Parameter], ...]:
    """Read the parameters with a meaning of their own, then those under `numbers`, which go by their keys."""
    found = [(role, _parameter(table.table(role), check)) for role, check in CHECKS.items() if role in table]
    more = [_parameter(each, None) for each in table.tables("numbers")]
    keys = [each.key for each in more]
    for key in sorted({key for key in keys if keys.count(key) > 1 or key in CHECKS}):
        table.note(f"numbers 中的 {key} 重复，或与固定的参数同名")
    return (*found, *((each.key, each) for each in more))


def _parameter(table: Table, check: Check | None) -> Parameter:
    read = Parameter(
        key=table.text("key"),
        unit=table.text_or_none("unit") or "",
        proposal=table.flag("proposal"),
        settings=tuple(_setting(each) for each in table.tables("settings")),
    )
    table.finish()
    for each in read.settings:
        if not REGION.fullmatch(each.region):
            table.note(f"{read.key} 的区划代码 {each.region} 不对，应为 2、4、6、9 或 12 位数字")
        if check and not check[0](each.value):
            table.note(f"{read.key} 在 {each.region} 的值应为{check[1]}，实际是 {each.value}")
    if read.proposal and not read.settings:
        table.note(f"{read.key} 标明是建议值，却没有写值")
    return read


def _setting(table: Table) -> Setting:
    read = Setting(table.text("region"), table.integer_or_none("year"), _value(table))
    table.finish()
    return read


def _value(table: Table) -> Value:
    given = [name for name in ("value", "text", "texts") if name in table]
    if len(given) != 1:
        table.note("value（数）、text（文字）、texts（多个文字）应当写一个，也只写一个")
    number, text, texts = table.decimal_or_none("value"), table.text_or_none("text"), table.texts("texts")
    if number is not None:
        return int(number) if number.as_tuple().exponent == 0 else number
    return text or texts
