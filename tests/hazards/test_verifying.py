"""What is written past the steps shows in `flask audit verify`."""

from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import text

from inspect_app.core.database import transaction
from inspect_app.hazards.bulk import register_many, update_many
from inspect_app.hazards.models import Hazard, HazardEvent
from inspect_app.hazards.verifying import verify
from inspect_app.hazards.words import State
from tests.hazards.stories import MAJOR_PATHS, PATHS, Story


def test_every_life_told_through_the_steps_agrees(story: Story) -> None:
    with transaction():
        for state in PATHS:
            story.reach(state)
        for state in MAJOR_PATHS:
            story.reach(state, major=True)
        hazard = story.reach(State.CLOSED)
        story.take(hazard, "correct")
        story.take(story.reach(State.RECTIFYING), "pause_clock")
        story.take(story.reach(State.CLOSED), "look_back", rebounded=True)
    assert verify(story.session) == []


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        ("UPDATE hazard SET state = 'closed' WHERE id = :id", "状态与经过不符"),
        ("UPDATE hazard SET due_on = '2026-09-30' WHERE id = :id", "due_on 与审计记录"),
        ("UPDATE hazard SET grade = 'general' WHERE id = :id", "等级与交办时不符"),
        ("UPDATE hazard SET extension_count = 0, paused_days = 3 WHERE id = :id", "paused_days 与审计记录"),
        ("UPDATE hazard SET recheck_result = '合格', done_on = NULL WHERE id = :id", "recheck_result 与审计记录"),
        ("UPDATE hazard SET done_by_id = NULL WHERE id = :id", "done_by_id 与审计记录"),
    ],
)
def test_a_row_altered_by_sql_is_named(story: Story, statement: str, sentence: str) -> None:
    with transaction():
        hazard = story.reach(State.RECTIFYING, major=True)
        story.take(hazard, "pause_clock")
        story.take(hazard, "report_done")
        story.take(hazard, "start_recheck")
        story.take(hazard, "fail_recheck")
        story.session.execute(text(statement), {"id": hazard.id})
    assert any(hazard.reference in problem and sentence in problem for problem in verify(story.session))


def test_an_event_that_nobody_took_is_named(story: Story) -> None:
    with transaction():
        hazard = story.reach(State.CLOSURE_PENDING)
        story.session.add(
            HazardEvent(
                subject_id=hazard.id, action="close", source="closure_pending", target="closed", actor_id=None,
                actor_name="", at=datetime(2026, 6, 15, 2, tzinfo=UTC), facts={},
            )
        )  # fmt: skip
        story.session.execute(text("UPDATE hazard SET state = 'closed' WHERE id = :id"), {"id": hazard.id})
    assert any("没有留痕" in problem for problem in verify(story.session))


def test_a_photo_withdrawn_after_closure_is_missed(story: Story) -> None:
    with transaction():
        hazard = story.reach(State.CLOSED)
        at = {"id": hazard.id, "at": datetime(2026, 6, 15)}  # noqa: DTZ001 - as a hand would write it
        story.session.execute(text("UPDATE evidence SET withdrawn_at = :at WHERE subject_id = :id"), at)
    assert any("照片已不在" in problem for problem in verify(story.session))


def test_the_verifier_of_the_trail_asks_the_inventory(app: Flask, story: Story) -> None:
    with transaction():
        hazard = story.reach(State.ASSIGNED)
        story.session.execute(text("UPDATE hazard SET state = 'closed' WHERE id = :id"), {"id": hazard.id})
    assert verify in app.extensions["verifiers"]
    outcome = app.test_cli_runner().invoke(args=["hazards", "verify"])
    assert outcome.exit_code == 1
    assert hazard.reference in outcome.output


def test_hazards_registered_and_updated_in_bulk_agree(story: Story) -> None:
    with transaction():
        keys = register_many(story.session, story.cast.clerk, [story.draft(origin="return")], batch_id=None)
        update_many(story.session, story.cast.clerk, {keys[0]: {"progress": "已联系施工单位"}}, batch_id=None)
        hazard = story.session.get_one(Hazard, keys[0])
        story.take(hazard, "assign")
    assert verify(story.session) == []
