from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from inspect_app.checklists.definition import Checklist, Part, Relevance
from inspect_app.checklists.questions import DateUnit, Day, Number, OneOf, Option, Rate, SomeOf, Text
from inspect_app.checklists.relevance import describe, not_asked
from inspect_app.checklists.scoring import Conclusion, Result, judge_all, score
from tests.checklists.builders import PROOF, a_list, an_item

ON = date(2026, 9, 10)
YES, NO, NA = {"value": "yes"}, {"value": "no"}, {"na": True}
OPTIONS = (Option("a", "甲"), Option("b", "乙"))


def two(first: Part, relevance: Relevance) -> Checklist:
    return a_list(an_item(1, first), an_item(2, relevant=(relevance,)))


def asked(checklist: Checklist, given: dict[str, Any]) -> list[str]:
    return [each.code for each in checklist.items if each.code not in not_asked(checklist, given, ON)]


@pytest.mark.parametrize(
    ("question", "relevance", "answer", "holds"),
    [
        (PROOF, Relevance("C99-01", any_of=("no",)), NO, True),
        (PROOF, Relevance("C99-01", any_of=("no",)), YES, False),
        (PROOF, Relevance("C99-01", any_of=("no", "na")), NA, True),
        (PROOF, Relevance("C99-01", any_of=("no",)), {}, False),
        (PROOF, Relevance("C99-01", any_of=("no",)), {"value": "perhaps"}, False),
        (OneOf(OPTIONS), Relevance("C99-01", any_of=("a", "b")), {"value": "b"}, True),
        (SomeOf(OPTIONS), Relevance("C99-01", any_of=("a",)), {"value": ["b", "a"]}, True),
        (SomeOf(OPTIONS), Relevance("C99-01", any_of=("a",)), {"value": ["b"]}, False),
        (SomeOf(OPTIONS), Relevance("C99-01", at_least=Decimal(2)), {"value": ["a", "b"]}, True),
        (Number("栋"), Relevance("C99-01", at_least=Decimal(3)), {"value": "3"}, True),
        (Number("栋"), Relevance("C99-01", at_least=Decimal(3)), {"value": "2"}, False),
        (Number("栋"), Relevance("C99-01", at_least=Decimal(3), at_most=Decimal(5)), {"value": "6"}, False),
        (Rate("甲", "乙"), Relevance("C99-01", at_most=Decimal("0.5")), {"numerator": 1, "denominator": 2}, True),
        (Rate("甲", "乙"), Relevance("C99-01", any_of=("na",)), {"numerator": 0, "denominator": 0}, True),
        (Day(DateUnit.MONTHS), Relevance("C99-01", any_of=("never",)), {"value": "never"}, True),
        (Day(DateUnit.DAYS), Relevance("C99-01", at_least=Decimal(10)), {"value": "2026-08-31"}, True),
        (Day(DateUnit.DAYS), Relevance("C99-01", any_of=("never",), at_least=Decimal(10)), {"value": "never"}, True),
    ],
)
def test_an_earlier_answer_decides(question: Any, relevance: Relevance, answer: Any, holds: bool) -> None:  # noqa: FBT001, ANN401 - a case
    checklist = two(Part(question, na_allowed=True), relevance)
    assert ("C99-02" in asked(checklist, {"C99-01": answer})) is holds


def test_all_conditions_must_hold() -> None:
    both = (Relevance("C99-01", any_of=("no",)), Relevance("C99-02", any_of=("yes",)))
    checklist = a_list(an_item(1), an_item(2), an_item(3, relevant=both))
    assert asked(checklist, {"C99-01": NO, "C99-02": YES}) == ["C99-01", "C99-02", "C99-03"]
    assert asked(checklist, {"C99-01": NO, "C99-02": NO}) == ["C99-01", "C99-02"]


def test_what_hangs_on_an_item_that_is_not_asked_is_not_asked_either() -> None:
    checklist = a_list(
        an_item(1),
        an_item(2, relevant=(Relevance("C99-01", any_of=("no",)),)),
        an_item(3, relevant=(Relevance("C99-02", any_of=("no",)),)),
    )
    assert asked(checklist, {"C99-01": YES, "C99-02": NO}) == ["C99-01"]
    assert asked(checklist, {"C99-01": NO, "C99-02": NO}) == ["C99-01", "C99-02", "C99-03"]


def test_a_part_of_an_item_decides_by_its_code() -> None:
    parts = (Part(PROOF, "held", "开会", Decimal("0.5")), Part(PROOF, "kept", "记录", Decimal("0.5")))
    checklist = a_list(an_item(1, *parts), an_item(2, relevant=(Relevance("C99-01", "kept", ("no",)),)))
    assert asked(checklist, {"C99-01": {"parts": {"held": NO, "kept": YES}}}) == ["C99-01"]
    assert asked(checklist, {"C99-01": {"parts": {"kept": NO}}}) == ["C99-01", "C99-02"]


