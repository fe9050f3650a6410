"""Reading campaigns: which a person sees, one by its reference, pages of the list, their visits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select, true
from sqlalchemy.orm import Session, joinedload, selectinload

from inspect_app.access.actor import SYSTEM, Actor
from inspect_app.accounts.models import User
from inspect_app.accounts.queries import inspectors_of
from inspect_app.campaigns.kinds import UNANNOUNCED
from inspect_app.campaigns.lifecycle import CLOSED, ISSUED
from inspect_app.campaigns.models import Campaign, CampaignRegion, CampaignUnit, CampaignVisit, Team, TeamMember
from inspect_app.core.errors import NotFound
from inspect_app.inspections.lifecycle import DONE_STATES
from inspect_app.inspections.models import Inspection, Inspector
from inspect_app.inspections.queries import visible_to as visits_visible_to
from inspect_app.regions.models import RegionPath

SUBJECT = "campaign"


@dataclass(frozen=True)
class CampaignFilter:
    """What the list is narrowed to; None and "" narrow nothing. `year` is one that the period touches."""

    year: int | None = None
    kind: str = ""
    state: str = ""
    text: str = ""


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Return the condition on Campaign rows that this person may see.

    All that is organised at or below what they see. Of others, what was issued and they take part in or that goes to
    their region; an unannounced one only after the first visit they may see is done.
    """
    if actor.role is None:
        return true()
    if actor.view_region_id is None:
        return false()
    below = select(RegionPath.descendant_id).where(RegionPath.ancestor_id == actor.view_region_id)
    above = select(RegionPath.ancestor_id).where(RegionPath.descendant_id == actor.view_region_id)
    met = or_(CampaignRegion.region_id.in_(below), CampaignRegion.region_id.in_(above))
    concerned = Campaign.id.in_(select(CampaignRegion.campaign_id).where(met))
    member = select(Team.campaign_id).join(TeamMember).where(TeamMember.user_id == actor.id)
    seen = select(Inspection.campaign_id).where(
        Inspection.campaign_id.is_not(None), Inspection.state.in_(DONE_STATES), visits_visible_to(actor)
    )
    told = or_(Campaign.kind.not_in(UNANNOUNCED), Campaign.id.in_(seen))
    reached = or_(Campaign.id.in_(member), and_(concerned, told))
    return or_(Campaign.region_id.in_(below), and_(Campaign.state.in_((ISSUED, CLOSED)), reached))


def by_reference(session: Session, actor: Actor, reference: str) -> Campaign:
    """Find a campaign by its reference with its scope, units, teams and events; one out of sight is not found."""
    campaign = session.scalar(
        select(Campaign)
        .where(Campaign.reference == reference, visible_to(actor))
        .options(
            joinedload(Campaign.region),
            selectinload(Campaign.regions).joinedload(CampaignRegion.region),
            selectinload(Campaign.units).joinedload(CampaignUnit.unit),
            selectinload(Campaign.teams).selectinload(Team.members).joinedload(TeamMember.user),
            selectinload(Campaign.events),
        )
    )
    if campaign is None:
        raise NotFound
    return campaign


def page(
    session: Session, actor: Actor, chosen: CampaignFilter, before: int | None = None, size: int = 50
) -> Sequence[Campaign]:
    """Return up to `size` + 1 campaigns, newest first, below a key: the one more tells that there is more."""
    rows = _filtered(select(Campaign), actor, chosen).options(joinedload(Campaign.region))
    if before is not None:
        rows = rows.where(Campaign.id < before)
    return session.scalars(rows.order_by(Campaign.id.desc()).limit(size + 1)).all()


def count(session: Session, actor: Actor, chosen: CampaignFilter) -> int:
    """Count the campaigns that the filter leaves."""
    return session.scalar(_filtered(select(func.count()).select_from(Campaign), actor, chosen)) or 0


def waiting_for(session: Session, actor: Actor) -> int:
    """Count the drafts that wait for this person to issue them."""
    if actor.id is None or not actor.can("issue_campaign"):
        return 0
    drafts = and_(Campaign.state == "draft", Campaign.created_by_id != actor.id)
    below = select(RegionPath.descendant_id).where(RegionPath.ancestor_id == actor.view_region_id)
    rows = select(func.count()).select_from(Campaign).where(drafts, Campaign.region_id.in_(below))
    return session.scalar(rows) or 0


def visits_of(session: Session, actor: Actor, campaign: Campaign) -> Sequence[CampaignVisit]:
    """List the visits of a campaign that the person may see, by day, team and reference."""
    rows = (
        select(CampaignVisit)
        .join(Inspection, Inspection.id == CampaignVisit.inspection_id)
        .where(CampaignVisit.campaign_id == campaign.id, visits_visible_to(actor))
        .options(
            joinedload(CampaignVisit.inspection).options(
                joinedload(Inspection.site),
                joinedload(Inspection.county),
                selectinload(Inspection.inspectors).joinedload(Inspector.user),
            ),
            joinedload(CampaignVisit.team),
        )
    )
    return session.scalars(rows.order_by(Inspection.planned_on, CampaignVisit.team_id, Inspection.reference)).all()


def visit_of(session: Session, actor: Actor, campaign: Campaign, reference: str) -> CampaignVisit:
    """Find one visit of a campaign by the reference of the inspection."""
    for visit in visits_of(session, actor, campaign):
        if visit.inspection.reference == reference:
            return visit
    raise NotFound


def drawn_up_by(session: Session, campaign: Campaign) -> str:
    """Return the name of the person who drew a campaign up; of the system when nobody did."""
    person = session.get(User, campaign.created_by_id) if campaign.created_by_id else None
    return person.name if person else SYSTEM.name


def people_for(session: Session, campaign: Campaign) -> list[User]:
    """List who may be put into the teams: inspectors who enter data somewhere the campaign goes, or above it."""
    below = select(RegionPath.descendant_id).where(RegionPath.ancestor_id == campaign.region_id)
    above = select(RegionPath.ancestor_id).where(RegionPath.descendant_id == campaign.region_id)
    return inspectors_of(session, [*session.scalars(below.union(above))])


def _filtered(rows: Select[Any], actor: Actor, chosen: CampaignFilter) -> Select[Any]:
    rows = rows.where(visible_to(actor))
    if chosen.year is not None:
        first, last = date(chosen.year, 1, 1), date(chosen.year, 12, 31)
        rows = rows.where(Campaign.starts_on <= last, Campaign.ends_on >= first)
    if chosen.kind:
        rows = rows.where(Campaign.kind == chosen.kind)
    if chosen.state:
        rows = rows.where(Campaign.state == chosen.state)
    if words := chosen.text.strip():
        searched = (Campaign.title, Campaign.document_number, Campaign.reference)
        rows = rows.where(or_(*(column.icontains(words, autoescape=True) for column in searched)))
    return rows
