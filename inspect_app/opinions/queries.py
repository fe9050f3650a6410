"""Reading restricted papers: nothing for those without the permission, whatever the region."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, false, select
from sqlalchemy.orm import Session, joinedload

from inspect_app.access.actor import Actor
from inspect_app.access.permissions import Permission
from inspect_app.access.scope import visible
from inspect_app.core.errors import NotFound
from inspect_app.evidence.models import Evidence
from inspect_app.evidence.service import evidence_of
from inspect_app.opinions.models import Opinion

SUBJECT = "opinion"


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Return the condition on Opinion rows that this person may see."""
    if not actor.can(Permission.VIEW_RESTRICTED):
        return false()
    return visible(actor, Opinion.region_id, Opinion.region_id)


def page(session: Session, actor: Actor, before: int | None = None, size: int = 50) -> Sequence[Opinion]:
    """Return up to `size` + 1 papers, the newest first, below a key: the one more tells that there is more."""
    rows = select(Opinion).where(visible_to(actor)).options(joinedload(Opinion.region))
    if before is not None:
        rows = rows.where(Opinion.id < before)
    return session.scalars(rows.order_by(Opinion.id.desc()).limit(size + 1)).all()


def by_reference(session: Session, actor: Actor, reference: str) -> Opinion:
    """Find a paper; one out of sight is not found."""
    found = session.scalar(
        select(Opinion).where(Opinion.reference == reference, visible_to(actor)).options(joinedload(Opinion.region))
    )
    if found is None:
        raise NotFound
    return found


def files_of(session: Session, opinion: Opinion) -> list[Evidence]:
    """List the files of a paper."""
    return evidence_of(session, SUBJECT, opinion.id)


def file_of(session: Session, opinion: Opinion, key: str) -> Evidence:
    """Find a file of this very paper."""
    found = next((each for each in files_of(session, opinion) if each.uuid == key), None)
    if found is None:
        raise NotFound
    return found
