"""What a row says by pointing at another one."""

from collections.abc import Hashable

import pytest

from tests.returns.county import HEAD, hazard, read, read_rows, sheet

WITHOUT_TOWNSHIP = [text for text in HEAD if text != "所属乡镇"]


def without_township(number: int) -> list[Hashable]:
    row = hazard(number)
    del row[1]
    return row


@pytest.mark.parametrize("ditto", ["同上", "〃"])
def test_a_ditto_repeats_the_row_above(ditto: str) -> None:
    result = read_rows(hazard(1), hazard(2, unit=ditto), hazard(3, unit=ditto))
    assert [row.responsible_unit for row in result.rows] == ["东坪镇人民政府"] * 3


def test_a_ditto_is_no_date_and_no_state() -> None:
    (_, row) = read_rows(hazard(1), hazard(2, status="同上")).rows
    assert row.status is None


def test_a_sheet_a_township_names_it_by_the_sheet() -> None:
    result = read(sheet(WITHOUT_TOWNSHIP, without_township(1), name="东坪镇台账"))
    assert [row.township for row in result.rows] == ["东坪镇"]


def test_a_group_heading_names_the_township_of_the_rows_below() -> None:
    rows: list[list[Hashable]] = [
        ["一、东坪镇（1处）"],
        without_township(1),
        ["二、沙镇"],
        without_township(2),
        without_township(3),
    ]
    result = read(sheet(WITHOUT_TOWNSHIP, *rows))
    assert [row.township for row in result.rows] == ["东坪镇", "沙镇镇", "沙镇镇"]


def test_a_heading_that_is_no_township_names_none() -> None:
    result = read(sheet(WITHOUT_TOWNSHIP, ["一、消防安全"], without_township(1)))
    assert [row.township for row in result.rows] == [None]


@pytest.mark.parametrize(
    ("cell", "unit", "person"),
    [
        ("云县应急局 许敏", "云县应急局", "许敏"),
        ("云县应急局（许敏）", "云县应急局", "许敏"),
        ("云县应急局/努尔兰·哈孜", "云县应急局", "努尔兰·哈孜"),
        ("云县住建局、水务局", "云县住建局、水务局", None),
        ("云县应急局", "云县应急局", None),
    ],
)
def test_a_column_of_units_with_people_is_taken_apart(cell: str, unit: str, person: str | None) -> None:
    head = [*HEAD[:6], "责任单位及责任人", *HEAD[8:]]
    row = hazard(1)
    (read_row,) = read_rows([*row[:6], cell, *row[8:]], head=head).rows
    assert (read_row.responsible_unit, read_row.responsible_person) == (unit, person)
