"""The little that recognising needs to know of a sheet, so that it depends on no reader."""

from collections.abc import Hashable, Sequence
from typing import Protocol

from inspect_app.workbooks.cells import as_text

WIDEST = 256


class Corners(Protocol):
    """A merged range, zero-based, corners inside."""

    @property
    def top(self) -> int:
        """First row."""

    @property
    def left(self) -> int:
        """First column."""

    @property
    def bottom(self) -> int:
        """Last row."""

    @property
    def right(self) -> int:
        """Last column."""


class Grid(Protocol):
    """A sheet as columns of equal height; an empty cell is ""."""

    @property
    def name(self) -> str | None:
        """None for a text file."""

    @property
    def columns(self) -> Sequence[Sequence[Hashable]]:
        """Every column with `height` cells."""

    @property
    def height(self) -> int:
        """The number of rows."""

    @property
    def merges(self) -> Sequence[Corners]:
        """The merged ranges."""


def row_texts(grid: Grid, row: int) -> list[str]:
    """The cells of one row as trimmed texts, up to the widest ledger imaginable."""
    return [as_text(column[row]) for column in grid.columns[:WIDEST]]


def spread_texts(grid: Grid, start: int, stop: int) -> list[list[str]]:
    """The texts of some rows, what is said in a merged range repeated in every cell it covers."""
    texts = [row_texts(grid, row) for row in range(start, stop)]
    for span in grid.merges:
        if start <= span.top and span.bottom < stop:
            said = grid.columns[span.left][span.top] if span.left < len(grid.columns) else ""
            for row in range(span.top, span.bottom + 1):
                for column in range(span.left, min(span.right + 1, len(texts[0]))):
                    texts[row - start][column] = texts[row - start][column] or str(said).strip()
    return texts


def filled(texts: Sequence[str]) -> list[tuple[int, str]]:
    """The cells that hold something, with their columns."""
    return [(column, text) for column, text in enumerate(texts) if text]


def merged_down(grid: Grid, column: int, start: int, stop: int) -> Sequence[Hashable]:
    """A column where the first cell of a vertical merge between two rows speaks for the cells below it."""
    spans = [span for span in grid.merges if span.left <= column <= span.right and span.top < span.bottom]
    if not spans:
        return grid.columns[column]
    cells = list(grid.columns[column])
    for span in spans:
        if start <= span.top and span.bottom < stop:
            said = grid.columns[span.left][span.top]
            for row in range(span.top, span.bottom + 1):
                cells[row] = said if cells[row] == "" else cells[row]
    return cells
