"""Hazards that a file lists twice."""

from datetime import date

import pytest

from inspect_app.returns.duplicates import wording
from tests.returns.county import hazard, read_rows


@pytest.mark.parametrize("text", ["第1号粮仓爬梯无护笼", " 第1号粮仓 爬梯无护笼。", "第１号粮仓，爬梯无护笼"])
def test_the_same_hazard_in_other_wording_is_doubled(text: str) -> None:
    result = read_rows(hazard(1), hazard(2, description=text, grade="一般隐患", found="2024.6.3"))
    (pair,) = result.duplicates
    assert (pair.row.number, pair.of.number) == (3, 2)
    assert pair.exact == (text == "第1号粮仓爬梯无护笼")
    assert len(result.rows) == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"site": "穗屿面粉厂"},
        {"found": date(2024, 6, 4)},
        {"township": "沙镇镇"},
        {"description": "第1号粮仓爬梯护笼无"},
    ],
)
def test_another_place_day_or_text_is_another_hazard(changes: dict[str, object]) -> None:
    result = read_rows(hazard(1), hazard(1, **changes))
    assert len(result.rows) == 2


def test_without_a_day_everything_else_must_agree() -> None:
    assert len(read_rows(hazard(1, found=""), hazard(1, found="")).duplicates) == 1
    assert not read_rows(hazard(1, found=""), hazard(1, found="", measures="停用")).duplicates


def test_a_rejected_row_doubles_nothing() -> None:
    result = read_rows(hazard(1, unit=""), hazard(1))
    assert not result.duplicates
    assert [row.number for row in result.rows] == [3]


def test_digits_keep_their_points() -> None:
    assert wording("缺 3.5 米") != wording("缺35米")
    assert wording("。。。") == "。。。"
