"""The marking process: `python -m inspect_app.workbooks.write.marking SOURCE TARGET`, the marks as JSON on its input.

It binds itself to limits, checks the file once more, puts the marks in, and saves. Macros are kept and never run.
"""

import json
import sys
from copy import copy
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from inspect_app.workbooks.confining import confine
from inspect_app.workbooks.limits import MIB, Limits
from inspect_app.workbooks.own import OWN, OWN_HEADING, OWN_RED, without_own
from inspect_app.workbooks.precheck import check_archive
from inspect_app.workbooks.write.answer import SheetMarks, marks_from
from inspect_app.workbooks.write.carrying import carry_over, loses_shapes
from inspect_app.workbooks.write.copying import SHEET_OF_TEXT
from inspect_app.workbooks.write.heights import lines_in, points_of
from inspect_app.workbooks.write.text import FORBIDDEN, looks_runnable

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

AUTHOR = "系统核对"
RED, DARK = f"FF{OWN_RED}", "FF9C0006"
WIDTH, ACCOUNT_WIDTHS = 48, (22, 60, 16, 24, 60)
NOTE_WIDTH, NOTE_HEIGHT = 320, 120
A4, TITLE_HEIGHT = 9, 28
LARGEST = 256 * MIB
SECONDS = 25


def main() -> int:
    """Mark one workbook; any failure is told by the return code, and the caller goes another way."""
    source, target = Path(sys.argv[1]), Path(sys.argv[2])
    told = json.loads(sys.stdin.buffer.read())
    limits = Limits(**told["limits"])
    confine(limits.memory_bytes, SECONDS, LARGEST)
    check_archive(source, limits)
    from openpyxl import load_workbook  # noqa: PLC0415 - only this process needs it, and bound first

    book = load_workbook(BytesIO(source.read_bytes()), keep_vba=told["macros"], rich_text=True)
    _forget_earlier(book, told["account"])
    for marks in marks_from(told):
        _mark(book[marks.name or SHEET_OF_TEXT], marks)
    lost = [[told["shapes_lost"]]] if loses_shapes(source) else []
    _put_account(book, told["account"], [*told["rows"], *lost])
    book.save(target)
    carry_over(source, target)
    return 0


def _forget_earlier(book: "Workbook", account: str) -> None:
    """Take out what an earlier answer put in: its account, its red cells with their comments, its reasons."""
    answered = [sheet for sheet in book.worksheets if str(sheet.cell(1, 1).value) == f"{OWN}{account}"]
    for sheet in answered:
        book.remove(sheet)
    for sheet in book.worksheets if answered else ():
        reasons: set[int] = set()
        for row in sheet.iter_rows():
            for cell in row:
                _forget(cell, reasons)


def _forget(cell: Any, reasons: set[int]) -> None:  # noqa: ANN401 - a cell, maybe of a merged range
    from openpyxl.comments import Comment  # noqa: PLC0415 - as above
    from openpyxl.styles import PatternFill  # noqa: PLC0415 - as above

    if cell.comment and OWN in cell.comment.text:
        said = without_own(cell.comment.text)
        cell.comment, cell.fill = Comment(said, cell.comment.author) if said else None, PatternFill()
    if cell.value == OWN_HEADING:
        reasons.add(cell.column)
    elif cell.value is not None and cell.column in reasons:
        cell.value = None


def _mark(sheet: "Worksheet", marks: SheetMarks) -> None:
    from openpyxl.comments import Comment  # noqa: PLC0415 - as above
    from openpyxl.styles import PatternFill  # noqa: PLC0415 - as above
    from openpyxl.utils import get_column_letter  # noqa: PLC0415 - as above

    corners = {
        (row, column): (found.min_row, found.min_col)
        for found in sheet.merged_cells.ranges
        for row, column in ((flaw.row + 1, flaw.column + 1) for flaw in marks.flaws)
        if found.min_row <= row <= found.max_row and found.min_col <= column <= found.max_col
    }
    for flaw in marks.flaws:
        place = (flaw.row + 1, flaw.column + 1)
        cell: Any = sheet.cell(*corners.get(place, place))
        earlier = f"{cell.comment.text}\n" if cell.comment else ""
        cell.fill = PatternFill("solid", fgColor=RED)
        cell.comment = Comment(f"{earlier}{OWN}{flaw.said}", AUTHOR, NOTE_HEIGHT, NOTE_WIDTH)
    sheet.column_dimensions[get_column_letter(marks.column + 1)].width = WIDTH
    for top, height in marks.heads:
        _put_heading(sheet, marks, top, height)
    for row, said in marks.notes.items():
        _write(sheet.cell(row + 1, marks.column + 1), said)


def _put_heading(sheet: "Worksheet", marks: SheetMarks, top: int, height: int) -> None:
    cell, beside = sheet.cell(top + 1, marks.column + 1), sheet.cell(top + 1, max(marks.column, 1))
    cell.value = marks.heading
    if beside.has_style:
        for part in ("font", "fill", "border", "alignment"):
            setattr(cell, part, copy(getattr(beside, part)))
    if height > 1 and cell.coordinate not in sheet.merged_cells:
        sheet.merge_cells(None, top + 1, marks.column + 1, top + height, marks.column + 1)


def _write(cell: Any, said: str) -> None:  # noqa: ANN401 - a cell, maybe of a merged range
    from openpyxl.styles import Alignment, Font  # noqa: PLC0415 - as above

    cell.value = FORBIDDEN.sub("", said)
    cell.data_type = "s"
    cell.quotePrefix = looks_runnable(said)
    cell.font, cell.alignment = Font("宋体", 10, color=DARK), Alignment("left", "center", wrap_text=True)


def _put_account(book: "Workbook", account: str, rows: list[list[str]]) -> None:
    from openpyxl.styles import Alignment, Font  # noqa: PLC0415 - as above
    from openpyxl.worksheet.properties import PageSetupProperties  # noqa: PLC0415 - as above

    sheet = book.create_sheet(account, 0)
    counters = [lines_in(width) for width in ACCOUNT_WIDTHS]
    for number, row in enumerate(rows, 1):
        lines = max(count(text) for count, text in zip(counters, row, strict=False)) if len(row) > 1 else 1
        sheet.row_dimensions[number].height = TITLE_HEIGHT if number == 1 else points_of(lines)
        for place, text in enumerate(row, 1):
            cell: Any = sheet.cell(number, place)
            cell.value, cell.data_type = FORBIDDEN.sub("", text), "s"
            cell.font = Font("宋体", 14 if number == 1 else 10, bold=number == 1 or place == 1)
            cell.alignment = Alignment("left", "top", wrap_text=len(row) > 1)
    for letter, width in zip("ABCDE", ACCOUNT_WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", A4
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    for other in book.worksheets:
        other.sheet_view.tabSelected = other is sheet
    book.active = 0


if __name__ == "__main__":
    sys.exit(main())
