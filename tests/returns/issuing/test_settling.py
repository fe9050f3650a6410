from datetime import date
from typing import Any

import pytest

from inspect_app.returns.fields import Field
from inspect_app.returns.issuing.keeping import IssuedRow
from inspect_app.returns.issuing.settling import settle, settle_numbered
from inspect_app.returns.result import Outcome, Problem, ReadResult, Rejection, Row
from tests.returns.rows import row

REFERENCE, KEY = "YH-654202-2026-QT-0007", "XF-654202-ABCDEFGH-00001-WXYZ"
CELLS = {
    "township": "白杨沟镇", "site_name": "白杨沟镇中心小学", "description": "教学楼西侧围墙倾斜开裂", "grade": "一般",
    "found_on": date(2026, 6, 1), "responsible_unit_name": "乌苏市教育局", "responsible_person": "赵强 13800000000",
    "measures": "拆除重砌并设置构造柱", "due_on": date(2026, 7, 20), "status": "整改中", "done_on": None,
    "progress": None, "remark": "待批", "fund_amount": None, "responsible_leader": None, "emergency_plan": None,
    "fund_source": None,
}  # fmt: skip
OPEN = frozenset({"measures", "responsible_person", "remark", "status", "done_on", "progress"})
ISSUED = {KEY: IssuedRow(KEY, 7, 1, REFERENCE, "registered", "", CELLS, OPEN)}


def said(**over: Any) -> Row:  # noqa: ANN401 - any field
    return row(key=KEY, reference=REFERENCE, more=(("remark", "待批"),), **over)


def settled(*rows: Row, rejected: tuple[Rejection, ...] = ()) -> ReadResult:
    return settle(ReadResult(Outcome.IMPORT, list(rows), list(rejected)), ISSUED)


def test_cells_that_went_out_say_nothing() -> None:
    (same,) = settled(said()).rows
    assert (same.grade, same.responsible_unit, same.responsible_person, same.measures) == (None, "", None, None)
    assert (same.due_on, same.status, same.done_on, same.more) == (None, None, None, ())
    assert same.warnings == ()


def test_an_edit_stays_and_only_it() -> None:
    (edited,) = settled(said(measures="整体拆除", status="rectified", done_on=date(2026, 6, 10))).rows
    assert (edited.measures, edited.status, edited.done_on) == ("整体拆除", "rectified", date(2026, 6, 10))
    assert (edited.responsible_unit, edited.due_on) == ("", None)


def test_an_emptied_cell_and_another_township_are_told() -> None:
    (told,) = settled(said(measures=None, township="西湖镇")).rows
    assert set(told.warnings) == {"W_EMPTIED", "W_TOWNSHIP_KEPT"}


@pytest.mark.parametrize(
    ("over", "code"),
    [
        ({"key": "XF-654202-ABCDEFGH-00002-WXYZ"}, "E_KEY_UNKNOWN"),
        ({"reference": "YH-654202-2026-QT-0008"}, "E_KEY_MIXED"),
    ],
    ids=["unknown key", "number of another"],
)
def test_a_row_that_is_not_what_it_says_is_refused(over: dict[str, Any], code: str) -> None:
    (refused,) = settled(said()._replace(**over)).rejected
    assert refused.code == code


def test_of_two_rows_with_one_key_the_one_that_still_speaks_of_the_hazard_is_taken() -> None:
    result = settled(said(description="另一处栏杆锈断", number=4), said(number=5))
    assert [each.number for each in result.rows] == [5]
    assert [(each.number, each.code) for each in result.rejected] == [(4, "E_KEY_TWICE")]


def test_of_two_rows_that_both_speak_of_the_hazard_neither_is_taken() -> None:
    assert [each.code for each in settled(said(), said(number=5)).rejected] == ["E_KEY_TWICE", "E_KEY_TWICE"]


def test_a_fault_that_went_out_is_not_held_against_the_county_and_a_new_one_is() -> None:
    old = Problem("E_LEVEL_UNKNOWN", Field.GRADE, "隐患等级", "一般")
    new = Problem("E_DATE_INVALID", Field.FOUND_ON, "发现日期", "2026-02-30")
    assert settled(rejected=(Rejection("台账", 4, (old,), said()),)).rejected == []
    assert len(settled(rejected=(Rejection("台账", 4, (old, new), said()),)).rejected) == 1


def test_rows_without_keys_are_left_alone() -> None:
    read = ReadResult(Outcome.IMPORT, [row()])
    assert settle(read, {}) is read


class Held:
    progress = "部分构件更换后全部完成"


def test_words_of_our_own_about_the_work_make_no_contradiction() -> None:
    own = row(reference=REFERENCE, more=(("status", Held.progress),), status="rectifying", done_on=date(2026, 6, 1))
    contradiction = Problem("E_STATUS_CONFLICT", Field.STATUS, "整改进展", Held.progress)
    read = ReadResult(Outcome.IMPORT, [], [Rejection("台账", 4, (contradiction,), own)])
    result = settle_numbered(read, {REFERENCE: Held()})
    assert result.rejected == []
    assert (result.rows[0].status, result.rows[0].done_on) == (None, None)
    other = own._replace(more=(("status", "部分完成"),))
    kept = ReadResult(Outcome.IMPORT, [], [Rejection("台账", 4, (contradiction,), other)])
    assert settle_numbered(kept, {REFERENCE: Held()}) is kept
