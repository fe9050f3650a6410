"""Where a person stands before a plan or something owed: asks the tree of regions."""

from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.access.permissions import Role
from inspect_app.regions.queries import covers
from inspect_app.workplans.models import WorkDue, WorkPlan
from inspect_app.workplans.standing import Standing


def before_plan(session: Session, actor: Actor, plan: WorkPlan) -> Standing:
    """Return the person before a plan; who enters data at its region or above prepares it."""
    oversees = _covers(session, actor, actor.view_region_id, plan.region_id)
    return Standing(actor, _covers(session, actor, actor.capture_region_id, plan.region_id), oversees)


def before_due(session: Session, actor: Actor, due: WorkDue, *, undoes: bool = False) -> Standing:
    """Return the person before something owed: what a department owes is reported by its own people only."""
    captures = _covers(session, actor, actor.capture_region_id, due.region_id)
    if due.unit_id is not None and actor.role is not None:
        captures = actor.unit_id == due.unit_id
    elif actor.role is Role.MEMBER_CLERK:
        captures = False
    return Standing(actor, captures, _oversees(session, actor, due), undoes)


def _oversees(session: Session, actor: Actor, due: WorkDue) -> bool:
    return actor.role is not Role.MEMBER_CLERK and _covers(session, actor, actor.view_region_id, due.region_id)


def _covers(session: Session, actor: Actor, top_id: int | None, region_id: int) -> bool:
    return actor.role is None or (top_id is not None and covers(session, top_id, region_id))
