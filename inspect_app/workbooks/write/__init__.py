"""Writes one table as a print-ready .xlsx of any length: rows stream into the file, memory does not grow with them.

What is written cannot run: text is always a string cell, and text that a spreadsheet might take for a formula when
somebody edits it is marked as quoted. Dates are dates, numbers are numbers, every cell of the table has its border.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from itertools import islice
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile

from inspect_app.workbooks.write import parts
from inspect_app.workbooks.write.layout import About, CellKind, Column, Layout
from inspect_app.workbooks.write.parts import HEAD_ROW
from inspect_app.workbooks.write.styles import QUOTED, STYLES
from inspect_app.workbooks.write.text import cell_text, looks_runnable

__all__ = ["About", "Cell", "CellKind", "Column", "Layout", "write_table"]

ROWS_A_CHUNK = 500
FASTEST = 1
DAY_ZERO = date(1899, 12, 30).toordinal()
REMEMBERED = 512


Cell = str | int | Decimal | date | None
Tail = Callable[[Cell], str]


def write_table(out: BinaryIO, layout: Layout, about: About, rows: Iterable[Sequence[Cell]]) -> int:
    """Write the workbook to `out` and return the number of rows; each row holds one value a column, None for empty."""
    with ZipFile(out, "w", ZIP_DEFLATED, compresslevel=FASTEST) as archive:
        count = _write_sheet(archive, layout, about, rows)
        for name, text in parts.around(layout, about, count):
            _write_part(archive, name, text)
    return count


def _write_part(archive: ZipFile, name: str, text: str) -> None:
    with archive.open(name, "w") as part:
        part.write(text.encode())


def _write_sheet(archive: ZipFile, layout: Layout, about: About, rows: Iterable[Sequence[Cell]]) -> int:
    count = 0
    remaining = iter(rows)
    shape = _row_shape(layout)
    tails = [_tail(column.kind) for column in layout.columns]
    with archive.open(parts.SHEET, "w", force_zip64=True) as sheet:
        sheet.write(parts.sheet_head(layout).encode())
        while chunk := list(islice(remaining, ROWS_A_CHUNK)):
            first = HEAD_ROW + count + 1
            texts = (
                shape.replace("\0", str(number)) % tuple([tail(value) for tail, value in zip(tails, row, strict=True)])
                for number, row in enumerate(chunk, first)
            )
            sheet.write("".join(texts).encode())
            count += len(chunk)
        sheet.write(parts.sheet_foot(layout, about, HEAD_ROW + count).encode())
    return count


def _row_shape(layout: Layout) -> str:
    cells = (f'<c r="{parts.letters(place)}\0"%s' for place in range(1, len(layout.columns) + 1))
    return '<row r="\0">' + "".join(cells) + "</row>"


def _tail(kind: CellKind) -> Tail:
    """Return what closes a cell of this kind, from its style on; values that come again are remembered."""
    style = STYLES[kind]
    empty = f' s="{style}"/>'

    def number(value: Cell) -> str:
        return empty if value is None else f' s="{style}"><v>{value}</v></c>'

    def day(value: Cell) -> str:
        return f' s="{style}"><v>{value.toordinal() - DAY_ZERO}</v></c>' if isinstance(value, date) else empty

    def text(value: Cell) -> str:
        if value is None or value == "":
            return empty
        written = str(value)
        shown = QUOTED[kind] if looks_runnable(written) else style
        return f' s="{shown}" t="inlineStr"><is><t xml:space="preserve">{cell_text(written)}</t></is></c>'

    writers = {CellKind.DAY: day, CellKind.TEXT: text, CellKind.WORD: text}
    return lru_cache(REMEMBERED)(writers.get(kind, number))
