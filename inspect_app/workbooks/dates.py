"""Read a date however people write it; never guess one (domain reference §8, cases 9 to 13).

A cell gives a day, or nothing together with the reason; only the missing year is inferred, and said so.
"""

import re
import unicodedata
from calendar import monthrange
from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from math import isfinite
from typing import NamedTuple

EPOCH_1900 = date(1899, 12, 30)  # counts the 29 February 1900 that never was
EPOCH_1904 = date(1904, 1, 1)
SERIALS = range(20_000, 60_001)
SERIALS_1904 = range(20_000 - 1462, 60_001)
LATEST_WITHOUT_YEAR = timedelta(days=31)
NEXT_YEAR_WITHIN = timedelta(days=190)
NEAR_YEARS = 5
CENTURY = 2000
DECEMBER = 12
LONGEST = 64

SPACE = re.compile(r"[\s\u200b-\u200f\ufeff]+")
TIME = re.compile(r"(?:(?<=[日号])|[\sT]+)(?:上午|下午)?\d{1,2}[:时点].{0,12}$")
WEEKDAY = re.compile(r"[(（]?(?:星期|周)[一二三四五六日天][)）]?$")
UNTIL = re.compile(r"(?:之前|以前|前|止|内)?(?:完成|整改完毕|整改完成|整改到位|完成整改|办结)?$")
FULL = re.compile(r"(\d{4})[.\-/年](\d{1,2})[.\-/月](\d{1,2})[日号.]?")
SHORT = re.compile(r"(\d{2})[.\-/年](\d{1,2})[.\-/月](\d{1,2})[日号.]?")
COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
MONTH_DAY = re.compile(r"(\d{1,2})([.\-/月])(\d{1,2})[日号.]?")
MONTH = re.compile(r"\d{4}[.\-/年]\d{1,2}月?[份]?|(?:20)\d{4}")
MONTH_END = re.compile(r"(?:(\d{4})[.\-/年])?(\d{1,2})月份?[底末]")
NUMBER = re.compile(r"\d{5}(?:\.\d+)?")
STARTS_LIKE_DATE = re.compile(r"\d{4}[.\-/年]?\d|\d{1,2}月\d")
LETTER = re.compile(r"[^\W\d_]")
TENS = re.compile(r"([一二三四五六七八九]?)十([一二三四五六七八九]?)")
CHINESE_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
NOTHING = frozenset({"", "/", "\\", "-", "--", "---", "—", "——", "－", "无", "暂无", "空", "N/A", "n/a"})


class Doubt(StrEnum):
    """Why a cell gives no day, or how its day came about."""

    INVALID = "E_DATE_INVALID"
    AMBIGUOUS = "E_DATE_AMBIGUOUS"
    TEXT = "W_DATE_TEXT"
    INCOMPLETE = "W_DATE_INCOMPLETE"
    INFERRED = "W_DATE_INFERRED"
    MONTH_END = "W_DATE_MONTH_END"


class Reading(NamedTuple):
    """A day and what is to be said about it; neither for an empty cell."""

    day: date | None = None
    doubt: Doubt | None = None


@dataclass(frozen=True, slots=True)
class DateContext:
    """What the file and the column say: its calendar, the day of the report, whether days may lie ahead.

    `typed` is False for a text file, where "6.1" may have been the number 6.10.
    """

    report_date: date
    date1904: bool = False
    typed: bool = True
    ahead: bool = False


def read_date(cell: Hashable, context: DateContext) -> Reading:
    """Read one cell of a date column."""
    if isinstance(cell, datetime):
        return Reading(cell.date())
    if isinstance(cell, date):
        return Reading(cell)
    if isinstance(cell, str):
        return _text(cell, context)
    if isinstance(cell, bool) or not isinstance(cell, int | float) or not isfinite(cell):
        return Reading(doubt=Doubt.INVALID)
    return _number(cell, context)


def next_year_fits(day: date, found: date) -> bool:
    """Whether a deadline without a year that lies before the finding plainly means the year after."""
    return day < found and shifted(day, day.year + 1) - found <= NEXT_YEAR_WITHIN


def shifted(day: date, year: int) -> date:
    """The same day of another year; 29 February becomes the 28th where there is none."""
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=28)


