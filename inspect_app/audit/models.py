"""The audit trail: entries nobody can change, sealed in blocks whose hashes form a chain.

An entry is written in the transaction of the change it describes and waits for nobody. A later block (seal) lists
the entries it covers and hashes them with the seal before it, so writers never queue behind the chain.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from inspect_app.audit import triggers as triggers  # noqa: PLC0414 - attaches itself to the tables
from inspect_app.core.database import Base
from inspect_app.core.types import Json


class AuditEntry(Base):
    """Who did what to which thing, when, from what to what."""

    __tablename__ = "audit_entry"
    __table_args__ = (
        Index("ix_audit_entry_subject", "subject_kind", "subject_id"),
        Index("ix_audit_entry_at", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    actor_id: Mapped[int | None]
    actor_name: Mapped[str]
    action: Mapped[str]
    subject_kind: Mapped[str]
    subject_id: Mapped[int | None]
    subject_reference: Mapped[str] = mapped_column(default="")
    region_id: Mapped[int | None]
    changes: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    request_id: Mapped[str] = mapped_column(default="")
    address: Mapped[str] = mapped_column(default="")


class AuditSeal(Base):
    """A block of the chain: `digest` covers the seal before it and the entries of the block (see `audit.chain`).

    Numbers run without a gap from 1: a seal takes the number after the last one, so two at once cannot both stand.
    """

    __tablename__ = "audit_seal"

    id: Mapped[int] = mapped_column(primary_key=True)
    previous_id: Mapped[int | None] = mapped_column(ForeignKey("audit_seal.id"), unique=True)
    sealed_at: Mapped[datetime]
    entries: Mapped[int]
    digest: Mapped[str]


class SealedEntry(Base):
    """Which seal covers an entry, and the entry's digest in the chain (append-only like the entry itself)."""

    __tablename__ = "sealed_entry"

    entry_id: Mapped[int] = mapped_column(ForeignKey("audit_entry.id"), primary_key=True)
    seal_id: Mapped[int] = mapped_column(ForeignKey("audit_seal.id"), index=True)
    digest: Mapped[str]
