from datetime import date
from fractions import Fraction

import pytest

from inspect_app.assessments.definition import RegionAs, Weights
from inspect_app.assessments.levels import Assessed, both_ways, climb, months_in
from inspect_app.assessments.scoring import Fact, score
from tests.assessments.sheets import line, module_of, scheme_of

HUNDRED = scheme_of(module_of("M", line("A", 100)))


def county(code: str, percent: int | None, size: int | None = None, months: int = 12) -> Assessed:
    region = RegionAs(code, (code[:4], code[:2]))
    return Assessed(region, score(HUNDRED, {} if percent is None else {"A": Fact(percent, 100)}), size, months)


def township(code: str, percent: int, size: int) -> Assessed:
    region = RegionAs(code, (code[:6], code[:4], code[:2]))
    return Assessed(region, score(HUNDRED, {"A": Fact(percent, 100)}), size)


def test_counties_make_their_prefecture_and_their_province() -> None:
    joint = climb([county("654201", 90), county("654202", 80), county("654301", 40)], Weights.EQUAL)
    assert joint["6542"].share == Fraction(85, 100)
    assert joint["6543"].share == Fraction(40, 100)
    assert joint["65"].share == Fraction(70, 100)
    assert joint["65"].counted == ("654201", "654202", "654301")


def test_townships_climb_to_the_province_by_their_people() -> None:
    joint = climb(
        [township("654201001", 90, 10_000), township("654201002", 60, 30_000), township("654202001", 50, 40_000)],
        Weights.POPULATION,
    )
    assert joint["654201"].share == Fraction(675, 1000)
    assert joint["654202"].share == Fraction(1, 2)
    assert joint["6542"].share == joint["65"].share == Fraction(5875, 10000)


def test_joining_the_joint_scores_by_their_weights_gives_the_same_figure() -> None:
    joint = climb([county("654201", 90, 1), county("654202", 80, 4), county("654301", 40, 5)], Weights.SITES)
    parts = [joint["6542"], joint["6543"]]
    again = sum((each.share or 0) * each.weight for each in parts) / sum(each.weight for each in parts)
    assert again == joint["65"].share == Fraction(61, 100)


def test_one_without_score_is_named_at_every_level() -> None:
    joint = climb([county("654201", 90), county("654202", None)], Weights.EQUAL)
    assert joint["6542"].left_out == joint["65"].left_out == ("654202",)
    assert joint["65"].share == Fraction(9, 10)


def test_a_missing_weight_leaves_only_what_lies_above_it_unknown() -> None:
    joint = climb([county("654201", 90, None), county("654301", 40, 5)], Weights.POPULATION)
    assert [joint[code].share for code in ("6542", "6543", "65")] == [None, Fraction(2, 5), None]


def test_a_county_that_changed_prefecture_counts_on_both_sides_of_the_change() -> None:
    """654202 went to prefecture 6543 under the new code 654302."""
    assessed = [county("654201", 90), county("654202", 60), county("654301", 40)]
    sides = both_ways(assessed, Weights.EQUAL, {"654202": RegionAs("654302", ("6543", "65"))})
    assert (sides.as_then["6542"].share, sides.as_now["6542"].share) == (Fraction(75, 100), Fraction(90, 100))
    assert (sides.as_then["6543"].share, sides.as_now["6543"].share) == (Fraction(40, 100), Fraction(50, 100))
    assert sides.as_then["65"].share == sides.as_now["65"].share
    assert sides.moved == ("6542", "6543", "654302")


def test_a_county_that_took_in_another_joins_both_by_their_months() -> None:
    """654202 was merged into 654203 on 15 April: it counts four months, the heir the whole year."""
    assessed = [county("654202", 60, months=4), county("654203", 90)]
    sides = both_ways(assessed, Weights.EQUAL, {"654202": RegionAs("654203", ("6542", "65"))})
    expected = (Fraction(60 * 4, 12) + 90) / Fraction(16, 12) / 100
    assert sides.as_now["654203"].share == expected == Fraction(825, 1000)
    assert sides.as_now["654203"].counted == ("654202", "654203")
    assert "654203" not in sides.as_then


def test_without_changes_both_ways_agree() -> None:
    sides = both_ways([county("654201", 90), county("654202", 60)], Weights.EQUAL, {})
    assert sides.as_then == sides.as_now
    assert sides.moved == ()


@pytest.mark.parametrize(
    ("valid_from", "valid_until", "months"),
    [
        (None, None, 12),
        (date(2026, 1, 1), None, 12),
        (date(2026, 1, 2), None, 11),
        (date(2026, 7, 1), None, 6),
        (date(2026, 3, 15), None, 9),
        (None, date(2026, 3, 14), 3),
        (None, date(2026, 4, 1), 4),
        (date(2027, 1, 1), None, 0),
        (None, date(2025, 12, 31), 0),
        (date(2020, 5, 1), date(2026, 12, 31), 12),
    ],
)
def test_a_month_counts_for_the_region_that_existed_on_its_first_day(
    valid_from: date | None, valid_until: date | None, months: int
) -> None:
    assert months_in(2026, valid_from, valid_until) == months


def test_the_old_and_the_new_one_share_the_year_between_them() -> None:
    assert months_in(2026, None, date(2026, 3, 14)) + months_in(2026, date(2026, 3, 15), None) == 12
