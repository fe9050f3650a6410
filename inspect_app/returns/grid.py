"""The little that recognising needs to know of a sheet, so that it depends on no reader."""

from collections.abc import Hashable, Sequence
from typing import Protocol

from inspect_app.returns.values import as_text

WIDEST = 256


class Corners(Protocol):
    """A merged range, zero-based, corners inside."""

    @property
    def top(self) -> int: ...
    @property
    def left(self) -> int: ...
    @property
    def bottom(self) -> int: ...
    @property
    def right(self) -> int: ...


class Grid(Protocol):
    """A sheet as columns of equal height; an empty cell is ""."""

    @property
    def name(self) -> str | None: ...
    @property
    def columns(self) -> Sequence[Sequence[Hashable]]: ...
    @property
    def height(self) -> int: ...
    @property
    def merges(self) -> Sequence[Corners]: ...


def row_texts(grid: Grid, row: int) -> list[str]:
    """The cells of one row as trimmed texts, up to the widest ledger imaginable."""
    return [as_text(column[row]) for column in grid.columns[:WIDEST]]


def filled(texts: Sequence[str]) -> list[tuple[int, str]]:
    """The cells that hold something, with their columns."""
    return [(column, text) for column, text in enumerate(texts) if text]


def merged_down(grid: Grid, column: int, start: int, stop: int) -> Sequence[Hashable]:
    """A column where the first cell of a vertical merge between two rows speaks for the cells below it."""
    spans = [
        span for span in grid.merges if span.left <= column <= span.right and start <= span.top < span.bottom < stop
    ]
    cells = list(grid.columns[column]) if spans else grid.columns[column]
    for span in spans if isinstance(cells, list) else ():
        said = grid.columns[span.left][span.top]
        for row in range(span.top, span.bottom + 1):
            cells[row] = cells[row] or said
    return cells
