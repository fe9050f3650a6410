"""Obligations of the library are adopted once, get numbers of the own place, and are owed at once."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from inspect_app.access.actor import SYSTEM
from inspect_app.access.permissions import Role
from inspect_app.audit.models import AuditEntry
from inspect_app.core.errors import Conflict, Forbidden, Invalid, NotFound
from inspect_app.regions.queries import by_code
from inspect_app.workplans.library.definition import Value
from inspect_app.workplans.library.loading import library
from inspect_app.workplans.lifecycle import CLOSED
from inspect_app.workplans.models import WorkDue, WorkPlan
from inspect_app.workplans.owing.adopting import adopt, choose_record, set_numbers
from inspect_app.workplans.owing.definitions import as_obligation
from inspect_app.workplans.owing.numbers import numbers_of, read_number
from inspect_app.workplans.words import Part, Verdict
from tests.accounts.factories import actor_of, make_user
from tests.workplans.owing.plans import add_task, make_plan

WHY = "年度安排"
pytestmark = pytest.mark.usefixtures("clock")


def owed(session: Session, plan: WorkPlan) -> list[WorkDue]:
    return list(session.scalars(select(WorkDue).where(WorkDue.plan_id == plan.id).order_by(WorkDue.region_id)))


def test_what_is_adopted_is_owed_at_once(session: Session) -> None:
    plan = make_plan(session, days=())
    task = add_task(session, plan, [(Part.RESPONSIBLE, "@county_governments")])
    row = adopt(session, SYSTEM, plan, "TC-13c", task, reason=WHY)
    assert (row.code, row.library_code, row.verdict, row.task_id) == ("TC-13c", "TC-13c", Verdict.TAKEN, task.id)
    assert as_obligation(row) == library().obligations["TC-13c"]
    assert [each.region.code for each in owed(session, plan)] == ["654202", "654203"]


def test_the_same_is_not_adopted_twice_but_may_be_taken_up_again(session: Session) -> None:
    plan = make_plan(session, days=())
    row = adopt(session, SYSTEM, plan, "TC-11b", reason=WHY)
    with pytest.raises(Conflict, match="TC-11b"):
        adopt(session, SYSTEM, plan, "TC-11b", reason=WHY)
    row.verdict = Verdict.DROPPED
    assert adopt(session, SYSTEM, plan, "TC-11b", reason=WHY) is row
    assert len(plan.obligations) == 1


def test_a_published_plan_asks_why(session: Session) -> None:
    plan = make_plan(session, days=())
    with pytest.raises(Invalid, match="理由"):
        adopt(session, SYSTEM, plan, "TC-13c")
    assert not plan.obligations


def test_an_ended_plan_takes_nothing_more(session: Session) -> None:
    plan = make_plan(session, days=())
    plan.state = CLOSED
    with pytest.raises(Conflict):
        adopt(session, SYSTEM, plan, "TC-13c", reason=WHY)


def test_only_the_office_of_the_place_adopts(session: Session) -> None:
    plan = make_plan(session, days=())
    for role, region in ((Role.COUNTY_CLERK, "654202"), (Role.PREFECTURE_OFFICER, "6207")):
        person = actor_of(make_user(session, role, by_code(session, region)))
        with pytest.raises(Forbidden):
            adopt(session, person, plan, "TC-13c", reason=WHY)


def test_an_unknown_obligation_and_a_task_of_another_plan_are_not_found(session: Session) -> None:
    plan, other = make_plan(session, days=()), make_plan(session, days=())
    task = add_task(session, other, [(Part.RESPONSIBLE, "@county_governments")])
    with pytest.raises(NotFound):
        adopt(session, SYSTEM, plan, "TC-99z", reason=WHY)
    with pytest.raises(NotFound):
        adopt(session, SYSTEM, plan, "TC-13c", task, reason=WHY)


def test_what_another_place_set_has_no_number_here_until_somebody_sets_one(session: Session) -> None:
    plan = make_plan(session, days=())
    row = adopt(session, SYSTEM, plan, "LC-11b", reason=WHY)  # 3715: three occasions a year
    counties = [each for each in owed(session, plan) if each.unit_id is None]
    assert {each.needed for each in counties} == {None}
    set_numbers(session, SYSTEM, row, plan, {"at_least": "3", "at_most": ""}, reason=WHY)
    assert {each.needed for each in counties} == {3}
    (least,) = [each for each in numbers_of(as_obligation(row), "6542", 2026) if each.role == "at_least"]
    assert (least.own, least.elsewhere) == ("3", (("3715", "3"),))
    entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "work_plan.set_numbers")).one()
    assert entry.changes["至少"] == ["", "3"]


def test_a_number_is_taken_away_again(session: Session) -> None:
    plan = make_plan(session, days=())
    row = adopt(session, SYSTEM, plan, "TC-11b", reason=WHY)
    set_numbers(session, SYSTEM, row, plan, {"at_least": ""}, reason=WHY)
    assert row.definition["at_least"]["settings"] == []


def test_a_day_is_set_for_the_year_alone(session: Session) -> None:
    plan = make_plan(session, days=())
    row = adopt(session, SYSTEM, plan, "LC-B1", reason=WHY)
    set_numbers(session, SYSTEM, row, plan, {"due_on": "04-30"}, reason=WHY)
    assert {(each.due_on, each.dated) for each in owed(session, plan)} == {(date(2026, 4, 30), True)}
    assert row.definition["due_on"]["settings"] == [{"region": "6542", "year": 2026, "text": "04-30"}]


def test_every_wrong_number_is_named_and_nothing_changes(session: Session) -> None:
    plan = make_plan(session, days=())
    row = adopt(session, SYSTEM, plan, "TC-14g", reason=WHY)
    before = dict(row.definition)
    with pytest.raises(Invalid) as refused:
        set_numbers(session, SYSTEM, row, plan, {"at_least": "三十", "at_most": "0"}, reason=WHY)
    assert set(refused.value.problems) == {"at_least", "at_most"}
    with pytest.raises(Invalid, match="不小于"):
        set_numbers(session, SYSTEM, row, plan, {"at_least": "50", "at_most": "30"}, reason=WHY)
    assert row.definition == before


def test_a_record_is_chosen_and_left_again(session: Session) -> None:
    plan = make_plan(session, days=())
    row = adopt(session, SYSTEM, plan, "TC-13a", reason=WHY)
    choose_record(session, SYSTEM, row, plan, "full_scale_drills", reason=WHY)
    assert row.definition["records"] == "full_scale_drills"
    assert as_obligation(row) == library().obligations["TC-13a"]
    choose_record(session, SYSTEM, row, plan, "", reason=WHY)
    assert "records" not in row.definition
    with pytest.raises(Invalid):
        choose_record(session, SYSTEM, row, plan, "nothing", reason=WHY)


@pytest.mark.parametrize(
    ("role", "text", "value"),
    [
        ("at_least", " 2 ", 2),
        ("share", "95", Decimal("0.95")),
        ("share", "100%", 1),
        ("due_on", "06-07", "06-07"),
        ("magnitude", "3.0", Decimal("3.0")),
        ("minutes", "", None),
    ],
)
def test_numbers_are_read_as_people_write_them(role: str, text: str, value: Value | None) -> None:
    assert read_number(role, text) == value


@pytest.mark.parametrize(
    ("role", "text"),
    [
        ("at_least", "1.5"), ("at_least", "-1"), ("share", "101"), ("share", "0"), ("due_on", "6月7日"),
        ("due_on", "02-30"), ("due_day", "32"), ("at_least", "NaN"), ("minutes", "Infinity"), ("same_day", "18:00"),
    ],
)  # fmt: skip
def test_what_is_no_such_number_is_refused(role: str, text: str) -> None:
    with pytest.raises(ValueError, match=r"[应只]"):
        read_number(role, text)
