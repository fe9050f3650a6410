"""Reading visits: which a person sees, one by its reference, pages of the list, and all that was answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from inspect_app.access.actor import Actor
from inspect_app.access.scope import visible
from inspect_app.accounts.models import User
from inspect_app.accounts.queries import inspectors_of, own_inspectors_of
from inspect_app.checklists import queries as checklists
from inspect_app.checklists.definition import Checklist, Severity
from inspect_app.checklists.definition import Evidence as Proof
from inspect_app.core import clock
from inspect_app.core.errors import NotFound
from inspect_app.evidence.models import Evidence, Purpose
from inspect_app.hazards.models import Hazard
from inspect_app.inspections.kinds import SELF_CHECK, UNANNOUNCED
from inspect_app.inspections.lifecycle import DONE_STATES, STANDINGS, SUBMITTED, UNDER_WAY
from inspect_app.inspections.models import Answer, Inspection, Inspector, Sheet
from inspect_app.inspections.tally import Tally, tally
from inspect_app.regions.models import RegionPath
from inspect_app.sites.models import Site

SUBJECT = "inspection"
PAPERS = frozenset({Proof.ATTACHMENT, Proof.RECEIPT, Proof.LOG})


@dataclass(frozen=True)
class InspectionFilter:
    """What the list is narrowed to; None and "" narrow nothing. `mine` leaves the visits of the person asking.

    `state` is a state, or one of the STANDINGS, which are several.
    """

    region_id: int | None = None
    kind: str = ""
    state: str = ""
    text: str = ""
    site_id: int | None = None
    mine: bool = False
    start: date | None = None
    end: date | None = None
    references: tuple[str, ...] | None = None
    campaign_id: int | None = None
    trip: str = ""


@dataclass(frozen=True)
class After:
    """Where a page of the list begins: after this row of the one before."""

    planned_on: date
    id: int


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Return the condition on Inspection rows that this person may see.

    An unannounced visit is hidden from the county it goes to until it is done, except for its team and its planner.
    """
    within = visible(actor, Inspection.county_id, Inspection.region_id)
    if actor.role is None:
        return within
    told = or_(Inspection.kind.not_in(UNANNOUNCED), Inspection.state.in_(DONE_STATES))
    own = or_(Inspection.created_by_id == actor.id, _joined_by(actor))
    above = Inspection.county_id.in_(
        select(RegionPath.descendant_id).where(RegionPath.ancestor_id == actor.view_region_id, RegionPath.depth > 0)
    )
    return and_(within, or_(told, own, above))


def by_reference(session: Session, actor: Actor, reference: str) -> Inspection:
    """Find a visit by its reference with its site, team, lists and events; one of another region is not found."""
    inspection = session.scalar(
        select(Inspection)
        .where(Inspection.reference == reference, visible_to(actor))
        .options(
            joinedload(Inspection.site),
            joinedload(Inspection.county),
            joinedload(Inspection.region),
            selectinload(Inspection.inspectors).joinedload(Inspector.user),
            selectinload(Inspection.sheets).joinedload(Sheet.checklist_version),
            selectinload(Inspection.events),
        )
    )
    if inspection is None:
        raise NotFound
    return inspection


def page(
    session: Session, actor: Actor, chosen: InspectionFilter, after: After | None = None, size: int = 50
) -> Sequence[Inspection]:
    """Return up to `size` + 1 visits, latest planned first, after a row: the one more tells that there is more."""
    rows = _filtered(select(Inspection), actor, chosen)
    if after:
        same_day = and_(Inspection.planned_on == after.planned_on, Inspection.id < after.id)
        rows = rows.where(or_(Inspection.planned_on < after.planned_on, same_day))
    rows = rows.options(joinedload(Inspection.site), joinedload(Inspection.county), selectinload(Inspection.sheets))
    return session.scalars(rows.order_by(Inspection.planned_on.desc(), Inspection.id.desc()).limit(size + 1)).all()


def count(session: Session, actor: Actor, chosen: InspectionFilter) -> int:
    """Count the visits that the filter leaves."""
    return session.scalar(_filtered(select(func.count()).select_from(Inspection), actor, chosen)) or 0


def waiting_for(session: Session, actor: Actor) -> int:
    """Count what waits for this person: their own visits under way, and visits they may review."""
    mine = _joined_by(actor)
    to_fill = and_(Inspection.state == UNDER_WAY, mine)
    to_review = and_(Inspection.state == SUBMITTED, ~mine) if actor.can("review_inspection") else false()
    return (
        session.scalar(select(func.count()).select_from(Inspection).where(visible_to(actor), to_fill | to_review)) or 0
    )


def checklists_of(inspection: Inspection) -> list[Checklist]:
    """Return the lists of a visit at the versions it was planned with."""
    return [checklists.content(sheet.checklist_version) for sheet in inspection.sheets]


def answers_of(session: Session, inspection: Inspection) -> dict[str, Answer]:
    """Return the answers given so far by item code."""
    rows = session.scalars(select(Answer).where(Answer.inspection_id == inspection.id))
    return {row.item_code: row for row in rows}


