"""What holds of every score, whatever the scheme and the figures."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import TypeVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inspect_app.assessments.as_json import as_lines, parts, stored_points
from inspect_app.assessments.definition import (
    AllOrNothing,
    Bands,
    CappedCount,
    Deadline,
    Deduct,
    Extra,
    Fault,
    Indicator,
    InverseCount,
    InverseRate,
    Linear,
    Manual,
    Measure,
    Rate,
    Reached,
    ResponseTime,
    Rule,
    Scheme,
    Step,
    Veto,
    VetoEffect,
    YesNo,
)
from inspect_app.assessments.scoring import Fact, Score, score, share_earned
from tests.assessments.sheets import DEFAULT, line, module_of, scheme_of

T = TypeVar("T")
D = Decimal
MORE_IS_BETTER: tuple[Rule, ...] = (
    YesNo(),
    Rate(),
    CappedCount(D(7)),
    Linear(D("0.2"), D("0.9")),
    Linear(D(3), D(20), Measure.FIGURE),
    Linear(D("0.1"), D("0.8"), Measure.MEAN),
    Bands((Step(D("0.1"), D("0.5")), Step(D("0.2"), D(1), included=False))),
    AllOrNothing(),
    Manual(),
    Reached(D(3)),
)
LESS_IS_BETTER: tuple[Rule, ...] = (
    InverseRate(D("0.2"), 2),
    InverseRate(D(1)),
    InverseCount(D(10)),
    Linear(D(20), D(3), Measure.FIGURE),
    Bands((Step(D(1), D("0.5")), Step(D(5), D(0))), Measure.FIGURE, below=D(1)),
    Deadline(D("0.3")),
    Deduct((Fault("迟报", D("0.4")), Fault("瞒报", D(2)))),
)
BY_VALUES: tuple[Rule, ...] = (ResponseTime(D(15)), Deadline(D("0.3")))
RULES = (*MORE_IS_BETTER, *LESS_IS_BETTER, *BY_VALUES)
FULLS = st.sampled_from([D("0.5"), D(1), D("1.5"), D(2), D(6), D(7)])
FACTS = st.builds(
    Fact,
    st.integers(0, 40),
    st.integers(0, 40),
    st.lists(st.integers(0, 40).map(D), max_size=4).map(tuple),
    st.lists(st.tuples(st.sampled_from(["迟报", "瞒报"]), st.integers(0, 5)), max_size=2).map(tuple),
)
COUNTS = st.integers(0, 6).map(Fact)


@st.composite
def sheets(draw: st.DrawFn) -> tuple[Scheme, dict[str, Fact]]:
    modules, facts = [], {}
    for place in range(draw(st.integers(1, 4))):
        lines: list[Indicator] = []
        for number in range(draw(st.integers(1, 4))):
            code = f"M{place}-{number}"
            lines.append(replace(line(code, "1", draw(st.sampled_from(RULES))), full=draw(FULLS)))
            if draw(st.integers(0, 5)):
                facts[code] = draw(FACTS)
        modules.append(module_of(f"M{place}", *lines))
    effect = draw(st.sampled_from(VetoEffect))
    outside = replace(
        scheme_of(*modules),
        deductions=(Extra("D1", "通报", "次", D(3), "d1"), Extra("D2", "超期", "项", D("0.2"), "d2", D("0.7"))),
        deductions_cap=draw(st.sampled_from([None, D(4)])),
        bonuses=(Extra("B1", "推广", "次", D("0.7"), "b1"), Extra("B2", "试点", "个", D("0.3"), "b2")),
        bonuses_cap=draw(st.sampled_from([None, D(1)])),
        vetoes=(Veto("V1", "否决", "v1", effect),),
    )
    names = draw(st.sets(st.sampled_from(["d1", "d2", "b1", "b2", "v1"])))
    return outside, facts | {name: draw(COUNTS) for name in sorted(names)}


SHEETS = sheets()


@given(SHEETS)
def test_points_stay_between_nothing_and_the_full_marks(sheet: tuple[Scheme, dict[str, Fact]]) -> None:
    result = score(*sheet)
    assert result.full <= Fraction(sheet[0].full)
    assert result.points is None or 0 <= result.points <= result.full
    assert all(each.points is None or 0 <= each.points <= each.full for each in result.lines)


@given(SHEETS)
def test_every_module_keeps_its_marks_or_drops_out_whole(sheet: tuple[Scheme, dict[str, Fact]]) -> None:
    result = score(*sheet)
    for module in sheet[0].modules:
        carried = sum(each.full for each in result.lines if each.module == module.code)
        assert carried in (0, Fraction(module.full))


@pytest.mark.parametrize("places", [6, 2])
@given(sheet=SHEETS)
def test_what_explains_a_score_adds_up_to_it(places: int, sheet: tuple[Scheme, dict[str, Fact]]) -> None:
    result = score(*sheet)
    added = sum(each.points for each in result.lines if each.points is not None) - result.zeroed
    added += sum(each.points for each in result.bonuses) - sum(each.points for each in result.deductions)
    assert added == (result.points or 0)
    shown = [each for each in parts(result, places) if each is not None]
    assert sum(shown) == (stored_points(result, places) or 0)


@given(SHEETS)
def test_no_shown_part_is_a_unit_away_from_the_exact_one(sheet: tuple[Scheme, dict[str, Fact]]) -> None:
    result = score(*sheet)
    for exact, shown in zip(result.lines, parts(result, 2), strict=False):
        assert shown is None or exact.points is None or abs(Fraction(shown) - exact.points) < Fraction(1, 100)


@given(SHEETS)
def test_what_is_shown_of_the_lines_adds_up_to_the_shown_total(sheet: tuple[Scheme, dict[str, Fact]]) -> None:
    result = score(*sheet)
    shown = [each.shown for each in result.lines if each.shown is not None]
    outside = sum(each for each in parts(result, 2)[len(result.lines) :] if each is not None)
    assert sum(each.points for each in shown) + outside == (stored_points(result, 2) or 0)
    assert sum(each.full for each in shown) == result.full
    modules = [result.module_shown(module.code) for module in sheet[0].modules]
    assert sum(each for each in modules if each is not None) == sum(each.points for each in shown)
    assert all(each.lost == each.full - each.points or each.points - each.full == D("0.01") for each in shown)


@given(SHEETS)
def test_what_scripts_read_adds_up_and_stays_within_the_marks(sheet: tuple[Scheme, dict[str, Fact]]) -> None:
    result = score(*sheet)
    lines = as_lines(result)
    total = sum(D(str(each["points"])) for each in lines if each["points"] is not None)
    assert total == (stored_points(result) or 0)
    assert all(0 <= each["points"] <= each["full"] for each in lines if each["full"])


@given(SHEETS, st.randoms(use_true_random=False))
def test_order_does_not_matter(sheet: tuple[Scheme, dict[str, Fact]], random: st.DataObject) -> None:
    scheme, facts = sheet
    names = list(facts)
    modules = [replace(each, indicators=tuple(_shuffled(each.indicators, random))) for each in scheme.modules]
    turned = replace(
        scheme,
        modules=tuple(_shuffled(modules, random)),
        deductions=tuple(_shuffled(scheme.deductions, random)),
        bonuses=tuple(_shuffled(scheme.bonuses, random)),
    )
    result = score(scheme, facts)
    other = score(turned, {name: facts[name] for name in _shuffled(names, random)})
    assert (other.points, other.full, other.grade) == (result.points, result.full, result.grade)
    assert _by_code(other) == _by_code(result)


def _shuffled(items: Iterable[T], random: st.DataObject) -> list[T]:
    turned = list(items)
    random.shuffle(turned)  # type: ignore[attr-defined]
    return turned


def _by_code(result: Score) -> Mapping[str, object]:
    found: dict[str, object] = {each.indicator.code: (each.points, each.full, each.state) for each in result.lines}
    return found | {each.extra.code: each.points for each in (*result.deductions, *result.bonuses)}


@pytest.mark.parametrize("rule", MORE_IS_BETTER, ids=lambda rule: rule.kind)
@given(fact=FACTS, full=FULLS)
def test_more_never_earns_less(rule: Rule, fact: Fact, full: Decimal) -> None:
    better = replace(fact, numerator=fact.numerator + 1, values=tuple(value + 1 for value in fact.values))
    before, after = share_earned(rule, fact, full), share_earned(rule, better, full)
    assert (before is None) == (after is None)
    assert before is None or after is None or after >= before


@pytest.mark.parametrize("rule", LESS_IS_BETTER, ids=lambda rule: rule.kind)
@given(fact=FACTS, full=FULLS)
def test_more_faults_never_earn_more(rule: Rule, fact: Fact, full: Decimal) -> None:
    worse = replace(
        fact,
        numerator=fact.numerator + 1,
        values=tuple(value + 1 for value in fact.values),
        parts=(*fact.parts, ("迟报", 1)) if fact.parts else (),
    )
    before, after = share_earned(rule, fact, full), share_earned(rule, worse, full)
    assert (before is None) == (after is None)
    assert before is None or after is None or after <= before


@pytest.mark.parametrize("rule", BY_VALUES, ids=lambda rule: rule.kind)
@given(values=st.lists(st.integers(0, 40), min_size=1, max_size=5), place=st.integers(0, 4), full=FULLS)
def test_an_earlier_answer_never_earns_less(rule: Rule, values: list[int], place: int, full: Decimal) -> None:
    sooner = [value - 1 if number == place else value for number, value in enumerate(values)]
    before = share_earned(rule, Fact(0, 0, tuple(map(D, values))), full)
    after = share_earned(rule, Fact(0, 0, tuple(map(D, sooner))), full)
    assert before is not None
    assert after is not None
    assert after >= before


@given(SHEETS, st.sampled_from(["d1", "d2", "b1", "b2"]))
def test_deductions_never_help_and_bonuses_never_harm(sheet: tuple[Scheme, dict[str, Fact]], name: str) -> None:
    scheme, facts = sheet
    more = facts | {name: Fact(facts.get(name, Fact(0)).numerator + 1)}
    before, after = score(scheme, facts), score(scheme, more)
    if before.points is None or after.points is None:
        assert before.points == after.points
    elif name.startswith("d"):
        assert after.points <= before.points
    else:
        assert after.points >= before.points


RATES = st.integers(0, 30).flatmap(lambda d: st.tuples(st.integers(0, d), st.just(d))).map(lambda pair: Fact(*pair))
WHOLE = st.fixed_dictionaries(
    {}, optional={each.fact_name: RATES for each in DEFAULT.indicators} | {"manual.D-01": COUNTS, "manual.B-01": COUNTS}
)


@settings(max_examples=50)
@given(WHOLE)
def test_the_default_scheme_never_leaves_its_hundred_points(facts: dict[str, Fact]) -> None:
    result = score(DEFAULT, facts)
    assert result.points is None or 0 <= result.points <= result.full <= 100
    assert sum(each for each in parts(result, 2) if each is not None) == (stored_points(result, 2) or 0)
    assert set(result.pending) == {
        each.code for each in DEFAULT.indicators if each.manual and each.fact_name not in facts
    }
