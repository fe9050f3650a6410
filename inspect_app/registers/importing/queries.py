"""Imports of registers: which a person sees, one by its reference, and the file of one."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, joinedload, undefer

from inspect_app.access.actor import Actor
from inspect_app.access.scope import visible
from inspect_app.core.errors import NotFound
from inspect_app.evidence.models import Evidence, Purpose
from inspect_app.evidence.service import evidence_of
from inspect_app.registers.importing.stepping import KIND
from inspect_app.registers.models import RegisterImport


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Return the condition on RegisterImport rows that this person may see."""
    return visible(actor, RegisterImport.county_id, RegisterImport.county_id)


def latest(session: Session, actor: Actor, register: str, size: int = 50) -> Sequence[RegisterImport]:
    """List the latest imports of a register that the person sees."""
    rows = select(RegisterImport).where(RegisterImport.register == register, visible_to(actor))
    rows = rows.options(joinedload(RegisterImport.county))
    return session.scalars(rows.order_by(RegisterImport.id.desc()).limit(size)).all()


def by_reference(session: Session, actor: Actor, reference: str) -> RegisterImport:
    """Find an import with its plan and what was read; one of another region is not found."""
    found = session.scalar(
        select(RegisterImport)
        .where(RegisterImport.reference == reference, visible_to(actor))
        .options(joinedload(RegisterImport.county), undefer(RegisterImport.plan), undefer(RegisterImport.rows))
    )
    if found is None:
        raise NotFound
    return found


def original_of(session: Session, batch: RegisterImport) -> Evidence | None:
    """Return the stored file of an import; None for a report of nothing that came without one."""
    files = evidence_of(session, KIND, batch.id, Purpose.ORIGINAL)
    return files[0] if files else None
