"""Reading documents: which a person sees, one by its key, pages of the list, those of a case."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, true
from sqlalchemy.orm import Session, joinedload, selectinload

from inspect_app.access.actor import Actor
from inspect_app.access.permissions import Permission
from inspect_app.access.scope import visible
from inspect_app.accounts.models import User
from inspect_app.core.errors import NotFound
from inspect_app.documents import sources
from inspect_app.documents.lifecycle import DRAFT
from inspect_app.documents.models import Document, DocumentNumber

DRAFTERS = (Permission.DRAW_UP_DOCUMENT, Permission.ISSUE_DOCUMENT)


@dataclass(frozen=True)
class DocumentFilter:
    """What the list is narrowed to; "" narrows nothing."""

    kind: str = ""
    state: str = ""
    text: str = ""


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Return the condition on Document rows that this person may see.

    A document is no less hidden than the case it is about, and a draft is for those who draw documents up or issue.
    """
    if actor.role is None:
        return true()
    shown = [or_(visible(actor, Document.county_id, Document.region_id), *_naming(actor))]
    for kind, source in sources.registered().items():
        shown.append(or_(Document.subject_kind != kind, source.seen(actor, Document.subject_reference)))
    if not any(actor.can(permission) for permission in DRAFTERS):
        shown.append(Document.state != DRAFT)
    return and_(*shown)


def drafter_of(session: Session, document: Document) -> str:
    """Return who drew a document up; "" for the system."""
    user = session.get(User, document.created_by_id) if document.created_by_id else None
    return user.name if user else ""


def _naming(actor: Actor) -> list[ColumnElement[bool]]:
    """Return the conditions under which an issued document from above names something that this person sees."""
    return [
        and_(Document.subject_kind == kind, Document.state != DRAFT, source.named(actor, Document.uuid))
        for kind, source in sources.registered().items()
        if source.named
    ]


def by_uuid(session: Session, actor: Actor, key: str) -> Document:
    """Find a document with its number, signatures and events; one out of sight is not found."""
    found = session.scalar(
        select(Document)
        .where(Document.uuid == key, visible_to(actor))
        .options(
            joinedload(Document.number),
            joinedload(Document.region),
            joinedload(Document.county),
            joinedload(Document.replaces).joinedload(Document.number),
            selectinload(Document.signatures),
            selectinload(Document.events),
        )
    )
    if found is None:
        raise NotFound
    return found


def is_seen(session: Session, actor: Actor, key: str) -> bool:
    """Tell whether a document exists for this person."""
    return session.scalar(select(Document.id).where(Document.uuid == key, visible_to(actor))) is not None


def page(
    session: Session, actor: Actor, chosen: DocumentFilter, before: int | None = None, size: int = 50
) -> Sequence[Document]:
    """Return up to `size` + 1 documents, newest first, below a key: the one more tells that there is more."""
    rows = _filtered(select(Document), actor, chosen).options(joinedload(Document.county))
    if before is not None:
        rows = rows.where(Document.id < before)
    return session.scalars(_numbered(rows).order_by(Document.id.desc()).limit(size + 1)).all()


def count(session: Session, actor: Actor, chosen: DocumentFilter) -> int:
    """Count the documents that the filter leaves."""
    return session.scalar(_filtered(select(func.count()).select_from(Document), actor, chosen)) or 0


def waiting_for(session: Session, actor: Actor) -> int:
    """Count the drafts that wait for this person to issue them: not those they drew up themselves."""
    if actor.id is None or not actor.can(Permission.ISSUE_DOCUMENT):
        return 0
    theirs = or_(Document.created_by_id.is_(None), Document.created_by_id != actor.id)
    rows = select(func.count()).select_from(Document).where(Document.state == DRAFT, theirs, visible_to(actor))
    return session.scalar(rows) or 0


def of_subject(session: Session, actor: Actor, kind: str, reference: str) -> Sequence[Document]:
    """List the documents of a case that the person sees, oldest first."""
    about = and_(Document.subject_kind == kind, Document.subject_reference == reference)
    rows = select(Document).where(about, visible_to(actor)).options(joinedload(Document.number))
    return session.scalars(rows.order_by(Document.id)).all()


def successors_of(session: Session, actor: Actor, document: Document) -> Sequence[Document]:
    """List the documents that correct this one."""
    rows = select(Document).where(Document.replaces_id == document.id, visible_to(actor))
    return session.scalars(rows.options(joinedload(Document.number)).order_by(Document.id)).all()


def _numbered(rows: Select[Any]) -> Select[Any]:
    return rows.options(joinedload(Document.number))


def _filtered(rows: Select[Any], actor: Actor, chosen: DocumentFilter) -> Select[Any]:
    rows = rows.where(visible_to(actor))
    if chosen.kind:
        rows = rows.where(Document.kind == chosen.kind)
    if chosen.state:
        rows = rows.where(Document.state == chosen.state)
    if words := chosen.text.strip():
        numbers = select(DocumentNumber.id).where(DocumentNumber.text.icontains(words, autoescape=True))
        searched = (Document.title, Document.addressee, Document.subject_reference)
        told = [column.icontains(words, autoescape=True) for column in searched]
        rows = rows.where(or_(*told, Document.number_id.in_(numbers)))
    return rows
