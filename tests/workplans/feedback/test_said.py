from datetime import UTC, datetime
from decimal import Decimal
from types import SimpleNamespace

import pytest

from inspect_app.workplans.feedback.said import MORE_THAN_ALL, NOT_A_COUNT, Said, problems_of, standing_reports


def test_an_unknown_figure_is_left_out_and_zero_is_kept() -> None:
    assert Said("说明", {"done": Decimal(0), "whole": None}).kept() == {"done": "0"}
    assert Said("说明").kept() == {}


def test_figures_are_kept_as_plain_numbers_with_the_aspects() -> None:
    kept = Said("说明", {"done": Decimal("1E+2"), "whole": Decimal("120.50")}, ("进学校",)).kept()
    assert kept == {"done": "100", "whole": "120.5", "aspects": ["进学校"]}


@pytest.mark.parametrize("wrong", ["-1", "NaN", "Infinity", "0.12345", "1E+10"])
def test_what_is_no_count_is_refused(wrong: str) -> None:
    assert problems_of(Said("", {"done": Decimal(wrong)}), []) == {"done": [NOT_A_COUNT]}


def test_no_more_can_be_done_than_there_is() -> None:
    assert problems_of(Said("", {"done": Decimal(5), "whole": Decimal(3)}), []) == {"done": [MORE_THAN_ALL]}
    assert not problems_of(Said("", {"done": Decimal(3), "whole": Decimal(3)}), [])
    assert not problems_of(Said("", {"done": Decimal(5)}), [])


def test_only_aspects_that_are_asked_for_can_be_ticked() -> None:
    assert list(problems_of(Said("", {}, ("进学校", "进机关")), ["进学校"])) == ["aspects"]


def test_a_report_that_was_taken_back_no_longer_counts() -> None:
    def event(action: str, source: str = "reported", summary: str = "") -> SimpleNamespace:
        facts = {"summary": summary, "figures": {}}
        return SimpleNamespace(
            action=action, source=source, facts=facts, at=datetime(2026, 6, 1, tzinfo=UTC), actor_id=1
        )

    events = [event("report", "due", "一"), event("send_back"), event("report", "returned", "二")]
    events.append(event("amend", summary="三"))
    assert [told.undone_by for told in standing_reports(events)] == ["undo_report", "undo_again", "undo_amend"]
    assert [told.summary for told in standing_reports(events)] == ["一", "二", "三"]
    assert [told.summary for told in standing_reports([*events, event("undo_amend")])] == ["一", "二"]
    assert [told.summary for told in standing_reports([*events, event("undo_amend"), event("undo_again")])] == ["一"]
    assert standing_reports([event("undo_report")]) == []
