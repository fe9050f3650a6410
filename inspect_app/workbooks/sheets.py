"""Workbooks that people fill in and send back: several sheets with headings, drop-downs and advice, fit for print."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil
from typing import TYPE_CHECKING, BinaryIO

from inspect_app.workbooks.write.heights import lines_in, points_of
from inspect_app.workbooks.write.letters import letters
from inspect_app.workbooks.write.text import FORBIDDEN, looks_runnable

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell, MergedCell
    from openpyxl.worksheet.worksheet import Worksheet

Value = str | int | Decimal | None
LONGEST_LIST = 255
A4 = 9
EDGE, HEAD_INK = "FF8C9AA5", "FF17242F"
PLAIN_TINT = "E5EFF2"
ADVICE_TITLE = 32
EXACT_DIGITS = 15
WIDEST_PAGE = 200
"""Characters that can still be read on a landscape page."""


@dataclass(frozen=True)
class FormColumn:
    """A column: `width` in characters, `advice` shown beside a chosen cell, `tint` the colour of its heading.

    `choices` become a drop-down, or `source` does, the cells to choose from; it only proposes when not `strict`.
    """

    heading: str
    width: int
    advice: str = ""
    choices: tuple[str, ...] = ()
    source: str = ""
    strict: bool = True
    tint: str = PLAIN_TINT


@dataclass(frozen=True)
class FormSheet:
    """A sheet: the headings in row 1, the rows below, and `spare` empty rows that have the drop-downs as well.

    A hidden one holds what drop-downs offer.
    """

    name: str
    columns: Sequence[FormColumn]
    rows: Sequence[Sequence[Value]]
    spare: int = 0
    frozen: int = 0
    hidden: bool = False


def compose_form(out: BinaryIO, title: str, sheets: Sequence[FormSheet]) -> None:
    """Write an .xlsx; texts stay texts even when they begin like a formula, numbers are numbers where that is exact."""
    from openpyxl import Workbook  # noqa: PLC0415 - heavy, and only few requests write a form

    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.title = title
    for form in sheets:
        sheet = book.create_sheet(form.name)
        _fill(sheet, form)
        _dress(sheet, form)
        _set_up(sheet, form, title)
        _offer(sheet, form)
    book.save(out)


def _fill(sheet: "Worksheet", form: FormSheet) -> None:
    for place, column in enumerate(form.columns, 1):
        sheet.cell(1, place, column.heading)
    for number, row in enumerate(form.rows, 2):
        for place, value in enumerate(row, 1):
            _put(sheet.cell(number, place), value)


def _put(cell: "Cell | MergedCell", value: Value) -> None:
    if isinstance(value, Decimal) and len(value.as_tuple().digits) > EXACT_DIGITS:
        value = str(value)
    if isinstance(value, str):
        cell.value = FORBIDDEN.sub("", value)
        cell.data_type = "s"
        cell.quotePrefix = looks_runnable(value)
    else:
        cell.value = value


def _dress(sheet: "Worksheet", form: FormSheet) -> None:
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side  # noqa: PLC0415 - heavy

    edge = Side("thin", EDGE)
    frame, body = Border(edge, edge, edge, edge), Alignment("left", "top", wrap_text=True)
    middle, bold = Alignment("center", "center", wrap_text=True), Font("宋体", 10, bold=True, color=HEAD_INK)
    font = Font("宋体", 10)
    for row in sheet.iter_rows(1, 1 + len(form.rows) + form.spare, 1, len(form.columns)):
        for cell in row:
            cell.border, cell.alignment, cell.font = frame, body, font
    counters = [lines_in(column.width) for column in form.columns]
    for number, values in enumerate([[column.heading for column in form.columns], *form.rows], 1):
        most = max((lines(value) for lines, value in zip(counters, values, strict=False)), default=1)
        sheet.row_dimensions[number].height = points_of(most)
    for place, column in enumerate(form.columns, 1):
        cell = sheet.cell(1, place)
        cell.alignment, cell.font, cell.fill = middle, bold, PatternFill("solid", column.tint)
        sheet.column_dimensions[letters(place)].width = column.width


def _set_up(sheet: "Worksheet", form: FormSheet, title: str) -> None:
    from openpyxl.worksheet.properties import PageSetupProperties  # noqa: PLC0415 - heavy

    sheet.sheet_state = "hidden" if form.hidden else "visible"
    sheet.freeze_panes = f"{letters(form.frozen + 1)}2"
    sheet.print_title_rows, sheet.print_title_cols = "1:1", f"A:{letters(max(form.frozen, 1))}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", A4
    width = sum(column.width for column in form.columns)
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = ceil(width / WIDEST_PAGE), 0
    sheet.page_setup.pageOrder = "overThenDown"
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    footer = sheet.oddFooter
    if footer is not None and footer.left is not None and footer.center is not None:
        footer.left.text, footer.center.text = title.replace("&", "&&"), "第 &P 页，共 &N 页"


def _offer(sheet: "Worksheet", form: FormSheet) -> None:
    from openpyxl.worksheet.datavalidation import DataValidation  # noqa: PLC0415 - heavy

    last = 1 + max(len(form.rows) + form.spare, 1)
    for place, column in enumerate(form.columns, 1):
        listed = column.source or (f'"{",".join(column.choices)}"' if column.choices else "")
        if not listed and not column.advice:
            continue
        offer = DataValidation("list" if listed else None, formula1=listed or None, allow_blank=True)
        offer.showErrorMessage, offer.showInputMessage = bool(listed) and column.strict, bool(column.advice)
        offer.errorTitle, offer.error = column.heading[:ADVICE_TITLE], "请从下拉列表中选择。"
        offer.promptTitle, offer.prompt = column.heading[:ADVICE_TITLE], column.advice[:LONGEST_LIST] or None
        sheet.add_data_validation(offer)
        offer.add(f"{letters(place)}2:{letters(place)}{last}")
