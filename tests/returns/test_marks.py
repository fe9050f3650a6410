"""Marks on rows are told and kept, and never taken for a state."""

from dataclasses import replace
from typing import Any

from inspect_app.returns.result import ReadResult
from tests.returns.county import HEAD, hazard, read, sheet


def read_marked(**marks: Any) -> ReadResult:  # noqa: ANN401 - as a sheet has them
    rows = [hazard(number) for number in range(1, 4)]
    return read(replace(sheet(HEAD, *rows), **marks))


def told(result: ReadResult) -> dict[str, str]:
    return {notice.code: str(notice.sentence) for notice in result.notices}


def test_a_coloured_row_is_offered_and_not_believed() -> None:
    result = read_marked(fills={2: "red", 3: "green"})
    assert [row.status for row in result.rows] == ["open"] * 3
    assert "红色：第 3 行" in told(result)["W_COLOURS"]
    assert "绿色：第 4 行" in told(result)["W_COLOURS"]


def test_a_colour_that_all_rows_have_says_nothing() -> None:
    assert told(read_marked(fills={0: "blue", 1: "red", 2: "red", 3: "red"})) == {}


def test_a_text_struck_out_is_imported_with_a_warning() -> None:
    result = read_marked(struck=frozenset({2}))
    assert [row.warnings for row in result.rows] == [(), ("W_STRUCK",), ()]
    assert result.rows[1].status == "open"


def test_comments_become_the_remark_of_their_row() -> None:
    result = read_marked(comments={1: "已与乡镇核实"})
    assert [row.remark for row in result.rows] == ["已与乡镇核实", None, None]
    assert result.rows[0].warnings == ("W_COMMENT",)


def test_pictures_are_told_with_their_row_or_as_standing_beside() -> None:
    result = read_marked(pictures={1: 2, 9: 1})
    assert result.rows[0].warnings == ("W_PICTURE",)
    assert "第 10 行" in told(result)["W_PICTURES_BESIDE"]


def test_hidden_columns_that_are_read_are_named() -> None:
    assert "隐患等级" in told(read_marked(hidden_columns=frozenset({4})))["W_HIDDEN_COLUMNS"]
    assert told(read_marked(hidden_columns=frozenset({0, 99})))["W_HIDDEN_COLUMNS"].count("、") == 0


def test_a_table_torn_out_of_another_document_is_pointed_out() -> None:
    torn = [hazard(number, unit="") for number in range(1, 6)]
    assert "W_TORN" in told(read(sheet(HEAD, *torn, hazard(9))))
    assert "W_TORN" not in told(read(sheet(HEAD, torn[0], hazard(9))))
