"""Ways to get more time than is given, to plan in name only, and to rewrite what has ended: each is refused."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select, text

from inspect_app.core import clock
from inspect_app.core.database import transaction
from inspect_app.core.errors import DomainError, Forbidden, Invalid, StepRefused
from inspect_app.hazards.models import Hazard
from inspect_app.hazards.service import mark_listed, take_step, update
from inspect_app.hazards.verifying import verify
from inspect_app.hazards.words import Grade, State
from tests.hazards.cheating import Cheat, refused
from tests.hazards.stories import SIX_PARTS, Story

TODAY = date(2026, 6, 15)


# --- time --------------------------------------------------------------------------------------------------------


def test_a_due_date_in_the_past(story: Story) -> None:
    with transaction():
        hazard = story.register()
    yesterday = TODAY - timedelta(days=1)
    refused(story, hazard, lambda story, hazard: story.take(hazard, "assign", due_on=yesterday), "不能早于今天")


def test_a_due_date_moved_by_editing(story: Story) -> None:
    with transaction():
        hazard = story.reach(State.RECTIFYING)

    def edit(story: Story, hazard: Hazard) -> None:
        update(story.session, story.cast.clerk, hazard, {"due_on": date(2026, 9, 1)}, hazard.version)

    refused(story, hazard, edit, "不能由您修改", Forbidden)


def uncontrolled(story: Story, hazard: Hazard) -> None:
    take_step(story.session, story.cast.clerk, hazard, "request_extension", story.facts("request_extension"))


def extend(story: Story, hazard: Hazard) -> Hazard:
    return story.take(hazard, "request_extension")


def extend_too_late(story: Story, hazard: Hazard) -> None:
    hazard.due_on = TODAY + timedelta(days=2)
    extend(story, hazard)


def extend_a_listed_one_too_late(story: Story, hazard: Hazard) -> None:
    hazard.listed = True
    extend(story, hazard)


def extend_over_pupils(story: Story, hazard: Hazard) -> None:
    hazard.item_code = "C03-05"
    extend(story, hazard)


def extend_a_lived_in_ruin(story: Story, hazard: Hazard) -> None:
    hazard.category, hazard.native_grade = "C04", "d级危房"
    extend(story, hazard)


def extend_twice(story: Story, hazard: Hazard) -> None:
    hazard.extension_count = 1
    extend(story, hazard)


def pause_for_ever(story: Story, hazard: Hazard) -> None:
    story.take(hazard, "pause_clock", pause_until=TODAY + timedelta(days=91))


def pause_what_is_late(story: Story, hazard: Hazard) -> None:
    hazard.due_on = TODAY - timedelta(days=1)
    story.session.flush()
    story.take(hazard, "pause_clock")


def pause_over_pupils(story: Story, hazard: Hazard) -> None:
    hazard.item_code = "C03-04"
    story.session.flush()
    story.take(hazard, "pause_clock")


def watch_for_ever(story: Story, hazard: Hazard) -> None:
    story.take(hazard, "suspend", review_on=TODAY + timedelta(days=181))


def watch_with_nobody_at_hand(story: Story, hazard: Hazard) -> None:
    story.take(hazard, "suspend", standby_forces=" ")


@pytest.mark.parametrize(
    ("cheat", "sentence"),
    [
        (uncontrolled, "临时管控的佐证"),
        (extend_too_late, "已经来不及"),
        (extend_a_listed_one_too_late, "已经来不及"),
        (extend_over_pupils, "不得延期"),
        (extend_a_lived_in_ruin, "不得延期"),
        (extend_twice, "次数已经用完"),
        (pause_for_ever, "超过了允许的上限"),
        (pause_what_is_late, "不能停止计时"),
        (pause_over_pupils, "不得停止计时"),
        (watch_for_ever, "复核周期"),
        (watch_with_nobody_at_hand, "预置抢险队伍"),
    ],
)
def test_more_time_than_is_given(story: Story, cheat: Cheat, sentence: str) -> None:
    with transaction():
        hazard = story.reach(State.RECTIFYING)
    refused(story, hazard, cheat, sentence)


def test_the_old_proof_of_control_for_the_second_extension(story: Story) -> None:
    with transaction():
        hazard = story.reach(State.RECTIFYING, major=True)
        extend(story, hazard)
    with clock.set_to(clock.now() + timedelta(days=1)):
        with transaction():
            story.take(hazard, "approve_extension")
        refused(story, hazard, uncontrolled, "临时管控的佐证")


def test_an_officer_gives_time_to_what_a_leader_listed(story: Story) -> None:
    with transaction():
        hazard = story.reach(State.EXTENSION_PENDING)
        mark_listed(story.session, story.cast.leader, hazard, "prefecture")
    refused(story, hazard, lambda story, hazard: story.take(hazard, "approve_extension"), "没有权限", Forbidden)
    with transaction():
        story.take(hazard, "approve_extension", actor=story.cast.leader)
    assert hazard.extension_count == 1


# --- plans, splits, corrections ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        (dict.fromkeys(SIX_PARTS, "同上"), "照抄同一句话"),
        ({"plan_safety": " "}, "安全措施与应急预案"),
        ({"plan_funds": ""}, "经费物资"),
    ],
)
def test_a_plan_in_name_only(story: Story, facts: dict[str, Any], sentence: str) -> None:
    with transaction():
        hazard = story.register(story.major())
        story.take(hazard, "assign")
        story.take(hazard, "accept")
    refused(story, hazard, lambda story, hazard: story.take(hazard, "submit_plan", **facts), sentence)


@pytest.mark.parametrize("parts", ["只有一条", "同一条\n 同一条 \n\n"])
def test_a_split_into_one(story: Story, parts: str) -> None:
    with transaction():
        hazard = story.register()
    refused(story, hazard, lambda story, hazard: story.take(hazard, "split", parts=parts), "至少拆分为两条")


def test_a_part_has_the_due_date_of_the_whole_and_is_not_split_again(story: Story) -> None:
    with transaction():
        hazard = story.take(story.reach(State.ASSIGNED), "split")
    parts = story.session.scalars(select(Hazard).where(Hazard.parent_id == hazard.id)).all()
    assert [(part.due_on, part.state, part.origin) for part in parts] == [(hazard.due_on, "registered", "split")] * 2
    refused(story, parts[0], lambda story, hazard: story.take(hazard, "split"), "不能再拆分")


@pytest.mark.parametrize(
    ("corrections", "kind", "sentence"),
    [
        ({"due_on": date(2026, 9, 1)}, StepRefused, "不能更正"),
        ({"grade": Grade.GENERAL}, StepRefused, "不能更正"),
        ({"state": "registered"}, Invalid, "不接受"),
        ({"closed_on": date(2026, 6, 1)}, Invalid, "不接受"),
        ({"remark": ""}, StepRefused, "没有改动"),
    ],
)
def test_a_correction_that_rewrites_the_outcome(
    story: Story, corrections: Mapping[str, object], kind: type[DomainError], sentence: str
) -> None:
    with transaction():
        hazard = story.reach(State.CLOSED, major=True)

    def correct(story: Story, hazard: Hazard) -> None:
        story.take(hazard, "correct", corrections=dict(corrections))

    refused(story, hazard, correct, sentence, kind)


def test_a_correction_without_a_reason(story: Story) -> None:
    with transaction():
        hazard = story.reach(State.CLOSED)
    refused(story, hazard, lambda story, hazard: story.take(hazard, "correct", reason=""), "请填写：理由")


def test_editing_a_closed_record(story: Story) -> None:
    with transaction():
        hazard = story.reach(State.CLOSED)

    def edit(story: Story, hazard: Hazard) -> None:
        update(story.session, story.cast.clerk, hazard, {"remark": "改"}, hazard.version)

    refused(story, hazard, edit, "不能由您修改", Forbidden)


def test_what_goes_past_the_steps_is_found(story: Story) -> None:
    with transaction():
        hazard = story.reach(State.RECTIFYING)
        story.session.execute(
            text("UPDATE hazard SET state = 'closed', closed_on = '2026-06-15' WHERE id = :id"), {"id": hazard.id}
        )
    assert any(hazard.reference in problem for problem in verify(story.session))
