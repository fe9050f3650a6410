"""Workbooks to fill in: what is text stays text, drop-downs reach the rows to come, and headings stay in sight."""

from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from inspect_app.workbooks.sheets import FormColumn, FormSheet, Value, compose_form

COLUMNS = (FormColumn("甲", 10, "写什么", ("是", "否")), FormColumn("乙", 20, strict=False, source="'丙'!$A$2:$A$9"))


def written(*rows: tuple[Value, Value], spare: int = 0) -> Worksheet:
    out = BytesIO()
    compose_form(out, "A & B", [FormSheet("表", COLUMNS, rows, spare, 1)])
    sheet = openpyxl.load_workbook(out)["表"]
    assert isinstance(sheet, Worksheet)
    return sheet


@pytest.mark.parametrize("text", ["=1+1", "@x", "-2层", "033010"])
def test_a_text_stays_a_text(text: str) -> None:
    cell = written((text, None))["A2"]
    assert (cell.value, cell.data_type) == (text, "s")
    assert cell.quotePrefix == (text != "033010")


def test_numbers_are_numbers_as_long_as_that_is_exact() -> None:
    exact, long = written((Decimal("2.5"), Decimal("0.1234567890123456789")))[2]
    assert exact.value == 2.5
    assert long.value == "0.1234567890123456789"


def test_characters_that_a_workbook_cannot_hold_are_left_out() -> None:
    assert written(("控\x00制\x1f", None))["A2"].value == "控制"


def test_drop_downs_and_advice_reach_the_spare_rows() -> None:
    first, second = written(("是", None), spare=3).data_validations.dataValidation
    assert (str(first.sqref), first.formula1, first.prompt) == ("A2:A5", '"是,否"', "写什么")
    assert (first.showErrorMessage, second.showErrorMessage) == (True, False)
    assert second.formula1 == "'丙'!$A$2:$A$9"


def test_the_head_stays_in_sight_and_on_every_page() -> None:
    sheet = written()
    assert (sheet.freeze_panes, sheet.print_title_rows, sheet.print_title_cols) == ("B2", "$1:$1", "$A:$A")
    assert sheet.oddFooter
    assert sheet.oddFooter.left
    assert sheet.oddFooter.left.text == "A && B"


def test_a_wide_sheet_is_printed_on_pages_that_can_be_read() -> None:
    wide = FormSheet("题目", [FormColumn(str(place), 20) for place in range(31)], [("汉" * 30,)])
    out = BytesIO()
    compose_form(out, "x", [wide])
    sheet = openpyxl.load_workbook(out).worksheets[0]
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (4, 0)
    assert sheet.row_dimensions[2].height == 4 * 13 + 5
