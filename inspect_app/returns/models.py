"""County returns (报表): the file that came, what was read from it, and what was made of it."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inspect_app.core.database import Base
from inspect_app.core.living import EventColumns, Living
from inspect_app.core.types import Json
from inspect_app.regions.models import Region


class ReturnBatchEvent(EventColumns, Base):
    """A step in the life of a return."""

    __tablename__ = "return_batch_event"

    subject_id: Mapped[int] = mapped_column(ForeignKey("return_batch.id"), index=True)


class ReturnBatch(Living, Base):
    """One file sent by one county for one report date.

    `sha256` knows the bytes, `content_digest` the rows read (a re-saved file has other bytes and the same digest); the
    two keys hold them behind the county once the return is applied, so that nothing can be applied twice.
    `rows` keeps the rows read until the return is applied or discarded, `plan` what is to become of every row of the
    file, `counts` the size of each group; the counts add up to the rows of the file.
    """

    __tablename__ = "return_batch"
    __table_args__ = (
        Index("ix_return_batch_county_sha", "county_id", "sha256"),
        Index("ix_return_batch_county_digest", "county_id", "content_digest"),
    )
    event_class = ReturnBatchEvent

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    report_on: Mapped[date]
    original_name: Mapped[str]
    sha256: Mapped[str]
    content_digest: Mapped[str] = mapped_column(default="")
    applied_key: Mapped[str | None] = mapped_column(unique=True)
    applied_content_key: Mapped[str | None] = mapped_column(unique=True)
    outcome: Mapped[str] = mapped_column(default="")
    plan: Mapped[dict[str, Any]] = mapped_column(Json, default=dict, deferred=True)
    rows: Mapped[dict[str, Any] | None] = mapped_column(Json, deferred=True)
    counts: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    received_at: Mapped[datetime]
    received_by_id: Mapped[int | None]
    applied_at: Mapped[datetime | None]
    applied_by_id: Mapped[int | None]

    county: Mapped[Region] = relationship(foreign_keys=[county_id])
    events: Mapped[list[ReturnBatchEvent]] = relationship(order_by=ReturnBatchEvent.id)
