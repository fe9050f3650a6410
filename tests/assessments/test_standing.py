from decimal import Decimal
from fractions import Fraction

import pytest

from inspect_app.assessments.definition import Grade, Weights
from inspect_app.assessments.scoring import Fact, Score, score
from inspect_app.assessments.standing import ranks, roll_up, within_quota
from tests.assessments.sheets import SUPERVISION, line, module_of, scheme_of, told

HUNDRED = scheme_of(module_of("M", line("A", 100)))
NOTHING = score(HUNDRED, {})


def scored(closed: int) -> Score:
    return score(SUPERVISION, {"closed_on_time": Fact(closed, 10)})


def percent(*values: int) -> dict[str, Score]:
    return {f"{place}": score(HUNDRED, {"A": Fact(value, 100)}) for place, value in enumerate(values)}


def test_equal_scores_share_a_rank_and_the_next_is_skipped() -> None:
    scores = {"a": scored(7), "b": scored(9), "c": scored(7), "d": scored(1), "e": score(SUPERVISION, {})}
    assert ranks(scores) == {"a": 2, "b": 1, "c": 2, "d": 4, "e": None}


def test_three_at_the_top_share_the_first_rank() -> None:
    assert ranks(percent(80, 80, 80, 79)) == {"0": 1, "1": 1, "2": 1, "3": 4}


def test_scores_that_look_alike_but_differ_do_not_share_a_rank() -> None:
    close = {"a": score(HUNDRED, {"A": Fact(80001, 100000)}), "b": score(HUNDRED, {"A": Fact(80002, 100000)})}
    assert ranks(close) == {"a": 2, "b": 1}


def test_a_score_out_of_fewer_marks_ranks_by_its_share() -> None:
    scheme = scheme_of(module_of("M", line("A", 60)), module_of("N", line("B", 40)))
    fewer = score(scheme, {"A": Fact(8, 10), "B": Fact(0, 0)})
    whole = score(scheme, {"A": Fact(7, 10), "B": Fact(7, 10)})
    assert told(fewer.points, whole.points) == (48, 70)
    assert ranks({"fewer": fewer, "whole": whole}) == {"fewer": 1, "whole": 2}


def test_counties_weigh_alike_and_one_without_score_is_left_out_by_name() -> None:
    result = roll_up({"a": scored(5), "b": scored(10), "c": score(SUPERVISION, {})}, Weights.EQUAL)
    assert result.share == Fraction(3, 4)
    assert result.counted == ("a", "b")
    assert result.left_out == ("c",)


def test_nothing_to_join_is_unknown() -> None:
    assert roll_up({"a": NOTHING}, Weights.EQUAL).share is None


@pytest.mark.parametrize("weights", [Weights.POPULATION, Weights.SITES])
def test_the_bigger_weigh_more(weights: Weights) -> None:
    result = roll_up(percent(90, 60), weights, {"0": 10_000, "1": 20_000})
    assert told(result.share, result.weight) == (Fraction(7, 10), 30_000)


def test_a_missing_weight_is_never_guessed() -> None:
    result = roll_up(percent(90, 60, 70), Weights.POPULATION, {"0": 10_000, "2": 5_000})
    assert (result.share, result.weightless) == (None, ("1",))
    assert "人口" in str(result.why)


def test_the_weight_of_one_without_score_need_not_be_known() -> None:
    result = roll_up(percent(90) | {"x": NOTHING}, Weights.SITES, {"0": 3})
    assert (result.share, result.left_out, result.why) == (Fraction(9, 10), ("x",), None)


def test_weights_of_nothing_join_to_nothing_known() -> None:
    assert roll_up(percent(90, 80), Weights.SITES, {"0": 0, "1": 0}).share is None


def test_a_region_of_half_a_year_weighs_half() -> None:
    result = roll_up(percent(90, 60), Weights.EQUAL, months={"1": 6})
    assert result.share == (90 + Fraction(60, 2)) / Fraction(3, 2) / 100
    weighed = roll_up(percent(90, 60), Weights.POPULATION, {"0": 100, "1": 300}, {"1": 4})
    assert weighed.share == Fraction(90 * 100 + 60 * 100, 200 * 100)


@pytest.mark.parametrize(
    ("values", "quota", "excellent"),
    [
        ((95, 94, 93, 92, 91, 90, 80, 70, 60, 50), "0.3", 3),
        ((95, 94, 93, 93, 91, 90, 80, 70, 60, 50), "0.3", 2),
        ((95, 95, 95, 95, 80, 80, 80, 80, 80, 80), "0.3", 0),
        ((95, 95, 95, 80, 80, 80, 80, 80, 80, 80), "0.3", 3),
        ((95, 94, 93, 80, 80, 80, 80), "0.3", 2),
        ((95, 80), "0.3", 0),
        ((95, 80), "0.5", 1),
        ((95, 94), "1", 2),
        ((95, 94), "0", 0),
    ],
)
def test_no_more_than_the_quota_are_excellent(values: tuple[int, ...], quota: str, excellent: int) -> None:
    grades = [each.grade for each in within_quota(percent(*values), Decimal(quota)).values()]
    assert grades.count(Grade.EXCELLENT) == excellent
    assert grades[:excellent] == [Grade.EXCELLENT] * excellent
    assert grades.count(Grade.GOOD) >= sum(value >= 90 for value in values) - excellent


def test_one_without_score_does_not_widen_the_quota() -> None:
    scores = percent(95, 94, 80) | {"x": NOTHING}
    held = within_quota(scores, Decimal("0.5"))
    assert [held[key].grade for key in ("0", "1")] == [Grade.EXCELLENT, Grade.GOOD]
    assert "优秀名额只有 1 个" in str(held["1"].notes[0])
    assert held["1"].points == 94


def test_without_a_quota_nobody_is_held_back() -> None:
    assert within_quota(percent(95, 94), None) == percent(95, 94)
