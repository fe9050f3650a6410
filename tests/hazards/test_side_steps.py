"""The steps beside the main way: pausing the clock, interim control, splitting, correcting an ended record."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from inspect_app.audit.models import AuditEntry
from inspect_app.core import clock
from inspect_app.core.database import transaction
from inspect_app.core.errors import StepRefused
from inspect_app.core.workdays import load_calendar
from inspect_app.evidence.models import Purpose
from inspect_app.hazards.definitions import load_limits
from inspect_app.hazards.models import Hazard
from inspect_app.hazards.presentation import notices, timeline
from inspect_app.hazards.rules import is_overdue, is_paused
from inspect_app.hazards.summary import verify as count_again
from inspect_app.hazards.words import MeasureType, State
from tests.hazards.stories import SIX_PARTS, Story

TODAY, DUE = date(2026, 6, 15), date(2026, 7, 5)


def later(days: int) -> date:
    return TODAY + timedelta(days=days)


def told(story: Story, hazard: Hazard) -> str:
    calendar = load_calendar(story.session)
    return " ".join(str(each) for each in notices(hazard, load_limits(), calendar, clock.today()))


def test_a_pause_moves_the_due_date_at_once_and_an_early_end_moves_it_back(story: Story) -> None:
    with transaction():
        hazard = story.take(story.reach(State.RECTIFYING), "pause_clock", pause_until=later(30))
    assert (hazard.due_on, hazard.paused_days, hazard.original_due_on) == (DUE + timedelta(days=30), 30, DUE)
    assert is_paused(hazard.paused_until, later(29))
    assert not is_paused(hazard.paused_until, later(30))
    with clock.set_to(clock.now() + timedelta(days=10)), transaction():
        story.take(hazard, "run_clock")
    assert (hazard.due_on, hazard.paused_days, hazard.paused_until) == (DUE + timedelta(days=10), 10, later(10))
    assert not count_again(story.session)


def test_a_second_pause_waits_for_the_first_to_end(story: Story) -> None:
    with transaction():
        hazard = story.take(story.reach(State.RECTIFYING), "pause_clock", pause_until=later(30))
    with transaction(), pytest.raises(StepRefused, match="已经停止计时"):
        story.take(hazard, "pause_clock", pause_until=later(40))
    with clock.set_to(clock.now() + timedelta(days=30)):
        with transaction(), pytest.raises(StepRefused, match="期满"):
            story.take(hazard, "run_clock")
        with transaction():
            story.take(hazard, "pause_clock", pause_until=later(60))
    assert (hazard.paused_days, hazard.due_on) == (60, DUE + timedelta(days=60))


def test_only_an_approved_extension_is_not_overdue(story: Story) -> None:
    with transaction():
        hazard = story.reach(State.EXTENSION_PENDING)
    assert "2026-06-30 前作出决定" in told(story, hazard)
    assert is_overdue(hazard.state, hazard.due_on, DUE + timedelta(days=1))
    with transaction():
        story.take(hazard, "approve_extension")
    assert not is_overdue(hazard.state, hazard.due_on, DUE + timedelta(days=1))


def test_the_page_says_until_when_to_ask_for_more_time(story: Story) -> None:
    with transaction():
        hazard = story.reach(State.RECTIFYING)
    assert told(story, hazard) == "需要延期的，最迟于 2026-07-02 申请。"
    hazard.item_code = "C03-05"
    assert "先撤人停用" in told(story, hazard)


def test_interim_control_is_reviewed_and_stays_where_it_is(story: Story) -> None:
    with transaction():
        hazard = story.reach(State.SUSPENDED)
    assert hazard.standby_forces.startswith("乌苏市民兵")
    with clock.set_to(clock.now() + timedelta(days=90)):
        assert "尽快到现场复核" in told(story, hazard)
        with transaction():
            story.take(hazard, "review", review_on=later(200), standby_forces="沙湾县消防大队12人")
        assert told(story, hazard) == ""
    assert (hazard.state, hazard.review_on) == (State.SUSPENDED, later(200))
    assert hazard.standby_forces == "沙湾县消防大队12人"
    assert hazard.interim_control == "停用并监测"


def test_a_plan_is_kept_part_by_part(story: Story) -> None:
    with transaction():
        hazard = story.reach(State.PLAN_SUBMITTED)
    assert hazard.plan_parts == SIX_PARTS


def test_a_split_leaves_the_whole_and_enters_its_parts(story: Story) -> None:
    with transaction():
        hazard = story.take(story.reach(State.RECTIFYING), "split", parts="外廊开洞\n\n 楼梯间开裂 \n外廊开洞")
    parts = story.session.scalars(select(Hazard).where(Hazard.parent_id == hazard.id).order_by(Hazard.id)).all()
    assert [part.description for part in parts] == ["外廊开洞", "楼梯间开裂"]
    assert (hazard.state, parts[0].origin_reference, parts[0].site_name) == (
        State.RECTIFYING,
        hazard.reference,
        hazard.site_name,
    )
    assert not count_again(story.session)


def test_the_parts_of_a_major_one_wait_for_their_funds(story: Story) -> None:
    with transaction():
        hazard = story.take(story.register(story.major()), "split")
    parts = story.session.scalars(select(Hazard).where(Hazard.parent_id == hazard.id)).all()
    assert {(part.state, part.fund_amount) for part in parts} == {(State.DRAFT, None)}


def test_a_correction_keeps_what_stood_there_in_event_and_trail(story: Story) -> None:
    with transaction():
        hazard = story.reach(State.MERGED)
        before = hazard.urgency
    with clock.set_to(clock.now() + timedelta(days=3)), transaction():
        story.take(hazard, "correct", corrections={"location": "二层外廊", "site_name": hazard.site_name})
    assert (hazard.state, hazard.location, hazard.urgency) == (State.MERGED, "二层外廊", before)
    assert hazard.events[-1].facts["corrections"] == {"location": ["", "二层外廊"]}
    entries = select(AuditEntry).where(AuditEntry.action == "hazard.correct", AuditEntry.subject_id == hazard.id)
    assert story.session.scalars(entries).one().changes["location"] == ["", "二层外廊"]
    told = str(timeline(hazard)[0].note).split("；")
    assert sorted(told) == ["理由：录入笔误", "隐患部位或地址：— → 二层外廊"]


def test_what_was_left_is_proved_and_said(story: Story) -> None:
    with transaction():
        hazard = story.reach(State.RECTIFYING)
        story.photograph(hazard, Purpose.PROOF)
        story.take(hazard, "report_done", measure_type=MeasureType.RELOCATION, vacated_by="demolished")
        for action in ("start_recheck", "pass_recheck", "close"):
            story.take(hazard, action)
    assert (hazard.state, hazard.proof_kind) == (State.CLOSED, "demolished")
