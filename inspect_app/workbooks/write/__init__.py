"""Writes one table as a print-ready .xlsx of any length: rows stream into the file, memory does not grow with them.

What is written cannot run: text is always a string cell, and text that a spreadsheet might take for a formula when
somebody edits it is marked as quoted. Dates are dates, numbers are numbers, every cell of the table has its border.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from itertools import islice
from typing import BinaryIO, NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile

from inspect_app.workbooks.write import parts
from inspect_app.workbooks.write.heights import row_height
from inspect_app.workbooks.write.layout import About, Beside, CellKind, Column, Layout
from inspect_app.workbooks.write.letters import letters
from inspect_app.workbooks.write.parts import HEAD_ROW
from inspect_app.workbooks.write.styles import LOCKED, LOCKED_QUOTED, QUOTED, STYLES
from inspect_app.workbooks.write.text import cell_text, looks_runnable

__all__ = ["About", "Beside", "Cell", "CellKind", "Column", "FormRow", "Layout", "write_form", "write_table"]

ROWS_A_CHUNK = 500
FASTEST = 1
DAY_ZERO = date(1899, 12, 30).toordinal()
REMEMBERED = 512


Cell = str | int | Decimal | date | None
Tail = Callable[[Cell], str]


class FormRow(NamedTuple):
    """A row of a form: its cells, and for each whether somebody may fill it in; the others are grey."""

    cells: Sequence[Cell]
    open_cells: Sequence[bool]


def write_table(out: BinaryIO, layout: Layout, about: About, rows: Iterable[Sequence[Cell]]) -> int:
    """Write the workbook to `out` and return the number of rows; each row holds one value a column, None for empty."""
    with ZipFile(out, "w", ZIP_DEFLATED, compresslevel=FASTEST) as archive:
        count = _write_sheet(archive, layout, about, rows)
        for name, text in parts.around(layout, about, count):
            _write_part(archive, name, text)
    return count


def write_form(
    out: BinaryIO, layout: Layout, about: About, rows: Iterable[FormRow], beside: Sequence[Beside] = ()
) -> int:
    """Write a form to be filled in, with sheets beside it, to `out`; return the number of rows."""
    kinds = [column.kind for column in layout.columns]
    tails = [(_tail(kind, LOCKED, LOCKED_QUOTED), _tail(kind, STYLES, QUOTED)) for kind in kinds]
    places, height = [letters(place) for place in range(1, len(kinds) + 1)], row_height(layout)
    count = 0
    with ZipFile(out, "w", ZIP_DEFLATED, compresslevel=FASTEST) as archive:
        with archive.open(parts.SHEET, "w", force_zip64=True) as sheet:
            sheet.write(parts.sheet_head(layout).encode())
            for count, (cells, open_cells) in enumerate(rows, 1):
                number = HEAD_ROW + count
                texts = (
                    f'<c r="{place}{number}"{pair[is_open](cell)}'
                    for place, pair, cell, is_open in zip(places, tails, cells, open_cells, strict=True)
                )
                sheet.write(f'<row r="{number}" ht="{height(cells)}">{"".join(texts)}</row>'.encode())
            sheet.write(parts.sheet_foot(layout, about, HEAD_ROW + count).encode())
        for name, text in parts.around(layout, about, count, tuple(beside)):
            _write_part(archive, name, text)
    return count


def _write_part(archive: ZipFile, name: str, text: str) -> None:
    with archive.open(name, "w") as part:
        part.write(text.encode())


def _write_sheet(archive: ZipFile, layout: Layout, about: About, rows: Iterable[Sequence[Cell]]) -> int:
    count = 0
    remaining = iter(rows)
    shape = _row_shape(layout)
    tails = [_tail(column.kind, STYLES, QUOTED) for column in layout.columns]
    height = row_height(layout)
    with archive.open(parts.SHEET, "w", force_zip64=True) as sheet:
        sheet.write(parts.sheet_head(layout).encode())
        while chunk := list(islice(remaining, ROWS_A_CHUNK)):
            first = HEAD_ROW + count + 1
            columns = zip(*chunk, strict=True)
            cells = zip(*(map(tail, column) for tail, column in zip(tails, columns, strict=True)), strict=True)
            texts = (
                shape.replace("\0", str(number)) % (height(row), *shown)
                for number, (row, shown) in enumerate(zip(chunk, cells, strict=True), first)
            )
            sheet.write("".join(texts).encode())
            count += len(chunk)
        sheet.write(parts.sheet_foot(layout, about, HEAD_ROW + count).encode())
    return count


def _row_shape(layout: Layout) -> str:
    cells = (f'<c r="{letters(place)}\0"%s' for place in range(1, len(layout.columns) + 1))
    return '<row r="\0" ht="%s">' + "".join(cells) + "</row>"


def _tail(kind: CellKind, styles: Mapping[CellKind, int], quoted: Mapping[CellKind, int]) -> Tail:
    """Return what closes a cell of this kind, from its style on; values that come again are remembered."""
    style = styles[kind]
    empty = f' s="{style}"/>'

    def number(value: Cell) -> str:
        return empty if value is None else f' s="{style}"><v>{value}</v></c>'

    def day(value: Cell) -> str:
        return f' s="{style}"><v>{value.toordinal() - DAY_ZERO}</v></c>' if isinstance(value, date) else empty

    def text(value: Cell) -> str:
        if value is None or value == "":
            return empty
        written = str(value)
        shown = quoted[kind] if looks_runnable(written) else style
        return f' s="{shown}" t="inlineStr"><is><t xml:space="preserve">{cell_text(written)}</t></is></c>'

    writers = {CellKind.DAY: day, CellKind.TEXT: text, CellKind.WORD: text}
    return lru_cache(REMEMBERED)(writers.get(kind, number))
