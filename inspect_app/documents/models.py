"""Documents, the numbers they carry, their signatures and events."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inspect_app.core.database import Base
from inspect_app.core.living import EventColumns, Living
from inspect_app.core.types import Json
from inspect_app.regions.models import Region


class DocumentEvent(EventColumns, Base):
    """A step in the life of a document."""

    __tablename__ = "document_event"

    subject_id: Mapped[int] = mapped_column(ForeignKey("document.id"), index=True)


class DocumentNumber(Base):
    """A number of a series (issuing body, kind of number, year): reserved, used or voided, never given twice."""

    __tablename__ = "document_number"
    __table_args__ = (UniqueConstraint("series", "year", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    series: Mapped[str]
    year: Mapped[int]
    number: Mapped[int]
    text: Mapped[str] = mapped_column(unique=True)
    standing: Mapped[str] = mapped_column(default="reserved")
    reason: Mapped[str] = mapped_column(default="")
    reserved_at: Mapped[datetime]
    reserved_by_id: Mapped[int | None]


class DocumentSignature(Base):
    """A signature, drawn on a screen (`strokes` as SVG path data), or the refusal to sign, with the witness.

    `role` is one of `documents.kinds.SIGNERS`; `credential` the number of an inspector's certificate.
    """

    __tablename__ = "document_signature"

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), index=True)
    role: Mapped[str]
    name: Mapped[str]
    credential: Mapped[str] = mapped_column(default="")
    strokes: Mapped[str] = mapped_column(default="")
    refused: Mapped[bool] = mapped_column(default=False)
    witness: Mapped[str] = mapped_column(default="")
    signed_at: Mapped[datetime]


class Document(Living, Base):
    """A document of a case: `subject_kind` and `subject_reference` say of what (hazard, inspection, campaign ...).

    `data` is what fills the template. Once issued, `frozen` holds the data, the template's version and the SHA-256 of
    the files, which are kept as evidence; the database refuses to change it. `replaces` names the document it corrects.
    """

    __tablename__ = "document"
    __table_args__ = (
        Index("ix_document_subject", "subject_kind", "subject_reference"),
        Index("ix_document_county", "county_id", "id"),
    )
    event_class = DocumentEvent

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    family: Mapped[str]
    title: Mapped[str]
    number_id: Mapped[int | None] = mapped_column(ForeignKey("document_number.id"))
    subject_kind: Mapped[str]
    subject_reference: Mapped[str]
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    region_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    issuer: Mapped[str] = mapped_column(default="")
    addressee: Mapped[str] = mapped_column(default="")
    data: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    frozen: Mapped[dict[str, Any] | None] = mapped_column(Json)
    content_hash: Mapped[str] = mapped_column(default="")
    issued_on: Mapped[date | None]
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    created_at: Mapped[datetime]
    created_by_id: Mapped[int | None]

    number: Mapped[DocumentNumber | None] = relationship()
    replaces: Mapped["Document | None"] = relationship(remote_side="Document.id")
    county: Mapped[Region] = relationship(foreign_keys=[county_id])
    region: Mapped[Region] = relationship(foreign_keys=[region_id])
    signatures: Mapped[list[DocumentSignature]] = relationship(order_by=DocumentSignature.id)
    events: Mapped[list[DocumentEvent]] = relationship(order_by=DocumentEvent.id)