def test_an_item_that_is_not_asked_does_not_count_and_says_why() -> None:
    checklist = two(Part(PROOF), Relevance("C99-01", any_of=("no",)))
    judgement = judge_all(checklist, {"C99-01": YES, "C99-02": NO}, ON)["C99-02"]
    assert (judgement.result, judgement.credit, judgement.veto) == (Result.NOT_APPLICABLE, None, False)
    assert str(judgement.why[0]) == "仅在 C99-01 选“否”时填写。"
    sheet = score(checklist, {"C99-01": YES, "C99-02": NO}, ON)
    assert (sheet.score, sheet.conclusion, sheet.unanswered) == (Decimal(100), Conclusion.QUALIFIED, ())


def test_a_kept_answer_counts_again_once_the_item_is_asked_again() -> None:
    checklist = two(Part(PROOF), Relevance("C99-01", any_of=("no",)))
    assert score(checklist, {"C99-01": NO, "C99-02": YES}, ON).score == 50
    assert score(checklist, {"C99-01": NO}, ON).unanswered == ("C99-02",)


def test_a_veto_that_is_not_asked_fails_nothing() -> None:
    first, second = an_item(1), an_item(2, relevant=(Relevance("C99-01", any_of=("no",)),))
    sheet = score(a_list(first, replace(second, veto=True)), {"C99-01": YES, "C99-02": NO}, ON)
    assert not sheet.veto


def test_an_item_that_is_not_required_may_stay_unanswered() -> None:
    checklist = a_list(an_item(1), an_item(2, required=False))
    sheet = score(checklist, {"C99-01": YES}, ON)
    assert (sheet.score, sheet.conclusion) == (Decimal(100), Conclusion.QUALIFIED)
    assert [line.result for line in sheet.lines] == [Result.PASSED, Result.NOT_APPLICABLE]
    assert score(checklist, {"C99-01": YES, "C99-02": NO}, ON).score == 50


def test_an_answer_begun_or_wrong_is_unanswered_even_where_none_is_required() -> None:
    parts = (Part(PROOF, "a", "甲", Decimal("0.5")), Part(PROOF, "b", "乙", Decimal("0.5")))
    checklist = a_list(an_item(1, *parts, required=False), an_item(2, required=False))
    sheet = score(checklist, {"C99-01": {"parts": {"a": YES}}, "C99-02": {"value": "perhaps"}}, ON)
    assert sheet.unanswered == ("C99-01", "C99-02")


def test_words_are_recorded_and_weigh_nothing() -> None:
    checklist = a_list(an_item(1), an_item(2, Text(max_length=4), weight=0))
    sheet = score(checklist, {"C99-01": YES, "C99-02": {"value": " 有裂缝 "}}, ON)
    assert (sheet.score, sheet.lines[1].points) == (Decimal(100), Decimal(0))
    assert str(sheet.lines[1].why[0]) == "填写：有裂缝"
    for wrong in ("五个字太长", 5):
        assert score(checklist, {"C99-01": YES, "C99-02": {"value": wrong}}, ON).unanswered == ("C99-02",)


@pytest.mark.parametrize(("value", "result"), [("-6", Result.UNANSWERED), ("-5", Result.PASSED), ("3", Result.PASSED)])
def test_a_number_may_go_below_zero_down_to_its_minimum(value: str, result: Result) -> None:
    cellar = a_list(an_item(1, Number("米", minimum=Decimal(-5))))
    assert score(cellar, {"C99-01": {"value": value}}, ON).lines[0].result is result


@pytest.mark.parametrize(
    ("question", "relevance", "told"),
    [
        (OneOf(OPTIONS), Relevance("C99-01", any_of=("a", "na")), "仅在 C99-01 选“甲、不涉及”时填写。"),
        (Rate("甲", "乙"), Relevance("C99-01", at_least=Decimal("0.5")), "仅在 C99-01 不低于 50% 时填写。"),
        (Number("栋"), Relevance("C99-01", at_most=Decimal(5)), "仅在 C99-01 不超过 5 时填写。"),
        (
            Number("栋"),
            Relevance("C99-01", at_least=Decimal(1), at_most=Decimal(5)),
            "仅在 C99-01 在 1 至 5 之间时填写。",
        ),
        (
            Number("栋"),
            Relevance("C99-01", any_of=("na",), at_most=Decimal(5)),
            "仅在 C99-01 选“不涉及”或数值符合条件时填写。",
        ),
    ],
)
def test_a_condition_is_told_in_words(question: Any, relevance: Relevance, told: str) -> None:  # noqa: ANN401 - a case
    items = {item.code: item for item in two(Part(question, na_allowed=True), relevance).items}
    assert str(describe(relevance, items)) == told
