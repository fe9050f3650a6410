"""Every list goes out to a workbook and comes back the same, and the workbook helps those who fill it."""

from datetime import date
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from inspect_app.checklists.definition import Checklist
from inspect_app.checklists.loading import FOLDER, Library, load_library
from inspect_app.checklists.workbook.columns import COLUMNS, Key
from inspect_app.checklists.workbook.exporting import export, sheets_of
from inspect_app.checklists.workbook.importing import read_checklist
from inspect_app.workbooks.read import read_workbook
from tests.checklists.workbook.written import as_sheets, every_kind

ON = date(2026, 6, 15)
SHIPPED = sorted(file.stem for file in FOLDER.glob("C[0-9]*.toml"))


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library()


@pytest.mark.parametrize("code", SHIPPED)
def test_a_shipped_list_comes_back_as_it_went_out(library: Library, code: str) -> None:
    checklist = library.checklists[code]
    got = read_checklist(as_sheets(sheets_of(checklist, library.register, ON)), library.register)
    assert got.checklist == checklist
    assert got.problems == got.remarks == ()


def test_a_list_with_all_that_a_definition_can_hold_comes_back_through_a_file(library: Library, tmp_path: Path) -> None:
    checklist = every_kind()
    file = tmp_path / "list.xlsx"
    file.write_bytes(export(checklist, library.register, ON))
    book = read_workbook(file)
    got = read_checklist({sheet.name or "": sheet for sheet in book.sheets}, library.register)
    assert [str(each) for each in got.problems] == []
    assert got.checklist == checklist


def opened(checklist: Checklist, library: Library) -> openpyxl.Workbook:
    return openpyxl.load_workbook(BytesIO(export(checklist, library.register, ON)))


def test_the_workbook_explains_itself_and_offers_the_words(library: Library) -> None:
    book = opened(library.checklists["C03"], library)
    assert book.sheetnames == ["填写说明", "基本信息", "检查项", "依据"]
    explained = {row[1] for row in book["填写说明"].iter_rows(values_only=True)}
    assert {column.heading for column in COLUMNS} <= explained
    items = book["检查项"]
    assert [cell.value for cell in items[1]] == [column.heading for column in COLUMNS]
    offers = {str(each.sqref).partition("2:")[0]: each for each in items.data_validations.dataValidation}
    letters = {column.key: cell.coordinate.rstrip("1") for column, cell in zip(COLUMNS, items[1], strict=True)}
    asked = (Key.TYPE, Key.BAD_ANSWER, Key.SEVERITY, Key.VETO, Key.DEADLINE, Key.FIRST, Key.REQUIRED, Key.LOCKED)
    for key in asked:
        offer = offers[letters[key]]
        assert offer.type == "list"
        assert offer.showErrorMessage
        assert offer.formula1.startswith('"')
    assert not offers[letters[Key.EVIDENCE]].showErrorMessage
    assert offers[letters[Key.BASES]].formula1.startswith("'依据'!$A$2")


def test_the_sheets_are_set_up_for_reading_and_print(library: Library) -> None:
    items = opened(library.checklists["C03"], library)["检查项"]
    assert items.freeze_panes == "D2"
    assert items.print_title_rows == "$1:$1"
    assert items.page_setup.orientation == "landscape"
    assert items["C2"].alignment.wrap_text
    assert items.column_dimensions["C"].width > 30


def test_what_stands_against_a_basis_is_said_beside_it(library: Library) -> None:
    rows = list(opened(library.checklists["C03"], library)["依据"].iter_rows(values_only=True))
    assert len(rows) == len(library.register) + 1
    doubts = {str(row[0]): str(row[4] or "") for row in rows[1:]}
    assert doubts["REG-744"] == ""
    assert any("核对" in each for each in doubts.values())
