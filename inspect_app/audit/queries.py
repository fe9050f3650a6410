"""Reading the trail, newest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from inspect_app.audit.models import AuditEntry, SealedEntry
from inspect_app.core.clock import start_of

SIZE = 50


@dataclass(frozen=True)
class EntryFilter:
    """What to look for; "" and None mean everything. Days are local and inclusive; a reference may be a beginning."""

    person: str = ""
    action: str = ""
    kind: str = ""
    reference: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class Listed:
    """An entry and whether a seal covers it."""

    entry: AuditEntry
    sealed: bool


def page(
    session: Session, chosen: EntryFilter, before: int | None = None, size: int = SIZE
) -> tuple[list[Listed], int | None]:
    """Give one page of entries, and the key to ask the next page with (None at the end)."""
    query = _matching(chosen).order_by(AuditEntry.id.desc()).limit(size + 1)
    if before is not None:
        query = query.where(AuditEntry.id < before)
    entries = session.scalars(query).all()
    shown = entries[:size]
    sealed = set(session.scalars(select(SealedEntry.entry_id).where(SealedEntry.entry_id.in_(_keys(shown)))))
    more = shown[-1].id if len(entries) > size else None
    return [Listed(entry, entry.id in sealed) for entry in shown], more


def _matching(chosen: EntryFilter) -> Select[tuple[AuditEntry]]:
    query = select(AuditEntry)
    if chosen.person:
        query = query.where(AuditEntry.actor_name.contains(chosen.person, autoescape=True))
    if chosen.action:
        query = query.where(AuditEntry.action.startswith(chosen.action, autoescape=True))
    if chosen.kind:
        query = query.where(AuditEntry.subject_kind == chosen.kind)
    if chosen.reference:
        query = query.where(AuditEntry.subject_reference.startswith(chosen.reference, autoescape=True))
    if chosen.since:
        query = query.where(AuditEntry.at >= start_of(chosen.since))
    if chosen.until:
        query = query.where(AuditEntry.at < start_of(chosen.until + timedelta(days=1)))
    return query


def _keys(entries: Sequence[AuditEntry]) -> list[int]:
    return [entry.id for entry in entries]
