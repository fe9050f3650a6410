"""Files as counties write them: heads, rows, cells; what is not plain is refused with a sentence."""

from datetime import date
from typing import Any

import pytest

from inspect_app.core.errors import FileRefused
from inspect_app.registers.importing import cells, keeping
from inspect_app.registers.importing.reading import ReadFile, interpret
from inspect_app.registers.loading import register_of
from inspect_app.registers.rules import NOT_A_NUMBER, UNKNOWN_WORD
from inspect_app.workbooks.kind import Kind
from inspect_app.workbooks.listkinds import RowKind
from inspect_app.workbooks.model import ErrorCell, Merge, Sheet, Workbook

TODAY = date(2026, 6, 15)
HEAD = ["序号", "避难场所名称", "所在乡镇", "可容纳人数（人）", "有效面积", "信息更新时间", "是否公开", "级别"]
ROW = [1, "人民广场", "白杨沟镇", 3000, "4500.5㎡", "2026年6月1日", "√", "县级"]


def sheet(*rows: list[Any], name: str = "表", **more: Any) -> Sheet:  # noqa: ANN401 - fields of a sheet
    width = max(map(len, rows))
    full = [[*row, *[""] * (width - len(row))] for row in rows]
    return Sheet(name, tuple(list(column) for column in zip(*full, strict=True)), len(rows), **more)


def read(*rows: Any, code: str = "shelters", **more: Any) -> ReadFile:  # noqa: ANN401
    return interpret(Workbook(Kind.XLSX, (sheet(*rows, **more),)), register_of(code), TODAY)


def kinds(found: ReadFile) -> list[tuple[int, RowKind]]:
    return [(one.number, one.kind) for one in found.ignored]


def test_a_file_of_a_countys_own_is_read_by_synonyms() -> None:
    found = read(["乌苏市避难场所一览表"], HEAD, ROW, ["合计", "", "", 3000], ["填表说明：面积按有效面积填。"])
    assert [row.values for row in found.rows] == [
        {
            "name": "人民广场", "township": "白杨沟镇", "capacity": "3000", "area_m2": "4500.5",
            "updated_on": "2026-06-01", "public": True, "level": "县级",
        }
    ]  # fmt: skip
    assert kinds(found) == [(1, RowKind.ABOVE), (2, RowKind.HEADER), (4, RowKind.TOTAL), (5, RowKind.NOTE)]


def test_every_row_of_every_sheet_is_accounted_for() -> None:
    hidden = sheet(["乡镇"], ["白杨沟镇"], name="选项", hidden=True)
    told = sheet(["说明"], [""], name="说明")
    book = Workbook(Kind.XLSX, (told, sheet(HEAD, ROW, [], ROW), hidden))
    found = interpret(book, register_of("shelters"), TODAY)
    assert len(found.rows) + len(found.ignored) == sum(each.height for each in book.sheets)
    assert [one.kind for one in found.ignored if one.sheet == "选项"] == [RowKind.HIDDEN_SHEET] * 2


def test_a_township_merged_down_holds_for_the_rows_below() -> None:
    rows = [HEAD, ROW, [2, "文化公园", "", 10], [3, "体育场", "", 20]]
    found = read(*rows, merges=(Merge(1, 2, 3, 2),))
    assert [row.values["township"] for row in found.rows] == ["白杨沟镇"] * 3


def test_unknown_and_misspelt_columns_are_told() -> None:
    found = read([*HEAD[:3], "可容那人数", "风景"], ["1", "人民广场", "白杨沟镇", 10, "好"])
    said = [str(one.sentence) for one in found.notices]
    assert any("可容那人数" in each for each in said)
    assert any("风景" in each for each in said)
    assert found.rows[0].values["capacity"] == "10"


def test_hidden_rows_are_read_and_told() -> None:
    found = read(HEAD, ROW, [2, "文化公园"], hidden_rows=frozenset({2}))
    assert len(found.rows) == 2
    assert any("1 行被隐藏" in str(one.sentence) for one in found.notices)


