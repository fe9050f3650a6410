"""Stored files (photos, originals, proofs) and what they prove."""

from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from inspect_app.core.database import Base
from inspect_app.core.types import Exact, choice


class Purpose(StrEnum):
    """What a file is for."""

    BEFORE = "before"
    AFTER = "after"
    ANSWER = "answer"
    PROOF = "proof"
    RECHECK = "recheck"
    CONTROL = "control"
    ORIGINAL = "original"


class Evidence(Base):
    """A file that belongs to a thing. Bytes live in the data folder under their hash; the row is never deleted.

    `subject_kind` is a key of `rules.SEEN_WITH`; `item` the checklist item code of an answer photo. Place and time of
    shooting are kept as fields (WGS-84 or as the device gave them); they are stripped from nothing.
    `perceptual_hash` is alike for pictures that look alike (`evidence.likeness`); null where nothing can be told.
    """

    __tablename__ = "evidence"
    __table_args__ = (Index("ix_evidence_subject", "subject_kind", "subject_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(unique=True)
    subject_kind: Mapped[str]
    subject_id: Mapped[int]
    item: Mapped[str] = mapped_column(default="")
    purpose: Mapped[Purpose] = mapped_column(choice(Purpose))
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    region_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    sha256: Mapped[str] = mapped_column(index=True)
    perceptual_hash: Mapped[str | None] = mapped_column(index=True)
    size: Mapped[int]
    media_type: Mapped[str]
    original_name: Mapped[str]
    width: Mapped[int | None]
    height: Mapped[int | None]
    taken_at: Mapped[datetime | None]
    longitude: Mapped[Decimal | None] = mapped_column(Exact(7))
    latitude: Mapped[Decimal | None] = mapped_column(Exact(7))
    uploaded_at: Mapped[datetime]
    uploaded_by_id: Mapped[int | None]
    withdrawn_at: Mapped[datetime | None]
