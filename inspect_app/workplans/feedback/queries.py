"""Lists of what is owed: one's own, and what waits for review; always within what a person may see."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, false, func, or_, select, true
from sqlalchemy.orm import Session, joinedload

from inspect_app.access.actor import Actor
from inspect_app.access.permissions import Role
from inspect_app.access.scope import capturable
from inspect_app.core.labels import mark
from inspect_app.evidence.models import Evidence
from inspect_app.workplans.feedback.service import KIND
from inspect_app.workplans.lifecycle import ACCEPTED, DUE, PUBLISHED, REPORTED, RETURNED, WAIVED
from inspect_app.workplans.models import WorkDue, WorkPlan
from inspect_app.workplans.queries import SHOWN, dues_visible_to
from inspect_app.workplans.rules import SOON_DAYS

SIZE = 50


class Pick(StrEnum):
    """A pile of what is owed; the first four overlap with nothing but OPEN."""

    OPEN = "open"
    RETURNED = "returned"
    OVERDUE = "overdue"
    SOON = "soon"
    REPORTED = "reported"
    ACCEPTED = "accepted"
    WAIVED = "waived"


PICK_LABELS = {
    Pick.OPEN: mark("待报"),
    Pick.RETURNED: mark("被退回"),
    Pick.OVERDUE: mark("逾期未报"),
    Pick.SOON: mark("7 日内到期"),
    Pick.REPORTED: mark("待审核"),
    Pick.ACCEPTED: mark("已认可"),
    Pick.WAIVED: mark("免报"),
}


@dataclass(frozen=True)
class DueFilter:
    """What a list is narrowed to; empty means everything. `plan` is a reference, `region_id` that of the owner."""

    plan: str = ""
    part: str = ""
    topic: str = ""
    pick: str = ""
    region_id: int | None = None
    unit_id: int | None = None


def owed_by(actor: Actor) -> ColumnElement[bool]:
    """Say which dues are a person's own to report (compare `positions.before_due`)."""
    if actor.role is None:
        return true()
    own_unit = WorkDue.unit_id == actor.unit_id if actor.unit_id is not None else false()
    if actor.role is Role.MEMBER_CLERK:
        return own_unit
    whole = and_(WorkDue.unit_id.is_(None), capturable(actor, WorkDue.region_id, WorkDue.region_id))
    return or_(whole, own_unit)


def picked(pick: Pick, today: date) -> ColumnElement[bool]:
    """Return the condition of a pile."""
    by_state = {Pick.REPORTED: REPORTED, Pick.ACCEPTED: ACCEPTED, Pick.WAIVED: WAIVED, Pick.RETURNED: RETURNED}
    if pick in by_state:
        return WorkDue.state == by_state[pick]
    if pick is Pick.OVERDUE:
        return and_(WorkDue.state == DUE, WorkDue.due_on < today)
    if pick is Pick.SOON:
        return and_(WorkDue.state == DUE, WorkDue.due_on.between(today, today + timedelta(days=SOON_DAYS)))
    return WorkDue.state.in_((DUE, RETURNED))


def page(
    session: Session, scope: ColumnElement[bool], wanted: DueFilter, today: date, number: int = 1
) -> Sequence[WorkDue]:
    """Return one page, and one row more where another page follows: returned first, then what is due soonest."""
    rows = _narrowed(select(WorkDue), scope, wanted, today).options(
        joinedload(WorkDue.plan), joinedload(WorkDue.task), joinedload(WorkDue.obligation),
        joinedload(WorkDue.reporting_date), joinedload(WorkDue.region), joinedload(WorkDue.unit),
    )  # fmt: skip
    ranks = {RETURNED: 0, DUE: 1, REPORTED: 2, ACCEPTED: 3, WAIVED: 4}
    rank = case(*((WorkDue.state == state, place) for state, place in ranks.items()), else_=len(ranks))
    rows = rows.order_by(rank, WorkDue.due_on, WorkDue.id).limit(SIZE + 1).offset(SIZE * (number - 1))
    return session.scalars(rows).unique().all()


def counts(session: Session, scope: ColumnElement[bool], wanted: DueFilter, today: date) -> Mapping[Pick, int]:
    """Count every pile under the other conditions of a filter, in one query."""
    sums = [func.coalesce(func.sum(case((picked(pick, today), 1), else_=0)), 0) for pick in Pick]
    other = DueFilter(wanted.plan, wanted.part, wanted.topic, "", wanted.region_id, wanted.unit_id)
    found = session.execute(_narrowed(select(*sums).select_from(WorkDue), scope, other, today)).one()
    return dict(zip(Pick, map(int, found), strict=True))


def dues_of(session: Session, actor: Actor, plan: WorkPlan, scope: ColumnElement[bool]) -> Sequence[WorkDue]:
    """Return what is owed under a plan within a scope, in the order of the notice, then by day."""
    rows = select(WorkDue).where(WorkDue.plan_id == plan.id, scope, dues_visible_to(actor)).options(
        joinedload(WorkDue.task), joinedload(WorkDue.obligation), joinedload(WorkDue.reporting_date),
        joinedload(WorkDue.region), joinedload(WorkDue.unit),
    )  # fmt: skip
    found = session.scalars(rows.order_by(WorkDue.due_on, WorkDue.id)).unique().all()
    return sorted(found, key=lambda due: (due.task.position if due.task else 0, due.due_on, due.id))


def plans_owing(session: Session, scope: ColumnElement[bool]) -> Sequence[WorkPlan]:
    """Return the published plans under which something is owed in a scope, the newest first."""
    owing = select(WorkDue.plan_id).where(scope)
    rows = select(WorkPlan).where(WorkPlan.id.in_(owing), WorkPlan.state.in_(SHOWN))
    return session.scalars(rows.order_by(WorkPlan.year.desc(), WorkPlan.id.desc())).all()


def files_of_dues(actor: Actor) -> ColumnElement[bool]:
    """Keep the files of what is owed for those who see what is owed (see `evidence.queries.guard`)."""
    return Evidence.subject_id.in_(select(WorkDue.id).where(dues_visible_to(actor)))


def files_counted(session: Session, keys: Sequence[int]) -> Mapping[int, int]:
    """Count the files of several dues, in one query."""
    rows = select(Evidence.subject_id, func.count()).where(
        Evidence.subject_kind == KIND, Evidence.subject_id.in_(keys), Evidence.withdrawn_at.is_(None)
    )
    return dict(session.execute(rows.group_by(Evidence.subject_id)).tuples().all())


def _narrowed(rows: Select[Any], scope: ColumnElement[bool], wanted: DueFilter, today: date) -> Select[Any]:
    plans = select(WorkPlan.id).where(WorkPlan.state.in_(SHOWN))
    if wanted.plan:
        plans = plans.where(WorkPlan.reference == wanted.plan)
    if wanted.pick in (Pick.OPEN, Pick.OVERDUE, Pick.SOON, Pick.RETURNED):
        plans = plans.where(WorkPlan.state == PUBLISHED)
    rows = rows.where(scope, WorkDue.plan_id.in_(plans))
    if wanted.pick:
        rows = rows.where(picked(Pick(wanted.pick), today))
    same = {WorkDue.part: wanted.part, WorkDue.topic: wanted.topic, WorkDue.region_id: wanted.region_id}
    for column, value in {**same, WorkDue.unit_id: wanted.unit_id}.items():
        rows = rows.where(column == value) if value else rows
    return rows
