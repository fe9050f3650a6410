from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from xml.etree import ElementTree as ET
from zipfile import ZipFile

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet
from python_calamine import CalamineWorkbook

from inspect_app.workbooks.write import About, Cell, CellKind, Column, Layout, write_table

COLUMNS = (
    Column("序号", Decimal(5), CellKind.INTEGER),
    Column("编号", Decimal(24), CellKind.WORD),
    Column("问题描述", Decimal("30.5"), CellKind.TEXT, ends_page=True),
    Column("是否销号", Decimal(8), CellKind.WORD, choices=("是", "否")),
    Column("发现日期", Decimal(12), CellKind.DAY),
    Column("资金", Decimal(10), CellKind.AMOUNT),
    Column("经度", Decimal(12), CellKind.COORDINATE),
)
ABOUT = About(
    title="甲县 R&D <台账>",
    caption=lambda count: f"共 {count} 项",
    footer="数据时间 2026-06-15 10:00",
    creator="张三",
    created_at=datetime(2026, 6, 15, 2, 0, tzinfo=UTC),
)
FULL: Sequence[Cell] = (
    1,
    "YH-654202-2026-C03-0007",
    "墙体开裂",
    "是",
    date(2026, 6, 1),
    Decimal("12.50"),
    Decimal("84.1234567"),
)
EMPTY: Sequence[Cell] = (2, "", None, None, None, None, None)


def written(*rows: Sequence[Cell]) -> BytesIO:
    out = BytesIO()
    assert write_table(out, Layout("整改台账", COLUMNS, frozen=2, scale=70), ABOUT, rows) == len(rows)
    out.seek(0)
    return out


def opened(*rows: Sequence[Cell]) -> Worksheet:
    book = openpyxl.load_workbook(written(*rows))
    assert book.sheetnames == ["整改台账"]
    sheet = book["整改台账"]
    assert isinstance(sheet, Worksheet)
    return sheet


def text_of(value: str) -> object:
    return opened((1, value, value, None, None, None, None))["C4"].value


def test_values_come_back_with_their_types() -> None:
    sheet = opened(FULL)
    assert [cell.value for cell in sheet[3]] == [column.heading for column in COLUMNS]
    assert [cell.value for cell in sheet[4]] == [
        1,
        "YH-654202-2026-C03-0007",
        "墙体开裂",
        "是",
        datetime(2026, 6, 1),  # noqa: DTZ001 - a spreadsheet knows no zones
        12.5,
        84.1234567,
    ]
    assert sheet["E4"].is_date
    assert sheet["E4"].number_format == r"yyyy\-mm\-dd"


def test_title_and_caption_stand_above_and_the_caption_knows_the_count() -> None:
    sheet = opened(FULL, EMPTY)
    assert sheet["A1"].value == "甲县 R&D <台账>"
    assert sheet["A2"].value == "共 2 项"


def test_empty_cells_keep_their_borders() -> None:
    sheet = opened(EMPTY)
    assert [cell.value for cell in sheet[4]] == [2, None, None, None, None, None, None]
    assert all(cell.border.left.style == cell.border.bottom.style == "thin" for cell in sheet[4])


@pytest.mark.parametrize("text", ["=1+1", "+1", "-2层", "@SUM(A1)", "\t=1", "＝1+1", '=HYPERLINK("http://x")'])
def test_text_like_a_formula_stays_text_and_is_quoted(text: str) -> None:
    sheet = opened((1, text, text, None, None, None, None))
    for name in ("B4", "C4"):
        assert sheet[name].data_type in {"s", "inlineStr"}
        assert sheet[name].value == text
        assert sheet[name].quotePrefix
    assert not opened(FULL)["C4"].quotePrefix