def _number(cell: float, context: DateContext) -> Reading:
    whole = int(cell)
    if whole in (SERIALS_1904 if context.date1904 else SERIALS):
        return Reading((EPOCH_1904 if context.date1904 else EPOCH_1900) + timedelta(days=whole))
    if cell != whole:
        return _month_and_day_number(repr(float(cell)), context)
    if match := COMPACT.fullmatch(str(whole)):
        return _day(*map(int, match.groups()))
    if MONTH.fullmatch(str(whole)):
        return Reading(doubt=Doubt.INCOMPLETE)
    return Reading(doubt=Doubt.AMBIGUOUS if cell > 0 else Doubt.INVALID)


def _month_and_day_number(digits: str, context: DateContext) -> Reading:
    """6.15 can only be 15 June; 6.1 may be the first or the tenth, since a number drops the last nought."""
    month, _, day = digits.partition(".")
    if len(month) > len("12") or len(day) > len("31") or day in {"1", "2", "3"}:
        return Reading(doubt=Doubt.AMBIGUOUS)
    return _without_year(int(month), int(day), context)


def _text(cell: str, context: DateContext) -> Reading:
    if len(cell) > LONGEST:
        return Reading(doubt=Doubt.TEXT)
    text = TIME.sub("", unicodedata.normalize("NFKC", cell).strip())
    text = SPACE.sub("", text).replace("。", ".").replace("．", ".").replace("、", ".")
    if text in NOTHING:
        return Reading()
    plain = _plain(text)
    if match := FULL.fullmatch(plain) or COMPACT.fullmatch(plain):
        return _day(*map(int, match.groups()))
    if match := SHORT.fullmatch(plain):
        return _short(context, *map(int, match.groups()))
    if match := MONTH_DAY.fullmatch(plain):
        return _month_day(match, context)
    return _other(plain, text, context)


def _plain(text: str) -> str:
    text = UNTIL.sub("", WEEKDAY.sub("", text))
    if "月" in text:
        text = TENS.sub(_tens, text).translate(CHINESE_DIGITS)
    return text.replace("--", "-").replace("..", ".").replace("//", "/").replace("月.", "月")


def _tens(match: re.Match[str]) -> str:
    return f"{match[1] or '1'}{match[2] or '0'}"


def _other(plain: str, text: str, context: DateContext) -> Reading:
    if NUMBER.fullmatch(plain):
        return _number(float(plain), context)
    if MONTH.fullmatch(plain):
        return Reading(doubt=Doubt.INCOMPLETE)
    if match := MONTH_END.fullmatch(plain):
        return _month_end(match, context)
    if plain.isdigit():
        return Reading(doubt=Doubt.AMBIGUOUS)
    if STARTS_LIKE_DATE.match(plain) or not LETTER.search(text):
        return Reading(doubt=Doubt.INVALID)
    return Reading(doubt=Doubt.TEXT)


def _month_day(match: re.Match[str], context: DateContext) -> Reading:
    month, separator, day = match.groups()
    if separator == "." and not context.typed:
        return _month_and_day_number(f"{int(month)}.{day}", context)
    return _without_year(int(month), int(day), context)


def _month_end(match: re.Match[str], context: DateContext) -> Reading:
    """A deadline by the end of a month is its last day; nothing was found or done on "the end of June"."""
    year, month = int(match[1] or context.report_date.year), int(match[2])
    if not (year and 1 <= month <= DECEMBER):
        return Reading(doubt=Doubt.INVALID)
    if not context.ahead:
        return Reading(doubt=Doubt.INCOMPLETE if match[1] else Doubt.TEXT)
    last = date(year, month, monthrange(year, month)[1])
    return Reading(last, Doubt.MONTH_END if match[1] else Doubt.INFERRED)


def _short(context: DateContext, year: int, month: int, day: int) -> Reading:
    """24.6.7 with the year near the report's; else the order of the three parts is not certain."""
    if abs(CENTURY + year - context.report_date.year) > NEAR_YEARS:
        return Reading(doubt=Doubt.AMBIGUOUS if month <= DECEMBER else Doubt.INVALID)
    return _day(CENTURY + year, month, day)


def _without_year(month: int, day: int, context: DateContext) -> Reading:
    reading = _day(context.report_date.year, month, day)
    if reading.day and not context.ahead and reading.day - context.report_date > LATEST_WITHOUT_YEAR:
        reading = _day(context.report_date.year - 1, month, day)
    return reading._replace(doubt=Doubt.INFERRED) if reading.day else reading


def _day(year: int, month: int, day: int) -> Reading:
    try:
        return Reading(date(year, month, day))
    except ValueError:
        return Reading(doubt=Doubt.INVALID)
