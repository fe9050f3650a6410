"""Pure rules of a visit."""

from datetime import date, timedelta
from typing import Any

import pytest

from inspect_app.checklists.loading import load_library
from inspect_app.core.errors import Invalid
from inspect_app.inspections.rules import plan_problems, team_problems, text_of, tidy

TODAY = date(2026, 6, 15)
LISTS = load_library().checklists
DOCUMENT = LISTS["C01"].item("C01-03")
PLAIN = LISTS["C03"].item("C03-05")
RATE = LISTS["C03"].item("C03-01")
SOME = LISTS["C18"].item("C18-01")
PARTS = LISTS["C18"].item("C18-06")


def test_a_plan_for_today_with_a_list_may_stand() -> None:
    assert plan_problems("special", TODAY, TODAY, ["C03"]) == {}


@pytest.mark.parametrize(
    ("kind", "on", "lists", "field"),
    [
        ("picnic", TODAY, ["C03"], "kind"),
        ("special", TODAY - timedelta(days=1), ["C03"], "planned_on"),
        ("special", TODAY + timedelta(days=401), ["C03"], "planned_on"),
        ("special", TODAY, [], "checklist_codes"),
    ],
)
def test_a_bad_plan_is_refused_at_its_field(kind: str, on: date, lists: list[str], field: str) -> None:
    assert list(plan_problems(kind, on, TODAY, lists)) == [field]


def test_one_inspector_is_not_enough() -> None:
    assert team_problems("special", ["证1"]) == ["检查人员不得少于两名，并应出示有效证件。"]
    assert team_problems("special", ["证1", "证2"]) == []


@pytest.mark.parametrize("number", [None, "", "  "])
def test_every_inspector_needs_a_credential_number(number: str | None) -> None:
    assert team_problems("special", ["证1", number]) == ["每名检查人员都要有检查证号，请由安全管理员补登。"]


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        (None, {}),
        ({}, {}),
        ({"value": ""}, {}),
        ({"value": " yes "}, {"value": "yes"}),
        ({"na": True, "value": "yes"}, {"na": True}),
        ({"na": "yes"}, {}),
        ({"value": "yes", "state": "closed", "score": 100, "document_number": "甲1号"}, {"value": "yes"}),
    ],
)
def test_only_known_fields_of_an_answer_are_kept(raw: object, kept: dict[str, Any]) -> None:
    assert tidy(PLAIN, raw) == kept


def test_numbers_become_text_and_contradictions_are_kept_for_later() -> None:
    assert tidy(RATE, {"numerator": 5, "denominator": 4}) == {"numerator": "5", "denominator": "4"}


def test_ticked_options_are_kept_as_a_list() -> None:
    assert tidy(SOME, {"value": ["organisation", " ", "budget"]}) == {"value": ["organisation", "budget"]}
    assert tidy(SOME, {"value": []}) == {"value": []}


def test_a_document_number_is_kept_where_the_item_asks_for_one() -> None:
    assert (
        tidy(DOCUMENT, {"value": "yes", "document_number": "震安评〔2026〕3号"})["document_number"]
        == "震安评〔2026〕3号"
    )


def test_parts_are_kept_by_their_codes() -> None:
    code = PARTS.parts[0].code
    assert tidy(PARTS, {"parts": {code: {"value": 3}, "unknown": {"value": 1}}}) == {"parts": {code: {"value": "3"}}}
    assert tidy(PARTS, {"parts": {code: {}}}) == {}


@pytest.mark.parametrize("raw", ["yes", 3, ["yes"], {"value": {"a": 1}}, {"value": True}, {"value": "长" * 201}])
def test_an_answer_of_another_shape_is_refused(raw: object) -> None:
    with pytest.raises(Invalid):
        tidy(PLAIN, raw)


@pytest.mark.parametrize("raw", ["yes", {"parts": "x"}, {"parts": ["x"]}, {"parts": {PARTS.parts[0].code: "x"}}])
def test_parts_of_another_shape_are_refused(raw: object) -> None:
    with pytest.raises(Invalid):
        tidy(PARTS, raw)


def test_a_note_is_stripped_and_bounded() -> None:
    assert text_of("  三楼  ", "note") == "三楼"
    assert text_of(None, "note") == ""
    with pytest.raises(Invalid):
        text_of("长" * 2001, "note")
    with pytest.raises(Invalid):
        text_of({"a": 1}, "note")
