"""How high a row must be for the texts that wrap in it: not every program works that out when it opens a file."""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from operator import call, itemgetter

from inspect_app.workbooks.write.layout import CellKind, Column, Layout

POINTS_A_LINE, POINTS_AROUND, LOWEST, HIGHEST = 13, 5, 18, 409
MOST_LINES = HIGHEST // POINTS_A_LINE + 1
WRAPPED = (CellKind.TEXT, CellKind.WORD)
REMEMBERED = 512
Value = str | int | float | Decimal | date | None


def row_height(layout: Layout) -> Callable[[Sequence[Value]], int]:
    """Return what tells the height of a row in points from its values."""
    places = [place for place, column in enumerate(layout.columns) if _wraps(column)]
    heights = [points_of(lines) for lines in range(MOST_LINES + 1)]
    if not places:
        return lambda _row: LOWEST
    asked = [places[0], *places]  # a getter of one place alone would not give a tuple
    wrapped, counters = itemgetter(*asked), [lines_in(layout.columns[place].width) for place in asked]

    def height(row: Sequence[Value]) -> int:
        return heights[max(map(call, counters, wrapped(row)))]

    return height


def _wraps(column: Column) -> bool:
    return column.kind in WRAPPED and not column.hidden


def points_of(lines: int) -> int:
    """Return the height of a row of so many lines."""
    return min(max(lines * POINTS_A_LINE + POINTS_AROUND, LOWEST), HIGHEST)


def lines_in(width: Decimal | float) -> Callable[[Value], int]:
    """Return what counts the lines of a text in a column; a Chinese character takes two places, being three bytes."""
    room = max(int(width) - 1, 2)

    def lines(value: Value) -> int:
        if not isinstance(value, str):
            return 1
        places = (len(value) + len(value.encode(errors="replace"))) // 2
        if places <= room and "\n" not in value:
            return 1
        counts = (-(-(len(part) + len(part.encode(errors="replace"))) // 2 // room) or 1 for part in value.split("\n"))
        return min(sum(counts), MOST_LINES)

    return lru_cache(REMEMBERED)(lines)
