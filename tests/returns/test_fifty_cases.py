"""The fifty kinds of mess of domain reference §8: each is held by a test, named here so that none is forgotten."""

import ast
from collections.abc import Mapping
from pathlib import Path

import openpyxl
import pytest

from inspect_app.returns.reading import read_return
from tests.returns.county import HEAD, PLACES, REPORT_DATE, codes, hazard, read_rows

TESTS = Path(__file__).parents[1]
MESSY = "returns/test_messy.py::test_every_row_of_a_messy_return_comes_to_what_is_written_beside_it"
ODD = "returns/test_odd_files.py::test_every_odd_file_gets_its_answer_in_time_and_leaves_nothing"
HERE = "returns/test_fifty_cases.py"
CASES: Mapping[int, tuple[str, ...]] = {
    1: ("returns/test_recognise.py::test_the_head_is_found_below_title_and_reporting_unit",),
    2: (
        "returns/test_recognise.py::test_a_head_of_two_rows_is_one_head",
        "returns/test_recognise.py::test_three_rows_of_headings",
    ),
    3: (
        "returns/test_reading.py::test_one_unit_speaks_for_the_merged_rows_below_it",
        "returns/test_reading.py::test_a_merged_date_speaks_for_its_own_row_only",
    ),
    4: ("returns/test_recognise.py::test_numbers_and_units_right_below_the_head_belong_to_it",),
    5: (
        "returns/test_rowkinds.py::test_the_kind_of_a_row_above_the_head",
        "returns/test_rowkinds.py::test_the_kind_of_a_row",
    ),
    6: (
        "returns/test_recognise.py::test_a_total_is_compared_with_what_stands_above_it",
        "returns/test_reading.py::test_a_total_that_claims_another_number_is_pointed_out",
    ),
    7: ("returns/test_recognise.py::test_furniture_is_told_from_hazards",),
    8: (f"{HERE}::test_whatever_the_numbers_say_they_are_no_keys",),
    9: (
        "workbooks/test_dates.py::test_every_usual_way_to_write_a_date_is_read",
        "workbooks/test_dates.py::test_words_are_no_date",
        "workbooks/test_dates.py::test_a_deadline_at_the_end_of_a_month_is_its_last_day",
    ),
    10: ("returns/test_reading.py::test_serials_follow_the_calendar_of_the_workbook",),
    11: ("workbooks/test_read.py::test_the_1904_calendar_is_told", MESSY),
    12: (f"{HERE}::test_a_moment_with_a_zone_is_the_day_that_is_written",),
    13: (MESSY,),
    14: ("returns/test_values.py::test_ticks", "returns/test_values.py::test_finished_work_is_rectified"),
    15: (f"{HERE}::test_full_width_digits_and_ranges_lose_nothing",),
    16: ("returns/test_values.py::test_a_share_is_a_state",),
    17: (f"{HERE}::test_long_numbers_stay_as_they_are",),
    18: (
        "workbooks/test_cells.py::test_texts_lose_what_nobody_sees",
        "workbooks/test_cells.py::test_names_lose_the_padding_inside",
    ),
    19: ("returns/test_marks.py::test_a_text_struck_out_is_imported_with_a_warning",),
    20: ("returns/test_marks.py::test_a_coloured_row_is_offered_and_not_believed",),
    21: (
        "returns/test_reading.py::test_hidden_sheets_are_not_imported_and_said_so",
        "returns/test_marks.py::test_hidden_columns_that_are_read_are_named",
    ),
    22: (
        "returns/test_reading.py::test_a_summary_sheet_repeats_the_others_wherever_it_stands",
        "returns/test_noticing.py::test_a_summary_of_counts_beside_a_ledger_is_compared_with_its_rows",
    ),
    23: ("returns/test_messy.py::test_a_refused_cell_is_named_by_its_address",),
    24: ("workbooks/test_read.py::test_the_name_of_a_file_says_nothing", ODD),
    25: (ODD,),
    26: ("workbooks/test_read.py::test_what_cannot_be_read_is_refused_with_its_code", ODD),
    27: ("workbooks/test_biff.py::test_a_rich_text_that_the_reader_may_lose_is_remembered",),
    28: (
        "returns/test_reading.py::test_misspelt_columns_are_read_and_pointed_out",
        "returns/choosing/test_choosing.py::test_an_unknown_column_of_a_ledger_is_told_and_read_after_it_was_explained",
    ),
    29: ("returns/test_columns.py::test_a_heading_is_known_however_it_is_dressed",),
    30: (
        "returns/test_places.py::test_a_township_is_known_by_many_names",
        "returns/test_places.py::test_a_short_form_of_two_townships_stands_for_neither",
    ),
    31: ("returns/test_service.py::test_units_are_linked_by_the_names_people_use_and_never_by_a_guess",),
    32: (MESSY,),
    33: ("workbooks/test_cells.py::test_a_person_is_kept_without_the_telephone",),
    34: (
        "returns/test_duplicates.py::test_the_same_hazard_in_other_wording_is_doubled",
        "returns/test_matching.py::test_the_same_words_within_a_month_or_nearly_the_same_on_the_day_may_be_one_finding",
    ),
    35: ("returns/test_reading.py::test_a_zero_report_is_a_report",),
    36: ("returns/test_figures.py::test_figures_are_compared_and_the_differences_shown",),
    37: (f"{HERE}::test_places_on_the_map_and_sums_of_money_are_left_alone",),
    38: (
        "workbooks/test_marks.py::test_a_picture_of_wps_in_a_cell_is_no_text",
        "returns/test_marks.py::test_pictures_are_told_with_their_row_or_as_standing_beside",
    ),
    39: (f"{HERE}::test_of_a_link_only_its_text_is_taken",),
    40: ("returns/test_marks.py::test_comments_become_the_remark_of_their_row",),
    41: ("returns/test_reading.py::test_an_empty_template_is_no_report", MESSY),
    42: (f"{HERE}::test_places_on_the_map_and_sums_of_money_are_left_alone",),
    43: (MESSY, "returns/test_rowkinds.py::test_a_repeated_head_says_the_same_in_the_same_places"),
    44: ("returns/test_statistics.py::test_months_side_by_side_are_figures_of_each_month",),
    45: ("returns/test_service.py::test_a_re_saved_file_is_recognised_by_its_content",),
    46: ("returns/test_marks.py::test_a_table_torn_out_of_another_document_is_pointed_out",),
    47: ("workbooks/test_variants.py::test_words_of_a_ledger_are_the_same_in_both_scripts", MESSY),
    48: (
        "workbooks/test_csv_lines.py::test_what_looks_like_a_formula_is_quoted_and_the_rest_survives",
        "returns/test_service.py::test_text_that_looks_like_a_formula_stays_text",
    ),
    49: ("workbooks/test_read.py::test_a_million_blank_formatted_rows_do_not_count",),
    50: ("returns/test_marks.py::test_pictures_are_told_with_their_row_or_as_standing_beside",),
}


