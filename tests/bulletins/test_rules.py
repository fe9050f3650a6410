"""Sums, ranks, whom a rule names, and what may be written."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as some

from inspect_app.bulletins.rules import (
    balance,
    filled,
    first_places,
    fulfils,
    out_of_balance,
    pieces,
    ranked,
    share,
    tokens,
    wording_problems,
)
from inspect_app.bulletins.words import shown

LABELS = {"closed": "已销号", "overdue": "逾期未改"}
HALF, THIRD = Fraction(1, 2), Fraction(1, 3)


def test_what_adds_up_row_by_row_holds() -> None:
    found = balance("塔城地区", ["a", "b", "c"], {"closed": ["a", "b"], "overdue": ["c"]})
    assert found.holds
    assert (found.found, found.total) == (3, 3)


def test_equal_sums_with_other_rows_do_not_hold() -> None:
    found = balance("塔城地区", ["a", "b", "c"], {"closed": ["a", "a"], "overdue": ["d"]})
    assert found.total == found.found
    assert not found.holds
    assert (found.lost, found.doubled, found.strange) == (("b", "c"), ("a",), ("d",))


def test_the_refusal_says_the_numbers_and_the_rows() -> None:
    found = balance("乌苏市", ["YH-1", "YH-2"], {"closed": ["YH-1"], "overdue": []})
    said = str(out_of_balance(found, LABELS))
    assert "乌苏市发现 2，而已销号 1、逾期未改 0合计 1" in said
    assert "YH-2" in said


def test_nothing_over_nothing_is_unknown() -> None:
    assert share(0, 0) is None
    assert share(0, 3) == 0
    assert share(7, None) == 7
    assert [shown(0, 0), shown(1, 3), shown(2, 3), shown(5, None), shown(1, 1)] == [
        "—",
        "33.3%",
        "66.7%",
        "5",
        "100.0%",
    ]


def test_half_a_tenth_of_a_percent_is_rounded_up() -> None:
    assert shown(1, 2000) == "0.1%"  # 0.05 %


def test_equal_values_share_a_place_and_unknown_ones_have_none() -> None:
    values = {"a": HALF, "b": Fraction(1), "c": HALF, "d": None, "e": THIRD}
    assert ranked(values, highest_first=True) == {"a": 2, "b": 1, "c": 2, "d": None, "e": 4}
    assert ranked(values, highest_first=False) == {"a": 2, "b": 4, "c": 2, "d": None, "e": 1}


def test_who_shares_the_last_place_is_named_as_well() -> None:
    values = {"a": HALF, "b": Fraction(1), "c": HALF, "d": None, "e": THIRD}
    assert first_places(values, most=2, highest_first=True) == ["b", "a", "c"]
    assert first_places(values, most=1, highest_first=False) == ["e"]
    assert first_places({"d": None}, most=3, highest_first=True) == []


def test_bounds_are_included_and_the_unknown_fulfils_none() -> None:
    assert fulfils(Fraction(9, 10), Decimal("0.9"), None)
    assert fulfils(Fraction(5, 100), None, Decimal("0.05"))
    assert not fulfils(Fraction(899, 1000), Decimal("0.9"), None)
    assert not fulfils(None, None, Decimal(1))


@given(some.dictionaries(some.text(min_size=1), some.none() | some.fractions(0, 1)), some.integers(1, 5))
def test_whoever_is_named_stands_above_whoever_is_not(values: dict[str, Fraction | None], most: int) -> None:
    named = first_places(values, most=most, highest_first=True)
    known = {key: value for key, value in values.items() if value is not None}
    assert len(named) >= min(most, len(known))
    others = [value for key, value in known.items() if key not in named]
    assert all(known[key] > other for key in named for other in others)


@pytest.mark.parametrize(
    "text",
    [
        "共发现 500 条",
        "共发现５００条",
        "销号率达到95.5%",
        "下降 3 个百分点",
        "占百分之九十五",
        "共有二十条没有整改",
        "检查 12 家单位",
    ],
)
def test_figures_by_hand_are_refused(text: str) -> None:
    assert len(wording_problems(text, [], [])) == 1


@pytest.mark.parametrize(
    "text",
    [
        "请于2026年7月15日前书面报告",
        "依据《防震减灾法》第三十八条",
        "一律整改到位",
        "逐条核对，一项不漏",
        "共【发现隐患】条",
    ],
)
def test_days_articles_and_named_figures_may_be_written(text: str) -> None:
    assert wording_problems(text, ["发现隐患"], []) == []


def test_names_that_stand_for_nothing_are_refused() -> None:
    told = [str(each) for each in wording_problems("共【发现穏患】条", ["发现隐患"], [])]
    assert "没有名为“发现穏患”的数字" in told[0]
    assert "发现隐患" in told[0]
    assert len(wording_problems("共【发现隐患条", ["发现隐患"], [])) == 1


def test_what_must_not_be_published_is_refused() -> None:
    assert "不得公开" in str(wording_problems("据会商意见，近期加强值守", [], ["会商意见"])[0])


def test_figures_go_where_their_names_stand() -> None:
    text = "共【发现隐患】条，销号【销号率】。"
    assert tokens(text) == ["发现隐患", "销号率"]
    assert filled(text, {"发现隐患": "4", "销号率": "50.0%"}) == "共4条，销号50.0%。"
    assert pieces(text) == [("共", ""), ("", "发现隐患"), ("条，销号", ""), ("", "销号率"), ("。", "")]
