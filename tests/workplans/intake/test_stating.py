"""A requirement as a form states it: nothing changes unless something was changed, and what comes out can be read."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspect_app.core.definitions import Problems, Table
from inspect_app.workplans.intake.stating import Stated, problems_of, resettled, restated, stated
from inspect_app.workplans.intake.telling import summary
from inspect_app.workplans.library.loading import library, read_obligation
from inspect_app.workplans.library.words import Kind, Level, Of, Period, Trigger
from inspect_app.workplans.owing.told import Definition, as_definition

REGION, YEAR = "6542", 2026
BASE: Definition = {
    "article": "（一）", "title": "演练", "text": "演练", "topic": "DRILL", "lead": [], "cooperating": [],
    "responsible": ["@county_governments"], "levels": ["county"], "conditions": [], "object": "各县",
    "kind": "standing", "counted": "演练", "unit": "次", "evidence": ["DRILL"], "scoring": ["DED"], "overlaps": [],
}  # fmt: skip
SAID = {
    Kind.ONCE: Stated("报送总结", Kind.ONCE, due_on=date(2026, 11, 8)),
    Kind.TIMES: Stated("演练", Kind.TIMES, "次", Decimal(2), Decimal(3), period=Period.HALF),
    Kind.SHARE: Stated("加固", Kind.SHARE, figure=Decimal("92.5"), of=Of.HOUSES),
    Kind.THRESHOLD: Stated("观测员", Kind.THRESHOLD, "名", Decimal(1), of=Of.VILLAGES),
    Kind.RESPONSE: Stated("速报", Kind.RESPONSE, figure=Decimal(15), trigger=Trigger.QUAKE, limit_unit="minutes"),
    Kind.STANDING: Stated("值班", Kind.STANDING),
}


def mistakes(definition: Definition) -> list[str]:
    problems = Problems()
    read_obligation(Table({"code": "Q-001", **definition}, problems, "x", "x"))
    return problems.found


def test_what_nobody_changed_stays_word_for_word() -> None:
    for obligation in library().obligations.values():
        definition = as_definition(obligation)
        assert restated(definition, stated(definition, REGION, YEAR), REGION, YEAR) == definition


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_can_be_stated_read_again_and_owed(kind: Kind) -> None:
    made = restated(BASE, SAID[kind], REGION, YEAR)
    assert problems_of(SAID[kind], YEAR) == {}
    assert mistakes(made) == []
    assert replace(stated(made, REGION, YEAR), unit="") == replace(SAID[kind], unit="")


@pytest.mark.parametrize("kind", Kind)
def test_any_obligation_can_become_one_of_another_kind(kind: Kind) -> None:
    for obligation in library().obligations.values():
        assert mistakes(restated(as_definition(obligation), SAID[kind], REGION, YEAR)) == []


@pytest.mark.parametrize(
    ("said", "field"),
    [
        (Stated("", Kind.STANDING), "title"),
        (Stated("x", Kind.STANDING, levels=()), "levels"),
        (Stated("x", Kind.TIMES, figure=Decimal(1)), "period"),
        (Stated("x", Kind.TIMES, period=Period.YEAR), "figure"),
        (Stated("x", Kind.TIMES, figure=Decimal("0.5"), period=Period.YEAR), "figure"),
        (Stated("x", Kind.TIMES, figure=Decimal(3), most=Decimal(2), period=Period.YEAR), "most"),
        (Stated("x", Kind.THRESHOLD, figure=Decimal(1)), "of"),
        (Stated("x", Kind.SHARE, figure=Decimal(101), of=Of.HOUSES), "figure"),
        (Stated("x", Kind.RESPONSE, figure=Decimal(15), limit_unit="minutes"), "trigger"),
        (Stated("x", Kind.RESPONSE, trigger=Trigger.QUAKE, limit_unit="minutes"), "figure"),
        (Stated("x", Kind.ONCE, due_on=date(2025, 1, 1)), "due_on"),
    ],
)
def test_what_is_missing_is_told_beside_its_field(said: Stated, field: str) -> None:
    assert list(problems_of(said, YEAR)) == [field]


def test_same_day_and_immediately_need_no_figure() -> None:
    for limit in ("same_day", "immediately"):
        said = Stated("异常核实", Kind.RESPONSE, trigger=Trigger.ANOMALY, limit_unit=limit)
        assert problems_of(said, YEAR) == {}
        assert mistakes(restated(BASE, said, REGION, YEAR)) == []


def test_the_number_of_the_own_place_is_shown_and_not_that_of_another() -> None:
    settings = [{"region": "6207", "value": 4}, {"region": "6542", "value": 2}, {"region": "65", "value": 9}]
    definition = BASE | {"kind": "times_a_period", "period": "year", "at_least": {"key": "n", "settings": settings}}
    assert stated(definition, "654202", YEAR).figure == 2
    assert stated(definition, "653101", YEAR).figure == 9
    assert stated(definition, "3715", YEAR).figure is None


@given(figure=st.integers(1, 99), extra=st.integers(0, 9))
def test_a_range_is_told_with_both_ends(figure: int, extra: int) -> None:
    said = Stated("x", Kind.TIMES, "次", Decimal(figure), Decimal(figure + extra), period=Period.YEAR)
    told = "".join(str(each) for each in summary(said))
    assert told == (f"按期按次每年{figure}–{figure + extra} 次" if extra else f"按期按次每年至少 {figure} 次")


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (Kind.ONCE, "限期完成2026-11-08 前"),
        (Kind.SHARE, "覆盖比例按房屋计92.5%"),
        (Kind.THRESHOLD, "数量达标每个村（社区）至少 1 名"),
        (Kind.RESPONSE, "限时响应地震发生后15 分钟内"),
        (Kind.STANDING, "常年履行"),
    ],
)
def test_each_kind_is_told_in_a_few_words(kind: Kind, words: str) -> None:
    assert "".join(str(each) for each in summary(SAID[kind])) == words


def test_numbers_move_to_another_place_and_year_and_those_of_others_stay() -> None:
    day = {"key": "due_on", "settings": [{"region": "6542", "year": 2024, "text": "06-07"}]}
    other = {"key": "n", "settings": [{"region": "6207", "value": 4}]}
    moved = resettled(BASE | {"due_on": day, "numbers": [other]}, ("6542", 2024), ("654202", 2026))
    assert moved["due_on"]["settings"] == [{"region": "654202", "year": 2026, "text": "06-07"}]
    assert (moved["numbers"], moved["title"]) == ([other], "演练")


def test_a_level_may_be_chosen() -> None:
    made = restated(BASE, replace(SAID[Kind.STANDING], levels=(Level.PREFECTURE,)), REGION, YEAR)
    assert made["levels"] == ["prefecture"]
