"""The cheapest way up, compared with trying every set of steps."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inspect_app.assessments import frontier as search
from inspect_app.assessments.definition import (
    CappedCount,
    Extra,
    Gate,
    Grade,
    InverseRate,
    Reached,
    RegionAs,
    Rule,
    Scheme,
    Veto,
    VetoEffect,
)
from inspect_app.assessments.rules import Bands, Step
from inspect_app.assessments.scoring import Change, Fact, score
from inspect_app.assessments.ways_up import Move, Possible, WayUp, way_up
from tests.assessments.sheets import DEFAULT, line, module_of, scheme_of, told

TODAY = date(2026, 6, 15)
HERE = RegionAs("654202", ("6542", "65"))
RANKED = list(Grade)


def step(reference: str, *facts: str, effort: int = 1, until: date | None = None, numerator: int = 1) -> Possible:
    return Possible(reference, reference, tuple(Move(fact, numerator) for fact in facts), Decimal(effort), until)


def find(scheme: Scheme, facts: Mapping[str, Fact], steps: Iterable[Possible], target: Grade | None = None) -> WayUp:
    return way_up(scheme, facts, list(steps), HERE, today=TODAY, target=target)


def references(way: WayUp) -> list[str]:
    return [each.reference for each in way.steps]


TWO = scheme_of(module_of("M", line("A", 60)), module_of("N", line("B", 40)))


def test_the_line_that_gives_more_for_the_same_effort_is_taken() -> None:
    facts = {"A": Fact(5, 10), "B": Fact(5, 10)}
    way = find(TWO, facts, [step(f"a{n}", "A") for n in range(5)] + [step(f"b{n}", "B") for n in range(5)])
    assert way.target is Grade.FAIR
    assert references(way) == ["a0", "a1"]
    assert told(way.effort, way.exact, way.after.grade) == (2, True, Grade.FAIR)
    assert way.gains == {"A": 12}


def test_cheap_steps_are_preferred_to_few_steps() -> None:
    facts = {"A": Fact(5, 10), "B": Fact(5, 10)}
    steps = [step(f"a{n}", "A", effort=5) for n in range(5)] + [step(f"b{n}", "B") for n in range(5)]
    assert references(find(TWO, facts, steps)) == ["b0", "b1", "b2"]


def test_one_step_that_moves_two_lines_is_worth_both() -> None:
    facts = {"A": Fact(5, 10), "B": Fact(5, 10)}
    steps = [step("both", "A", "B", effort=2), *(step(f"a{n}", "A", effort=2) for n in range(5))]
    assert references(find(TWO, facts, steps)) == ["both"]


def test_a_step_helps_one_more_value_to_its_bound() -> None:
    schools = scheme_of(module_of("M", line("A", 60, Reached(Decimal(1)))), module_of("N", line("B", 40)))
    facts = {"A": Fact(1, 4, tuple(map(Decimal, (0, 0, 0, 5)))), "B": Fact(10, 10)}
    way = find(schools, facts, [step(f"a{n}", "A") for n in range(3)])
    assert references(way) == ["a0"]
    assert way.before.points == 55


def test_what_is_too_late_is_not_offered_and_what_ends_first_comes_first() -> None:
    facts = {"A": Fact(5, 10), "B": Fact(5, 10)}
    steps = [
        step("late", "A", until=date(2026, 6, 14)),
        step("later", "A", until=date(2026, 7, 1)),
        step("today", "A", until=TODAY),
        step("never", "A"),
    ]
    assert references(find(TWO, facts, steps)) == ["today", "later"]


def test_a_bound_is_reached_exactly_and_not_by_rounding() -> None:
    thirds = scheme_of(module_of("M", line("A", 1), line("B", 1), line("C", 1)))
    facts = {"A": Fact(2, 3), "B": Fact(2, 3), "C": Fact(0, 15)}
    assert references(find(thirds, facts, [step(f"c{n:02}", "C") for n in range(15)])) == [f"c{n:02}" for n in range(7)]


def test_without_enough_steps_it_is_said_how_far_they_lead() -> None:
    way = find(TWO, {"A": Fact(0, 10), "B": Fact(0, 10)}, [step("a", "A")])
    assert (way.steps, way.after.grade) == ((), Grade.FAILED)
    assert str(way.why) == "现有的措施全部完成，预计 6 分，仍达不到。"


@pytest.mark.parametrize(
    ("facts", "target", "said"),
    [
        ({"A": Fact(10, 10), "B": Fact(10, 10)}, None, "不需要再提升"),
        ({"A": Fact(7, 10), "B": Fact(7, 10)}, Grade.FAIR, "不需要再提升"),
        ({}, None, "没有等次"),
        ({"A": Fact(5, 10), "V": Fact(1)}, None, "一票否决"),
    ],
)
def test_where_there_is_no_way_it_is_said_why(facts: dict[str, Fact], target: Grade | None, said: str) -> None:
    scheme = replace(TWO, vetoes=(Veto("V", "瞒报", "V", VetoEffect.FAIL),))
    way = find(scheme, facts, [step("a", "A")], target)
    assert way.steps == ()
    assert said in str(way.why)


def test_a_mild_veto_bars_only_the_best_grade() -> None:
    scheme = replace(TWO, vetoes=(Veto("V", "拖延", "V", VetoEffect.NO_EXCELLENT),))
    facts = {"A": Fact(7, 10), "B": Fact(7, 10), "V": Fact(1)}
    steps = [step(f"a{n}", "A") for n in range(3)] + [step(f"b{n}", "B") for n in range(3)]
    assert find(scheme, facts, steps).after.grade is Grade.GOOD
    assert "一票否决" in str(find(scheme, facts, steps, Grade.EXCELLENT).why)


def test_a_gate_that_must_be_opened_first_is_opened() -> None:
    gated = replace(line("A", 60), gates=(Gate("drill", "综合实战演练"),))
    scheme = scheme_of(module_of("M", gated), module_of("N", line("B", 40)))
    facts = {"A": Fact(9, 10), "B": Fact(5, 10), "drill": Fact(0)}
    assert references(find(scheme, facts, [step("open", "drill", effort=3), step("a", "A")])) == ["open"]


def test_steps_below_a_band_are_taken_together() -> None:
    bands = Bands((Step(Decimal("0.8"), Decimal(60)),))
    scheme = scheme_of(module_of("M", line("A", 60, bands)), module_of("N", line("B", 40)))
    facts = {"A": Fact(5, 10), "B": Fact(10, 10)}
    assert len(find(scheme, facts, [step(f"a{n}", "A") for n in range(5)]).steps) == 3


def test_taking_back_a_deduction_is_a_step_too() -> None:
    scheme = replace(TWO, deductions=(Extra("D", "超期未批", "项", Decimal(1), "late", cap=Decimal(3)),))
    facts = {"A": Fact(6, 10), "B": Fact(6, 10), "late": Fact(5)}
    way = find(scheme, facts, [step(f"l{n}", "late", numerator=-1) for n in range(5)])
    assert len(way.steps) == 5
    assert way.after.points == 60


def test_a_bonus_lifts_from_fair_to_good_but_not_from_failed() -> None:
    scheme = replace(TWO, bonuses=(Extra("B1", "推广", "次", Decimal(2), "spread"),))
    assert references(find(scheme, {"A": Fact(78, 100), "B": Fact(80, 100)}, [step("s", "spread")])) == ["s"]
    failing = {"A": Fact(59, 100), "B": Fact(59, 100)}
    assert find(scheme, failing, [step("s", "spread")]).steps == ()
    both = [step("s", "spread"), step("a", "A", effort=9, numerator=34)]
    assert references(find(scheme, failing, both, Grade.GOOD)) == ["a", "s"]


def test_a_line_that_people_decided_is_no_way() -> None:
    facts = {"A": Fact(5, 10), "B": Fact(5, 10)}
    way = way_up(
        TWO, facts, [step("a", "A"), step("a2", "A")], HERE, today=TODAY, changes={"A": Change(Decimal(30), "核定")}
    )
    assert way.steps == ()


def test_a_step_that_makes_a_line_count_is_weighed_with_its_module() -> None:
    """The first task of B takes marks from A, and only then earns them back."""
    scheme = scheme_of(module_of("M", line("A", 50), line("B", 50)))
    steps = [Possible("b", "b", (Move("B", 1, 1),)), step("a", "A", effort=3)]
    way = find(scheme, {"A": Fact(5, 10), "B": Fact(0, 0)}, steps)
    assert references(way) == ["b"]
    assert way.after.points == 75


def test_the_default_scheme_is_climbed_with_many_hazards_at_once() -> None:
    facts = {
        "special_inspections": Fact(1),
        "coverage": Fact(10, 22),
        "self_checks": Fact(4, 8),
        "closed_on_time": Fact(60, 140),
        "major_cleared": Fact(2, 12),
        "rebounds": Fact(1, 12),
        "registers.plans.valid": Fact(20, 40),
        "registers.shelters.updated": Fact(3, 9),
        "manual.D-03": Fact(9),
    }
    steps = [step(f"h{n:02}", "closed_on_time", effort=2) for n in range(70)]
    steps += [step(f"m{n}", "closed_on_time", "major_cleared", effort=3) for n in range(10)]
    steps += [step(f"p{n:02}", "registers.plans.valid") for n in range(20)]
    steps += [step(f"s{n}", "registers.shelters.updated") for n in range(6)]
    way = find(DEFAULT, facts, steps)
    assert (way.before.grade, way.target, way.after.grade) == (Grade.FAILED, Grade.FAIR, Grade.FAIR)
    smaller = [find_without(way, each) for each in range(len(way.steps))]
    assert Grade.FAIR not in smaller


def find_without(way: WayUp, place: int) -> Grade | None:
    facts: dict[str, Fact] = {each.indicator.fact_name: each.fact for each in way.before.lines if each.fact}
    facts["manual.D-03"] = Fact(9)
    for number, each in enumerate(way.steps):
        for move in each.moves if number != place else ():
            fact = facts[move.fact]
            facts[move.fact] = replace(fact, numerator=fact.numerator + move.numerator)
    return score(DEFAULT, facts, HERE).grade


RULES: tuple[Rule | None, ...] = (
    None,
    CappedCount(Decimal(6)),
    InverseRate(Decimal("0.5")),
    Bands((Step(Decimal("0.5"), Decimal(10)), Step(Decimal("0.8"), Decimal(20)))),
)


@st.composite
def puzzles(draw: st.DrawFn) -> tuple[Scheme, dict[str, Fact], list[Possible]]:
    lines = [line(code, 20, draw(st.sampled_from(RULES))) for code in "ABC"]
    scheme = replace(
        scheme_of(module_of("M", *lines[:2]), module_of("N", *lines[2:])),
        deductions=(Extra("D", "超期", "项", Decimal(2), "late", cap=Decimal(6)),),
        bonuses=(Extra("E", "推广", "次", Decimal(3), "spread"),),
        bonuses_cap=Decimal(5),
    )
    facts = {code: Fact(draw(st.integers(0, 5)), draw(st.sampled_from([0, 8, 8, 9]))) for code in "ABC"}
    facts["late"] = Fact(draw(st.integers(0, 3)))
    moves = st.lists(
        st.builds(Move, st.sampled_from(["A", "B", "C"]), st.just(1), st.integers(0, 1))
        | st.just(Move("late", -1))
        | st.just(Move("spread", 1)),
        min_size=1,
        max_size=2,
        unique_by=lambda move: move.fact,
    ).map(tuple)
    kinds = draw(st.lists(st.tuples(moves, st.integers(1, 4).map(Decimal)), min_size=1, max_size=3))
    steps = [Possible(f"{n}", "", *draw(st.sampled_from(kinds))) for n in range(draw(st.integers(1, 7)))]
    return scheme, facts, steps


def brute_force(scheme: Scheme, facts: dict[str, Fact], steps: list[Possible], target: Grade) -> Decimal | None:
    efforts = []
    for size in range(len(steps) + 1):
        for chosen in combinations(steps, size):
            after = dict(facts)
            for move in (move for each in chosen for move in each.moves):
                fact = after.get(move.fact, Fact(0))
                after[move.fact] = Fact(fact.numerator + move.numerator, fact.denominator + move.denominator)
            grade = score(scheme, after, HERE).grade
            if grade is not None and RANKED.index(grade) <= RANKED.index(target):
                efforts.append(sum((each.effort for each in chosen), Decimal(0)))
    return min(efforts, default=None)


@settings(max_examples=60, deadline=None)
@given(puzzles())
def test_no_cheaper_set_of_steps_exists(puzzle: tuple[Scheme, dict[str, Fact], list[Possible]]) -> None:
    way = find(*puzzle)
    if way.target is None or way.before.grade is None:
        return
    cheapest = brute_force(*puzzle, way.target)
    assert bool(way.steps) is (cheapest is not None)
    assert cheapest is None or (way.effort == cheapest if way.exact else way.effort >= cheapest)


@settings(max_examples=40, deadline=None)
@given(puzzles())
def test_the_greedy_walk_finds_a_way_where_there_is_one_and_never_claims_to_be_best(
    puzzle: tuple[Scheme, dict[str, Fact], list[Possible]],
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(search, "EXHAUSTIVE", 0)
        way = find(*puzzle)
    if way.target is None or way.before.grade is None:
        return
    cheapest = brute_force(*puzzle, way.target)
    if way.steps:
        assert not way.exact
        assert cheapest is not None
        assert cheapest <= way.effort
        assert RANKED.index(way.after.grade or Grade.FAILED) <= RANKED.index(way.target)
