"""What does not apply, what is not known and what still waits: never points, never nothing, and the others carry it."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from inspect_app.assessments.definition import Gate, Group, Manual, Parameter, ParameterOf, RegionAs, ResponseTime
from inspect_app.assessments.rules import CappedCount, YesNo
from inspect_app.assessments.scoring import Change, Fact, LineState, Score, score
from tests.assessments.sheets import DEFAULT, line, module_of, points, scheme_of, told

WUSU = RegionAs("654202", ("6542", "65"))
TACHENG = RegionAs("654201", ("6542", "65"))
HEART = RegionAs("654202101", ("654202", "6542", "65"))
PAIR = scheme_of(module_of("M", line("A", 2), line("B", 6)))
ENTERED = replace(line("P", 4, Manual()), fact=None, proof="证明")
BESIDE = scheme_of(module_of("M", line("A", 2), ENTERED))


def states(result: Score) -> list[str]:
    return [each.state.value for each in result.lines]


def test_what_does_not_apply_hands_its_marks_to_the_others() -> None:
    result = score(PAIR, {"A": Fact(1, 2), "B": Fact(0, 0)})
    assert states(result) == ["counted", "not_applicable"]
    assert points(result) == {"A": 4, "B": None}
    assert told(result.points, result.full) == (4, 8)


def test_what_nobody_reported_is_unknown_and_says_so() -> None:
    result = score(PAIR, {"A": Fact(1, 2)})
    assert points(result)["B"] is None
    assert "尚未报送" in str(result.line("B").why)


def test_a_module_to_which_nothing_applies_leaves_the_full_marks() -> None:
    scheme = scheme_of(module_of("M", line("A", 2)), module_of("N", line("B", 6), line("C", 2)))
    result = score(scheme, {"A": Fact(1, 1), "B": Fact(0, 0), "C": Fact(0, 0)})
    assert told(result.points, result.full, result.share) == (2, 2, 1)
    assert result.module_points("N") is None
    assert result.module_points("M") == 2


def test_a_scheme_to_which_nothing_applies_has_neither_points_nor_grade() -> None:
    result = score(PAIR, {"A": Fact(0, 0), "B": Fact(0, 0)})
    assert told(result.points, result.full, result.grade, result.share) == (None, 0, None, None)


def test_what_people_owe_is_pending_and_makes_the_score_provisional() -> None:
    result = score(BESIDE, {"A": Fact(1, 2)})
    assert states(result) == ["counted", "pending"]
    assert told(result.points, result.full, result.pending, result.provisional) == (3, 6, ("P",), True)
    assert str(result.line("P").why) == "待评：本项由人工填报，需要的证明材料：证明。评定之前暂不计分。"


def test_what_people_entered_counts_by_its_rule() -> None:
    result = score(BESIDE, {"A": Fact(1, 2), "manual.P": Fact(3)})
    assert told(result.points, result.full, result.provisional) == (4, 6, False)


def test_a_manual_indicator_may_be_reported_as_not_applicable() -> None:
    quake = replace(line("Q", 3, ResponseTime(Decimal(15))), fact=None, proof="记录")
    result = score(scheme_of(module_of("M", quake, line("A", 3))), {"A": Fact(1, 3), "manual.Q": Fact(0, 0)})
    assert states(result) == ["not_applicable", "counted"]
    assert told(result.points, result.full, result.provisional) == (2, 6, False)


def test_only_members_of_a_group_are_asked() -> None:
    key = replace(line("K", 4), applies_to="key")
    scheme = replace(
        scheme_of(module_of("M", key, line("A", 6))), groups=(Group("key", "重点县", ("654202", "654203")),)
    )
    facts = {"K": Fact(1, 2), "A": Fact(1, 2)}
    assert points(score(scheme, facts, WUSU)) == {"K": 2, "A": 3}
    assert points(score(scheme, facts, HEART)) == {"K": 2, "A": 3}
    assert points(score(scheme, facts, TACHENG)) == {"K": None, "A": 5}
    assert "重点县" in str(score(scheme, facts, TACHENG).line("K").why)


@pytest.mark.parametrize(
    ("region", "full_scale", "earned"),
    [(WUSU, Fact(1), 3), (WUSU, Fact(0), 0), (WUSU, None, None), (TACHENG, Fact(0), 3), (TACHENG, None, 3)],
)
def test_a_gate_lets_nothing_through_until_it_is_met(region: RegionAs, full_scale: Fact | None, earned: int) -> None:
    gate = Gate("full_scale", "综合实战演练", Decimal(1), "key")
    drills = replace(line("A", 3, CappedCount(Decimal(2))), gates=(gate,))
    scheme = replace(scheme_of(module_of("M", drills)), groups=(Group("key", "重点县", ("654202",)),))
    facts = {"A": Fact(5)} | ({} if full_scale is None else {"full_scale": full_scale})
    assert points(score(scheme, facts, region))["A"] == earned


def test_a_closed_gate_says_what_is_missing() -> None:
    result = score(DEFAULT, {"registers.drills.general": Fact(3), "registers.drills.full_scale": Fact(0)}, WUSU)
    assert str(result.line("M5-03").why) == "“综合实战演练”要求不少于 1，实际 0，本项不得分。"
    assert result.line("M5-03").points == 0


@pytest.mark.parametrize(
    ("region", "earned"),
    [(RegionAs("110101", ("1101", "11")), "1.5"), (TACHENG, "3"), (WUSU, "0"), (HEART, "0")],
)
def test_a_parameter_is_that_of_the_nearest_region(region: RegionAs, earned: str) -> None:
    within = ParameterOf("first", "初报时限", "分钟", Decimal(15), {"6542": Decimal(30), "654202": Decimal(10)})
    quakes = line("A", 3, ResponseTime(Parameter("first")))
    scheme = replace(scheme_of(module_of("M", quakes)), parameters=(within,))
    values = (Decimal(12), Decimal(21))
    assert score(scheme, {"A": Fact(0, 0, values)}, region).points == Fraction(earned)


@pytest.mark.parametrize(("a_year", "reached"), [(1, 3), (2, 2), (3, 0)])
def test_how_often_a_school_drills_is_set_by_the_region(a_year: int, reached: int) -> None:
    parameters = tuple(
        replace(each, by_region={"6542": Decimal(a_year)}) if each.code == "school_drills_a_year" else each
        for each in DEFAULT.parameters
    )
    schools = Fact(3, 4, tuple(map(Decimal, (0, 1, 2, 2))))
    line = score(replace(DEFAULT, parameters=parameters), {"schools_drilled": schools}, WUSU).line("M5-04")
    assert (line.numerator, line.denominator, line.share) == (reached, 4, Fraction(reached, 4))


def test_schools_that_drill_too_seldom_are_counted_in_words() -> None:
    schools = Fact(3, 4, tuple(map(Decimal, (0, 1, 2, 2))))
    line = score(DEFAULT, {"schools_drilled": schools}, WUSU).line("M5-04")
    assert str(line.why) == "应计 4 所，其中 1 所不足 1 次，失 3 分。"


def test_the_line_carries_the_numbers_of_the_region() -> None:
    result = score(DEFAULT, {"special_inspections": Fact(0)}, WUSU)
    assert result.line("M2-01").indicator.rule == CappedCount(Decimal(1))
    assert result.line("M2-01").denominator == 1


def test_a_change_puts_points_in_place_and_keeps_the_computed_ones() -> None:
    result = score(PAIR, {"A": Fact(1, 2), "B": Fact(1, 2)}, changes={"A": Change(Decimal("1.5"), "补交材料")})
    changed = result.line("A")
    assert told(changed.points, changed.computed, changed.state) == (Fraction(3, 2), 1, LineState.COUNTED)
    assert str(changed.why) == "评审认定 1.5 分（满分 2 分，机算 1 分），理由：补交材料。"
    assert result.points == Fraction(9, 2)


def test_a_change_stays_between_nothing_and_what_the_line_carries() -> None:
    facts = {"A": Fact(1, 2), "B": Fact(1, 2)}
    assert score(PAIR, facts, changes={"A": Change(Decimal(9), "-")}).line("A").points == 2
    assert score(PAIR, facts, changes={"A": Change(Decimal(-9), "-")}).line("A").points == 0


def test_a_change_can_set_a_line_aside_and_bring_one_in() -> None:
    facts = {"A": Fact(1, 2), "B": Fact(0, 0)}
    aside = score(PAIR, facts | {"B": Fact(1, 2)}, changes={"A": Change(None, "当年无此任务")})
    assert points(aside) == {"A": None, "B": 4}
    brought = score(PAIR, facts, changes={"B": Change(Decimal(3), "核实有任务")})
    assert points(brought) == {"A": 1, "B": 3}
    assert brought.line("B").computed is None
    waiting = score(BESIDE, {"A": Fact(1, 2)}, changes={"P": Change(Decimal(4), "现场核定")})
    assert told(waiting.pending, waiting.points) == ((), 5)


def test_a_yes_or_no_that_is_known_to_be_no_is_zero_and_not_left_out() -> None:
    result = score(scheme_of(module_of("M", line("A", 2, YesNo()))), {"A": Fact(0)})
    assert told(result.points, result.full) == (0, 2)
    assert str(result.line("A").why) == "没有完成（0 项），失 2 分。"
