"""The periods of a year, which follow each other without a gap, and days within them. Pure."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta

from inspect_app.workplans.library.words import Period

MONTHS = {Period.YEAR: 12, Period.HALF: 6, Period.QUARTER: 3, Period.MONTH: 1}
WEEK = timedelta(days=7)
DAY = timedelta(days=1)
BELONGS = 4

Span = tuple[date, date]


def spans_of(period: Period, year: int) -> tuple[Span, ...]:
    """Return first and last days, both inclusive; they cover the year from its first day to its last."""
    return tuple(_weeks(year)) if period is Period.WEEK else tuple(_months(MONTHS[period], year))


def day_of(text: str, year: int) -> date:
    """Return a day written 06-07 in a year; 02-29 is the 28th where there is none."""
    month, day = map(int, text.split("-"))
    return date(year, month, min(day, monthrange(year, month)[1]))


def day_in(span: Span, number: int) -> date:
    """Return the day of that number in the last month of a span; the last day where the month is shorter."""
    last = span[1]
    return max(span[0], min(last, last.replace(day=min(number, monthrange(last.year, last.month)[1]))))


def _months(length: int, year: int) -> Iterator[Span]:
    for first in range(1, 13, length):
        last = first + length - 1
        yield date(year, first, 1), date(year, last, monthrange(year, last)[1])


def _weeks(year: int) -> Iterator[Span]:
    """Give weeks from Monday; a rest of less than four days at either end joins its neighbour, as in ISO 8601."""
    start, end = date(year, 1, 1), date(year, 12, 31)
    sunday = start + timedelta(days=6 - start.weekday())
    if (sunday - start).days + 1 < BELONGS:
        sunday += WEEK
    while (end - sunday).days >= BELONGS:
        yield start, sunday
        start, sunday = sunday + DAY, sunday + WEEK
    yield start, end
