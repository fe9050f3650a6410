"""The lists beside the table of the domain reference (§4)."""

import pytest

from inspect_app.checklists.definition import Checklist, Item
from inspect_app.checklists.loading import Library, load_library
from inspect_app.checklists.questions import YesNo
from tests.checklists.reference import LISTS, NEGATIVE, Expected, expected

CODES = sorted(load_library().checklists)


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library()


def pairs(checklist: Checklist) -> list[tuple[Item, Expected]]:
    return list(zip(checklist.items, expected(checklist.code), strict=True))


def test_the_table_itself_holds_21_lists_of_236_items_that_weigh_100_each() -> None:
    table = {code: expected(code) for code in LISTS}
    assert (len(table), sum(len(items) for items in table.values())) == (21, 236)
    assert {sum(item.weight for item in items) for items in table.values()} == {100}


@pytest.mark.parametrize("code", CODES)
def test_each_list_has_its_items_numbered_through_and_weighs_100(library: Library, code: str) -> None:
    items = library.checklists[code].items
    assert [item.code for item in items] == [f"{code}-{number:02}" for number in range(1, len(expected(code)) + 1)]
    assert sum(item.weight for item in items) == 100


@pytest.mark.parametrize("code", CODES)
def test_weight_severity_and_veto_are_those_of_the_reference(library: Library, code: str) -> None:
    for item, wanted in pairs(library.checklists[code]):
        veto = item.veto or any(part.veto for part in item.parts)
        assert (item.weight, item.severity, veto) == (wanted.weight, wanted.severity, wanted.veto), item.code


@pytest.mark.parametrize("code", CODES)
def test_deadline_and_first_measure_are_those_of_the_reference(library: Library, code: str) -> None:
    for item, wanted in pairs(library.checklists[code]):
        assert item.deadline == wanted.deadline, item.code


@pytest.mark.parametrize("code", CODES)
def test_evidence_is_asked_where_the_reference_asks(library: Library, code: str) -> None:
    asked = {item.code: item.evidence for item in library.checklists[code].items}
    assert asked == {item.code: wanted.evidence for item, wanted in pairs(library.checklists[code])}


@pytest.mark.parametrize("code", CODES)
def test_not_applicable_may_be_answered_where_the_reference_allows_it(library: Library, code: str) -> None:
    forbidden = [item.code for item, wanted in pairs(library.checklists[code]) if wanted.na and not item.na_allowed]
    assert forbidden == []


def test_only_the_questions_for_a_fault_fail_on_yes(library: Library) -> None:
    negative = {
        item.code
        for checklist in library.checklists.values()
        for item in checklist.items
        for part in item.parts
        if isinstance(part.question, YesNo) and part.question.bad_answer == "yes"
    }
    assert negative == {code for code in NEGATIVE if code.split("-")[0] in CODES}


def test_of_the_reports_only_the_false_and_the_concealed_are_a_veto(library: Library) -> None:
    item = library.checklists["C16"].item("C16-08")
    assert not item.veto
    assert {part.code for part in item.parts if part.veto} == {"false", "concealed"}


def test_every_kind_of_question_of_the_reference_is_in_use(library: Library) -> None:
    kinds = {part.question.kind for each in library.checklists.values() for item in each.items for part in item.parts}
    assert {"yes_no", "number", "rate", "date", "one_of", "some_of"} <= kinds
