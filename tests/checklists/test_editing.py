from dataclasses import replace

import pytest

from inspect_app.checklists.definition import Checklist, Section
from inspect_app.checklists.editing import (
    DOWN,
    UP,
    changed_item,
    moved_item,
    moved_section,
    next_item_code,
    renamed_section,
    with_item,
    with_section,
    without_item,
    without_section,
)
from inspect_app.core.errors import NotFound
from tests.checklists.builders import a_list, an_item

Order = list[tuple[str, list[int]]]


@pytest.fixture
def checklist() -> Checklist:
    one, two, three = (an_item(number) for number in (1, 2, 3))
    return replace(a_list(), sections=(Section("one", "一", (one, two)), Section("two", "二", (three,))))


def order(checklist: Checklist) -> Order:
    return [(each.code, [int(item.code[-2:]) for item in each.items]) for each in checklist.sections]


def test_an_item_is_added_at_the_end_of_its_section(checklist: Checklist) -> None:
    added = with_item(checklist, "one", replace(an_item(9), code=next_item_code(checklist)))
    assert order(added) == [("one", [1, 2, 4]), ("two", [3])]


def test_a_code_that_was_freed_in_the_middle_is_not_given_again(checklist: Checklist) -> None:
    assert next_item_code(without_item(checklist, "C99-02")) == "C99-04"


def test_codes_of_the_parent_do_not_count_for_a_derived_list(checklist: Checklist) -> None:
    assert next_item_code(replace(checklist, code="C99-654202")) == "C99-654202-01"


def test_an_item_changes_in_its_place(checklist: Checklist) -> None:
    changed = changed_item(checklist, replace(an_item(2), text="新？"))
    assert order(changed) == order(checklist)
    assert changed.item("C99-02").text == "新？"


@pytest.mark.parametrize(
    ("code", "by", "after"),
    [
        ("C99-02", UP, [("one", [2, 1]), ("two", [3])]),
        ("C99-01", DOWN, [("one", [2, 1]), ("two", [3])]),
        ("C99-02", DOWN, [("one", [1]), ("two", [2, 3])]),
        ("C99-03", UP, [("one", [1, 2, 3]), ("two", [])]),
        ("C99-01", UP, [("one", [1, 2]), ("two", [3])]),
        ("C99-03", DOWN, [("one", [1, 2]), ("two", [3])]),
    ],
)
def test_an_item_moves_by_one_place(checklist: Checklist, code: str, by: int, after: Order) -> None:
    assert order(moved_item(checklist, code, by)) == after


def test_sections_are_added_renamed_moved_and_removed(checklist: Checklist) -> None:
    assert order(with_section(checklist, "三"))[-1] == ("s3", [])
    assert renamed_section(checklist, "two", "贰").sections[1].title == "贰"
    assert order(moved_section(checklist, "two", UP)) == [("two", [3]), ("one", [1, 2])]
    assert moved_section(checklist, "two", DOWN) == checklist
    assert order(without_section(checklist, "one")) == [("two", [3])]


def test_what_is_gone_is_not_found(checklist: Checklist) -> None:
    with pytest.raises(NotFound):
        without_item(checklist, "C99-77")
    with pytest.raises(NotFound):
        renamed_section(checklist, "x", "新")
