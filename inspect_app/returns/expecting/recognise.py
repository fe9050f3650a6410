"""Which period a file itself speaks of, by its title lines and its name. Pure."""

import re
from collections.abc import Iterable
from datetime import date

DAY = re.compile(r"(20\d{2})\s*[年./\-]\s*(\d{1,2})\s*[月./\-]\s*(\d{1,2})\s*日?")
MONTH = re.compile(r"(?:(20\d{2})\s*年\s*)?(?<!\d)(1[0-2]|0?[1-9])\s*月(?:份)?(?!\s*\d)")


def days_said(texts: Iterable[str]) -> list[date]:
    """Return the whole dates that title lines name (截至2026年6月30日), in order, without days that do not exist."""
    found = []
    for text in texts:
        for year, month, day in DAY.findall(text):
            try:
                found.append(date(int(year), int(month), int(day)))
            except ValueError:
                continue
    return found


def months_said(texts: Iterable[str]) -> set[int]:
    """Return the months that a title or a file name speaks of (6月隐患台账), not counting those within whole dates."""
    return {int(month) for text in texts for _, month in MONTH.findall(DAY.sub(" ", text))}