def test_no_case_is_forgotten() -> None:
    assert list(CASES) == list(range(1, 51))


@pytest.mark.parametrize("name", sorted({name for names in CASES.values() for name in names}))
def test_the_test_of_a_case_exists(name: str) -> None:
    path, _, function = name.partition("::")
    tree = ast.parse((TESTS / path).read_text("utf-8"))
    assert function in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def test_whatever_the_numbers_say_they_are_no_keys() -> None:
    said = [(1, "甲"), (1, "乙"), ("1-1", "丙"), ("", "丁"), (7, "戊"), ("７", "己")]
    rows = read_rows(*(hazard(number, description=f"{name}号楼外墙空鼓") for number, name in said)).rows
    assert [row.description[0] for row in rows] == [name for _, name in said]


def test_a_moment_with_a_zone_is_the_day_that_is_written() -> None:
    result = read_rows(hazard(1, found="2024-06-03T16:00:00.000Z"), hazard(2, found="2024-06-03T00:00:00+08:00"))
    assert [str(row.found_on) for row in result.rows] == ["2024-06-03", "2024-06-03"]


def test_full_width_digits_and_ranges_lose_nothing() -> None:
    result = read_rows(
        hazard(1, found="２０２４．６．３", description="约３０余人疏散通道堵塞"),
        hazard(2, status="６０％", due="7月3日-7月5日", description="裂缝宽2-3mm"),
    )
    assert str(result.rows[0].found_on) == "2024-06-03"
    assert result.rows[0].description == "约３０余人疏散通道堵塞"
    assert codes(result) == {3: "E_DATE_INVALID"}


def test_long_numbers_stay_as_they_are() -> None:
    head = [*HEAD, "隐患编号", "联系电话"]
    rows = [
        [*hazard(1), "033010", 13_909_920_000], [*hazard(2), 6.40302e11, "0992-8500000"],
        [*hazard(3, person="许敏13909920000"), "", ""],
    ]  # fmt: skip
    result = read_rows(*rows, head=head)
    assert [row.reference for row in result.rows] == ["033010", "640302000000", None]
    assert result.rows[2].responsible_person == "许敏"


def test_places_on_the_map_and_sums_of_money_are_left_alone() -> None:
    head = [*HEAD, "经度", "纬度", "整改资金（万元）"]
    result = read_rows([*hazard(1), "E106°12′30″", "106.2，38.0", "叁万"], [*hazard(2), 38, 106, "1.234,5"], head=head)
    assert len(result.rows) == 2
    assert all(row.warnings == () for row in result.rows)
    assert result.notices == []


def test_of_a_link_only_its_text_is_taken(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(list(HEAD))
    sheet.append(hazard(1))
    sheet["D2"].hyperlink = "http://127.0.0.1:9/佐证"
    book.save(tmp_path / "a.xlsx")
    (row,) = read_return(tmp_path / "a.xlsx", PLACES, REPORT_DATE).rows
    assert row.description == "第1号粮仓爬梯无护笼"
