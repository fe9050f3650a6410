"""Plain workbooks from rows of values: samples and fixtures, not official forms."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from pathlib import Path

Value = str | int | float | date | None
WIDEST = 44


@dataclass(frozen=True)
class PlainSheet:
    """A sheet: its name, rows from the first, and merged ranges such as "A1:F1"."""

    name: str
    rows: Sequence[Sequence[Value]]
    merges: Sequence[str] = ()


def compose(path: Path, sheets: Sequence[PlainSheet]) -> None:
    """Write an .xlsx; texts stay texts even when they begin like a formula."""
    from openpyxl import Workbook  # noqa: PLC0415 - heavy, and only a sample needs it

    book = Workbook()
    book.remove(book.worksheets[0])
    for plain in sheets:
        sheet = book.create_sheet(plain.name)
        for number, row in enumerate(plain.rows, 1):
            for column, value in enumerate(row, 1):
                cell = sheet.cell(number, column, value)
                if isinstance(value, str):
                    cell.data_type = "s"
        for letter, width in _widths(plain.rows):
            sheet.column_dimensions[letter].width = width
        for merged in plain.merges:
            sheet.merge_cells(merged)
    book.save(path)


def _widths(rows: Sequence[Sequence[Value]]) -> Iterator[tuple[str, int]]:
    """Give each column the room of its longest text; a title, alone in its row, asks for none."""
    from openpyxl.utils import get_column_letter  # noqa: PLC0415 - as above

    cells = [row for row in rows if len(row) > 1]
    for column, values in enumerate(zip_longest(*cells), 1):
        longest = max(len(str(value or "").encode("gb18030")) for value in values)
        yield get_column_letter(column), min(longest + 2, WIDEST)
