from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspect_app.assessments.as_json import apportioned, as_lines, stored_points
from inspect_app.assessments.definition import (
    CappedCount,
    Grade,
    Indicator,
    InverseRate,
    Module,
    Rate,
    Rule,
    Scheme,
    Veto,
    VetoEffect,
)
from inspect_app.assessments.scoring import Fact, score, share_earned
from inspect_app.assessments.wording import rounded
from tests.assessments.sheets import SUPERVISION, points

GOOD = {
    "special_inspections": Fact(1),
    "coverage": Fact(9, 12),
    "self_checks": Fact(7, 8),
    "closed_on_time": Fact(34, 37),
    "major_cleared": Fact(2, 3),
    "rebounds": Fact(1, 12),
}


def scheme_of(*indicators: tuple[str, int, Rule], vetoes: tuple[Veto, ...] = ()) -> Scheme:
    lines = tuple(Indicator(code, code, Decimal(full), "项", code, rule) for code, full, rule in indicators)
    full = sum((line.full for line in lines), Decimal(0))
    return Scheme("X", 1, "X", SUPERVISION.weights, SUPERVISION.grades, (Module("M", "M", full, lines),), vetoes)


@pytest.mark.parametrize(
    ("numerator", "denominator", "full", "expected"),
    [(34, 37, 6, "5.51"), (47, 50, 3, "2.82"), (114, 120, 3, "2.85"), (1, 2, 3, "1.50")],
)
def test_the_worked_figures_of_the_reference_come_out(
    numerator: int, denominator: int, full: int, expected: str
) -> None:
    result = score(scheme_of(("A", full, Rate())), {"A": Fact(numerator, denominator)})
    assert result.points is not None
    assert str(rounded(result.points)) == expected


@pytest.mark.parametrize(
    ("rule", "fact", "expected"),
    [
        (Rate(), Fact(3, 4), Fraction(3, 4)),
        (Rate(), Fact(0, 4), Fraction(0)),
        (Rate(), Fact(5, 4), Fraction(1)),
        (Rate(), Fact(0, 0), None),
        (CappedCount(Decimal(2)), Fact(1), Fraction(1, 2)),
        (CappedCount(Decimal(2)), Fact(3), Fraction(1)),
        (CappedCount(Decimal(2)), Fact(0), Fraction(0)),
        (InverseRate(Decimal("0.2")), Fact(0, 10), Fraction(1)),
        (InverseRate(Decimal("0.2")), Fact(1, 10), Fraction(9, 10)),
        (InverseRate(Decimal("0.2")), Fact(2, 10), Fraction(8, 10)),
        (InverseRate(Decimal("0.2")), Fact(3, 10), Fraction(0)),
        (InverseRate(Decimal("0.2")), Fact(0, 0), None),
        (InverseRate(Decimal("0.2"), 2), Fact(1, 10), Fraction(8, 10)),
        (InverseRate(Decimal("0.2"), 2), Fact(3, 10), Fraction(0)),
        (InverseRate(Decimal("0.9"), 2), Fact(6, 10), Fraction(0)),
    ],
)
def test_each_rule_earns_its_share(rule: Rule, fact: Fact, expected: Fraction | None) -> None:
    assert share_earned(rule, fact) == expected


def test_a_county_is_scored_by_hand_figures() -> None:
    result = score(SUPERVISION, GOOD)
    assert points(result) == {
        "M2-01": 2,
        "M2-02": Fraction(9, 4),
        "M2-03": Fraction(7, 4),
        "M2-04": Fraction(34 * 6, 37),
        "M2-05": 2,
        "M2-06": Fraction(10, 6),
    }
    assert result.points is not None
    assert rounded(result.points) == Decimal("15.18")
    assert result.grade is Grade.GOOD


def test_marks_of_what_does_not_apply_go_to_the_others_in_proportion() -> None:
    result = score(SUPERVISION, GOOD | {"major_cleared": Fact(0, 0), "rebounds": Fact(0, 0)})
    fulls = {line.indicator.code: line.full for line in result.lines}
    assert fulls == {
        "M2-01": Fraction(36, 13),
        "M2-02": Fraction(54, 13),
        "M2-03": Fraction(36, 13),
        "M2-04": Fraction(108, 13),
        "M2-05": 0,
        "M2-06": 0,
    }
    assert result.full == 18
    assert points(result)["M2-05"] is None


def test_an_absent_fact_does_not_apply() -> None:
    assert points(score(SUPERVISION, {"coverage": Fact(1, 1)}))["M2-04"] is None


def test_a_module_to_which_nothing_applies_has_no_score_and_no_grade() -> None:
    result = score(SUPERVISION, {})
    assert result.points is None
    assert result.grade is None
    assert result.share is None
    assert result.full == 0
    assert result.module_points("M2") is None


@pytest.mark.parametrize(
    ("numerator", "grade"),
    [
        (100, Grade.EXCELLENT),
        (90, Grade.EXCELLENT),
        (89, Grade.GOOD),
        (80, Grade.GOOD),
        (79, Grade.FAIR),
        (60, Grade.FAIR),
        (59, Grade.FAILED),
        (0, Grade.FAILED),
    ],
)
def test_a_grade_includes_its_lower_bound(numerator: int, grade: Grade) -> None:
    assert score(scheme_of(("A", 7, Rate())), {"A": Fact(numerator, 100)}).grade is grade


def test_a_grade_is_judged_before_rounding() -> None:
    result = score(scheme_of(("A", 100, Rate())), {"A": Fact(89999, 100000)})
    assert result.points is not None
    assert rounded(result.points) == Decimal("90.00")
    assert result.grade is Grade.GOOD


