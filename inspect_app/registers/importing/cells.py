"""Read the cells of a register by the type of their column; what is not plain is refused, never guessed (§8, 9 to 18).

Every reader takes a cell that is not empty and answers with a value as entries keep it, None for one that says nothing,
or with the sentence why there is none.
"""

from collections.abc import Callable, Hashable, Mapping
from decimal import Decimal
from typing import NamedTuple

from inspect_app.core.labels import Sentence, mark, say
from inspect_app.registers.definition import Column, ColumnType
from inspect_app.registers.rules import NOT_A_NUMBER, UNKNOWN_WORD
from inspect_app.workbooks.cells import ABSENT, as_name, as_optional_text, as_person, as_text, compact
from inspect_app.workbooks.dates import DateContext, read_date
from inspect_app.workbooks.model import ErrorCell
from inspect_app.workbooks.numbers import number_in

BROKEN_FORMULA = mark("公式出错或没有结果。请改成确定的内容。")
NOT_A_DAY = mark("不是完整的日期。请写成 2026-05-12；不知道的留空。")
NOT_YES_OR_NO = mark("请写“是”或“否”。")
LOST_DIGITS = mark("号码被表格软件存成了数值，可能丢了开头的 0 或末尾几位。请把该列设为“文本”格式后重新填写。")

YES = frozenset({"是", "有", "√", "✓", "✔", "y", "yes", "1", "true", "已", "对", "齐全", "在线"})
NO = frozenset({"否", "无", "没有", "×", "✗", "✘", "n", "no", "0", "false", "未", "错", "不在线", "离线"})
EXACT_MOBILE = 11


class Reading(NamedTuple):
    """What a cell says, or why nothing can be taken from it."""

    value: object = None
    problem: Sentence | None = None


Reader = Callable[[Column, Hashable, DateContext], Reading]


def read_cell(column: Column, cell: Hashable, context: DateContext) -> Reading:
    """Read one cell under a column; an empty cell says nothing."""
    if isinstance(cell, ErrorCell):
        return Reading(problem=say(BROKEN_FORMULA))
    if not as_text(cell):
        return Reading()
    return READERS.get(column.type, _text)(column, cell, context)


def _text(_column: Column, cell: Hashable, _context: DateContext) -> Reading:
    return Reading(as_optional_text(cell).replace("\n", "；") or None)


def _name(_column: Column, cell: Hashable, _context: DateContext) -> Reading:
    return Reading(as_name(cell).replace("\n", "") or None)


def _person(_column: Column, cell: Hashable, _context: DateContext) -> Reading:
    return Reading(as_person(cell) or None)


def _number(column: Column, cell: Hashable, _context: DateContext) -> Reading:
    text = compact(as_text(cell))
    if as_text(cell) in ABSENT:
        return Reading()
    for unit in (column.unit, "%", "㎡" if column.unit == "平方米" else ""):
        text = text.removesuffix(compact(unit)) if unit else text
    number = number_in(text)
    if number is None or isinstance(cell, bool):
        return Reading(problem=say(NOT_A_NUMBER))
    return Reading(number_text(number))


def number_text(number: Decimal) -> str:
    """Write a number as entries keep it: 30, 30.5, never 3E+1 nor 30.50."""
    return f"{number.normalize():f}" if number.is_finite() else str(number)


def _day(_column: Column, cell: Hashable, context: DateContext) -> Reading:
    reading = read_date(cell, context)
    if reading.doubt:
        return Reading(problem=say(NOT_A_DAY))
    return Reading(reading.day.isoformat() if reading.day else None)


def _choice(column: Column, cell: Hashable, _context: DateContext) -> Reading:
    if as_text(cell) in ABSENT:
        return Reading()
    text = compact(as_text(cell)).lower()
    for choice in column.choices:
        if text in {compact(word).lower() for word in (choice.word, *choice.also)}:
            return Reading(choice.word)
    return Reading(problem=say(UNKNOWN_WORD, words="、".join(column.words)))


def _yes_no(_column: Column, cell: Hashable, _context: DateContext) -> Reading:
    text = compact(as_text(cell)).lower()
    if text in YES | NO:
        return Reading(text in YES)
    return Reading() if text in ABSENT else Reading(problem=say(NOT_YES_OR_NO))


def _phone(_column: Column, cell: Hashable, _context: DateContext) -> Reading:
    text = compact(as_text(cell))
    if isinstance(cell, int | float) and len(text) != EXACT_MOBILE:
        return Reading(problem=say(LOST_DIGITS))
    return Reading(None if text in ABSENT else text)


READERS: Mapping[ColumnType, Reader] = {
    ColumnType.REGION: _name,
    ColumnType.VILLAGE: _name,
    ColumnType.UNIT: _name,
    ColumnType.PERSON: _person,
    ColumnType.PHONE: _phone,
    ColumnType.INTEGER: _number,
    ColumnType.DECIMAL: _number,
    ColumnType.DATE: _day,
    ColumnType.CHOICE: _choice,
    ColumnType.YES_NO: _yes_no,
}
