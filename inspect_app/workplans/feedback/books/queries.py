"""Returned workbooks: which a person sees, one by its reference, and the file of one."""

from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, false, select
from sqlalchemy.orm import Session, joinedload, undefer

from inspect_app.access.actor import Actor
from inspect_app.access.permissions import Role
from inspect_app.access.scope import visible
from inspect_app.core.errors import NotFound
from inspect_app.evidence.models import Evidence, Purpose
from inspect_app.evidence.service import evidence_of
from inspect_app.workplans.models import WorkDue, WorkPlan, WorkReturn

KIND = "work_return"


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Return the condition on returns that exist for a person: a clerk of a department sees those of it alone."""
    if actor.role is Role.MEMBER_CLERK:
        return false() if actor.unit_id is None else WorkReturn.unit_id == actor.unit_id
    return visible(actor, WorkReturn.region_id, WorkReturn.region_id)


def latest(session: Session, actor: Actor, plan: WorkPlan, size: int = 50) -> Sequence[WorkReturn]:
    """List the latest returns under a plan that a person sees."""
    rows = select(WorkReturn).where(WorkReturn.plan_id == plan.id, visible_to(actor))
    rows = rows.options(joinedload(WorkReturn.region), joinedload(WorkReturn.unit))
    return session.scalars(rows.order_by(WorkReturn.id.desc()).limit(size)).all()


def by_reference(session: Session, actor: Actor, reference: str) -> WorkReturn:
    """Find a return with what was read and what becomes of it; somebody else's is not found."""
    rows = select(WorkReturn).where(WorkReturn.reference == reference, visible_to(actor))
    found = session.scalar(rows.options(undefer(WorkReturn.rows), undefer(WorkReturn.outcome)))
    if found is None:
        raise NotFound
    return found


def original_of(session: Session, made: WorkReturn) -> Evidence | None:
    """Return the stored file of a return."""
    return next(iter(evidence_of(session, KIND, made.id, Purpose.ORIGINAL)), None)


def files_of_returns(actor: Actor) -> ColumnElement[bool]:
    """Keep the files of returns for those who see the returns (see `evidence.queries.guard`)."""
    return Evidence.subject_id.in_(select(WorkReturn.id).where(visible_to(actor)))


def named(session: Session, references: Iterable[str]) -> set[str]:
    """Return those of the references that dues have, of whichever unit."""
    return set(session.scalars(select(WorkDue.reference).where(WorkDue.reference.in_(set(references)))))
