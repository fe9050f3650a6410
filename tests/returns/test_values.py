"""Grades, states and ticks as counties write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspect_app.returns.values import is_tick, read_grade, read_status

RECTIFIED = """
    已整改 已完成 完成 整改完毕 100% √ ✔ 是 已于6月27日整改完毕 已整改到位 已整改完成 整改完成 已完成整改 已更换
    已整改。 已完成（附照片） 1.0 100
"""
RECTIFYING = """
    整改中 正在整改 部分整改 80% 0.5 正在整改（设备已采购） 正在整改，预计月底完成 基本完成 未全部整改 持续整改中
    已整改2处，1处正在整改
"""
OPEN = "未整改 未完成 尚未整改 0% × 否 没有整改 待整改 未整改到位 0"
UNCLEAR = "见附件 预计7月完成 已整改15处 无需整改 已立案 已完成招标 已落实资金 已制定整改方案 整改 120% 计划整改"


@pytest.mark.parametrize("text", RECTIFIED.split())
def test_finished_work_is_rectified(text: str) -> None:
    assert read_status(text) == ("rectified", None)


@pytest.mark.parametrize("text", RECTIFYING.split())
def test_work_under_way_is_rectifying(text: str) -> None:
    assert read_status(text) == ("rectifying", None)


@pytest.mark.parametrize("text", OPEN.split())
def test_work_not_begun_is_open(text: str) -> None:
    assert read_status(text) == ("open", None)


@pytest.mark.parametrize("text", UNCLEAR.split())
def test_an_unclear_state_is_left_open_to_question(text: str) -> None:
    assert read_status(text) == (None, "W_STATUS_UNKNOWN")


@pytest.mark.parametrize(
    ("cell", "status"), [(1, "rectified"), (1.0, "rectified"), (0, "open"), (0.3, "rectifying"), (True, "rectified")]
)
def test_a_share_is_a_state(cell: float, *, status: str) -> None:
    assert read_status(cell).status == status


def test_a_return_cannot_close_a_hazard() -> None:
    assert read_status("已销号") == ("rectified", "W_STATUS_CLOSED")


@given(st.text(max_size=10))
def test_a_negation_is_never_rectified(text: str) -> None:
    assert read_status("未" + text).status != "rectified"
    assert read_status(text + "未完成").status != "rectified"


def test_an_empty_state_is_missing() -> None:
    assert read_status(" ") == (None, "W_STATUS_MISSING")


@pytest.mark.parametrize("text", ["一般", "一般隐患", "一般事故隐患", " 一般 ", "一般级"])
def test_general_hazards(text: str) -> None:
    assert read_grade(text) == ("general", None)


@pytest.mark.parametrize("text", ["重大", "重大隐患", "重大事故隐患"])
def test_major_hazards(text: str) -> None:
    assert read_grade(text) == ("major", None)


@pytest.mark.parametrize("text", ["较大", "特别重大？", "一般/重大", "Ⅱ级", "1", "不重大"])
def test_any_other_grade_is_unknown(text: str) -> None:
    assert read_grade(text) == (None, "E_LEVEL_UNKNOWN")


def test_no_grade_is_missing() -> None:
    assert read_grade("") == (None, "W_LEVEL_MISSING")


def test_ticks() -> None:
    assert [is_tick(cell) for cell in ("√", "✓", "1", 1, "", "×", "否")] == [
        True,
        True,
        True,
        True,
        False,
        False,
        False,
    ]
