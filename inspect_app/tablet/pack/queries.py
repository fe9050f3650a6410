"""Reading what goes into a pack, for all visits at once: as many queries for thirty visits as for one."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session, aliased, joinedload, selectinload

from inspect_app.access.actor import Actor
from inspect_app.core import clock
from inspect_app.evidence.models import Evidence, Purpose
from inspect_app.evidence.rules import PHOTOS
from inspect_app.hazards.models import Hazard
from inspect_app.hazards.queries import visible_to as visible_hazards
from inspect_app.hazards.rules import OPEN_STATES
from inspect_app.inspections.kinds import SELF_CHECK
from inspect_app.inspections.lifecycle import DONE_STATES, PLANNED, UNDER_WAY
from inspect_app.inspections.models import Answer, Inspection, Inspector, Sheet
from inspect_app.inspections.queries import SUBJECT, visible_to
from inspect_app.regions.levels import Level
from inspect_app.regions.models import Region, RegionPath, Unit
from inspect_app.sites.models import Site

MOST_VISITS = 60
MOST_UNITS = 2000
EARLIER_VISITS = 2
SHOWN = (Purpose.BEFORE, Purpose.AFTER)


@dataclass
class Held:
    """What is known of one visit before it is told: answers and files by item, and of its site."""

    visit: Inspection
    answers: dict[str, Answer] = field(default_factory=dict)
    files: dict[str, list[Evidence]] = field(default_factory=dict)
    earlier: list[Inspection] = field(default_factory=list)
    hazards: list[Hazard] = field(default_factory=list)


@dataclass(frozen=True)
class Place:
    """A region that something new may be entered for, with the code of the one above."""

    code: str
    name: str
    level: Level
    parent: str | None


def open_visits(session: Session, actor: Actor) -> tuple[list[Held], int]:
    """Return this person's visits that are not submitted, earliest planned first, and how many did not fit."""
    own = select(Inspector.inspection_id).where(Inspector.user_id == actor.id)
    mine = and_(visible_to(actor), Inspection.id.in_(own), Inspection.state.in_((PLANNED, UNDER_WAY)))
    site = joinedload(Inspection.site)
    rows = (
        select(Inspection)
        .where(mine)
        .order_by(Inspection.planned_on, Inspection.id)
        .options(
            site.joinedload(Site.county),
            site.joinedload(Site.region),
            site.joinedload(Site.responsible_unit),
            site.joinedload(Site.supervising_unit),
            selectinload(Inspection.inspectors).joinedload(Inspector.user),
            selectinload(Inspection.sheets).joinedload(Sheet.checklist_version),
        )
    )
    found = session.scalars(rows.limit(MOST_VISITS)).all()
    total = session.scalar(select(func.count()).select_from(Inspection).where(mine)) or 0
    return [Held(visit) for visit in found], total - len(found)


def add_answers(session: Session, held: Sequence[Held]) -> None:
    """Add what was answered and attached so far."""
    by_visit = {each.visit.id: each for each in held}
    for answer in session.scalars(select(Answer).where(Answer.inspection_id.in_(by_visit))):
        by_visit[answer.inspection_id].answers[answer.item_code] = answer
    attached = (Evidence.subject_kind == SUBJECT, Evidence.subject_id.in_(by_visit), Evidence.withdrawn_at.is_(None))
    for file in session.scalars(select(Evidence).where(*attached).order_by(Evidence.id)):
        by_visit[file.subject_id].files.setdefault(file.item, []).append(file)


def add_past(session: Session, actor: Actor, held: Sequence[Held]) -> None:
    """Add the latest submitted visits to the same sites, newest first; a self-check would sway the inspector."""
    sites = {each.visit.site_id for each in held}
    done = (visible_to(actor), Inspection.state.in_(DONE_STATES), Inspection.kind != SELF_CHECK)
    newest = (Inspection.submitted_on.desc(), Inspection.id.desc())
    ranked = select(
        Inspection.id, func.row_number().over(partition_by=Inspection.site_id, order_by=newest).label("rank")
    ).where(Inspection.site_id.in_(sites), *done)
    latest = ranked.subquery()
    rows = (
        select(Inspection)
        .join(latest, latest.c.id == Inspection.id)
        .where(latest.c.rank <= EARLIER_VISITS)
        .order_by(*newest)
        .options(selectinload(Inspection.sheets).joinedload(Sheet.checklist_version))
    )
    found = session.scalars(rows).all()
    for each in held:
        each.earlier = [visit for visit in found if visit.site_id == each.visit.site_id]


def add_hazards(session: Session, actor: Actor, held: Sequence[Held]) -> None:
    """Add the open hazards of the same sites, the most urgent first."""
    sites = {each.visit.site_id for each in held}
    rows = select(Hazard).where(visible_hazards(actor), Hazard.site_id.in_(sites), Hazard.state.in_(OPEN_STATES))
    found = session.scalars(rows.order_by(Hazard.urgency, Hazard.id)).all()
    for each in held:
        each.hazards = [hazard for hazard in found if hazard.site_id == each.visit.site_id]


def photos_of(session: Session, hazards: Iterable[Hazard]) -> dict[int, list[Evidence]]:
    """Return the photos of hazards before and after, by key of the hazard, oldest first."""
    keys = {hazard.id for hazard in hazards}
    rows = select(Evidence).where(
        Evidence.subject_kind == "hazard",
        Evidence.subject_id.in_(keys),
        Evidence.purpose.in_(SHOWN),
        Evidence.media_type.in_(PHOTOS),
        Evidence.withdrawn_at.is_(None),
    )
    found: dict[int, list[Evidence]] = {}
    for file in session.scalars(rows.order_by(Evidence.id)):
        found.setdefault(file.subject_id, []).append(file)
    return found


def places(session: Session, region_id: int | None) -> list[Place]:
    """List the counties and townships at or below a region, in force today, by code; with those above them."""
    inside = select(RegionPath.descendant_id).where(RegionPath.ancestor_id == region_id)
    parent = aliased(Region)
    rows = (
        select(Region.code, Region.name, Region.level, parent.code)
        .outerjoin(parent, parent.id == Region.parent_id)
        .where(Region.id.in_(inside), Region.level.in_((Level.COUNTY, Level.TOWNSHIP)))
        .where(or_(Region.valid_until.is_(None), Region.valid_until >= clock.today()))
        .order_by(Region.code)
    )
    return [Place(*row) for row in session.execute(rows).tuples()]


def units(session: Session, codes: Collection[str]) -> tuple[list[tuple[str, str]], int]:
    """Return the units of the regions with these codes, by name, each with its region's code, and how many are cut."""
    rows = (
        select(Unit.name, Region.code)
        .join(Region, Region.id == Unit.region_id)
        .where(Region.code.in_(codes))
        .where(or_(Unit.valid_until.is_(None), Unit.valid_until >= clock.today()))
    )
    found = session.execute(rows.order_by(Unit.name, Unit.id).limit(MOST_UNITS)).tuples().all()
    total = session.scalar(select(func.count()).select_from(rows.subquery())) or 0
    return [(name, code) for name, code in found], total - len(found)
