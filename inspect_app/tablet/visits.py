"""Visits as a tablet names them: what the person has, had, or never had to do with."""

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from inspect_app.access.actor import Actor
from inspect_app.access.permissions import Permission
from inspect_app.checklists.definition import Item
from inspect_app.core.errors import Forbidden, NotFound
from inspect_app.core.labels import mark
from inspect_app.inspections.lifecycle import DONE_STATES, VOIDED, on_team
from inspect_app.inspections.models import Inspection, Inspector, Sheet
from inspect_app.inspections.queries import checklists_of, visible_to
from inspect_app.regions.queries import covers
from inspect_app.tablet.models import Receipt
from inspect_app.tablet.rules import Why


def find(session: Session, actor: Actor, uuid: str) -> Inspection:
    """Return a visit that the person is or was sent on; NotFound outside their region, Forbidden for anybody else."""
    query = select(Inspection).where(Inspection.uuid == uuid)
    inspection = session.scalar(
        query.options(
            joinedload(Inspection.site),
            selectinload(Inspection.inspectors).joinedload(Inspector.user),
            selectinload(Inspection.sheets).joinedload(Sheet.checklist_version),
        )
    )
    if inspection is None:
        raise NotFound
    if on_team(inspection, actor) or was_on_team(session, inspection, actor):
        return inspection
    if not is_visible(session, actor, inspection):
        raise NotFound
    raise Forbidden(mark("只有这次检查的检查人员才能填写。"))


def is_visible(session: Session, actor: Actor, inspection: Inspection) -> bool:
    """Tell whether the person sees a visit."""
    seen = select(Inspection.id).where(Inspection.id == inspection.id, visible_to(actor))
    return session.scalar(seen) is not None


def was_on_team(session: Session, inspection: Inspection, actor: Actor) -> bool:
    """Tell whether the person was sent on a visit before its team was changed."""
    before = [event.facts["before"] for event in inspection.events if event.action == "reassign"]
    if any(actor.name in names for names in before):
        return True
    sent = select(Receipt.id).where(Receipt.inspection_id == inspection.id, Receipt.user_id == actor.id)
    return session.scalar(sent.limit(1)) is not None


def why_stranded(session: Session, actor: Actor, inspection: Inspection) -> Why | None:
    """Say why nothing more of this person can enter a visit; None while it can."""
    if not _is_placed(session, actor, inspection):
        return Why.MOVED
    if not (on_team(inspection, actor) and actor.can(Permission.CARRY_OUT_INSPECTION)):
        return Why.REASSIGNED
    if inspection.state == VOIDED:
        return Why.VOIDED
    return Why.DONE if inspection.state in DONE_STATES else None


def items_of(inspection: Inspection) -> list[Item]:
    """Return every item of the lists of a visit."""
    return [item for checklist in checklists_of(inspection) for item in checklist.items]


def _is_placed(session: Session, actor: Actor, inspection: Inspection) -> bool:
    if actor.role is None:
        return True
    top = actor.capture_region_id
    return top is not None and covers(session, top, inspection.region_id) and is_visible(session, actor, inspection)