@pytest.mark.parametrize(
    ("heading", "cell", "message"),
    [
        ("可容纳人数（人）", "约500人", NOT_A_NUMBER),
        ("可容纳人数（人）", "300-500", NOT_A_NUMBER),
        ("可容纳人数（人）", "≥30", NOT_A_NUMBER),
        ("可容纳人数（人）", True, NOT_A_NUMBER),
        ("可容纳人数（人）", float("nan"), NOT_A_NUMBER),
        ("可容纳人数（人）", float("inf"), NOT_A_NUMBER),
        ("有效面积", ErrorCell("#REF!"), cells.BROKEN_FORMULA),
        ("信息更新时间", "6月1日", cells.NOT_A_DAY),
        ("信息更新时间", "2026-06", cells.NOT_A_DAY),
        ("信息更新时间", "2026-02-30", cells.NOT_A_DAY),
        ("是否公开", "也许", cells.NOT_YES_OR_NO),
        ("级别", "国家级", UNKNOWN_WORD),
        ("联系电话", 9016220000.0, cells.LOST_DIGITS),
    ],
)
def test_a_cell_that_is_not_plain_is_refused_at_its_place(heading: str, cell: object, message: str) -> None:
    (row,) = read(["避难场所名称", "乡镇", "地址", heading], ["人民广场", "白杨沟镇", "路", cell]).rows
    (note,) = row.problems
    assert (note.column, note.message) == (heading, message)


@pytest.mark.parametrize(
    ("heading", "cell", "code", "value"),
    [
        ("可容纳人数（人）", "３，０００人", "capacity", "3000"),
        ("可容纳人数（人）", "—", "capacity", None),
        ("有效面积", 800.0, "area_m2", "800"),
        ("信息更新时间", 46174, "updated_on", "2026-06-01"),
        ("信息更新时间", "长期", "updated_on", None),
        ("是否公开", "×", "public", False),
        ("是否公开", "/", "public", None),
        ("级别", "乡级", "level", "乡镇级"),
        ("联系电话", 13900001234, "contact_phone", "13900001234"),
        ("联系人", "王某 13900001234", "contact_person", "王某"),
        ("管理部门", "应急 管理局", "manager", "应急管理局"),
    ],
)
def test_a_cell_is_read_as_people_write_it(heading: str, cell: object, code: str, value: object) -> None:
    (row,) = read(["避难场所名称", "乡镇", "地址", heading], ["人民广场", "白杨沟镇", "路", cell]).rows
    if cell == "长期":
        assert row.problems
    else:
        assert not row.problems
    assert row.values.get(code) == value


@pytest.mark.parametrize("words", [["零报告"], [1, "无"], ["", "无"], ["零", "零", "0"]])
def test_a_file_that_says_there_is_nothing_is_a_report_of_nothing(words: list[object]) -> None:
    found = read(HEAD, words)
    assert found.zero
    assert not found.rows


def test_a_word_for_nothing_beside_entries_is_no_report_of_nothing() -> None:
    found = read(HEAD, ROW, ["无"])
    assert not found.zero
    assert len(found.rows) == 1


@pytest.mark.parametrize(("rows", "code"), [([["甲", "乙"], [1, 2]], "E_NO_HEADER"), ([HEAD, [""]], "E_EMPTY")])
def test_a_file_without_head_or_entries_is_refused(rows: list[list[object]], code: str) -> None:
    with pytest.raises(FileRefused) as refused:
        read(*rows)
    assert refused.value.file_code == code
    assert str(refused.value)


def test_another_register_is_not_taken_for_this_one() -> None:
    with pytest.raises(FileRefused):
        read(HEAD, ROW, code="drills")


def test_what_was_read_is_kept_and_found_again() -> None:
    found = read(HEAD, ROW, [2, "文化公园", "", "约5"], ["无"])
    assert keeping.from_json(keeping.as_json(found)) == found
