from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

from openpyxl import load_workbook

from inspect_app.workbooks.read import read_workbook
from inspect_app.workbooks.write import About, Beside, CellKind, Column, FormRow, Layout, write_form

LAYOUT = Layout(
    "清单",
    (
        Column("序号", Decimal(6), CellKind.INTEGER),
        Column("系统识别码", Decimal(10), CellKind.WORD, hidden=True),
        Column("乡镇", Decimal(16), CellKind.TEXT, list_name="list_townships", entered=True),
        Column("等级", Decimal(8), CellKind.WORD, choices=("一般", "重大"), entered=True),
        Column("日期", Decimal(12), CellKind.DAY, entered=True),
    ),
    frozen=2,
    spare_rows=20,
)
BESIDE = (
    Beside("说明", (("怎样填写",), ("灰色的格子不要改动。",)), (60,)),
    Beside("选项", (("乡镇",), ("白杨沟镇",), ("=西湖镇",)), (20,), hidden=True, lists={"list_townships": 1}),
)


def written(folder: Path) -> Path:
    about = About("清单", lambda count: f"共 {count} 条", "页脚", "测试", datetime(2026, 6, 15, tzinfo=UTC))
    rows = [
        FormRow([1, "K-1", "白杨沟镇", "一般", date(2026, 6, 1)], [False, False, True, False, True]),
        FormRow([None] * 5, [True] * 5),
    ]
    path = folder / "form.xlsx"
    with path.open("wb") as out:
        assert write_form(out, LAYOUT, about, rows, BESIDE) == 2
    return path


def test_a_form_is_read_back_with_its_sheets(tmp_path: Path) -> None:
    book = read_workbook(written(tmp_path))
    assert [(sheet.name, sheet.hidden) for sheet in book.sheets] == [("清单", False), ("说明", False), ("选项", True)]
    assert book.sheets[0].row(3) == (1, "K-1", "白杨沟镇", "一般", date(2026, 6, 1))
    assert book.sheets[2].row(2) == ("=西湖镇",)


def test_only_cells_that_are_not_open_are_grey_and_a_hidden_column_is_hidden(tmp_path: Path) -> None:
    sheet = load_workbook(written(tmp_path))["清单"]
    grey = [cell.fill.fgColor.rgb for cell in sheet[4]]
    assert [shade == "FFE4E7EA" for shade in grey] == [True, True, False, True, False]
    assert not any(cell.fill.fgColor.rgb == "FFE4E7EA" for cell in sheet[5])
    assert [sheet.column_dimensions[letter].hidden for letter in "ABC"] == [False, True, False]


def test_lists_propose_and_days_are_checked_down_to_the_spare_rows(tmp_path: Path) -> None:
    book = load_workbook(written(tmp_path))
    rules = {str(rule.sqref): rule for rule in book["清单"].data_validations.dataValidation}
    assert rules["C4:C25"].formula1 == "list_townships"
    assert rules["C4:C25"].errorStyle == "warning"
    assert rules["D4:D25"].formula1 == '"一般,重大"'
    assert rules["E4:E25"].type == "date"
    assert book.defined_names["list_townships"].attr_text == "'选项'!$A$2:$A$3"


def test_a_row_is_as_high_as_its_texts(tmp_path: Path) -> None:
    about = About("清单", str, "页脚", "测试", datetime(2026, 6, 15, tzinfo=UTC))
    rows = [FormRow([1, "K", text, "一般", None], [True] * 5) for text in ("白杨沟镇", "白杨沟镇" * 20)]
    with (tmp_path / "form.xlsx").open("wb") as out:
        write_form(out, LAYOUT, about, rows)
    heights = load_workbook(tmp_path / "form.xlsx")["清单"].row_dimensions
    assert heights[5].height > 3 * heights[4].height
