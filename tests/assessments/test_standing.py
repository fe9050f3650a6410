from fractions import Fraction

from inspect_app.assessments.definition import Weights
from inspect_app.assessments.loading import load_schemes
from inspect_app.assessments.scoring import Fact, Score, score
from inspect_app.assessments.standing import ranks, roll_up

DEFAULT = load_schemes()["DEFAULT"]


def scored(closed: int) -> Score:
    return score(DEFAULT, {"closed_on_time": Fact(closed, 10)})


def test_equal_scores_share_a_rank_and_the_next_is_skipped() -> None:
    scores = {"a": scored(7), "b": scored(9), "c": scored(7), "d": scored(1), "e": score(DEFAULT, {})}
    assert ranks(scores) == {"a": 2, "b": 1, "c": 2, "d": 4, "e": None}


def test_counties_weigh_alike_and_one_without_score_is_left_out_by_name() -> None:
    result = roll_up({"a": scored(5), "b": scored(10), "c": score(DEFAULT, {})}, Weights.EQUAL)
    assert result.share == Fraction(3, 4)
    assert result.counted == ("a", "b")
    assert result.left_out == ("c",)


def test_nothing_to_join_is_unknown() -> None:
    assert roll_up({"a": score(DEFAULT, {})}, Weights.EQUAL).share is None
