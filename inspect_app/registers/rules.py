"""What the values of an entry must fulfil, and what tells two entries apart: values in, sentences out.

Values are as they are kept: texts, decimals as texts, days as ISO texts, True and False; what is unknown is absent.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from inspect_app.core.labels import Sentence, mark, say
from inspect_app.registers.definition import NUMBERS, Column, ColumnType, Register

Values = Mapping[str, Any]

NOT_A_NUMBER = mark("不是一个确定的数。请只写数字，例如 30；范围、约数不能登记，不知道的留空。")
MISSING = mark("必填，不能为空。")
TOO_SMALL = mark("不能小于 %(bound)s。请核对。")
TOO_LARGE = mark("不能大于 %(bound)s。请核对。")
TOO_EXACT = mark("小数位数太多，最多 %(places)s 位。")
NOT_WHOLE = mark("应为整数，不带小数。")
TO_COME = mark("日期还没有到。请填写已经发生的日期。")
TOO_OLD = mark("日期太早。请核对年份。")
UNKNOWN_WORD = mark("不在可选的内容之中。请从下拉列表里选择：%(words)s。")
TOO_LONG = mark("内容太长，最多 %(most)s 个字。")
NOT_A_PHONE = mark("不像电话号码。请填 11 位手机号，或带区号的座机，例如 0901-6220000。")

EARLIEST = date(1950, 1, 1)
LONGEST = 500
LARGEST = Decimal(10**12)
PHONE = re.compile(r"1[3-9]\d{9}|0\d{2,3}-?\d{7,8}|\d{7,8}")
SEPARATOR = "\x1f"
BLANKS = re.compile(r"\s+")
STARS = "*"
SHOWN_FIRST, SHOWN_LAST = 3, 4


def problems_of(register: Register, values: Values, today: date) -> dict[str, list[Sentence]]:
    """Return what is wrong, by column; nothing when the entry may be kept. The township is judged elsewhere."""
    found = {column.code: list(_problems(column, values.get(column.code), today)) for column in register.valued}
    return {code: sentences for code, sentences in found.items() if sentences}


def _problems(column: Column, value: object, today: date) -> Iterator[Sentence]:
    if value in (None, ""):
        if column.required:
            yield say(MISSING)
    elif column.type in NUMBERS:
        yield from _of_number(column, Decimal(str(value)))
    elif column.type == ColumnType.DATE:
        yield from _of_day(column, date.fromisoformat(str(value)), today)
    elif column.type == ColumnType.CHOICE:
        if value not in column.words:
            yield say(UNKNOWN_WORD, words="、".join(column.words))
    elif isinstance(value, str):
        yield from _of_text(column, value)


def _of_number(column: Column, number: Decimal) -> Iterator[Sentence]:
    most = LARGEST if column.maximum is None else column.maximum
    if not number.is_finite():
        yield say(NOT_A_NUMBER)
    elif column.minimum is not None and number < column.minimum:
        yield say(TOO_SMALL, bound=f"{column.minimum:f}")
    elif abs(number) > most:
        yield say(TOO_LARGE, bound=f"{most:f}")
    elif number != round(number, column.places):
        yield say(TOO_EXACT, places=column.places) if column.places else say(NOT_WHOLE)


def _of_day(column: Column, day: date, today: date) -> Iterator[Sentence]:
    if day > today and not column.ahead:
        yield say(TO_COME)
    if day < EARLIEST:
        yield say(TOO_OLD)


def _of_text(column: Column, text: str) -> Iterator[Sentence]:
    if len(text) > LONGEST:
        yield say(TOO_LONG, most=LONGEST)
    if column.type == ColumnType.PHONE and not PHONE.fullmatch(text):
        yield say(NOT_A_PHONE)


def key_of(register: Register, values: Values, region_code: str) -> str:
    """Return by what an entry is known in its county: its key columns without blanks, narrow, in small letters."""
    parts = (
        region_code if register.column(code).type == ColumnType.REGION else _plain(values.get(code, ""))
        for code in register.key
    )
    return SEPARATOR.join(parts)


def _plain(value: object) -> str:
    return BLANKS.sub("", unicodedata.normalize("NFKC", str(value))).lower()


def name_of(register: Register, values: Values) -> str:
    """Return what an entry is called."""
    return str(values.get(register.name, ""))


def differing(before: Values, after: Values) -> dict[str, tuple[Any, Any]]:
    """Return what is another value, as (before, after) by column, in the order of `after`."""
    codes = [*after, *(code for code in before if code not in after)]
    return {code: (before.get(code), after.get(code)) for code in codes if before.get(code) != after.get(code)}


def masked(column: Column, value: object) -> object:
    """Return a telephone number with its middle starred; every other value as it is."""
    if column.type != ColumnType.PHONE or not value:
        return value
    text = str(value)
    hidden = max(len(text) - SHOWN_FIRST - SHOWN_LAST, 1)
    return text[:SHOWN_FIRST] + STARS * hidden + text[-SHOWN_LAST:]


def is_masked(column: Column, value: object) -> bool:
    """Whether a telephone number was masked when it was given out, so that it says nothing."""
    return column.type == ColumnType.PHONE and isinstance(value, str) and STARS in value
