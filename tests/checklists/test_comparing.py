from dataclasses import replace
from decimal import Decimal

from inspect_app.checklists.comparing import compare
from inspect_app.checklists.definition import Citation, Evidence, Relevance, Section
from inspect_app.checklists.loading import load_library
from inspect_app.checklists.wording import item_words
from tests.checklists.builders import a_list, an_item


def test_a_list_does_not_differ_from_itself() -> None:
    for checklist in load_library().checklists.values():
        assert compare(checklist, checklist).same


def test_every_changed_field_is_told_with_both_readings() -> None:
    before = a_list(an_item(1), an_item(2))
    item = replace(
        before.items[1],
        weight=Decimal(12),
        evidence=(Evidence.PHOTO,),
        citations=(Citation("REG-744", "第七条"),),
        relevant=(Relevance("C99-01", any_of=("no",)),),
        required=False,
        locked=True,
    )
    changes = {each.field: each for each in compare(before, a_list(before.items[0], item)).changed}
    assert set(changes) == {"weight", "evidence", "bases", "relevant", "required", "locked"}
    assert (changes["weight"].item, changes["weight"].before, changes["weight"].after) == ("C99-02", ("10",), ("12",))
    assert [str(each) for each in changes["relevant"].after] == ["仅在 C99-01 选“否”时填写。"]


def test_items_added_removed_and_moved_are_told_apart() -> None:
    one, two, three = (an_item(number) for number in (1, 2, 3))
    changes = compare(a_list(one, two), a_list(two, three))
    assert ([item.code for item in changes.added], [item.code for item in changes.removed]) == (["C99-03"], ["C99-01"])
    assert not changes.moved
    assert compare(a_list(one, two), a_list(two, one)).moved
    other_section = replace(a_list(one), sections=(Section("one", "一", (one,)), Section("two", "二", (two,))))
    assert compare(a_list(one, two), other_section).moved


def test_the_head_of_a_list_is_compared_too() -> None:
    changes = compare(a_list(an_item(1)), replace(a_list(an_item(1)), title="新名", objects=("C03",))).changed
    assert [(each.item, each.field) for each in changes] == [("", "title"), ("", "objects")]


def test_every_question_of_every_list_reads_as_words() -> None:
    told = {
        str(words)
        for checklist in load_library().checklists.values()
        for item in checklist.items
        for words in item_words(item, checklist)["answer"]
    }
    assert {"答“是”不合格", "不低于 100%", "不超过 36 个月", "可答不涉及", "可以超过 100%", "前提题"} <= told
    assert all("%(" not in each for each in told)
