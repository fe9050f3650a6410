"""Plain workbooks from rows of values: samples and fixtures, not official forms."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

Value = str | int | float | date | None


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
        for merged in plain.merges:
            sheet.merge_cells(merged)
    book.save(path)
