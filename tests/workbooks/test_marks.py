"""What hangs on cells beside their values: colours, strokes, comments, pictures, hidden columns."""

from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image
from openpyxl.styles import Font, PatternFill
from PIL import Image as Picture

from inspect_app.workbooks.colours import name_of
from inspect_app.workbooks.model import ErrorCell, Merge, Sheet
from inspect_app.workbooks.parts import address_of, place_of
from inspect_app.workbooks.read import read_workbook
from tests.workbooks import hostile


def first(path: Path) -> Sheet:
    return read_workbook(path).sheets[0]


@pytest.fixture
def marked(tmp_path: Path) -> Path:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for number in range(1, 7):
        sheet.append([number, f"第{number}处"])
    sheet["A2"].fill = PatternFill("solid", "FFFF0000")
    sheet["B3"].font = Font(strike=True)
    sheet["B4"].comment = Comment("已与乡镇核实", "甲")
    sheet.column_dimensions["B"].hidden = True
    buffer = BytesIO()
    Picture.new("RGB", (4, 4)).save(buffer, "PNG")
    sheet.add_image(Image(buffer), "B5")
    book.save(tmp_path / "a.xlsx")
    return tmp_path / "a.xlsx"


def test_what_hangs_on_the_cells_of_a_row_is_told(marked: Path) -> None:
    sheet = first(marked)
    assert sheet.fills == {1: "red"}
    assert sheet.struck == {2}
    assert sheet.comments == {3: "已与乡镇核实"}
    assert sheet.pictures == {4: 1}
    assert sheet.hidden_columns == {1}


@pytest.mark.parametrize("name", ["marked.xls", "marked.ods"])
def test_other_kinds_of_workbooks_tell_the_same(name: str) -> None:
    sheet = first(Path(__file__).parent / "files" / name)
    assert sheet.fills == {1: "red"}
    assert sheet.struck == {2}
    assert sheet.comments == {3: "已与乡镇核实"}
    assert sheet.pictures == {4: 1}
    assert sheet.hidden_rows == {0}
    assert sheet.columns[1][4] == "第5处"
    assert sheet.merges == (Merge(5, 1, 6, 1),)
    assert sheet.columns[0][6] == ErrorCell("#DIV/0!", "A7")


def test_a_picture_of_wps_in_a_cell_is_no_text(tmp_path: Path) -> None:
    image = '<c r="B1" t="str"><f>_xlfn.DISPIMG("ID_1",1)</f><v>=DISPIMG("ID_1",1)</v></c>'
    data = hostile.workbook(hostile.row(1, hostile.text_cell("A1", "甲"), image))
    sheet = first(hostile.stored(tmp_path, data))
    assert sheet.row(0) == ("甲", "")
    assert sheet.pictures == {0: 1}


def _row(text: str, extra: str = "", note: str = "") -> str:
    cell = f"<table:table-cell office:value-type='string' {extra}>{note}<text:p>{text}</text:p></table:table-cell>"
    return f"<table:table-row>{cell}</table:table-row>"


def test_an_open_document_tells_its_merges_errors_comments_and_hidden_rows(tmp_path: Path) -> None:
    note = "<office:annotation xmlns:dc='x'><dc:creator>甲</dc:creator><text:p>已核实</text:p></office:annotation>"
    rows = [
        _row("甲", "table:number-rows-spanned='2'"),
        "<table:table-row table:visibility='collapse'><table:covered-table-cell/></table:table-row>",
        _row("#DIV/0!", "table:formula='of:=1/0'"),
        _row("乙", note=note),
    ]
    sheet = first(hostile.stored(tmp_path, hostile.open_document(*rows)))
    assert sheet.merges == (Merge(0, 0, 1, 0),)
    assert sheet.hidden_rows == {1}
    assert sheet.columns[0][2] == ErrorCell("#DIV/0!", "A3")
    assert sheet.comments == {3: "已核实"}


def test_rows_of_an_open_document_are_counted_whatever_is_left_out_of_them(tmp_path: Path) -> None:
    plain = [_row(f"第{number}处" * 200) for number in range(1, 600)]
    empty = "<table:table-row table:number-rows-repeated='3'/>"
    marked = _row("x" * 5_000_000, "table:number-columns-spanned='2'")
    sheet = first(hostile.stored(tmp_path, hostile.open_document(*plain, empty, marked, _row("末行"))))
    assert sheet.merges == (Merge(602, 0, 602, 1),)


@pytest.mark.parametrize(
    ("rgb", "name"),
    [
        ("FFFF0000", "red"), ("00B050", "green"), ("FFFF00", "yellow"), ("FFC000", "orange"), ("#4472C4", "blue"),
        ("7030A0", "purple"), ("A5A5A5", "grey"), ("E4E7EA", ""), ("FFFFFF", ""), ("000000", ""), ("none", ""),
        ("", ""),
    ],
)  # fmt: skip
def test_a_colour_has_the_name_people_give_it(rgb: str, name: str) -> None:
    assert name_of(rgb) == name


@pytest.mark.parametrize(
    ("address", "place"), [("A1", (0, 0)), ("Z9", (8, 25)), ("AA10", (9, 26)), ("XFD1", (0, 16383))]
)
def test_addresses_and_places_say_the_same(address: str, place: tuple[int, int]) -> None:
    assert place_of(address) == place
    assert address_of(*place) == address
