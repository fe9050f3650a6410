"""Items that hang on earlier answers: what is asked, what counts, what may be submitted."""

from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from inspect_app.checklists.relevance import not_asked
from inspect_app.core.database import transaction
from inspect_app.inspections import queries, service
from inspect_app.inspections.presenting import change_json, definition_json
from inspect_app.inspections.rules import combination_problems
from inspect_app.inspections.tally import tally
from tests.inspections.factories import lead_of, make_visit
from tests.inspections.lists import publish, skipping_list
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
        definition = definition_json(LIST)
    assert {each["item"]: bool(each["skipped"]) for each in told["items"]} == {
        code: code != "T01-07" for code in HANGING
    }
    assert set(told["totals"]["skipped"]) == HANGING - {"T01-07"}
    assert [each["code"] for each in definition["items"]] == [item.code for item in LIST.items]


@pytest.mark.usefixtures("clock")
def test_a_visit_is_submitted_without_what_is_not_asked(session: Session) -> None:
    good: dict[str, Answers] = {
        "T01-01": {"value": "yes"},
        "T01-02": {"value": "-3"},
        "T01-03": {"numerator": "1", "denominator": "2"},
        "T01-04": {"value": "2026-06-01"},
        "T01-05": {"value": "frame"},
        "T01-06": {"value": ["brick", "steel", "frame"]},
        "T01-07": {"parts": made("no") | {"drilled": {"numerator": "1", "denominator": "1"}}},
    }
    with transaction():
        publish(session, LIST)
        visit = make_visit(session, checklist_codes=["T01"])
        service.start(session, lead_of(visit), visit)
        for code, value in good.items():
            service.answer(session, lead_of(visit), visit, code, value)
        service.answer(session, lead_of(visit), visit, "T01-01", {"value": "no"}, version=1)
        service.submit(session, lead_of(visit), visit, site_person="甲校长")
    assert visit.state == "submitted"
    assert not queries.hazards_of(session, visit)
    results = {line["code"]: line["result"] for line in visit.sheets[0].lines}
    assert results["T01-07"] == "not_applicable"
    assert visit.sheets[0].score == 100


def test_two_lists_with_common_items_cannot_be_filled_together() -> None:
    one = replace(LIST.sections[0], items=LIST.items[:1])
    derived = replace(LIST, code="T01-654202")
    assert combination_problems([LIST, replace(derived, sections=(one,))]) == [
        "检查表 T01 和 T01-654202 都有检查项 T01-01，不能用于同一次检查，请只选一张。"
    ]
    assert "有 16 个相同的检查项（T01-01 等）" in combination_problems([LIST, derived])[0]
    assert combination_problems([LIST]) == []
