"""Whole returns: four real ones with what must come of them, and invented ones for every other kind of mess."""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inspect_app.core.errors import FileRefused
from inspect_app.returns.places import PlaceRow, Places
from inspect_app.returns.reading import read_return
from inspect_app.returns.result import Ignored, Outcome, ReadResult, Rejection, Row
from inspect_app.workbooks.kind import Kind
from inspect_app.workbooks.model import Merge
from tests.returns.county import HEAD, PLACES, REPORT_DATE, WORKBOOKS, codes, hazard, kinds, read, read_rows, sheet

EXPECTED: Mapping[str, Any] = json.loads((WORKBOOKS / "expected.json").read_text("utf-8"))


def read_file(name: str) -> ReadResult:
    expected = EXPECTED[name]
    places = Places.from_rows(expected["county"], [PlaceRow(*row) for row in expected["places"]])
    return read_return(WORKBOOKS / name, places, date.fromisoformat(expected["report_date"]))


@pytest.mark.parametrize("name", EXPECTED)
def test_a_return_comes_to_what_is_written_beside_it(name: str) -> None:
    expected, answer = EXPECTED[name], read_file(name).as_json()
    assert answer["outcome"] == "import"
    assert len(answer["rows"]) == expected["accepted"]
    fields = {str(row["row"]): row["fields"] for row in answer["rows"]}
    for number, values in expected["rows"].items():
        assert {key: fields[number][key] for key in values} == values
    assert {str(row["row"]): row["code"] for row in answer["rejected"]} == expected["rejected"]
    assert {str(row["row"]): row["of"]["row"] for row in answer["duplicates"]} == expected["duplicates"]
    assert {str(row["row"]): row["kind"] for row in answer["ignored"]} == expected["ignored"]


@pytest.mark.parametrize("name", EXPECTED)
def test_every_row_of_a_file_is_in_exactly_one_list(name: str) -> None:
    answer = read_file(name).as_json()
    places = [
        (row["sheet"], row["row"]) for part in ("rows", "rejected", "duplicates", "ignored") for row in answer[part]
    ]
    assert sorted(row for _, row in places) == list(range(1, len(places) + 1))


def test_hostile_texts_are_kept_as_they_are() -> None:
    texts = {row.number: row.description for row in read_file("donge.xlsx").rows}
    assert texts[4] == "=1+1处灭火器过期"
    assert texts[8] == "<b>配电箱</b>无盖板<script>alert(1)</script>"


def test_a_refused_file_is_an_answer(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"")
    answer = read_return(tmp_path / "a.xlsx", PLACES, REPORT_DATE).as_json()
    assert answer["outcome"] == "refuse"
    assert answer["code"] == "E_EMPTY"
    assert answer["message"].endswith("。")
    assert answer["rows"] == []


def test_hidden_sheets_are_not_imported_and_said_so() -> None:
    result = read(sheet(HEAD, hazard()), sheet(HEAD, hazard(2), name="存量", hidden=True))
    assert [row.sheet for row in result.rows] == ["台账"]
    assert [(notice.code, notice.sheet) for notice in result.notices] == [("W_HIDDEN_SHEET", "存量")]
    assert {row.kind.value for row in result.ignored if row.sheet == "存量"} == {"hidden_sheet"}


def test_sheets_without_a_ledger_are_ignored_beside_one() -> None:
    result = read(sheet(["一、本表每月上报。"], ["二、日期写全。"], name="说明"), sheet(HEAD, hazard()))
    assert len(result.rows) == 1
    assert [row.kind.value for row in result.ignored if row.sheet == "说明"] == ["other_sheet"] * 2


def test_a_summary_sheet_repeats_the_others_wherever_it_stands() -> None:
    result = read(sheet(HEAD, hazard(), name="汇总"), sheet(HEAD, hazard(), name="东坪镇"))
    assert [row.sheet for row in result.rows] == ["东坪镇"]
    assert [(pair.row.sheet, pair.of.sheet) for pair in result.duplicates] == [("汇总", "东坪镇")]


@pytest.mark.parametrize("title", ["平川县隐患台账", "填报单位：平川县应急管理局"])
def test_the_file_of_another_county_imports_nothing(title: str) -> None:
    with pytest.raises(FileRefused) as refusal:
        read(sheet([title], HEAD, hazard()))
    assert refusal.value.file_code == "E_REGION_SCOPE"


@pytest.mark.parametrize(
    "title", ["云山裕固族自治县台账", "云县台账", "云山县台账", "转平川县的云县台账", "2024年6月隐患台账"]
)
def test_every_name_of_the_county_is_its_own(title: str) -> None:
    assert len(read(sheet([title], HEAD, hazard())).rows) == 1


