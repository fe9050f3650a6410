"""An issued workbook on its way: written, changed as people change workbooks, and sent back."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from inspect_app.access.actor import SYSTEM
from inspect_app.core.database import db, transaction
from inspect_app.regions.queries import by_code, townships_of
from inspect_app.returns.issuing.queries import units_of
from inspect_app.returns.issuing.service import issue
from inspect_app.returns.issuing.writing import write_issued
from inspect_app.returns.models import IssuedWorkbook

HEAD = 3


def issue_to(path: Path, code: str = "654202") -> IssuedWorkbook:
    """Issue a workbook to a county and write it."""
    session = db.session()
    with transaction():
        book = issue(session, SYSTEM, by_code(session, code))
    fetch(path, book)
    return book


def fetch(path: Path, book: IssuedWorkbook) -> Path:
    session = db.session()
    townships = [region.name for region in townships_of(session, book.county_id)]
    with path.open("wb") as out:
        write_issued(out, book, townships, units_of(session, book.county_id))
    return path


def edit(path: Path, change: Callable[[Worksheet], None], sheet: str = "隐患清单") -> Path:
    """Change a workbook and save it as other programs do: every part written anew."""
    book = load_workbook(path)
    change(book[sheet])
    book.save(path)
    return path


def column(sheet: Worksheet, heading: str) -> int:
    """Return where a heading stands, counted from 1."""
    return next(cell.column for cell in sheet[HEAD] if cell.value == heading)


def put(sheet: Worksheet, row: int, **cells: Any) -> None:  # noqa: ANN401 - any cell
    for heading, value in cells.items():
        sheet.cell(row, column(sheet, heading), value)


def row_of(sheet: Worksheet, reference: str) -> int:
    where = column(sheet, "隐患编号")
    return next(row for row in range(HEAD + 1, sheet.max_row + 1) if sheet.cell(row, where).value == reference)
