"""From draft to published: only when all is settled, by those who may, and corrected afterwards with a reason."""

from datetime import date

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.access.permissions import Role
from inspect_app.audit.models import AuditEntry
from inspect_app.core.database import transaction
from inspect_app.core.errors import Conflict, Forbidden, Invalid, Stale, StepRefused
from inspect_app.regions.queries import by_code, counties_of
from inspect_app.workplans.intake import heads, service, tasks, units
from inspect_app.workplans.intake.heads import Day, Head
from inspect_app.workplans.intake.tasks import Named
from inspect_app.workplans.intake.units import Choice
from inspect_app.workplans.lifecycle import PUBLISHED
from inspect_app.workplans.models import WorkDue, WorkPlan
from inspect_app.workplans.words import Part
from tests.accounts.factories import actor_of, make_user
from tests.workplans.intake.notices import officer, received
from tests.workplans.intake.settled import settle_everything

pytestmark = pytest.mark.usefixtures("clock")
JUNE, NOVEMBER = Day(0, "", date(2023, 6, 30)), Day(0, "", date(2023, 11, 30))
DAYS = {
    "tacheng-2024": (),
    "liaocheng-2023": (JUNE, NOVEMBER),
    "wusu-2024": (Day(0, "年中", date(2024, 6, 20)),),
    "gaotai-2025": (),
}
HOMES = {"tacheng-2024": "6542", "liaocheng-2023": "3715", "wusu-2024": "6542", "gaotai-2025": "6207"}


def published(session: Session, name: str = "tacheng-2024") -> tuple[WorkPlan, Actor]:
    """Take a notice all the way; needs a transaction around it."""
    actor = officer(session, HOMES[name])
    plan = settle_everything(session, actor, received(session, name, actor), *DAYS[name])
    return service.publish(session, actor, plan, plan.version), actor


@pytest.mark.parametrize("name", DAYS)
def test_a_notice_that_is_settled_is_published_and_owed(session: Session, name: str) -> None:
    with transaction():
        plan, _actor = published(session, name)
        assert plan.state == PUBLISHED
        assert plan.published_at is not None
        owed = select(func.count()).select_from(WorkDue).where(WorkDue.plan_id == plan.id)
        assert (session.scalar(owed) or 0) >= len(plan.tasks) * len(plan.dates)


def test_every_county_of_tacheng_owes_every_task_twice(session: Session) -> None:
    with transaction():
        plan, _actor = published(session)
        for county in counties_of(session, plan.region_id):
            rows = select(WorkDue.task_id, WorkDue.due_on).where(
                WorkDue.plan_id == plan.id, WorkDue.region_id == county.id, WorkDue.obligation_id.is_(None)
            )
            found = session.execute(rows).tuples().all()
            assert len(found) == len(set(found)) == 19 * 2
            assert {day for _task, day in found} == {date(2024, 6, 7), date(2024, 11, 8)}


def test_what_is_not_settled_is_not_published(session: Session) -> None:
    with transaction():
        actor = officer(session)
        plan = received(session, actor=actor)
        with pytest.raises(StepRefused, match="没有核对的任务"):
            service.publish(session, actor, plan, plan.version)


def test_one_task_taken_back_keeps_the_plan_from_being_published(session: Session) -> None:
    with transaction():
        actor = officer(session)
        plan = settle_everything(session, actor, received(session, actor=actor))
        tasks.check_task(session, actor, plan, plan.tasks[3].id, checked=False)
        with pytest.raises(StepRefused):
            service.publish(session, actor, plan, plan.version)


def test_the_leader_publishes_what_the_officer_settled_and_changes_nothing(session: Session) -> None:
    with transaction():
        plan = settle_everything(session, officer(session), received(session))
        leader = actor_of(make_user(session, Role.PREFECTURE_LEADER, by_code(session, "6542")))
        with pytest.raises(Forbidden):
            tasks.change_task(session, leader, plan, plan.tasks[0].id, Named("1", "x", None))
        assert service.publish(session, leader, plan, plan.version).state == PUBLISHED


def test_a_correction_after_publication_gives_its_reason_and_changes_what_is_owed(session: Session) -> None:
    with transaction():
        plan, actor = published(session)
        task = plan.tasks[0]
        choice = Choice("塔城地区林草局", Part.RESPONSIBLE, new=True)
        with pytest.raises(Invalid, match="更正的理由"):
            units.add_unit(session, actor, plan, task.id, choice)
        units.add_unit(session, actor, plan, task.id, choice, reason="漏写了林草局")
        added = select(WorkDue).where(WorkDue.plan_id == plan.id, WorkDue.task_id == task.id)
        made = [due for due in session.scalars(added) if due.unit and due.unit.name == "塔城地区林草局"]
        assert [due.due_on for due in made] == [date(2024, 6, 7), date(2024, 11, 8)]
        told = session.scalars(select(AuditEntry).where(AuditEntry.action == "work_plan.unit")).all()[-1]
        assert told.changes["reason"] == [None, "漏写了林草局"]
        assert told.changes["owed"] == [None, 2]


def test_a_reporting_date_moves_what_is_owed_and_cannot_be_taken_away(session: Session) -> None:
    with transaction():
        plan, actor = published(session)
        with pytest.raises(Invalid, match="已经产生应报事项"):
            heads.set_dates(session, actor, plan, [Day(1, "", date(2024, 6, 7))], reason="只报一次")
        later = [Day(1, "", date(2024, 6, 14)), Day(2, "", date(2024, 11, 8))]
        heads.set_dates(session, actor, plan, later, reason="推迟一周")
        days = select(WorkDue.due_on).where(WorkDue.plan_id == plan.id, WorkDue.date_id == plan.dates[0].id)
        assert set(session.scalars(days)) == {date(2024, 6, 14)}


def test_a_published_plan_keeps_its_year_and_its_tasks(session: Session) -> None:
    with transaction():
        plan, actor = published(session)
        with pytest.raises(Invalid, match="不能改年度"):
            heads.change_head(session, actor, plan, Head("题", "", 2025, None), reason="写错年度")
        with pytest.raises(Conflict, match="任务不能删除"):
            tasks.remove_task(session, actor, plan, plan.tasks[0].id)


def test_a_plan_that_is_over_is_not_changed_any_more(session: Session) -> None:
    with transaction():
        plan, actor = published(session)
        service.close(session, actor, plan, "年度工作结束", plan.version)
        with pytest.raises(Conflict, match="已经办结"):
            heads.set_members(session, actor, plan, [], reason="调整")
        with pytest.raises(Stale):
            service.close(session, actor, plan, "再来一次", 1)
