"""Registers read row by row."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from inspect_app.core.errors import FileRefused
from inspect_app.sites.importing.coordinates import SWAPPED
from inspect_app.sites.importing.reading import ReadRegister, read_register
from inspect_app.sites.importing.rows import BROKEN_FORMULA, TWO_ACCELERATIONS
from inspect_app.workbooks.listkinds import RowKind
from inspect_app.workbooks.listrows import GUESSED, UNKNOWN
from tests.sites.importing.registers import HEAD, site_row, write_register

TODAY = date(2026, 6, 15)


def read(path: Path) -> ReadRegister:
    return read_register(path, TODAY)


def kinds(found: ReadRegister) -> list[tuple[str | None, int, RowKind]]:
    return [tuple(row) for row in found.ignored]  # type: ignore[misc]


def test_a_row_says_what_its_cells_say(tmp_path: Path) -> None:
    (row,) = read(write_register(tmp_path / "a.xlsx", [site_row(1)])).rows
    assert (row.sheet, row.number, row.problems) == ("名册", 3, [])
    assert row.values == {
        "name": "第1小学",
        "category": "C03",
        "township": "白杨沟镇",
        "address": "育才路 1 号",
        "built_year": 2005,
        "structure": "砖混/框架",
        "floors": 4,
        "area_m2": Decimal("800.00"),
        "fortification_intensity": 7,
        "pga_g": Decimal("0.15"),
        "supervising_unit": "教育局",
    }
    assert [(note.column, note.value) for note in row.remarks] == [("建成年代", "约2005年")]


def test_every_row_of_the_file_is_a_site_or_passed_over_for_a_reason(tmp_path: Path) -> None:
    rows: list[Any] = [
        site_row(1),
        ["", "例：XX小学", "学校"],
        [2],
        [],
        list(HEAD),
        ["合计", "1 所"],
        site_row(3),
        ["填报人：某某", "", "", "联系电话："],
    ]
    path = write_register(tmp_path / "a.xlsx", rows, 说明=[["怎么填"], [], ["每行一个"]])
    found = read(path)
    assert [row.number for row in found.rows] == [3, 9]
    assert kinds(found) == [
        ("名册", 1, RowKind.ABOVE), ("名册", 2, RowKind.HEADER), ("名册", 4, RowKind.EXAMPLE),
        ("名册", 5, RowKind.BLANK), ("名册", 6, RowKind.BLANK), ("名册", 7, RowKind.HEADER),
        ("名册", 8, RowKind.TOTAL), ("名册", 10, RowKind.NOTE),
        ("说明", 1, RowKind.OTHER_SHEET), ("说明", 2, RowKind.BLANK), ("说明", 3, RowKind.OTHER_SHEET),
    ]  # fmt: skip


def test_every_problem_of_a_row_is_told_with_its_cell(tmp_path: Path) -> None:
    bad = site_row(1, 建成年代="80年代", 层数="多层", 抗震设防烈度="高")
    (row,) = read(write_register(tmp_path / "a.xlsx", [bad])).rows
    assert [(note.column, note.value) for note in row.problems] == [
        ("建成年代", "80年代"),
        ("层数", "多层"),
        ("抗震设防烈度", "高"),
    ]


def test_what_the_head_does_not_know_or_misspells_is_told(tmp_path: Path) -> None:
    head = ["单位名称", "所在乡镇", "建城年代", "校长爱好", "联系电话"]
    found = read(write_register(tmp_path / "a.xlsx", [["第一小学", "白杨沟镇", 2001, "书法", "139"]], head))
    assert found.rows[0].values["built_year"] == 2001
    told = {notice.sentence.message: notice.sentence.params["columns"] for notice in found.notices}
    assert told == {GUESSED: "建城年代", UNKNOWN: "校长爱好"}


def test_headings_in_two_rows_are_one_head(tmp_path: Path) -> None:
    rows = [["", "", "设防类别", "设防烈度"], ["第一小学", "白杨沟镇", "乙类", "8"]]
    (row,) = read(write_register(tmp_path / "a.xlsx", rows, ["名称", "乡镇", "抗震设防", ""])).rows
    assert row.values["fortification_category"] == "key"
    assert row.values["fortification_intensity"] == 8


def test_a_text_file_of_an_office_is_read_too(tmp_path: Path) -> None:
    path = tmp_path / "名册.csv"
    path.write_bytes('名称,类别,乡镇,经纬度\n第一小学,学校,白杨沟镇,"44.43，84.71"\n'.encode("gb18030"))
    (row,) = read(path).rows
    assert (row.values["longitude"], row.values["latitude"]) == (Decimal("84.71"), Decimal("44.43"))
    assert [note.message for note in row.remarks] == [SWAPPED]


def test_two_accelerations_that_differ_are_refused(tmp_path: Path) -> None:
    head = ["名称", "设防烈度", "峰值加速度"]
    (row,) = read(write_register(tmp_path / "a.xlsx", [["第一小学", "7度(0.15g)", "0.10"]], head)).rows
    assert [note.message for note in row.problems] == [TWO_ACCELERATIONS]


def test_a_formula_without_a_result_is_refused(tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    for line in (["名称", "类别", "层数"], ["第一小学", "C03", "=1/0"]):
        book.worksheets[0].append(line)
    book.save(tmp_path / "a.xlsx")
    (row,) = read(tmp_path / "a.xlsx").rows
    assert [note.message for note in row.problems] == [BROKEN_FORMULA]


@pytest.mark.parametrize(("rows", "code"), [([], "E_EMPTY"), ([["", "例：XX小学"]], "E_EMPTY")])
def test_a_form_without_a_site_is_refused(tmp_path: Path, rows: list[list[str]], code: str) -> None:
    with pytest.raises(FileRefused) as refused:
        read(write_register(tmp_path / "a.xlsx", rows))
    assert refused.value.file_code == code


def test_a_file_without_a_register_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileRefused) as refused:
        read(write_register(tmp_path / "a.xlsx", [["甲", "乙"]], ["收入", "支出"]))
    assert refused.value.file_code == "E_NO_HEADER"
