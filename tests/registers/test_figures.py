"""Measures of every kind, by hand."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from inspect_app.registers.definition import Condition
from inspect_app.registers.figures import Figure, Ground, Said, _holds, counted, figure_of
from inspect_app.registers.loading import register_of

ON = date(2026, 6, 15)
GROUND = Ground(ON, {"township": {1, 2, 3, 4}, "village": set(range(10, 30))})


def said(*values: dict[str, Any], region: int = 1) -> list[Said]:
    return [Said(number, each.pop("region", region), each) for number, each in enumerate(values, 1)]


def figure(name: str, rows: list[Said] | None) -> Figure:
    register = register_of(name.partition(".")[0])
    fact = register.fact(name.partition(".")[2])
    assert fact is not None
    return figure_of(register, fact, rows, GROUND)


def parts(found: Figure) -> tuple[str, str]:
    return str(found.numerator), str(found.denominator)


def test_what_nobody_reported_is_not_known_and_never_zero() -> None:
    found = figure("shelters.count", None)
    assert (found.known, found.value) == (False, None)


def test_a_report_of_nothing_is_zero_and_its_ratio_not_known() -> None:
    assert figure("shelters.count", []).value == 0
    assert figure("shelters.updated", []).value is None


def test_a_sum_leaves_out_what_is_not_filled() -> None:
    assert figure("shelters.capacity", said({"capacity": "300"}, {}, {"capacity": "50"})).value == 350


def test_townships_reach_the_size_by_all_their_teams_together() -> None:
    rows = said(
        {"level": "乡镇级", "headcount": "20"}, {"level": "乡镇级", "headcount": "10"},
        {"level": "乡镇级", "headcount": "29", "region": 2}, {"level": "县级", "headcount": "80", "region": 3},
        {"level": "乡镇级", "headcount": "45", "region": 99},
    )  # fmt: skip
    found = figure("rescue_teams.township_strength", rows)
    assert parts(found) == ("1", "4")
    assert found.value == Decimal("0.25")


def test_villages_of_one_name_in_two_townships_are_two() -> None:
    rows = said({"village": "东风村"}, {"village": "东风村"}, {"village": "东风村", "region": 2}, {"region": 2})
    found = figure("macro_observers.villages_covered", rows)
    assert parts(found) == ("2", "20")
    assert found.value == Decimal("0.1")


def test_no_item_of_supplies_counts_more_than_once_and_wrong_books_count_nothing() -> None:
    rows = said(
        {"quota": "100", "stock": "50"}, {"quota": "10", "stock": "40"},
        {"quota": "10", "stock": "10", "matches": False}, {"stock": "9"},
    )  # fmt: skip
    found = figure("supplies.attained", rows)
    assert parts(found) == ("1.5", "3")


def test_a_fixed_number_may_be_the_denominator() -> None:
    rows = said(
        {"held_on": "2026-05-12", "occasion": "全国防灾减灾日"},
        {"held_on": "2026-05-13", "occasion": "全国防灾减灾日"},
        {"held_on": "2025-07-28", "occasion": "唐山地震纪念日"}, {"held_on": "2026-01-01", "occasion": "日常"},
    )  # fmt: skip
    found = figure("publicity.occasions", rows)
    assert parts(found) == ("1", "3")


def test_the_mean_of_run_rates_takes_stations_only() -> None:
    rows = said(
        {"kind": "测震台", "run_rate": "99"},
        {"kind": "强震台", "run_rate": "90"},
        {"kind": "预警终端", "run_rate": "1"},
    )
    assert figure("stations.run_rate", rows).value == Decimal("94.5")


def test_the_rows_behind_a_figure_are_those_it_counts() -> None:
    fact = register_of("drills").fact("full_scale")
    assert fact is not None
    rows = said({"held_on": "2026-05-12", "kind": "综合实战"}, {"held_on": "2025-05-12", "kind": "综合实战"}, {})
    assert [one.entry_id for one in counted(fact.numerator, rows, ON)] == [1]


@pytest.mark.parametrize(
    ("condition", "value", "holds"),
    [
        (Condition("x", equals="甲"), "甲", True),
        (Condition("x", equals=True), False, False),
        (Condition("x", equals=False), None, False),
        (Condition("x", not_equals=False), None, True),
        (Condition("x", one_of=("甲", "乙")), "丙", False),
        (Condition("x", at_least=Decimal(30)), "30", True),
        (Condition("x", at_least=Decimal(30)), "29.9", False),
        (Condition("x", filled=True), "0", True),
        (Condition("x", filled=False), "", True),
        (Condition("x", within_days=1), "2026-06-15", True),
        (Condition("x", within_days=1), "2026-06-14", False),
        (Condition("x", within_days=180), "2026-06-16", False),
        (Condition("x", this_year=True), "2026-01-01", True),
        (Condition("x", this_year=True), "2026-06-16", False),
        (Condition("x", this_year=False), "2025-12-31", True),
        (Condition("x", this_year=True), None, False),
    ],
)
def test_a_condition_holds(condition: Condition, value: object, holds: bool) -> None:  # noqa: FBT001 - a case
    assert _holds(condition, {"x": value}, ON) is holds
