"""Deductions and bonuses outside the full marks, vetoes and grades, by hand."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from inspect_app.assessments.as_json import as_lines, parts, stored_points
from inspect_app.assessments.definition import Extra, Grade, Scheme, Veto, VetoEffect
from inspect_app.assessments.loading import load_schemes
from inspect_app.assessments.scoring import Fact, Score, score
from tests.assessments.sheets import line, module_of, scheme_of, told

XINXIANG = load_schemes()["XINXIANG"]
HUNDRED = replace(
    scheme_of(module_of("M", line("A", 100))),
    deductions=(
        Extra("D1", "省级通报", "次", Decimal(3), "told"),
        Extra("D2", "超期未批", "项", Decimal("0.2"), "overdue", cap=Decimal(3)),
        Extra("D3", "弄虚作假", "次", Decimal(5), "forged"),
    ),
    deductions_cap=Decimal(10),
    bonuses=(
        Extra("B1", "省级推广", "次", Decimal(2), "spread"),
        Extra("B2", "创新试点", "个", Decimal(1), None, proof="试点批复"),
    ),
    bonuses_cap=Decimal(5),
)


def graded(percent: int, scheme: Scheme = HUNDRED, /, **counts: int) -> Score:
    facts = {"A": Fact(percent, 100)} | {name.replace("_", "."): Fact(count) for name, count in counts.items()}
    return score(scheme, facts)


@pytest.mark.parametrize(
    ("percent", "counts", "expected", "grade"),
    [
        (85, {}, "85", Grade.GOOD),
        (85, {"told": 1}, "82", Grade.GOOD),
        (85, {"told": 2}, "79", Grade.FAIR),
        (85, {"overdue": 4}, "84.2", Grade.GOOD),
        (85, {"overdue": 15}, "82", Grade.GOOD),
        (85, {"overdue": 400}, "82", Grade.GOOD),
        (85, {"told": 2, "forged": 1}, "75", Grade.FAIR),
        (85, {"told": 2, "forged": 1, "overdue": 5}, "75", Grade.FAIR),
        (4, {"forged": 2}, "0", Grade.FAILED),
        (85, {"spread": 1}, "87", Grade.GOOD),
        (85, {"spread": 2, "manual_B2": 3}, "90", Grade.EXCELLENT),
        (85, {"spread": 9}, "90", Grade.EXCELLENT),
        (98, {"spread": 2}, "100", Grade.EXCELLENT),
        (89, {"told": 1, "spread": 2}, "90", Grade.EXCELLENT),
        (59, {"spread": 1}, "61", Grade.FAILED),
        (61, {"told": 1, "spread": 2}, "62", Grade.FAILED),
        (60, {"spread": 1}, "62", Grade.FAIR),
    ],
)
def test_what_lies_outside_the_full_marks(percent: int, counts: dict[str, int], expected: str, grade: Grade) -> None:
    result = graded(percent, HUNDRED, **counts)
    assert (result.points, result.grade) == (Fraction(expected), grade)


def test_a_bonus_that_does_not_lift_a_failed_county_says_so() -> None:
    result = graded(59, spread=1)
    assert [str(note) for note in result.notes] == ["加分前未达到合格线，加分不改变等次。"]
    assert graded(60, spread=1).notes == ()


def test_what_the_caps_cut_is_shared_in_proportion_and_told() -> None:
    result = graded(85, told=2, forged=1, overdue=5)
    assert [each.claimed for each in result.deductions] == [6, 1, 5]
    assert [each.points for each in result.deductions] == [5, Fraction(5, 6), Fraction(25, 6)]
    assert "受封顶限制按 5 分计" in str(result.deductions[0].why)
    assert str(graded(85, told=1).deductions[0].why) == "省级通报 1 次，每次 3 分，计 3 分。"


def test_what_did_not_happen_is_no_line() -> None:
    result = graded(85, told=0)
    assert (result.deductions, result.bonuses) == ((), ())


def test_nothing_is_taken_where_nothing_applies() -> None:
    result = score(HUNDRED, {"A": Fact(0, 0), "told": Fact(1)})
    assert (result.points, result.grade) == (None, None)


@pytest.mark.parametrize(
    ("effect", "percent", "expected", "grade"),
    [
        (VetoEffect.ZERO, 95, 0, Grade.FAILED),
        (VetoEffect.FAIL, 95, 95, Grade.FAILED),
        (VetoEffect.NO_EXCELLENT, 95, 95, Grade.GOOD),
        (VetoEffect.NO_EXCELLENT, 85, 85, Grade.GOOD),
        (VetoEffect.NO_EXCELLENT, 65, 65, Grade.FAIR),
        (VetoEffect.NO_EXCELLENT, 50, 50, Grade.FAILED),
    ],
)
def test_a_veto_goes_before_the_grade(effect: VetoEffect, percent: int, expected: int, grade: Grade) -> None:
    scheme = replace(HUNDRED, vetoes=(Veto("V1", "瞒报灾情", "hidden", effect),))
    result = graded(percent, scheme, hidden=1)
    assert told(result.points, result.grade) == (expected, grade)
    assert graded(percent, scheme, hidden=0).points == percent


def test_the_harder_of_two_vetoes_decides() -> None:
    vetoes = (Veto("V1", "整改拖延", "slow", VetoEffect.NO_EXCELLENT), Veto("V2", "造假", "forged", VetoEffect.ZERO))
    result = graded(95, replace(HUNDRED, vetoes=vetoes), slow=1, forged=1)
    assert told(result.points, result.grade) == (0, Grade.FAILED)
    assert [veto.code for veto, _why in result.vetoes] == ["V1", "V2"]


def test_a_veto_that_makes_a_score_zero_carries_what_it_took() -> None:
    result = score(XINXIANG, {"manual.D1-01": Fact(93), "manual.D-B1": Fact(2), "manual.D-V1": Fact(1)})
    assert [(each["indicator"], each["points"]) for each in as_lines(result)] == [
        ("D1-01", 93),
        ("D-B1", 2),
        ("D-V1", -95),
    ]
    assert result.points == 0


def test_a_veto_on_an_unknown_score_has_no_grade() -> None:
    scheme = replace(HUNDRED, vetoes=(Veto("V1", "瞒报灾情", "hidden", VetoEffect.FAIL),))
    assert score(scheme, {"hidden": Fact(1)}).grade is None


@pytest.mark.parametrize(("percent", "conversion", "expected"), [(85, 30, "25.5"), (85, 100, "85"), (0, 30, "0")])
def test_a_higher_body_counts_in_its_own_marks(percent: int, conversion: int, expected: str) -> None:
    result = graded(percent, replace(HUNDRED, conversion_full=Decimal(conversion)))
    assert result.converted == Fraction(expected)


def test_a_score_out_of_fewer_marks_is_converted_by_its_share() -> None:
    scheme = replace(
        scheme_of(module_of("M", line("A", 60)), module_of("N", line("B", 40))), conversion_full=Decimal(30)
    )
    result = score(scheme, {"A": Fact(1, 2), "B": Fact(0, 0)})
    assert told(result.points, result.full, result.converted) == (30, 60, 15)


def test_without_a_scale_or_a_score_nothing_is_converted() -> None:
    assert graded(85).converted is None
    assert score(replace(HUNDRED, conversion_full=Decimal(30)), {}).converted is None


def test_shown_parts_add_up_to_the_shown_total() -> None:
    thirds = replace(HUNDRED, modules=scheme_of(module_of("M", line("A", 1), line("B", 1), line("C", 1))).modules)
    result = score(thirds, {"A": Fact(1, 3), "B": Fact(1, 3), "C": Fact(1, 3), "overdue": Fact(1)})
    shown = parts(result, 2)
    assert [str(each) for each in shown] == ["0.34", "0.33", "0.33", "-0.20"]
    assert sum(each for each in shown if each is not None) == stored_points(result, 2) == Decimal("0.80")
