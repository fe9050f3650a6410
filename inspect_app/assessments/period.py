"""The stretch of time that is assessed: a calendar year, counted up to today while it runs."""

import re
from dataclasses import dataclass
from datetime import date

from inspect_app.core.errors import Invalid

YEAR = re.compile(r"20\d\d")


@dataclass(frozen=True)
class Period:
    """A year as people write it, with its first day and the last day that counts (both included)."""

    code: str
    start: date
    end: date


def period_of(text: str, today: date) -> Period:
    """Read a year such as 2026; one that is no year or has not begun is refused."""
    code = text.strip()
    if not YEAR.fullmatch(code):
        raise Invalid({"period": ["考核期间应写成四位年份，例如 2026。"]}, "考核期间有误。")
    start, last = date(int(code), 1, 1), date(int(code), 12, 31)
    if start > today:
        raise Invalid({"period": [f"{code} 年尚未开始，没有可以考核的数据。"]}, "考核期间有误。")
    return Period(code, start, min(last, today))
