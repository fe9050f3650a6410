"""Items that hang on earlier answers: what is asked, what counts, what may be submitted."""

import pytest
from flask import Flask

from inspect_app.checklists.relevance import not_asked
from inspect_app.inspections.presenting import change_json, conditions_json
from inspect_app.inspections.tally import tally
from tests.inspections.lists import skipping_list
from tests.inspections.skipping import CASES, HANGING, TODAY, Answers, answer, left_out, made

LIST = skipping_list()


@pytest.mark.parametrize(("given", "asked"), CASES)
def test_the_earlier_answer_decides_what_is_asked(given: Answers, asked: set[int]) -> None:
    assert set(not_asked(LIST, given, TODAY)) == left_out(asked)


def test_what_is_not_asked_is_neither_open_nor_counted() -> None:
    tallied = tally([LIST], answer(1, value="no"), {}, TODAY)
    assert (tallied.asked, tallied.answered, len(tallied.open_items)) == (6, 1, 5)
    assert {each.item.code for each in tallied.items if each.skipped} == HANGING
    assert not tallied.item("T01-07").open
    assert "T01-01" in str(tallied.item("T01-07").skipped)


def test_an_optional_item_counts_only_once_it_is_answered() -> None:
    silent = tally([LIST], answer(1, value="na"), {}, TODAY)
    assert silent.item("T01-08").skipped is None
    assert not silent.item("T01-08").open
    assert silent.asked == 6
    spoken = tally([LIST], answer(1, value="na") | answer(8, value="见附页"), {}, TODAY)
    assert (spoken.asked, spoken.answered) == (7, 2)


def test_an_answer_kept_for_an_item_that_is_not_asked_leads_to_nothing() -> None:
    kept = answer(7, parts=made("no"))
    hidden = tally([LIST], answer(1, value="no") | kept, {}, TODAY)
    asked = tally([LIST], answer(1, value="yes") | kept, {}, TODAY)
    assert hidden.item("T01-07").consequence is None
    assert hidden.item("T01-07").problems == ()
    assert asked.item("T01-07").open


@pytest.mark.usefixtures("session")
def test_the_page_is_told_of_every_item_that_hangs_on_others(app: Flask) -> None:
    tallied = tally([LIST], answer(1, value="yes"), {}, TODAY)
    with app.test_request_context():
        told = change_json(tallied, "T01-01")
        conditions = conditions_json([LIST])
    assert {each["item"]: bool(each["skipped"]) for each in told["items"]} == {
        code: code != "T01-07" for code in HANGING
    }
    assert set(told["totals"]["skipped"]) == HANGING - {"T01-07"}
    assert [each["code"] for each in conditions[0]] == [item.code for item in LIST.items]
