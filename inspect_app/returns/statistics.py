"""Tell a table of figures from a ledger: its columns are counts and rates, and below them stand numbers."""

import re
from collections.abc import Hashable

from inspect_app.workbooks.cells import as_text, compact
from inspect_app.workbooks.grid import Grid, row_texts

SEARCH_ROWS = 15
ENOUGH_COLUMNS = 2
MOSTLY = 0.6
COUNTS = re.compile(
    r"(?:数量?|率|份|次|比例|占比|合计|小计|总计)(?:[(（].{1,6}[)）])?$|[(（](?:处|个|项|条|家|份|次|人|万元|%)[)）]$"
)
NUMBER = re.compile(r"-?\d+(?:\.\d+)?%?")


def is_statistics(grid: Grid) -> bool:
    """Whether a sheet has a row of counting headings with mostly numbers below."""
    return any(
        len(columns) >= ENOUGH_COLUMNS and _mostly_numbers(grid, row, columns)
        for row, columns in ((row, _counting(grid, row)) for row in range(min(SEARCH_ROWS, grid.height)))
    )


def _counting(grid: Grid, row: int) -> list[int]:
    return [column for column, text in enumerate(row_texts(grid, row)) if COUNTS.search(compact(text))]


def _mostly_numbers(grid: Grid, head: int, columns: list[int]) -> bool:
    below = [cell for column in columns for cell in grid.columns[column][head + 1 :] if as_text(cell)]
    return bool(below) and sum(map(_is_number, below)) >= MOSTLY * len(below)


def _is_number(cell: Hashable) -> bool:
    return isinstance(cell, int | float) or bool(NUMBER.fullmatch(compact(as_text(cell))))
