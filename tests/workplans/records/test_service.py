"""What registers, visits and hazards show of what counties owe: within its period, for that county, with a link."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from flask import url_for
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from inspect_app.access.actor import SYSTEM
from inspect_app.access.permissions import Role
from inspect_app.core.database import transaction
from inspect_app.regions.queries import by_code, counties_of
from inspect_app.registers import service as registers
from inspect_app.registers.loading import register_of
from inspect_app.registers.models import RegisterEntry
from inspect_app.workplans.library.loading import library
from inspect_app.workplans.models import WorkDue, WorkPlan
from inspect_app.workplans.owing.definitions import RECORDS
from inspect_app.workplans.owing.service import owe
from inspect_app.workplans.owing.told import as_definition
from inspect_app.workplans.records.meeting import Met
from inspect_app.workplans.records.service import fulfilments
from inspect_app.workplans.words import Part
from tests.accounts.factories import make_user, sign_in
from tests.registers.factories import township
from tests.statements import statements
from tests.workplans.owing.plans import add_task, make_plan, take

TODAY = date(2026, 6, 15)
WUSU, SHAWAN = "654202", "654203"
pytestmark = pytest.mark.usefixtures("clock")


def adopted(session: Session, code: str, **over: Any) -> WorkPlan:  # noqa: ANN401 - fields of a definition
    """Make a plan whose counties owe one obligation of the library, and nothing else."""
    plan = make_plan(session, days=())
    task = add_task(session, plan, [(Part.RESPONSIBLE, "@county_governments")])
    definition = as_definition(library().obligations[code]) | over
    take(session, plan, definition, task=task, library_code=None if RECORDS in over else code, code="W1")
    owe(session, SYSTEM, plan)
    return plan


def drill(session: Session, held_on: date, kind: str = "综合实战", code: str = WUSU) -> RegisterEntry:
    values = {"title": f"{held_on} 演练", "held_on": held_on.isoformat(), "kind": kind, "organizer": "指挥部"}
    said = registers.Said(township(session, code=code), values, TODAY)
    return registers.add(session, SYSTEM, register_of("drills"), by_code(session, code), said)


def shown(session: Session, plan: WorkPlan, code: str, today: date = TODAY) -> list[Met | None]:
    """What records show of everything that a county owes under a plan, in the order of the days."""
    rows = session.scalars(select(WorkDue).where(WorkDue.plan_id == plan.id).order_by(WorkDue.due_on)).all()
    found = fulfilments(session, rows, today)
    return [found.get(each.id) for each in rows if each.region.code == code]


def test_a_drill_in_the_register_fulfils_the_drill_that_its_county_owes(session: Session) -> None:
    plan = adopted(session, "TC-13c")
    assert shown(session, plan, WUSU) == [None]  # nobody ever reported the register
    drill(session, date(2026, 4, 2))
    (met,) = shown(session, plan, WUSU)
    assert met is not None
    assert (met.count, met.whole, met.needed, met.met) == (Decimal(1), None, 1, True)
    assert shown(session, plan, SHAWAN) == [None]


def test_a_drill_of_another_kind_or_of_last_year_does_not(session: Session) -> None:
    plan = adopted(session, "TC-13c")
    drill(session, date(2026, 4, 2), "专项")
    drill(session, date(2025, 12, 31))
    (met,) = shown(session, plan, WUSU)
    assert met is not None
    assert (met.count, met.met) == (Decimal(0), False)


def test_what_happened_counts_in_its_own_month(session: Session) -> None:
    plan = adopted(session, "TC-13c", period="month", conditions=[])
    drill(session, date(2026, 4, 30))
    drill(session, date(2026, 5, 1))
    found = shown(session, plan, WUSU)
    assert [each.met for each in found[:4] if each] == [False, True, True, False]
    assert found[4:] == [None] * 6  # months that have not begun


def test_what_is_asked_without_a_number_is_shown_and_not_judged(session: Session) -> None:
    plan = adopted(session, "TC-13a")
    drill(session, date(2026, 4, 2))
    (met,) = shown(session, plan, WUSU)
    assert met is not None
    assert (met.count, met.met) == (Decimal(1), None)


def test_a_record_chosen_for_an_own_obligation_answers_it(session: Session) -> None:
    plan = adopted(session, "TC-13c", conditions=[], **{RECORDS: "drills"})
    drill(session, date(2026, 4, 2), "专项")
    (met,) = shown(session, plan, WUSU)
    assert met is not None
    assert met.met
    assert met.title.startswith("演练台账")


def test_visits_and_hazards_answer_too(session: Session) -> None:
    plan = adopted(session, "TC-13c", conditions=[], **{RECORDS: "special_inspections"})
    (met,) = shown(session, plan, WUSU)
    assert met is not None
    assert (met.count, met.met) == (Decimal(0), False)
    coverage = adopted(session, "TC-09e", share={"key": "s", "settings": [{"region": "65", "value": 1}]})
    (met,) = shown(session, coverage, WUSU)
    assert met is not None
    assert (met.count, met.whole, met.met, met.endpoint) == (Decimal(0), Decimal(0), None, "hazards.index")


@pytest.mark.parametrize("code", ["drills", "self_checks", "special_inspections", "coverage", "closed_on_time"])
def test_every_kind_of_record_leads_to_its_rows(client: FlaskClient, session: Session, code: str) -> None:
    with transaction():
        plan = adopted(session, "TC-13c", conditions=[], **{RECORDS: code})
        drill(session, date(2026, 4, 2))
        person = make_user(session, Role.PREFECTURE_LEADER, by_code(session, "6542"))
    (met,) = shown(session, plan, WUSU)
    assert met is not None
    sign_in(client, person)
    with client.application.test_request_context():
        arguments: dict[str, Any] = dict(met.arguments)
        address = url_for(met.endpoint, **arguments)
    assert client.get(address).status_code == 200


def test_the_number_of_queries_does_not_grow_with_the_dues(session: Session) -> None:
    def cost(make: Callable[[], WorkPlan]) -> int:
        plan = make()
        rows = session.scalars(select(WorkDue).where(WorkDue.plan_id == plan.id)).all()
        with statements() as seen:
            fulfilments(session, rows, TODAY)
        return len(seen)

    for county in counties_of(session, by_code(session, "6542").id):
        drill(session, date(2026, 4, 2), code=county.code)
    few = cost(lambda: adopted(session, "TC-13c"))
    assert cost(lambda: adopted(session, "TC-13c", conditions=[], period="month")) == few


def test_departments_and_feedback_are_not_answered(session: Session, clock: datetime) -> None:
    assert clock.date() == TODAY
    plan = make_plan(session, members=["教育局"])
    add_task(session, plan, [(Part.RESPONSIBLE, "@members")], topic="DRILL")
    take(session, plan, as_definition(library().obligations["TC-13a"]), task=plan.tasks[0], library_code="TC-13a")
    owe(session, SYSTEM, plan)
    rows = session.scalars(select(WorkDue).where(WorkDue.plan_id == plan.id)).all()
    assert rows
    assert fulfilments(session, rows, TODAY) == {}