def test_a_file_without_a_ledger_says_what_is_missing() -> None:
    result = read(sheet(["会议纪要"], ["一、听取汇报"]))
    assert (result.outcome, result.code) == (Outcome.NOT_A_LEDGER, "E_NO_HEADER")
    assert len(result.ignored) == 2


def test_an_empty_template_is_no_report() -> None:
    with pytest.raises(FileRefused) as refusal:
        read(sheet(HEAD, [1], [2]))
    assert refusal.value.file_code == "E_EMPTY"


def test_a_zero_report_is_a_report() -> None:
    result = read_rows(["", "", "", "无"])
    assert result.is_zero_report
    assert result.rows == []
    assert not read_rows(hazard()).is_zero_report


def test_a_total_that_claims_another_number_is_pointed_out() -> None:
    result = read_rows(hazard(1), hazard(2), ["合计", "", "", "3处"])
    assert [notice.code for notice in result.notices] == ["W_TOTAL_MISMATCH"]
    assert "3" in str(result.notices[0].sentence)
    assert read_rows(hazard(1), hazard(2), ["合计", "", "", "2处"]).notices == []


def test_misspelt_columns_are_read_and_pointed_out() -> None:
    head = ["整改实限" if text == "整改时限" else text for text in HEAD]
    result = read_rows(hazard(), head=head)
    assert result.rows[0].due_on == date(2024, 7, 3)
    assert [notice.code for notice in result.notices] == ["W_COLUMN_GUESSED"]


def test_one_unit_speaks_for_the_merged_rows_below_it() -> None:
    rows = [hazard(1), hazard(2, unit="", site="", township=""), hazard(3, unit="")]
    merges = [Merge(1, 6, 2, 6), Merge(1, 2, 2, 2), Merge(1, 1, 2, 1)]
    result = read(sheet(HEAD, *rows, merges=merges))
    assert [row.responsible_unit for row in result.rows] == ["东坪镇人民政府"] * 2
    assert result.rows[1].township == "东坪镇"
    assert codes(result) == {4: "E_REQUIRED_UNIT"}


def test_a_merged_date_speaks_for_its_own_row_only() -> None:
    result = read(sheet(HEAD, hazard(1), hazard(2, found=""), merges=[Merge(1, 5, 2, 5)]))
    assert [row.found_on for row in result.rows] == [date(2024, 6, 3), None]


def test_a_text_file_cannot_tell_the_first_from_the_tenth() -> None:
    assert codes(read(sheet(HEAD, hazard(found="6.1")), kind=Kind.CSV)) == {2: "E_DATE_AMBIGUOUS"}
    assert read(sheet(HEAD, hazard(found="6.1"))).rows[0].found_on == date(2024, 6, 1)


def test_serials_follow_the_calendar_of_the_workbook() -> None:
    assert read_rows(hazard(found=45446)).rows[0].found_on == date(2024, 6, 3)
    assert read(sheet(HEAD, hazard(found=45446 - 1462)), date1904=True).rows[0].found_on == date(2024, 6, 3)


LONG = 50_000
SPACED = ["A" + " " * LONG + "B", "1." + "\n" * LONG]
ENDLESS = [*SPACED, *(text * LONG for text in ("1", "1.;", "（", "、", "已于"))]


@pytest.mark.parametrize("name", ["township", "site", "description", "grade", "found", "unit", "person", "status"])
def test_no_text_is_long_enough_to_keep_the_reader_busy(name: str) -> None:
    result = read_rows(*(hazard(number, **{name: text}) for number, text in enumerate(ENDLESS)))
    assert len(result.rows) + len(result.rejected) + len(result.duplicates) == len(ENDLESS)


CELL = st.one_of(
    st.sampled_from(
        [*HEAD, "合计", "小计", "示例", "同上", "无", "东坪镇", "已整改", "√", "2024.6.3", "6月31日", "", "", ""]
    ),
    st.text(max_size=8),
    st.floats(allow_nan=False, allow_infinity=False),
    st.integers(-5, 60_000),
    st.dates(),
    st.booleans(),
)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(st.lists(CELL, min_size=12, max_size=12), min_size=1, max_size=8))
def test_whatever_stands_below_a_head_is_in_exactly_one_list(rows: list[list[Any]]) -> None:
    result = read_rows(*rows, hazard(99))
    listed: list[Row | Rejection | Ignored] = [*result.rows, *result.rejected, *result.ignored]
    numbers = [row.number for row in listed] + [pair.row.number for pair in result.duplicates]
    assert sorted(numbers) == list(range(1, len(rows) + 3))
    assert kinds(result)[1] == "header"
