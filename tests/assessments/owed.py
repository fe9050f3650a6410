"""What a county owes under a work plan of its prefecture, with something behind every figure of it."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspect_app.access.actor import SYSTEM, Actor
from inspect_app.access.permissions import Role
from inspect_app.core import clock
from inspect_app.evidence.models import Evidence, Purpose
from inspect_app.regions.models import Region
from inspect_app.regions.queries import by_code
from inspect_app.workplans.feedback import service
from inspect_app.workplans.feedback.service import Said
from inspect_app.workplans.library.loading import library
from inspect_app.workplans.models import WorkDue, WorkPlan
from inspect_app.workplans.owing.service import owe
from inspect_app.workplans.owing.told import as_definition
from inspect_app.workplans.words import Part
from tests.accounts.factories import actor_of, make_user
from tests.workplans.owing.plans import add_task, make_plan, take

COUNTIES = (Part.RESPONSIBLE, "@county_governments")


def owe_everything(session: Session, county: Region) -> None:
    """Publish a plan of 塔城地区 and one of the county's own; the county reports late, is sent back, is accepted."""
    plan, own = make_plan(session), make_plan(session)
    own.region = county
    for topic in ("DRILL", "PLAN"):
        add_task(session, plan, [COUNTIES], topic=topic)
    monthly = as_definition(library().obligations["LT-05d"]) | {"responsible": ["@county_governments"]}
    take(session, plan, monthly, library_code="LT-05d")
    yearly = as_definition(library().obligations["TC-02a"])
    take(session, plan, yearly, library_code="TC-02a")
    owe(session, SYSTEM, plan)
    officer = actor_of(make_user(session, Role.PREFECTURE_OFFICER, by_code(session, "6542")))
    for number, due in enumerate(_of(session, plan, county)):
        _report(session, due, officer, sent_back=number == 1)


def _of(session: Session, plan: WorkPlan, county: Region) -> list[WorkDue]:
    rows = select(WorkDue).where(WorkDue.plan_id == plan.id, WorkDue.region_id == county.id)
    return [
        due
        for due in session.scalars(rows.order_by(WorkDue.due_on, WorkDue.id))
        if due.due_on <= clock.today() or (due.obligation and due.obligation.library_code == "TC-02a")
    ]


def _report(session: Session, due: WorkDue, officer: Actor, *, sent_back: bool) -> None:
    day = date(due.due_on.year, min(due.due_on.month, 6), 5)
    with clock.set_to(datetime(day.year, day.month, day.day, 10, tzinfo=clock.LOCAL)):
        service.report(session, SYSTEM, due, Said("已经完成", {"done": Decimal(3), "whole": Decimal(3)}))
        if sent_back:
            service.send_back(session, officer, due, "没有佐证")
            return
        service.accept(session, officer, due)
    session.add(
        Evidence(
            uuid=due.reference, subject_kind="work_due", subject_id=due.id, purpose=Purpose.PROOF, size=1,
            county_id=due.region_id, region_id=due.region_id, sha256="0" * 64, media_type="application/pdf",
            original_name="佐证.pdf", uploaded_at=clock.now(), uploaded_by_id=None,
        )
    )  # fmt: skip
    session.flush()
