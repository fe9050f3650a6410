"""Reading work plans and what is owed, always within what a person may see."""

from sqlalchemy import ColumnElement, Select, and_, false, select
from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.access.permissions import Permission, Role
from inspect_app.access.scope import PATH, visible
from inspect_app.core.errors import NotFound
from inspect_app.workplans.lifecycle import CLOSED, PUBLISHED
from inspect_app.workplans.models import WorkDue, WorkPlan

SHOWN = (PUBLISHED, CLOSED)


def plans_visible_to(actor: Actor) -> Select[tuple[WorkPlan]]:
    """Select plans: those of the region a person sees, and published ones of the regions above it; newest first.

    Drafts are seen by those who prepare or publish them.
    """
    own = visible(actor, WorkPlan.region_id, WorkPlan.region_id)
    chosen = select(WorkPlan).order_by(WorkPlan.year.desc(), WorkPlan.id.desc())
    if actor.role is None or actor.can(Permission.PUBLISH_WORKPLAN):
        return chosen.where(own | _above(actor))
    return chosen.where((own & WorkPlan.state.in_(SHOWN)) | _above(actor))


def dues_visible_to(actor: Actor) -> ColumnElement[bool]:
    """Say which dues exist for a person: a clerk of a department sees what that department owes, and nothing else."""
    if actor.role is Role.MEMBER_CLERK:
        return false() if actor.unit_id is None else WorkDue.unit_id == actor.unit_id
    return visible(actor, WorkDue.region_id, WorkDue.region_id)


def plan_of(session: Session, actor: Actor, reference: str) -> WorkPlan:
    """Find a plan by its reference; NotFound also when the person may not see it."""
    found = session.scalar(plans_visible_to(actor).where(WorkPlan.reference == reference))
    if found is None:
        raise NotFound
    return found


def due_of(session: Session, actor: Actor, reference: str) -> WorkDue:
    """Find something owed by its reference; NotFound also when the person may not see it."""
    found = session.scalar(select(WorkDue).where(WorkDue.reference == reference, dues_visible_to(actor)))
    if found is None:
        raise NotFound
    return found


def _above(actor: Actor) -> ColumnElement[bool]:
    above = select(PATH.c.ancestor_id).where(PATH.c.descendant_id == actor.view_region_id)
    return and_(WorkPlan.region_id.in_(above), WorkPlan.state.in_(SHOWN))
