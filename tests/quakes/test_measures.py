"""A measure of a review that is no hazard goes into the work plan of its year, at once or when there is one."""

from datetime import date

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from inspect_app.access.actor import SYSTEM
from inspect_app.access.permissions import Role
from inspect_app.core.database import transaction
from inspect_app.core.errors import Conflict, Invalid
from inspect_app.quakes.measures import Plan, add, enter, waits
from inspect_app.quakes.models import Quake
from inspect_app.quakes.words import Becomes, ReportKind
from inspect_app.regions.queries import by_code
from inspect_app.workplans.models import WorkDue
from tests.accounts.factories import make_user, sign_in
from tests.quakes.factories import TACHENG, WUSU, after, make_quake, make_report
from tests.workplans.owing.plans import make_plan, unit

UNIT, DAY = "乌苏市应急管理局", date(2026, 8, 1)


def reviewed(session: Session) -> Quake:
    quake = make_quake(session, TACHENG, WUSU)
    make_report(session, quake, ReportKind.FINAL, 10)
    return quake


def task(unit_name: str = UNIT, due_on: date | None = DAY) -> Plan:
    return Plan("修订首报流程", Becomes.OBLIGATION, unit_name, due_on)


def test_it_is_owed_by_its_unit_up_to_its_day(session: Session) -> None:
    with after(20), transaction():
        make_plan(session)
        owing = unit(session, UNIT, WUSU)
        made = add(session, SYSTEM, reviewed(session), task())
    due = session.scalars(select(WorkDue)).one()
    assert (due.obligation_id, due.unit_id, due.due_on) == (made.obligation_id, owing.id, DAY)


def test_it_waits_until_a_plan_of_its_year_is_published(session: Session) -> None:
    with after(20), transaction():
        quake = reviewed(session)
        made = add(session, SYSTEM, quake, task())
        assert waits(quake, made)
        with pytest.raises(Conflict, match="2026 年的工作要点还没有发布"):
            enter(session, SYSTEM, quake, made.id)
        make_plan(session)
        unit(session, UNIT, WUSU)
        enter(session, SYSTEM, quake, made.id)
        assert not waits(quake, made)
        with pytest.raises(Conflict, match="已经有了去处"):
            enter(session, SYSTEM, quake, made.id)


@pytest.mark.parametrize(("wrong", "field"), [(task("没有这个局"), "unit_name"), (task(due_on=None), "due_on")])
def test_a_plan_takes_no_measure_without_a_known_unit_and_a_day(session: Session, wrong: Plan, field: str) -> None:
    with after(20):
        make_plan(session)
        unit(session, UNIT, WUSU)
        with pytest.raises(Invalid) as refused:
            add(session, SYSTEM, reviewed(session), wrong)
    assert field in refused.value.problems


def test_the_page_lets_the_desk_take_it_in_later(client: FlaskClient, session: Session) -> None:
    with after(20):
        with transaction():
            person = make_user(session, Role.PREFECTURE_OFFICER, by_code(session, TACHENG))
        sign_in(client, person)
        with transaction():
            quake = reviewed(session)
            made = add(session, SYSTEM, quake, task())
        address, key = f"/quakes/{quake.reference}", made.id
        with transaction():
            plan = make_plan(session)
            unit(session, UNIT, WUSU)
        assert "列入工作要点" in client.get(address).get_data(as_text=True)
        assert client.post(f"{address}/measures/{key}/enter").status_code == 302
        assert f"/workplans/{plan.reference}" in client.get(address).get_data(as_text=True)
