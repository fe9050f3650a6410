"""Where a visit stands while it is filled."""

from datetime import date
from decimal import Decimal
from typing import Any

from inspect_app.checklists.definition import Evidence, Severity
from inspect_app.checklists.loading import load_library
from inspect_app.inspections.tally import tally

TODAY = date(2026, 6, 15)
LIBRARY = load_library().checklists
C03, C12 = LIBRARY["C03"], LIBRARY["C12"]


def standing(answers: dict[str, Any], files: dict[str, set[Evidence]] | None = None) -> Any:  # noqa: ANN401 - a tally
    return tally([C03], answers, files or {}, TODAY)


def test_an_empty_visit_is_open_in_every_item_and_has_no_score() -> None:
    empty = standing({})
    assert len(empty.open_items) == 16
    assert empty.answered == 0
    assert empty.sheets[0].score.score is None


def test_a_good_answer_closes_its_item() -> None:
    good = standing({"C03-07": {"value": "no"}})
    assert (good.answered, len(good.open_items)) == (1, 15)
    assert good.item("C03-07").consequence is None
    assert good.sheets[0].score.score == Decimal(100)


def test_a_bad_answer_shows_what_it_leads_to_and_its_veto() -> None:
    bad = standing({"C03-05": {"value": "yes"}})
    assert bad.item("C03-05").consequence is Severity.MAJOR
    assert bad.item("C03-05").veto
    assert (bad.vetoes, bad.leading_to(Severity.MAJOR), bad.leading_to(Severity.GENERAL)) == (1, 1, 0)


def test_an_answer_without_its_photo_stays_open_and_says_so() -> None:
    answers = {"C03-09": {"value": "no"}}
    without = standing(answers).item("C03-09")
    assert without.open
    assert without.problems == ("缺少现场照片。",)
    assert not standing(answers, {"C03-09": {Evidence.PHOTO}}).item("C03-09").open


def test_a_contradiction_stays_open_and_is_told() -> None:
    odd = standing({"C03-01": {"numerator": "5", "denominator": "4"}})
    assert odd.item("C03-01").open
    assert "不能大于" in odd.item("C03-01").problems[0]
    assert odd.answered == 0


def test_items_of_several_lists_stand_in_order() -> None:
    both = tally([C12, C03], {}, {}, TODAY)
    assert [sheet.checklist.code for sheet in both.sheets] == ["C12", "C03"]
    assert len(both.items) == 30
