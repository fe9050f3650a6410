"""Each condition of the table refuses by its own sentence."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from inspect_app.core.database import transaction
from inspect_app.core.errors import Forbidden, Invalid, StepRefused
from inspect_app.evidence.models import Purpose
from inspect_app.hazards.models import Hazard
from inspect_app.hazards.service import register, take_step
from inspect_app.hazards.summary import verify
from inspect_app.hazards.words import Grade, MeasureType, State
from tests.hazards.stories import Story


def test_a_major_hazard_starts_with_an_approved_plan_only(story: Story) -> None:
    with transaction():
        hazard = story.register(story.major())
        story.take(hazard, "assign")
        story.take(hazard, "accept")
    with transaction(), pytest.raises(StepRefused, match="治理方案经批准"):
        story.take(hazard, "start")


def test_a_long_treatment_needs_a_plan_though_the_hazard_is_general(story: Story) -> None:
    with transaction():
        hazard = story.register()
        story.take(hazard, "assign", due_on=date(2026, 7, 16))
        story.take(hazard, "accept")
    with transaction(), pytest.raises(StepRefused, match="治理方案"):
        story.take(hazard, "start")
    with transaction():
        assert story.take(hazard, "submit_plan").state == State.PLAN_SUBMITTED


def test_thirty_days_need_no_plan(story: Story) -> None:
    with transaction():
        hazard = story.register()
        story.take(hazard, "assign", due_on=date(2026, 7, 15))
        story.take(hazard, "accept")
        assert story.take(hazard, "start").state == State.RECTIFYING


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"due_on": None}, "请填写：整改时限"),
        ({"due_on": date(2026, 6, 14)}, "不能早于今天"),
        ({"due_on": date(2027, 6, 16)}, "最长期限"),
    ],
)
def test_an_assignment_needs_a_possible_due_date(story: Story, facts: dict[str, Any], sentence: str) -> None:
    with transaction():
        hazard = story.register()
    with transaction(), pytest.raises(StepRefused, match=sentence):
        story.take(hazard, "assign", **facts)


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"measures": "已要求整改，已要求整改！"}, "措施未落实"),
        ({"measures": "加强管理"}, "措施未落实"),
        ({"fund_amount": None}, "整改资金"),
        ({"responsible_leader": " "}, "责任领导"),
        ({"interim_control": ""}, "临时管控"),
        ({"plan_goal": ""}, "目标任务"),
    ],
)
def test_a_plan_shows_the_five_fulfilments(story: Story, facts: dict[str, Any], sentence: str) -> None:
    with transaction():
        hazard = story.register(story.major())
        story.take(hazard, "assign")
        story.take(hazard, "accept")
    with transaction(), pytest.raises(StepRefused, match=sentence):
        story.take(hazard, "submit_plan", **facts)


def test_completion_needs_a_photo_of_after(story: Story) -> None:
    with transaction():
        hazard = story.reach(State.RECTIFYING)
    with transaction(), pytest.raises(StepRefused, match="缺整改后照片"):
        take_step(story.session, story.cast.clerk, hazard, "report_done", story.facts("report_done"))


def test_the_same_photo_is_no_proof_of_a_change(story: Story) -> None:
    with transaction():
        hazard = story.reach(State.RECTIFYING)
        story.photograph(hazard, Purpose.BEFORE, "a" * 64)
        story.photograph(hazard, Purpose.AFTER, "a" * 64)
    with transaction(), pytest.raises(StepRefused, match="同一张"):
        take_step(story.session, story.cast.clerk, hazard, "report_done", story.facts("report_done"))


def test_monitoring_is_not_elimination(story: Story) -> None:
    with transaction():
        hazard = story.reach(State.RECTIFYING)
    with transaction(), pytest.raises(StepRefused, match="监测预警不等于消除"):
        story.take(hazard, "report_done", measure_type=MeasureType.MONITORING)


@pytest.mark.parametrize("action", ["pass_recheck", "fail_recheck"])
def test_a_recheck_takes_two_people_who_did_not_rectify(story: Story, action: str) -> None:
    with transaction():
        hazard = story.reach(State.RECHECKING)
        hazard.done_by_id = story.cast.second.id
    officer, second = story.cast.officer.id, story.cast.second.id
    for people, sentence in (([officer, officer], "两名以上"), ([officer, second], "不能参加复查")):
        with transaction(), pytest.raises(StepRefused, match=sentence):
            story.take(hazard, action, recheckers=people)


def test_who_rechecked_registers_the_result(story: Story) -> None:
    with transaction():
        hazard = story.reach(State.RECHECKING)
    people = [story.cast.head.id, story.cast.second.id]
    with transaction(), pytest.raises(StepRefused, match="本人登记"):
        story.take(hazard, "pass_recheck", recheckers=people)


def test_a_namesake_of_the_responsible_person_cannot_recheck(story: Story) -> None:
    with transaction():
        hazard = story.reach(State.RECHECKING, responsible_person=story.cast.second.name)
    with transaction(), pytest.raises(StepRefused, match="不能参加复查"):
        story.take(hazard, "pass_recheck")


def test_people_of_another_county_cannot_be_named_as_recheckers(story: Story) -> None:
    with transaction():
        hazard = story.reach(State.RECHECKING)
    with transaction(), pytest.raises(Invalid, match="不负责这个区域"):
        story.take(hazard, "pass_recheck", recheckers=[story.cast.officer.id, story.cast.other_clerk.id])


def test_the_rectifier_is_not_let_near_the_verification(story: Story) -> None:
    with transaction():
        hazard = story.reach(State.DONE)
        hazard.done_by_id = story.cast.officer.id
    with transaction(), pytest.raises(Forbidden):
        story.take(hazard, "start_recheck")


def test_a_failed_recheck_counts_and_goes_back_to_work(story: Story) -> None:
    with transaction():
        hazard = story.take(story.reach(State.RECHECKING), "fail_recheck")
    assert (hazard.state, hazard.recheck_failures, hazard.recheck_result, hazard.done_on) == (
        State.RECTIFYING, 1, "不合格", None,
    )  # fmt: skip


def test_engineering_works_are_accepted_before_closure(story: Story) -> None:
    with transaction():
        hazard = story.reach(State.RECTIFYING)
        story.take(hazard, "report_done", measure_type=MeasureType.ENGINEERING)
        story.take(hazard, "start_recheck")
    with transaction(), pytest.raises(StepRefused, match="须先验收"):
        story.take(hazard, "pass_recheck")
    with transaction():
        assert story.take(hazard, "pass_to_acceptance").state == State.ACCEPTANCE
    with transaction(), pytest.raises(StepRefused, match="不能是责任单位自己"):
        story.take(hazard, "pass_acceptance", accepted_by_unit="晨光小学")
    with transaction():
        assert story.take(hazard, "pass_acceptance").state == State.CLOSURE_PENDING


def test_a_major_hazard_is_closed_by_a_leader_with_written_consent(story: Story) -> None:
    with transaction():
        hazard = story.reach(State.CLOSURE_PENDING, major=True)
    with transaction(), pytest.raises(Forbidden):
        story.take(hazard, "close", actor=story.cast.officer)
    with transaction(), pytest.raises(StepRefused, match="书面同意"):
        story.take(hazard, "close", consent="")
    with transaction():
        story.take(hazard, "close")
    assert (hazard.state, hazard.closed_on, hazard.closed_by) == (
        State.CLOSED, date(2026, 6, 15), story.cast.leader.name,
    )  # fmt: skip


def test_an_officer_closes_a_general_hazard_but_a_county_does_not(story: Story) -> None:
    with transaction():
        hazard = story.reach(State.CLOSURE_PENDING)
    with transaction(), pytest.raises(Forbidden):
        story.take(hazard, "close", actor=story.cast.head)
    with transaction():
        assert story.take(hazard, "close", actor=story.cast.officer).state == State.CLOSED


@pytest.mark.parametrize(
    ("column", "value", "sentence"),
    [
        ("recheck_result", "不合格", "没有合格的复查结论"),
        ("measure_type", MeasureType.ENGINEERING, "验收意见"),
        ("measure_type", MeasureType.RELOCATION, "避让搬迁"),
        ("measure_type", MeasureType.MONITORING, "不等于消除"),
        ("responsible_person", "", "六要素"),
    ],
)
def test_closure_asks_for_every_proof(story: Story, column: str, value: object, sentence: str) -> None:
    with transaction():
        hazard = story.reach(State.CLOSURE_PENDING)
        setattr(hazard, column, value)
    with transaction(), pytest.raises(StepRefused, match=sentence):
        story.take(hazard, "close")


def test_closure_waits_for_an_open_child(story: Story) -> None:
    with transaction():
        hazard = story.reach(State.CLOSURE_PENDING)
        story.register(story.draft(reopened_from_id=hazard.id))
    with transaction(), pytest.raises(StepRefused, match="没有销号"):
        story.take(hazard, "close")


def test_an_approved_extension_moves_the_due_date_and_is_counted(story: Story) -> None:
    with transaction():
        hazard = story.reach(State.EXTENSION_PENDING)
        asked = date(2026, 6, 15) + timedelta(days=40)
        story.take(hazard, "approve_extension")
    assert (hazard.due_on, hazard.extension_count) == (asked, 1)
    assert hazard.original_due_on == date(2026, 7, 5)
    with transaction(), pytest.raises(StepRefused, match="次数已经用完"):
        story.take(hazard, "request_extension", extend_to=date(2026, 9, 1))


@pytest.mark.parametrize(("extend_to", "sentence"), [(date(2026, 7, 5), "须晚于现在"), (date(2027, 6, 16), "最长期限")])
def test_an_extension_reaches_further_but_not_past_the_limit(story: Story, extend_to: date, sentence: str) -> None:
    with transaction():
        hazard = story.reach(State.RECTIFYING)
    with transaction(), pytest.raises(StepRefused, match=sentence):
        story.take(hazard, "request_extension", extend_to=extend_to)


def test_a_rebound_opens_a_linked_child_and_leaves_the_record_closed(story: Story) -> None:
    with transaction():
        hazard = story.reach(State.CLOSED)
        story.take(hazard, "look_back", rebounded=True, finding="洞口又被凿开")
    child = story.session.scalars(select(Hazard).where(Hazard.reopened_from_id == hazard.id)).one()
    assert (hazard.state, hazard.rebounded, child.state) == (State.CLOSED, True, State.DRAFT)
    assert (child.origin_reference, child.grade, child.due_on) == (hazard.reference, Grade.GENERAL, None)
    assert not verify(story.session)


def test_unfounded_takes_two_signatures(story: Story) -> None:
    with transaction():
        hazard = story.register()
    with transaction(), pytest.raises(StepRefused, match="第二签署人"):
        story.take(hazard, "unfounded", second_signer=story.cast.officer.id)


@pytest.mark.parametrize("where", ["itself", "elsewhere", "nowhere"])
def test_a_hazard_merges_into_another_open_one_of_its_county_only(story: Story, where: str) -> None:
    with transaction():
        hazard = story.register()
        county = story.cast.other_clerk.view_region_id
        elsewhere = register(story.session, story.cast.other_clerk, story.draft(county_id=county, region_id=county))
    target = {"itself": hazard.reference, "elsewhere": elsewhere.reference, "nowhere": "YH-0"}[where]
    with transaction(), pytest.raises(StepRefused, match="可并入"):
        story.take(hazard, "merge", merged_into=target)
