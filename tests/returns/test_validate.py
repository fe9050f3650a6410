"""What is wrong with a row, and what is only odd."""

from collections.abc import Hashable
from datetime import date

import pytest

from inspect_app.workbooks.model import ErrorCell
from tests.returns.county import HEAD, codes, hazard, read_rows


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"description": " "}, "E_REQUIRED_DESC"),
        ({"description": "/"}, "E_REQUIRED_DESC"),
        ({"unit": "\u3000"}, "E_REQUIRED_UNIT"),
        ({"unit": "—"}, "E_REQUIRED_UNIT"),
        ({"unit": ErrorCell("#N/A")}, "E_CELL_ERROR"),
        ({"measures": ErrorCell("")}, "E_CELL_ERROR"),
        ({"township": "清水镇"}, "E_REGION_SCOPE"),
        ({"found": "2024.4.31"}, "E_DATE_INVALID"),
        ({"due": "2024.13.5"}, "E_DATE_INVALID"),
        ({"found": 6.1}, "E_DATE_AMBIGUOUS"),
        ({"found": "2124.5.19"}, "E_DATE_RANGE"),
        ({"found": date(2024, 6, 30)}, "E_DATE_RANGE"),
        ({"found": date(1924, 6, 3)}, "E_DATE_RANGE"),
        ({"due": date(2124, 7, 3)}, "E_DATE_RANGE"),
        ({"status": "已整改", "done": date(2024, 7, 3)}, "E_DATE_RANGE"),
        ({"status": "已整改", "done": date(2024, 6, 2)}, "E_DATE_ORDER"),
        ({"due": date(2024, 6, 2)}, "E_DATE_ORDER"),
        ({"grade": "较大"}, "E_LEVEL_UNKNOWN"),
        ({"done": date(2024, 6, 5)}, "E_STATUS_CONFLICT"),
        ({"status": "整改中", "done": date(2024, 6, 5)}, "E_STATUS_CONFLICT"),
    ],
)
def test_a_wrong_cell_rejects_its_row(changes: dict[str, Hashable], code: str) -> None:
    result = read_rows(hazard(1), hazard(2, **changes))
    assert codes(result) == {3: code}
    assert [row.number for row in result.rows] == [2]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"grade": ""}, "W_LEVEL_MISSING"),
        ({"status": ""}, "W_STATUS_MISSING"),
        ({"status": "见附件"}, "W_STATUS_UNKNOWN"),
        ({"status": "已销号"}, "W_STATUS_CLOSED"),
        ({"due": "立行立改"}, "W_DATE_TEXT"),
        ({"due": "2024年7月"}, "W_DATE_INCOMPLETE"),
        ({"found": "6月3日"}, "W_DATE_INFERRED"),
        ({"township": "县直"}, "W_TOWNSHIP_UNKNOWN"),
        ({"description": "1.灭火器过期；\n2.通道堵塞。"}, "W_MULTI_IN_CELL"),
    ],
)
def test_an_odd_cell_warns(changes: dict[str, Hashable], code: str) -> None:
    assert read_rows(hazard(1, **changes)).rows[0].warnings == (code,)


@pytest.mark.parametrize("name", ["township", "site", "person", "measures", "found", "due", "done"])
def test_what_may_be_empty_is_null_and_never_invented(name: str) -> None:
    (row,) = read_rows(hazard(1, **{name: ""})).rows
    fields = {"found": "found_on", "due": "due_on", "done": "done_on", "person": "responsible_person"}
    assert getattr(row, fields.get(name, name)) is None


def test_a_row_tells_all_its_problems_the_weightiest_first() -> None:
    (rejection,) = read_rows(hazard(1, description="", grade="较大", found="2024.4.31")).rejected
    assert [problem.code for problem in rejection.problems] == ["E_REQUIRED_DESC", "E_DATE_INVALID", "E_LEVEL_UNKNOWN"]
    answer = rejection.as_json()
    assert (answer["code"], answer["column"]) == ("E_REQUIRED_DESC", "隐患描述")
    assert "2024.4.31" in answer["message"]
    assert "较大" in answer["message"]


def test_a_problem_names_the_column_as_the_file_does() -> None:
    head = ["存在问题" if text == "隐患描述" else text for text in HEAD]
    assert read_rows(hazard(1, description=""), head=head).rejected[0].problems[0].column == "存在问题"


def test_columns_that_are_missing_are_empty_everywhere() -> None:
    head, row = list(HEAD), hazard(1)
    for name in ("隐患等级", "整改情况"):
        place = head.index(name)
        del head[place], row[place]
    (accepted,) = read_rows(row, head=head).rows
    assert accepted.warnings == ("W_LEVEL_MISSING", "W_STATUS_MISSING")


def test_the_inspected_unit_answers_where_no_other_is_named() -> None:
    head, row = list(HEAD), hazard(1)
    place = head.index("责任单位")
    del head[place], row[place]
    result = read_rows(row, head=head)
    assert result.rows[0].responsible_unit == "禾昀面粉厂"
    assert [notice.code for notice in result.notices] == ["W_UNIT_FROM_SITE"]


def test_a_county_column_is_checked_too() -> None:
    head = ["县区", *HEAD]
    result = read_rows(["云县", *hazard(1)], ["平川县", *hazard(2)], head=head)
    assert codes(result) == {3: "E_REGION_SCOPE"}


def test_a_deadline_without_a_year_follows_the_finding() -> None:
    (row,) = read_rows(hazard(1, found="12月28日", due="1月15日")).rows
    assert (row.found_on, row.due_on) == (date(2023, 12, 28), date(2024, 1, 15))


def test_townships_are_given_their_official_name_and_code() -> None:
    (row,) = read_rows(hazard(1, township="沙镇")).rows
    assert (row.township, row.township_code) == ("沙镇镇", "990121101")