def test_thirds_that_add_up_to_the_bound_reach_it() -> None:
    thirds = scheme_of(("A", 1, Rate()), ("B", 1, Rate()), ("C", 1, Rate()))
    assert (
        score(thirds, {"A": Fact(1), "B": Fact(9, 10), "C": Fact(9, 10)} | {"A": Fact(9, 10)}).grade is Grade.EXCELLENT
    )
    sevenths = {"A": Fact(6, 7), "B": Fact(13, 14), "C": Fact(128, 140)}
    assert score(thirds, sevenths).share == Fraction(9, 10)
    assert score(thirds, sevenths).grade is Grade.EXCELLENT


def test_a_veto_goes_before_the_bands_and_leaves_the_points() -> None:
    veto = Veto("V1", "瞒报灾情", "concealed", VetoEffect.FAIL)
    scheme = scheme_of(("A", 10, Rate()), vetoes=(veto,))
    kept = score(scheme, {"A": Fact(1, 1), "concealed": Fact(0)})
    raised = score(scheme, {"A": Fact(1, 1), "concealed": Fact(1)})
    assert (kept.grade, kept.vetoes) == (Grade.EXCELLENT, ())
    assert raised.grade is Grade.FAILED
    assert raised.points == 10
    assert as_lines(raised)[-1]["why"] == "一票否决：瞒报灾情，等次为不合格。"


def test_a_mild_veto_does_not_lift_a_bad_grade() -> None:
    scheme = scheme_of(("A", 10, Rate()), vetoes=(Veto("V1", "整改拖延", "mild", VetoEffect.NO_EXCELLENT),))
    assert score(scheme, {"A": Fact(1, 1), "mild": Fact(1)}).grade is Grade.GOOD
    assert score(scheme, {"A": Fact(1, 2), "mild": Fact(1)}).grade is Grade.FAILED


def test_every_lost_point_has_its_sentence() -> None:
    whys = {line.indicator.code: str(line.why) for line in score(SUPERVISION, GOOD | {"self_checks": Fact(0, 0)}).lines}
    assert whys["M2-01"] == "1 / 1 次，得满分 2.25 分。"
    assert whys["M2-02"] == "应计 12 个乡镇，达到 9 个乡镇（75 %），还差 3 个乡镇，失 0.85 分。"
    assert whys["M2-03"] == "期内没有应计的数量（分母为 0），本项不涉及，2 分按比例摊入同模块其他指标。"
    assert whys["M2-06"] == "12 项中出现 1 项，占 8.33 %，按 2 倍扣分，失 0.37 分。"


def test_what_counts_once_says_no_times() -> None:
    line = score(scheme_of(("A", 2, InverseRate(Decimal("0.2")))), {"A": Fact(1, 10)}).lines[0]
    assert "倍" not in str(line.why)


def test_the_sentence_of_a_cut_off_names_the_bound() -> None:
    line = score(SUPERVISION, {"rebounds": Fact(3, 10)}).lines[-1]
    assert str(line.why) == "10 项中出现 3 项，占 30 %，超过 20 %，本项不得分。"


RATES = st.integers(0, 60).flatmap(lambda d: st.tuples(st.integers(0, d), st.just(d))).map(lambda pair: Fact(*pair))
FACTS = st.fixed_dictionaries(
    {},
    optional={name: RATES for name in GOOD if name != "special_inspections"}
    | {"special_inspections": st.integers(0, 3).map(Fact)},
)


@given(FACTS)
def test_points_stay_within_the_full_marks(facts: dict[str, Fact]) -> None:
    result = score(SUPERVISION, facts)
    assert result.full in (0, 18)
    assert result.points is None or 0 <= result.points <= result.full
    assert all(line.points is None or 0 <= line.points <= line.full for line in result.lines)


@given(FACTS)
def test_lines_add_up_exactly_also_as_stored(facts: dict[str, Fact]) -> None:
    result = score(SUPERVISION, facts)
    applying = [line.points for line in result.lines if line.points is not None]
    assert sum(applying) == (result.points or 0)
    stored = [value for value in apportioned(result) if value is not None]
    assert sum(stored) == (stored_points(result) or 0)
    assert all(0 <= line["points"] <= line["full"] for line in as_lines(result) if line["points"] is not None)


@given(FACTS, st.sampled_from(sorted(GOOD)))
def test_one_more_good_result_never_lowers_a_score(facts: dict[str, Fact], name: str) -> None:
    fact = facts.get(name)
    if fact is None or (
        name != "special_inspections" and fact.numerator == (0 if name == "rebounds" else fact.denominator)
    ):
        return
    better = Fact(fact.numerator + (-1 if name == "rebounds" else 1), fact.denominator)
    before, after = score(SUPERVISION, facts), score(SUPERVISION, facts | {name: better})
    assert (after.points or 0) >= (before.points or 0)


@given(FACTS, st.randoms(use_true_random=False))
def test_the_order_of_facts_does_not_matter(facts: dict[str, Fact], random: st.DataObject) -> None:
    names = list(facts)
    random.shuffle(names)  # type: ignore[attr-defined]
    assert score(SUPERVISION, {name: facts[name] for name in names}) == score(SUPERVISION, facts)


def test_inverse_rate_is_cut_off_only_beyond_the_bound() -> None:
    scheme = scheme_of(("A", 2, InverseRate(Decimal("0.2"))))
    assert score(scheme, {"A": Fact(20, 100)}).points == Fraction(8, 5)
    assert score(scheme, {"A": Fact(21, 100)}).points == 0