def files_of(session: Session, inspection: Inspection) -> dict[str, list[Evidence]]:
    """Return the files attached to answers by item code, oldest first; withdrawn ones are left out."""
    rows = session.scalars(
        select(Evidence)
        .where(Evidence.subject_kind == SUBJECT, Evidence.subject_id == inspection.id, Evidence.withdrawn_at.is_(None))
        .order_by(Evidence.id)
    )
    found: dict[str, list[Evidence]] = {}
    for row in rows:
        found.setdefault(row.item, []).append(row)
    return found


def tally_of(inspection: Inspection, answers: dict[str, Answer], files: dict[str, list[Evidence]]) -> Tally:
    """Judge a visit as it stands today, from its answers and files."""
    given = {code: answer.value for code, answer in answers.items()}
    attached = {code: _proofs(evidence) for code, evidence in files.items()}
    return tally(checklists_of(inspection), given, attached, clock.today())


def hazards_of(session: Session, inspection: Inspection) -> dict[str, Hazard]:
    """Return the hazards that this visit made, by item code."""
    rows = session.scalars(
        select(Hazard)
        .where(Hazard.site_id == inspection.site_id, Hazard.origin_reference == inspection.reference)
        .order_by(Hazard.id)
    )
    return {row.item_code: row for row in rows}


def inspectors_for(session: Session, site: Site) -> list[User]:
    """List the people who may inspect a site: they carry out inspections and enter data for its region."""
    above = session.scalars(select(RegionPath.ancestor_id).where(RegionPath.descendant_id == site.region_id))
    return inspectors_of(session, list(above))


def people_for(session: Session, site: Site, kind: str) -> list[User]:
    """List the people who may make a visit of this kind to a site: a self-check is made by the county's own."""
    return self_checkers_for(session, site) if kind == SELF_CHECK else inspectors_for(session, site)


def self_checkers_for(session: Session, site: Site) -> list[User]:
    """List the people of the site's own county who carry out inspections and enter data for its region."""
    in_county = select(RegionPath.descendant_id).where(RegionPath.ancestor_id == site.county_id)
    above = select(RegionPath.ancestor_id).where(RegionPath.descendant_id == site.region_id)
    return own_inspectors_of(session, list(session.scalars(above.where(RegionPath.ancestor_id.in_(in_county)))))


def journey_of(session: Session, actor: Actor, inspection: Inspection) -> Sequence[Inspection]:
    """List the visits of the same journey that the person sees, this one among them; empty for a single visit."""
    if not inspection.trip:
        return []
    rows = select(Inspection).where(Inspection.trip == inspection.trip, visible_to(actor))
    return session.scalars(
        rows.options(
            joinedload(Inspection.site), selectinload(Inspection.sheets).joinedload(Sheet.checklist_version)
        ).order_by(Inspection.id)
    ).all()


def failed_of(tallied: Tally, *severities: Severity) -> list[str]:
    """Return the codes of the failed items of these severities, in the order of the lists."""
    return [each.item.code for each in tallied.items if each.consequence in severities]


def _joined_by(actor: Actor) -> ColumnElement[bool]:
    return Inspection.id.in_(select(Inspector.inspection_id).where(Inspector.user_id == actor.id))


def _proofs(files: Sequence[Evidence]) -> set[Proof]:
    """Tell what the files of an item prove: pictures of the state found, or papers (kept apart by purpose)."""
    found: set[Proof] = set()
    for file in files:
        found |= PAPERS if file.purpose is Purpose.PROOF else {Proof.PHOTO}
    return found


def _filtered(rows: Select[Any], actor: Actor, chosen: InspectionFilter) -> Select[Any]:
    rows = rows.where(visible_to(actor), *_equalities(chosen))
    if chosen.region_id is not None:
        below = select(RegionPath.descendant_id).where(RegionPath.ancestor_id == chosen.region_id)
        rows = rows.where(or_(Inspection.county_id.in_(below), Inspection.region_id.in_(below)))
    if chosen.mine:
        rows = rows.where(_joined_by(actor))
    if chosen.text.strip():
        words = chosen.text.strip()
        named = select(Site.id).where(Site.name.icontains(words, autoescape=True))
        found = Inspection.reference.icontains(words, autoescape=True)
        rows = rows.where(or_(Inspection.site_id.in_(named), found))
    if chosen.references is not None:
        rows = rows.where(Inspection.reference.in_(chosen.references))
    return rows


def _equalities(chosen: InspectionFilter) -> list[ColumnElement[bool]]:
    conditions = []
    if chosen.kind:
        conditions.append(Inspection.kind == chosen.kind)
    if chosen.state:
        conditions.append(Inspection.state.in_(STANDINGS.get(chosen.state, (chosen.state,))))
    if chosen.campaign_id is not None:
        conditions.append(Inspection.campaign_id == chosen.campaign_id)
    if chosen.trip:
        conditions.append(Inspection.trip == chosen.trip)
    if chosen.site_id is not None:
        conditions.append(Inspection.site_id == chosen.site_id)
    if chosen.start:
        conditions.append(Inspection.planned_on >= chosen.start)
    if chosen.end:
        conditions.append(Inspection.planned_on <= chosen.end)
    return conditions