def test_no_formula_is_ever_written() -> None:
    with ZipFile(written(FULL, (2, "=1", "=cmd|'/c calc'!A1", "是", None, None, None))) as archive:
        sheet = ET.fromstring(archive.read("xl/worksheets/sheet1.xml"))  # noqa: S314 - written by us
        assert [element.tag for element in sheet.iter() if element.tag.endswith("}f")] == []
        assert not [name for name in archive.namelist() if "vba" in name or "external" in name]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("<b>&amp;</b> \"引号\" 'x'", "<b>&amp;</b> \"引号\" 'x'"),
        ("  前后空格  ", "  前后空格  "),
        ("第一行\r\n第二行\r第三行", "第一行\n第二行\n第三行"),
        ("控制\x00字\x1f符\ufffe", "控制字符"),
        ("𠮷林 😀", "𠮷林 😀"),
        ("坏\ud800字", "坏字"),
        ("100% %s %(name)s {x}", "100% %s %(name)s {x}"),
    ],
)
def test_odd_text_survives(text: str, kept: str) -> None:
    assert text_of(text) == kept


def test_text_that_looks_like_an_escape_is_escaped_once() -> None:
    with ZipFile(written((1, None, "_x0041_", None, None, None, None))) as archive:
        assert '<t xml:space="preserve">_x005F_x0041_</t>' in archive.read("xl/worksheets/sheet1.xml").decode()


def test_overlong_text_is_cut_and_says_so() -> None:
    value = text_of("长" * 40000)
    assert isinstance(value, str)
    assert len(value) == 32767
    assert value.endswith("（原文过长，已截断）")


def test_the_sheet_is_set_up_for_print() -> None:
    sheet = opened(FULL)
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation, sheet.page_setup.scale) == (9, "landscape", 70)
    assert sheet.print_title_rows == "$3:$3"
    assert sheet.print_title_cols == "$A:$B"
    assert sheet.freeze_panes == "C4"
    footer = sheet.oddFooter
    assert footer
    assert footer.center
    assert footer.left
    assert footer.center.text == "第 &P 页，共 &N 页"
    assert footer.left.text == "甲县 R&&D <台账>"
    assert [mark.id for mark in sheet.col_breaks.brk] == [3]
    assert sheet.auto_filter.ref == "A3:G4"
    assert sheet.column_dimensions["C"].width == 30.5


def test_choices_become_a_drop_down_over_every_row() -> None:
    (validation,) = opened(FULL, EMPTY).data_validations.dataValidation
    assert (validation.formula1, str(validation.sqref)) == ('"是,否"', "D4:D5")


def test_nothing_is_hidden_and_the_properties_are_ours() -> None:
    book = openpyxl.load_workbook(written(FULL))
    sheet = book["整改台账"]
    assert sheet.sheet_state == "visible"
    assert not any(dimension.hidden for dimension in sheet.column_dimensions.values())
    assert not any(dimension.hidden for dimension in sheet.row_dimensions.values())
    assert list(book.defined_names) == []
    assert (book.properties.creator, book.properties.title) == ("张三", "甲县 R&D <台账>")


def test_a_table_without_rows_is_still_a_table() -> None:
    sheet = opened()
    assert sheet.max_row == 3
    assert sheet["A2"].value == "共 0 项"


def test_another_reader_finds_the_same() -> None:
    rows = CalamineWorkbook.from_filelike(written(FULL, EMPTY)).get_sheet_by_index(0).to_python()
    assert rows[3] == [1, "YH-654202-2026-C03-0007", "墙体开裂", "是", date(2026, 6, 1), 12.5, 84.1234567]
    assert rows[4][1:] == ["", "", "", "", "", ""]


def test_rows_stream_and_more_than_a_chunk_is_complete() -> None:
    pulled = 0

    def rows() -> Iterator[Sequence[Cell]]:
        nonlocal pulled
        for number in range(1203):
            pulled += 1
            yield (number + 1, f"B{number}", "同文", "否", date(2026, 1, 1), None, None)

    out = BytesIO()
    assert write_table(out, Layout("x", COLUMNS), ABOUT, rows()) == pulled == 1203
    sheet = openpyxl.load_workbook(out)["x"]
    assert [sheet.cell(row, 2).value for row in (4, 503, 504, 1206)] == ["B0", "B499", "B500", "B1202"]


def test_the_same_table_gives_the_same_bytes() -> None:
    assert written(FULL).getvalue() == written(FULL).getvalue()


def test_a_row_of_another_width_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="shorter"):
        written((1, "x"))
