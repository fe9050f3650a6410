"""Registers that were sent: which a person sees, one by its reference, and the file of one."""

from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, joinedload, undefer

from inspect_app.access.actor import Actor
from inspect_app.access.scope import visible
from inspect_app.core.errors import NotFound
from inspect_app.evidence.models import Evidence, Purpose
from inspect_app.evidence.service import evidence_of, open_file
from inspect_app.sites.importing.service import KIND
from inspect_app.sites.models import SiteImport


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Return the condition on SiteImport rows that this person may see."""
    return visible(actor, SiteImport.region_id, SiteImport.region_id)


def latest(session: Session, actor: Actor, size: int = 50) -> Sequence[SiteImport]:
    """List the latest registers that the person sees."""
    rows = select(SiteImport).where(visible_to(actor)).options(joinedload(SiteImport.region))
    return session.scalars(rows.order_by(SiteImport.id.desc()).limit(size)).all()


def by_reference(session: Session, actor: Actor, reference: str) -> SiteImport:
    """Find a register with its plan; one of another region is not found."""
    found = session.scalar(
        select(SiteImport)
        .where(SiteImport.reference == reference, visible_to(actor))
        .options(joinedload(SiteImport.region), undefer(SiteImport.plan))
    )
    if found is None:
        raise NotFound
    return found


def original_of(session: Session, batch: SiteImport) -> Evidence:
    """Return the stored file of a register."""
    return evidence_of(session, KIND, batch.id, Purpose.ORIGINAL)[0]


def file_of(session: Session, batch: SiteImport) -> Path:
    """Return where the file of a register lies, once its bytes are found whole; raises FileDamaged."""
    return open_file(original_of(session, batch))
