"""What a published plan makes owed, to the day, and what a correction changes of it."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from inspect_app.access.actor import SYSTEM
from inspect_app.audit.models import AuditEntry
from inspect_app.core import clock as house_clock
from inspect_app.workplans.library.loading import library
from inspect_app.workplans.lifecycle import DRAFT, DUE, DUE_LIFE, REPORTED, WAIVED
from inspect_app.workplans.models import ReportingDate, TaskUnit, WorkDue, WorkPlan
from inspect_app.workplans.owing.service import asked, owe
from inspect_app.workplans.owing.told import as_definition
from inspect_app.workplans.words import Part
from tests.workplans.owing.plans import FIRST, SECOND, add_task, make_plan, take, unit

COUNTIES, BOTH = 7, 2
pytestmark = pytest.mark.usefixtures("clock")


def dues(session: Session, plan: WorkPlan) -> list[WorkDue]:
    return list(session.scalars(select(WorkDue).where(WorkDue.plan_id == plan.id).order_by(WorkDue.id)))


def library_definition(code: str) -> dict[str, object]:
    return as_definition(library().obligations[code])


def plan_of_counties(session: Session) -> WorkPlan:
    plan = make_plan(session)
    add_task(session, plan, [(Part.LEAD, unit(session, "应急管理局")), (Part.RESPONSIBLE, "@county_governments")])
    return plan


def test_every_role_reports_by_every_reporting_date(session: Session) -> None:
    plan = plan_of_counties(session)
    assert owe(session, SYSTEM, plan) == (1 + COUNTIES) * BOTH
    found = dues(session, plan)
    assert {each.due_on for each in found} == {FIRST, SECOND}
    assert {(each.starts_on, each.ends_on) for each in found} == {
        (date(2026, 1, 1), FIRST),
        (date(2026, 6, 6), SECOND),
    }
    assert len({each.reference for each in found}) == len(found)
    assert all(each.state == DUE and each.dated for each in found)


def test_a_second_time_nothing_is_added(session: Session) -> None:
    plan = plan_of_counties(session)
    owe(session, SYSTEM, plan)
    before = session.scalar(select(func.count()).select_from(AuditEntry))
    assert owe(session, SYSTEM, plan) == 0
    assert session.scalar(select(func.count()).select_from(AuditEntry)) == before


def test_a_draft_makes_nothing_owed(session: Session) -> None:
    plan = plan_of_counties(session)
    plan.state = DRAFT
    assert owe(session, SYSTEM, plan) == 0


def test_a_new_task_and_a_new_date_add_only_what_is_missing(session: Session) -> None:
    plan = plan_of_counties(session)
    owe(session, SYSTEM, plan)
    add_task(session, plan, [(Part.LEAD, unit(session, "教育局"))])
    assert owe(session, SYSTEM, plan) == BOTH
    plan.dates.append(ReportingDate(number=3, title="第 3 次报送", due_on=date(2026, 12, 20)))
    assert owe(session, SYSTEM, plan) == 1 + COUNTIES + 1


def test_a_moved_date_moves_what_nobody_reported_for(session: Session) -> None:
    plan = plan_of_counties(session)
    owe(session, SYSTEM, plan)
    said, silent = dues(session, plan)[:2]
    said.state, said.reported_at = REPORTED, house_clock.now()
    plan.dates[0].due_on = FIRST + timedelta(days=10)
    owe(session, SYSTEM, plan)
    assert said.due_on == FIRST
    assert silent.due_on == FIRST + timedelta(days=10)


def test_what_no_longer_applies_is_waived_by_the_system_and_comes_back_when_it_applies_again(session: Session) -> None:
    plan = plan_of_counties(session)
    owe(session, SYSTEM, plan)
    lead = plan.tasks[0].units[0]
    plan.tasks[0].units.remove(lead)
    assert owe(session, SYSTEM, plan) == 0
    gone = [each for each in dues(session, plan) if each.state == WAIVED]
    assert [each.part for each in gone] == [Part.LEAD, Part.LEAD]
    assert all(each.events[-1].actor_id is None and each.events[-1].facts["reason"] for each in gone)
    add_unit_back(plan, lead.unit_id)
    assert owe(session, SYSTEM, plan) == 0
    assert {each.state for each in dues(session, plan)} == {DUE}
    assert all(DUE_LIFE.replay(each.events) == each.state for each in gone)


def add_unit_back(plan: WorkPlan, unit_id: int | None) -> None:
    units = plan.tasks[0].units
    units.append(TaskUnit(position=9, part=Part.LEAD, written="应急管理局", unit_id=unit_id))


def test_what_was_reported_is_kept_though_it_no_longer_applies(session: Session) -> None:
    plan = plan_of_counties(session)
    owe(session, SYSTEM, plan)
    reported = dues(session, plan)[0]
    reported.state, reported.reported_at = REPORTED, house_clock.now()
    plan.tasks[0].units.clear()
    owe(session, SYSTEM, plan)
    assert reported.state == REPORTED


def test_a_drill_of_key_counties_is_owed_by_the_two_and_the_others_are_told_why(session: Session) -> None:
    plan = make_plan(session, days=())
    task = add_task(session, plan, [(Part.RESPONSIBLE, "@county_governments")])
    take(session, plan, library_definition("TC-13c"), task=task, library_code="TC-13c")
    assert owe(session, SYSTEM, plan) == 2  # 乌苏、沙湾
    found = dues(session, plan)
    assert {each.region.code for each in found} == {"654202", "654203"}
    assert {(each.due_on, each.dated, each.needed) for each in found} == {(date(2026, 12, 31), False, 1)}
    why = {str(each.why) for each in asked(session, plan).not_owed}
    assert len(why) == 1
    assert "重点县" in why.pop()


def test_a_monthly_duty_begins_with_the_month_of_the_notice(session: Session) -> None:
    plan = make_plan(session, days=())
    monthly = library_definition("TC-13c") | {"period": "month", "conditions": []}
    take(session, plan, monthly | {"responsible": ["@county_governments"]}, code="W1")
    owe(session, SYSTEM, plan)
    days = sorted({each.due_on for each in dues(session, plan)})
    assert (days[0], len(days)) == (date(2026, 3, 31), 10)
    assert any("印发日期" in str(each.why) for each in asked(session, plan).not_owed)


def test_a_response_makes_nothing_owed_by_date(session: Session) -> None:
    plan = make_plan(session, days=())
    take(session, plan, library_definition("LC-06a") | {"responsible": ["@county_governments"]}, code="W1")
    assert owe(session, SYSTEM, plan) == 0
    assert all("不按日期到期" in str(each.why) for each in asked(session, plan).not_owed)


def test_an_adopted_reporting_day_follows_the_dates_of_the_plan(session: Session) -> None:
    plan = make_plan(session, members=["教育局"])
    take(session, plan, library_definition("TC-00b"), library_code="TC-00b")
    assert owe(session, SYSTEM, plan) == COUNTIES + 1
    assert {(each.due_on, each.dated) for each in dues(session, plan)} == {(SECOND, True)}


def test_a_name_that_the_register_does_not_know_is_listed(session: Session) -> None:
    plan = make_plan(session, days=())
    take(session, plan, library_definition("TC-13c") | {"responsible": ["无名试验局"]}, code="W1")
    assert owe(session, SYSTEM, plan) == 0
    assert ["无名试验局" in str(each.why) for each in asked(session, plan).not_owed] == [True]


def test_the_trail_tells_how_many(session: Session, clock: datetime) -> None:
    plan = plan_of_counties(session)
    owe(session, SYSTEM, plan)
    entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "work_plan.owe")).one()
    assert (entry.at, entry.changes["added"]) == (clock, [None, (1 + COUNTIES) * BOTH])
