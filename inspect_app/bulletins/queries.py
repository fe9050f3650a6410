"""Reading bulletins: which a person sees, one by its reference, pages of the list, figures with their rows."""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import ColumnElement, and_, false, func, or_, select, true
from sqlalchemy.orm import Session, joinedload, selectinload

from inspect_app.access.actor import Actor
from inspect_app.access.permissions import Permission
from inspect_app.accounts.models import User
from inspect_app.bulletins.lifecycle import DISCARDED, ISSUED, PUBLIC, SENT, WITHDRAWN
from inspect_app.bulletins.models import Bulletin, BulletinFigure
from inspect_app.campaigns.lifecycle import CLOSED
from inspect_app.campaigns.models import Campaign
from inspect_app.campaigns.queries import visible_to as campaigns_visible_to
from inspect_app.core.errors import NotFound
from inspect_app.documents.models import Document
from inspect_app.hazards import queries as hazards
from inspect_app.hazards.models import Hazard
from inspect_app.inspections import queries as visits
from inspect_app.inspections.models import Inspection
from inspect_app.regions.models import RegionPath

AT_ONCE = 2000


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Return the condition on Bulletin rows that this person may see.

    What was issued is read at and below its region and above it; what is not, by those who write or issue there.
    """
    if actor.role is None:
        return true()
    if actor.view_region_id is None:
        return false()
    below = select(RegionPath.descendant_id).where(RegionPath.ancestor_id == actor.view_region_id)
    above = select(RegionPath.ancestor_id).where(RegionPath.descendant_id == actor.view_region_id)
    reached = or_(Bulletin.region_id.in_(below), Bulletin.region_id.in_(above))
    public = and_(reached, Bulletin.state.in_(PUBLIC))
    own = Bulletin.region_id.in_(below)
    office = actor.can(Permission.WRITE_BULLETIN) or actor.can(Permission.ISSUE_DOCUMENT)
    return or_(public, own) if office else public


def by_reference(session: Session, actor: Actor, reference: str) -> Bulletin:
    """Find a bulletin with its region, campaign and events; one out of sight is not found."""
    loaded = (
        joinedload(Bulletin.region),
        joinedload(Bulletin.campaign),
        joinedload(Bulletin.replaces),
        selectinload(Bulletin.events),
    )
    query = select(Bulletin).where(Bulletin.reference == reference, visible_to(actor)).options(*loaded)
    found = session.scalar(query)
    if found is None:
        raise NotFound
    return found


def of_document(session: Session, uuid: str) -> Bulletin | None:
    """Find the bulletin that a document was drawn up for."""
    return session.scalar(select(Bulletin).where(Bulletin.document_uuid == uuid)) if uuid else None


def page(session: Session, actor: Actor, before: int | None = None, size: int = 50) -> Sequence[Bulletin]:
    """Return up to `size` + 1 bulletins, newest first, below a key: the one more tells that there is more."""
    rows = select(Bulletin).where(visible_to(actor)).options(joinedload(Bulletin.region))
    if before is not None:
        rows = rows.where(Bulletin.id < before)
    return session.scalars(rows.order_by(Bulletin.id.desc()).limit(size + 1)).all()


def latest(session: Session, actor: Actor, since: date) -> Bulletin | None:
    """Return the newest bulletin in force that was issued on or after a day, if this person sees one."""
    issued = select(Document.uuid).where(Document.issued_on >= since)
    rows = select(Bulletin).where(Bulletin.state == ISSUED, Bulletin.document_uuid.in_(issued), visible_to(actor))
    return session.scalar(rows.order_by(Bulletin.id.desc()).limit(1))


def waiting_for(session: Session, actor: Actor) -> int:
    """Count the bulletins that wait for this person to issue them."""
    if actor.id is None or not actor.can(Permission.ISSUE_DOCUMENT):
        return 0
    theirs = or_(Bulletin.created_by_id.is_(None), Bulletin.created_by_id != actor.id)
    rows = select(func.count()).select_from(Bulletin).where(Bulletin.state == SENT, theirs, visible_to(actor))
    return session.scalar(rows) or 0


def document_of(session: Session, bulletin: Bulletin) -> Document | None:
    """Return the document of a bulletin with its number; None before it was drawn up."""
    query = select(Document).where(Document.uuid == bulletin.document_uuid).options(joinedload(Document.number))
    return session.scalar(query) if bulletin.document_uuid else None


def documents_of(session: Session, bulletins: Sequence[Bulletin]) -> Mapping[str, Document]:
    """Return the documents of many bulletins by key."""
    keys = [each.document_uuid for each in bulletins if each.document_uuid]
    rows = session.scalars(select(Document).where(Document.uuid.in_(keys)).options(joinedload(Document.number)))
    return {row.uuid: row for row in rows}


def writer_of(session: Session, bulletin: Bulletin) -> str:
    """Return who began a bulletin; "" for the system."""
    user = session.get(User, bulletin.created_by_id) if bulletin.created_by_id else None
    return user.name if user else ""


def corrections_of(session: Session, actor: Actor, bulletin: Bulletin) -> Sequence[Bulletin]:
    """List the bulletins that correct this one, as far as the person sees them."""
    rows = select(Bulletin).where(Bulletin.replaces_id == bulletin.id, visible_to(actor))
    return session.scalars(rows.order_by(Bulletin.id)).all()


def is_being_corrected(session: Session, bulletin: Bulletin) -> bool:
    """Tell whether a correction of this bulletin was begun and not given up."""
    other = select(Bulletin.id).where(
        Bulletin.replaces_id == bulletin.id, Bulletin.state.not_in((DISCARDED, WITHDRAWN))
    )
    return session.scalar(other.limit(1)) is not None


def figures_of(session: Session, bulletin: Bulletin) -> Sequence[BulletinFigure]:
    """Return the figures in force, in order."""
    rows = select(BulletinFigure).where(
        BulletinFigure.bulletin_id == bulletin.id, BulletinFigure.gathering == bulletin.gathering
    )
    return session.scalars(rows.options(joinedload(BulletinFigure.region)).order_by(BulletinFigure.number)).all()


def campaigns_to_tell(session: Session, actor: Actor) -> Sequence[Campaign]:
    """List the campaigns that are closed and organised where this person writes, newest first.

    What an unannounced campaign planned is nobody's to read before it is over.
    """
    below = select(RegionPath.descendant_id).where(RegionPath.ancestor_id == actor.capture_region_id)
    rows = select(Campaign).where(Campaign.state == CLOSED, Campaign.region_id.in_(below), campaigns_visible_to(actor))
    return session.scalars(rows.order_by(Campaign.id.desc()).limit(50)).all()


def seen(session: Session, actor: Actor, kind: type[Hazard | Inspection], references: Sequence[str]) -> set[str]:
    """Return those of the references whose hazards, or visits, this person sees."""
    shown = hazards.visible_to(actor) if kind is Hazard else visits.visible_to(actor)
    found: set[str] = set()
    for first in range(0, len(references), AT_ONCE):
        some = references[first : first + AT_ONCE]
        found.update(session.scalars(select(kind.reference).where(kind.reference.in_(some), shown)))
    return found


def hazards_by_reference(session: Session, references: Sequence[str]) -> dict[str, Hazard]:
    """Return hazards, known to be seen, by reference."""
    rows = select(Hazard).where(Hazard.reference.in_(references)).options(joinedload(Hazard.county))
    return {row.reference: row for row in session.scalars(rows)}


def visits_by_reference(session: Session, references: Sequence[str]) -> dict[str, Inspection]:
    """Return visits, known to be seen, by reference."""
    loaded = (joinedload(Inspection.county), joinedload(Inspection.site))
    rows = select(Inspection).where(Inspection.reference.in_(references)).options(*loaded)
    return {row.reference: row for row in session.scalars(rows)}
