"""Writing the trail in the transaction of the change, sealing it in blocks, and checking it."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

import structlog
from sqlalchemy import Select, func, insert, select
from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.audit.chain import START, entry_digest, seal_digest
from inspect_app.audit.changes import presentable
from inspect_app.audit.models import AuditEntry, AuditSeal, SealedEntry
from inspect_app.core.clock import now

BLOCK = 5000
SEAL_LOCK = 20_081_224
WRITTEN = "audit_entries_written"


def record(  # noqa: PLR0913 - one argument a column
    session: Session,
    actor: Actor,
    action: str,
    *,
    kind: str,
    id: int | None,  # noqa: A002 - the key of the subject
    reference: str = "",
    region_id: int | None = None,
    changes: Mapping[str, Any] | None = None,
) -> None:
    """Write who did what ("hazard.assign") to which thing, with `changes` as {field: [before, after]}.

    Secrets and personal data in `changes` are made unreadable. The entry stands or falls with the transaction.
    """
    context = structlog.contextvars.get_contextvars()
    entry = AuditEntry(
        at=now(),
        actor_id=actor.id,
        actor_name=actor.name,
        action=action,
        subject_kind=kind,
        subject_id=id,
        subject_reference=reference,
        region_id=region_id,
        changes=presentable(changes or {}),
        request_id=str(context.get("request_id", "")),
        address=actor.address,
    )
    session.add(entry)
    session.info[WRITTEN] = session.info.get(WRITTEN, 0) + 1


def seal(session: Session, since: datetime | None = None) -> AuditSeal | None:
    """Seal up to one block of entries that no seal covers yet (of those written `since`); None when there is nothing.

    Give it a transaction of its own. Somebody else sealing at this moment is left to it: None. Should both ever get
    through, the number of the seal is taken and the later one fails with IntegrityError.
    """
    if not _alone(session):
        return None
    entries = session.scalars(_unsealed(since).limit(BLOCK)).all()
    if not entries:
        return None
    before = session.scalar(select(AuditSeal).order_by(AuditSeal.id.desc()).limit(1))
    previous = before.digest if before else START
    number, at = (before.id if before else 0) + 1, now()
    rows, last = [], previous
    for entry in entries:
        last = entry_digest(last, content(entry))
        rows.append({"entry_id": entry.id, "seal_id": number, "digest": last})
    digest = seal_digest(previous, number, at.isoformat(), len(rows), last)
    made = AuditSeal(id=number, previous_id=before and before.id, sealed_at=at, entries=len(rows), digest=digest)
    session.add(made)
    session.flush()
    session.execute(insert(SealedEntry), rows)
    return made


def seal_all(session: Session) -> int:
    """Seal everything that is not sealed; returns the number of entries sealed."""
    total = 0
    while block := seal(session):
        total += block.entries
    return total


def unsealed(session: Session) -> int:
    """Count the entries that no seal covers yet."""
    return session.scalar(select(func.count()).select_from(_unsealed(None).order_by(None).subquery())) or 0


def verify(session: Session) -> list[str]:
    """Check every seal and every sealed entry, oldest first; returns a Chinese sentence for each that is wrong."""
    problems: list[str] = []
    before: AuditSeal | None = None
    for block in session.scalars(select(AuditSeal).order_by(AuditSeal.id).execution_options(populate_existing=True)):
        problems += _check(session, block, before)
        before = block
    return problems


def content(entry: AuditEntry) -> list[Any]:
    """Everything of an entry that its digest covers."""
    return [
        entry.id,
        entry.at.isoformat(),
        entry.actor_id,
        entry.actor_name,
        entry.action,
        entry.subject_kind,
        entry.subject_id,
        entry.subject_reference,
        entry.region_id,
        entry.changes,
        entry.request_id,
        entry.address,
    ]


def _alone(session: Session) -> bool:
    """Take the sealing lock until the commit; SQLite lets one writer in anyway."""
    if session.get_bind().dialect.name != "postgresql":
        return True
    return bool(session.scalar(select(func.pg_try_advisory_xact_lock(SEAL_LOCK))))


def _unsealed(since: datetime | None) -> Select[tuple[AuditEntry]]:
    sealed = select(SealedEntry.entry_id).where(SealedEntry.entry_id == AuditEntry.id)
    query = select(AuditEntry).where(~sealed.exists()).order_by(AuditEntry.id)
    return query if since is None else query.where(AuditEntry.at >= since)


def _check(session: Session, block: AuditSeal, before: AuditSeal | None) -> Iterator[str]:
    previous = before.digest if before else START
    if block.previous_id != (before.id if before else None) or block.id != (before.id if before else 0) + 1:
        yield f"第 {block.id} 块封存之前的封存记录缺失。"
    count, last = 0, previous
    for sealed, entry in _covered(session, block):
        if entry is None:
            yield f"审计记录 {sealed.entry_id} 已被删除（第 {block.id} 块）。"
        elif entry_digest(last, content(entry)) != sealed.digest:
            yield f"审计记录 {entry.id} 与封存时不一致（第 {block.id} 块）。"
        count, last = count + 1, sealed.digest
    if count != block.entries:
        yield f"第 {block.id} 块封存时有 {block.entries} 条记录，现在只有 {count} 条。"
    if block.digest != seal_digest(previous, block.id, block.sealed_at.isoformat(), block.entries, last):
        yield f"第 {block.id} 块的封存摘要不一致。"


def _covered(session: Session, block: AuditSeal) -> Iterator[tuple[SealedEntry, AuditEntry | None]]:
    rows = session.execute(
        select(SealedEntry, AuditEntry)
        .outerjoin(AuditEntry, AuditEntry.id == SealedEntry.entry_id)
        .where(SealedEntry.seal_id == block.id)
        .order_by(SealedEntry.entry_id)
        .execution_options(populate_existing=True)
    )
    yield from rows.tuples()
