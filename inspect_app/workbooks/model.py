"""What a reader hands over: a workbook as plain typed cells, without any trace of the library that read it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from inspect_app.workbooks.kind import Kind


@dataclass(frozen=True, slots=True)
class ErrorCell:
    """A cell whose formula failed ("#REF!"), or whose result was never stored (code ""), with its address."""

    code: str
    address: str = ""

    def __str__(self) -> str:
        return f"{self.address} {self.code or '#?'}".strip()


Cell = str | int | float | bool | date | datetime | ErrorCell
"""An empty cell is the empty string. Texts are as stored: codes such as "033010" stay texts."""


class Merge(NamedTuple):
    """A merged range, zero-based, both corners inside it."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet, stored column by column; every column has `height` cells, index 0 is row 1.

    `name` is None for a text file. `hidden_rows` and `hidden_columns` hold zero-based indexes, as do the others: rows
    with the name of their colour, rows with a text struck out, what comments say of a row, pictures in a row.
    """

    name: str | None
    columns: tuple[list[Cell], ...]
    height: int
    hidden: bool = False
    merges: tuple[Merge, ...] = ()
    hidden_rows: frozenset[int] = field(default_factory=frozenset)
    hidden_columns: frozenset[int] = field(default_factory=frozenset)
    fills: Mapping[int, str] = field(default_factory=dict)
    struck: frozenset[int] = field(default_factory=frozenset)
    comments: Mapping[int, str] = field(default_factory=dict)
    pictures: Mapping[int, int] = field(default_factory=dict)

    def row(self, index: int) -> tuple[Cell, ...]:
        """The cells of one row, by zero-based index."""
        return tuple(column[index] for column in self.columns)

    @property
    def rows(self) -> Iterator[tuple[Cell, ...]]:
        """All rows from the first, blank ones too."""
        if not self.columns:
            return iter(() for _ in range(self.height))
        return zip(*self.columns, strict=True)


@dataclass(frozen=True, slots=True)
class Workbook:
    """A file that could be read. `macros` tells that it carries a VBA project, which is never run."""

    kind: Kind
    sheets: tuple[Sheet, ...]
    date1904: bool = False
    macros: bool = False
