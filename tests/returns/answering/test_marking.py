from typing import Any

from inspect_app.returns.answering.account import About, account_of
from inspect_app.returns.answering.marking import marks_of
from inspect_app.returns.recognise import recognise
from inspect_app.workbooks.model import Sheet
from tests.returns.county import HEAD, hazard, sheet

NOTHING: dict[str, list[Any]] = {"refused": [], "duplicates": []}


def refused(row: int, column: str, value: str, code: str = "E_DATE_INVALID") -> dict[str, Any]:
    return {"sheet": "台账", "row": row, "problems": [{"code": code, "column": column, "value": value}]}


def marks(page: Sheet, *entries: dict[str, Any], **groups: list[Any]) -> Any:  # noqa: ANN401 - the marks of the sheet
    heads = {page.name: [table.head for table in recognise(page).tables]}
    found = marks_of([page], heads, {**NOTHING, "refused": list(entries), **groups})
    return found[0] if found else None


def test_a_bad_cell_is_found_by_its_heading() -> None:
    page = sheet(HEAD, hazard(1), hazard(2, found="2026-02-30"))
    found = marks(page, refused(3, "发现日期", "2026-02-30"))
    assert [(flaw.row, flaw.column) for flaw in found.flaws] == [(2, HEAD.index("发现日期"))]
    assert found.column == len(HEAD)
    assert found.heads == ((0, 1),)


def test_among_columns_of_one_name_the_one_that_says_it_is_bad() -> None:
    head = [*HEAD, "发现日期"]
    page = sheet(head, [*hazard(1), "2026-02-30"])
    found = marks(page, refused(2, "发现日期", "2026-02-30"))
    assert [flaw.column for flaw in found.flaws] == [len(HEAD)]


def test_where_no_column_has_that_name_the_row_is_marked_at_its_first_cell() -> None:
    page = sheet(HEAD, hazard(1))
    found = marks(page, refused(2, "不存在的栏", "", "E_REQUIRED_UNIT"))
    assert [flaw.column for flaw in found.flaws] == [0]


def test_reasons_stand_behind_whatever_the_rows_hold() -> None:
    page = sheet(HEAD, [*hazard(1), "", "旁注"])
    assert marks(page, refused(2, "发现日期", "x")).column == len(HEAD) + 2


def test_reasons_stand_where_an_earlier_answer_put_them() -> None:
    page = sheet([*HEAD, "错误说明"], [*hazard(1), "旧说明"])
    assert marks(page, refused(2, "发现日期", "x")).column == len(HEAD)


def test_doubles_clashes_and_remarks_are_told_and_warnings_are_not() -> None:
    page = sheet(HEAD, hazard(1), hazard(2), hazard(3), hazard(4))
    about = {"sheet": "台账", "changes": {}, "warnings": ["W_LEVEL_MISSING"]}
    late = ["R_DUE_KEPT", {"held": "2026-07-01", "said": "2026-08-01"}]
    found = marks(
        page,
        duplicates=[{"sheet": "台账", "row": 2, "of": None, "reference": "YH-1"}],
        conflicts=[{**about, "row": 3, "remarks": [], "clashes": {"measures": ["a", "b", "c"]}}],
        update=[{**about, "row": 4, "remarks": [late]}],
        unchanged=[{**about, "row": 5, "remarks": []}],
    )
    assert sorted(found.notes) == [1, 2, 3]
    assert "YH-1" in found.notes[1]
    assert "由人决定" in found.notes[2]
    assert "2026-08-01" in found.notes[3]


def test_a_sheet_of_which_nothing_is_said_stays_untouched() -> None:
    assert marks(sheet(HEAD, hazard(1))) is None


def test_the_account_adds_up_and_lists_at_most_so_many_faults() -> None:
    about = About(
        "云县", "BB-1", "2026-06-15", "2026-06", "台账.xlsx", "2026-06-15 10:00", "许敏", "待导入", "2026-06-15 11:00"
    )
    counts = {"create": 3, "update": 1, "conflicts": 0, "unchanged": 2, "duplicates": 1, "refused": 600, "ignored": 4}
    rows = account_of(about, counts, [refused(number, "发现日期", "x") for number in range(600)])
    told = {row[0]: row[1] for row in rows if len(row) == 2}
    assert told["接受"].startswith("6 行")
    assert told["合计"].startswith("611 行")
    assert sum(len(row) == 5 for row in rows) == 501
    assert "其余 100 处" in rows[-1][0]
