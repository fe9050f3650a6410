from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspect_app.returns.fields import Field
from inspect_app.returns.matching import Known, Likeness, alike, content_digest, fingerprint, fingerprints
from inspect_app.returns.result import Problem, Rejection
from tests.returns.rows import row

DAY = date(2026, 6, 1)
REPORT = date(2026, 6, 30)
SAID = "教学楼西侧围墙倾斜开裂，长约十米"


def known(**over: Any) -> Known:  # noqa: ANN401 - any field
    return Known("YH-1", "中心小学", SAID, DAY)._replace(**over)


@pytest.mark.parametrize("said", ["围墙 倾斜，开裂。", "围墙倾斜开裂", "围墙倾斜、开裂！", "围墙\n倾斜开裂"])
def test_spacing_and_punctuation_do_not_make_another_finding(said: str) -> None:
    assert fingerprint("654202", "小学", said, DAY) == fingerprint("654202", "小学", "围墙倾斜开裂", DAY)


@pytest.mark.parametrize(
    "other",
    [
        ("654203", "小学", "围墙开裂", DAY),
        ("654202", "中学", "围墙开裂", DAY),
        ("654202", "小学", "围墙倾斜", DAY),
        ("654202", "小学", "围墙开裂", DAY + timedelta(days=1)),
        ("654202", "小学", "围墙开裂", None),
    ],
)
def test_another_county_object_wording_or_day_is_another_finding(other: tuple[str, str, str, date | None]) -> None:
    assert fingerprint(*other) != fingerprint("654202", "小学", "围墙开裂", DAY)


def test_where_no_object_is_named_the_responsible_unit_stands_for_it() -> None:
    nameless, named = row(site=None, responsible_unit="教育局"), row(site="教育局", responsible_unit="应急局")
    assert len(set(fingerprints("654202", [nameless, named]))) == 1


def test_the_same_content_elsewhere_on_the_sheet_has_the_same_digest() -> None:
    moved = [row(9, sheet="Sheet1"), row(12, sheet="Sheet1", description="另一处")]
    assert content_digest([row(4), row(5, description="另一处")], [], REPORT) == content_digest(moved, [], DAY)


@pytest.mark.parametrize("change", [{"measures": "另作处理"}, {"due_on": None}, {"status": "rectified"}])
def test_any_changed_cell_changes_the_digest(change: dict[str, Any]) -> None:
    assert content_digest([row()], [], REPORT) != content_digest([row(**change)], [], REPORT)


def test_a_mended_refused_row_changes_the_digest() -> None:
    refused = Rejection("台账", 5, (Problem("E_DATE_INVALID", Field.FOUND_ON, "发现日期", "2026-02-30"),))
    assert content_digest([row()], [refused], REPORT) != content_digest([row()], [], REPORT)


def test_two_zero_reports_differ_by_their_day() -> None:
    assert content_digest([], [], REPORT) != content_digest([], [], REPORT + timedelta(days=30))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("教学楼围墙倾斜开裂长约十余米未设警示", "教学楼围墙倾斜开裂长约十余米未设警戒"),
        ("宿舍楼女儿墙没有可靠锚固措施存在脱落风险", "宿舍楼女儿墙没有可靠的锚固措施存在脱落风险"),
    ],
)
def test_a_slip_of_the_pen_is_alike(one: str, other: str) -> None:
    assert alike(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("教学楼东侧围墙倾斜开裂长约十余米未设警示", "教学楼西侧围墙倾斜开裂长约十余米未设警示"),
        ("3号宿舍楼女儿墙没有可靠锚固措施", "5号宿舍楼女儿墙没有可靠锚固措施"),
        ("围墙开裂", "围墙倾裂"),
        ("教学楼围墙倾斜开裂", "食堂燃气管道未设切断阀"),
    ],
)
def test_what_tells_two_things_apart_is_never_alike(one: str, other: str) -> None:
    assert not alike(one, other)


@given(st.text(max_size=40), st.text(max_size=40), st.permutations("0123456789"))
def test_wordings_that_differ_by_a_digit_are_never_alike(before: str, after: str, digits: list[str]) -> None:
    assert not alike(f"{before}第{digits[0]}号{after}", f"{before}第{digits[1]}号{after}")


@pytest.mark.parametrize(
    ("held", "possible"),
    [
        (known(), True),
        (known(found_on=DAY + timedelta(days=30)), True),
        (known(found_on=DAY - timedelta(days=31)), False),
        (known(found_on=None), True),
        (known(site_name="另一所小学"), False),
        (known(description=SAID.replace("开裂", "裂开")), True),
        (known(description=SAID.replace("西", "东")), False),
        (known(description=SAID + "处"), True),
        (known(description=SAID + "处", found_on=DAY + timedelta(days=1)), False),
    ],
)
def test_the_same_words_within_a_month_or_nearly_the_same_on_the_day_may_be_one_finding(
    held: Known, *, possible: bool
) -> None:
    found = Likeness([held]).of(row(site="中心小学", description=SAID, found_on=DAY))
    assert (found is not None) is possible
