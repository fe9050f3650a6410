from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from inspect_app.checklists.checking import problems_of
from inspect_app.checklists.definition import Checklist, Citation, Item, Part, Relevance, Section, to_json
from inspect_app.checklists.loading import load_library
from inspect_app.checklists.questions import DateUnit, Day, Number, OneOf, Option, Rate, Rule, SomeOf, Text
from inspect_app.core.definitions import content_hash
from tests.checklists.builders import PROOF, a_list, an_item

OPTIONS = (Option("a", "甲"), Option("b", "乙"))


def told(checklist: Checklist, parent: Checklist | None = None) -> list[str]:
    return [str(flaw) for flaw in problems_of(checklist, {"B1"}, parent)]


def full(*items: Item) -> Checklist:
    """Build a list whose first item takes what the others leave of the 100."""
    rest = 100 - sum((item.weight for item in items[1:]), Decimal(0))
    return a_list(replace(items[0], weight=rest), *items[1:])


def test_a_sound_list_has_no_problem() -> None:
    assert told(full(an_item(1), an_item(2, relevant=(Relevance("C99-01", any_of=("no",)),)))) == []


def test_a_list_without_items_says_so_and_nothing_of_its_weights() -> None:
    assert told(replace(a_list(), sections=())) == ["还没有检查项，请先添加。"]


@pytest.mark.parametrize(
    ("relevance", "sentence"),
    [
        (Relevance("C99-03", any_of=("yes",)), "C99-03 不在本项之前"),
        (Relevance("C99-02", any_of=("yes",)), "C99-02 不在本项之前"),
        (Relevance("C99-77", any_of=("yes",)), "“C99-77”不存在"),
        (Relevance("C99-01", any_of=("a",)), "没有“a”这个回答"),
        (Relevance("C99-01", any_of=("na",)), "没有“na”这个回答"),
        (Relevance("C99-01"), "没有写明哪个回答或范围"),
        (Relevance("C99-01", at_least=Decimal(1)), "没有数值，不能写范围"),
        (Relevance("C99-01", "x", ("yes",)), "没有“x”这一问"),
    ],
)
def test_a_condition_that_can_never_be_judged_is_named(relevance: Relevance, sentence: str) -> None:
    problems = problems_of(full(an_item(1), an_item(2, relevant=(relevance,)), an_item(3)), ())
    assert [(flaw.item, flaw.field) for flaw in problems] == [("C99-02", "relevant")]
    assert sentence in str(problems[0])


def test_a_condition_on_an_item_of_several_parts_names_one() -> None:
    parts = (Part(Number("栋"), "a", "甲", Decimal("0.5")), Part(PROOF, "b", "乙", Decimal("0.5")))
    bare, low = Relevance("C99-01", any_of=("yes",)), Relevance("C99-01", "a", at_least=Decimal(5), at_most=Decimal(2))
    found = told(full(an_item(1, *parts), an_item(2, relevant=(bare,)), an_item(3, relevant=(low,))))
    assert found == [
        "C99-02：检查项 C99-01 有几问，请写明按哪一问判断。",
        "C99-03：条件 C99-01 的下限大于上限。",
    ]


@pytest.mark.parametrize(
    "question",
    [Text(), Number("人"), Rate("甲", "乙"), Day(DateUnit.DAYS), OneOf(OPTIONS), SomeOf(OPTIONS)],
)
def test_what_is_only_recorded_may_weigh_nothing(question: Any) -> None:  # noqa: ANN401 - a case
    assert told(full(an_item(1), an_item(2, question, weight=0))) == []


@pytest.mark.parametrize(
    "question",
    [PROOF, Number("人", rules=(Rule(at_least=Decimal(1)),)), OneOf(OPTIONS, ("a",))],
)
def test_what_is_judged_must_weigh_something(question: Any) -> None:  # noqa: ANN401 - a case
    assert told(full(an_item(1), an_item(2, question, weight=0))) == [
        "C99-02：分值应大于 0；只作记录、不评分的检查项可以为 0。"
    ]


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        (Text(0), "文字长度应在"),
        (Number("米", minimum=Decimal(5), maximum=Decimal(3)), "上限小于下限"),
        (Number("米", minimum=Decimal(5), rules=(Rule(at_most=Decimal(3)),)), "阈值小于下限"),
        (Number("米", decimals=9), "小数位数应在"),
        (OneOf((Option("a", "甲"), Option("na", "乙"))), "选项编号不能用 na"),
        (OneOf((Option("a", "甲"), Option("b", " "))), "每个选项都要有编号和名称"),
        (Rate("", "乙"), "请写明分子和分母"),
    ],
)
def test_a_question_that_cannot_be_asked_is_named(question: Any, sentence: str) -> None:  # noqa: ANN401 - a case
    found = told(full(an_item(1), an_item(2, question)))
    assert len(found) == 1
    assert sentence in found[0]


def test_everything_is_named_at_once_with_its_field() -> None:
    broken = replace(an_item(2), text=" ", citations=(Citation("B1"), Citation("B7")))
    checklist = replace(a_list(an_item(1), broken), title="", code="甲", objects=("C77",))
    fields = {(flaw.item, flaw.field) for flaw in problems_of(checklist, {"B1"})}
    assert fields == {
        *(("", "title"), ("", "code"), ("", "objects"), ("", "weight")),
        *(("C99-01", "code"), ("C99-02", "code"), ("C99-02", "text"), ("C99-02", "bases")),
    }


def test_an_office_list_says_what_it_is_for() -> None:
    own = replace(a_list(replace(an_item(1), code="OWN-1-01", weight=Decimal(100))), code="OWN-1")
    assert told(own) == ["请选择适用的检查对象类别。"]
    assert told(replace(own, objects=("C03",))) == []


def a_derived_list(*items: Item) -> Checklist:
    return replace(a_list(*items), code="C99-654202", objects=("C03",))


def test_a_derived_list_keeps_codes_and_adds_its_own() -> None:
    parent = full(replace(an_item(1), locked=True), an_item(2))
    own = replace(an_item(3), code="C99-654202-01")
    assert told(a_derived_list(parent.items[0], own), parent) == []
    assert told(a_derived_list(parent.items[0], an_item(3)), parent) == ["C99-03：检查项编号应形如 C99-654202-01。"]


def test_locked_items_stay_as_they_are_and_open_ones_may_change() -> None:
    parent = full(replace(an_item(1, weight=90), locked=True), an_item(2))
    locked, open_ = parent.items
    assert told(a_derived_list(locked, replace(open_, text="改了？")), parent) == []
    assert told(a_derived_list(replace(locked, locked=False), open_), parent) == []
    changed = a_derived_list(replace(locked, text="改了？"), open_)
    assert told(changed, parent) == ["C99-01：上级锁定的检查项 C99-01 不能修改。"]
    assert "C99-01：上级锁定的检查项 C99-01 不能删除。" in told(a_derived_list(open_), parent)


def test_empty_and_doubled_sections_are_named() -> None:
    checklist = replace(full(an_item(1)), sections=(*full(an_item(1)).sections, Section("one", "", ())))
    assert told(checklist) == ["分节编号 one 重复。", "分节 one 没有标题。", "分节“”没有检查项。"]


def test_new_fields_left_at_their_defaults_change_neither_what_is_kept_nor_its_hash() -> None:
    kept = to_json(load_library().checklists["C03"])
    item = kept["sections"][0]["items"][0]
    assert not {"relevant", "required", "locked"} & item.keys()
    assert "objects" not in kept
    assert content_hash(kept) == "31b3212722b9423c58d9b6fdf8262e0b9ccd4fd521635b4248d42516878d9589"
