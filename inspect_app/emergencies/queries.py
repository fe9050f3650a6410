"""Reading emergencies: seen where the earthquake is, and where they hold something up or send somebody."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, func, or_, select, true
from sqlalchemy.orm import Session, joinedload, selectinload

from inspect_app.access.actor import Actor
from inspect_app.campaigns.models import Campaign
from inspect_app.campaigns.queries import visible_to as campaigns_visible_to
from inspect_app.core.errors import NotFound
from inspect_app.emergencies.lifecycle import ACTIVE, HoldState
from inspect_app.emergencies.models import Emergency, EmergencyCampaign, EmergencyMove, EmergencyPause
from inspect_app.hazards import queries as hazards
from inspect_app.hazards.models import Hazard
from inspect_app.inspections import queries as visits
from inspect_app.inspections.models import Inspection
from inspect_app.quakes.lifecycle import CANCELLED
from inspect_app.quakes.models import Quake
from inspect_app.quakes.queries import visible_to as quakes_visible_to
from inspect_app.regions.models import RegionPath

SUBJECT = "emergency"


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Return the condition on Emergency rows that this person may see.

    A county sees one whose epicentre it holds, that holds up one of its hazards, or that sends inspectors to it.
    """
    if actor.role is None:
        return true()
    there = select(Quake.id).where(quakes_visible_to(actor))
    held_up = select(EmergencyPause.emergency_id).join(Hazard, Hazard.id == EmergencyPause.hazard_id)
    sent = select(EmergencyCampaign.emergency_id).join(Campaign, Campaign.id == EmergencyCampaign.campaign_id)
    return or_(
        Emergency.quake_id.in_(there),
        Emergency.id.in_(held_up.where(hazards.visible_to(actor))),
        Emergency.id.in_(sent.where(campaigns_visible_to(actor))),
    )


def by_reference(session: Session, actor: Actor, reference: str) -> Emergency:
    """Find an emergency with its earthquake, events and campaigns; one out of sight is not found."""
    found = session.scalar(
        select(Emergency)
        .where(Emergency.reference == reference, visible_to(actor))
        .options(
            joinedload(Emergency.quake).joinedload(Quake.county),
            joinedload(Emergency.region),
            selectinload(Emergency.events),
            selectinload(Emergency.campaigns).joinedload(EmergencyCampaign.campaign),
        )
    )
    if found is None:
        raise NotFound
    return found


def page(session: Session, actor: Actor, before: int | None = None, size: int = 50) -> Sequence[Emergency]:
    """Return up to `size` + 1 emergencies, the newest first, below a key: the one more tells that there is more."""
    rows = select(Emergency).where(visible_to(actor))
    rows = rows.options(joinedload(Emergency.quake), joinedload(Emergency.region))
    if before is not None:
        rows = rows.where(Emergency.id < before)
    return session.scalars(rows.order_by(Emergency.id.desc()).limit(size + 1)).all()


def active_for(session: Session, quake: Quake) -> Emergency | None:
    """Return the emergency that is active for an earthquake, if one is."""
    return session.scalar(select(Emergency).where(Emergency.quake_id == quake.id, Emergency.state == ACTIVE))


def quakes_to_open(session: Session, actor: Actor) -> Sequence[Quake]:
    """List the latest earthquakes of the person's region or below for which no emergency is active."""
    if actor.view_region_id is None and actor.role is not None:
        return []
    rows = select(Quake).where(
        Quake.state != CANCELLED,
        Quake.id.not_in(select(Emergency.quake_id).where(Emergency.state == ACTIVE)),
    )
    if actor.role is not None:
        below = select(RegionPath.descendant_id).where(RegionPath.ancestor_id == actor.view_region_id)
        rows = rows.where(Quake.region_id.in_(below))
    return session.scalars(rows.order_by(Quake.occurred_at.desc(), Quake.id.desc()).limit(20)).all()


def pauses_of(session: Session, actor: Actor, emergency: Emergency, state: HoldState) -> Sequence[EmergencyPause]:
    """List the held or refused hazards that the person sees, the most urgent first."""
    rows = (
        select(EmergencyPause)
        .join(Hazard, Hazard.id == EmergencyPause.hazard_id)
        .where(EmergencyPause.emergency_id == emergency.id, EmergencyPause.outcome == state, hazards.visible_to(actor))
        .options(joinedload(EmergencyPause.hazard))
    )
    return session.scalars(rows.order_by(Hazard.urgency, Hazard.id)).all()


def moves_of(session: Session, actor: Actor, emergency: Emergency) -> Sequence[EmergencyMove]:
    """List the visits that were to be moved and that the person sees."""
    rows = (
        select(EmergencyMove)
        .join(Inspection, Inspection.id == EmergencyMove.inspection_id)
        .where(EmergencyMove.emergency_id == emergency.id, visits.visible_to(actor))
        .options(joinedload(EmergencyMove.inspection))
    )
    return session.scalars(rows.order_by(EmergencyMove.id)).all()


def held(session: Session, emergency: Emergency) -> int:
    """Count the due dates and visits that are still held up, whoever sees them."""
    found = 0
    for table in (EmergencyPause, EmergencyMove):
        rows = select(func.count()).select_from(table).where(table.emergency_id == emergency.id)
        found += session.scalar(rows.where(table.outcome == HoldState.HELD)) or 0
    return found


def tally(session: Session, emergency: Emergency) -> dict[HoldState, int]:
    """Count the hazards by what became of their due dates, whoever sees them."""
    rows = select(EmergencyPause.outcome, func.count()).where(EmergencyPause.emergency_id == emergency.id)
    return dict(session.execute(rows.group_by(EmergencyPause.outcome)).tuples().all())


def active(session: Session, actor: Actor) -> Sequence[Emergency]:
    """List the active emergencies that the person sees, newest first."""
    rows = select(Emergency).where(Emergency.state == ACTIVE, visible_to(actor)).options(joinedload(Emergency.quake))
    return session.scalars(rows.order_by(Emergency.id.desc()).limit(5)).all()
