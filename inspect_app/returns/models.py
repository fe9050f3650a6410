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
    `period` is the reporting period the sender confirmed ("2026-06"), `zero` a report that there is nothing to report.
    `decisions` are a person's choices where a file and the system both changed a cell: by hazard and column, "file" or
    "system". `burden` counts the cells that were asked of the county, known before, and filled by it.
    `rows` keeps the rows read until the return is applied or discarded, `plan` what is to become of every row of the
    file, `counts` the size of each group; the counts add up to the rows of the file. `before` keeps what stood in the
    hazards that it changed: by key, the version that it left behind and the columns with their values.
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
    period: Mapped[str] = mapped_column(default="")
    zero: Mapped[bool] = mapped_column(default=False)
    decisions: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    burden: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    issued_id: Mapped[int | None] = mapped_column(ForeignKey("issued_workbook.id"))
    before: Mapped[dict[str, Any] | None] = mapped_column(Json, deferred=True)
    undone_at: Mapped[datetime | None]
    undone_by_id: Mapped[int | None]

    county: Mapped[Region] = relationship(foreign_keys=[county_id])
    events: Mapped[list[ReturnBatchEvent]] = relationship(order_by=ReturnBatchEvent.id)


class ReturnJobEvent(EventColumns, Base):
    """A step in the life of a job."""

    __tablename__ = "return_job_event"

    subject_id: Mapped[int] = mapped_column(ForeignKey("return_job.id"), index=True)


class ReturnJob(Living, Base):
    """Work on a large file that goes on outside the request: reading it, carrying its plan out, or undoing that.

    `options` are what the worker needs besides the return. How far it has come lies in a file beside the data, because
    the one writer of SQLite is the job itself; `message` is the sentence that it ended with.
    """

    __tablename__ = "return_job"
    event_class = ReturnJobEvent

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"), index=True)
    batch_id: Mapped[int | None] = mapped_column(ForeignKey("return_batch.id"), index=True)
    options: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    message: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    asked_at: Mapped[datetime]
    asked_by_id: Mapped[int | None]
    ended_at: Mapped[datetime | None]

    county: Mapped[Region] = relationship(foreign_keys=[county_id])
    events: Mapped[list[ReturnJobEvent]] = relationship(order_by=ReturnJobEvent.id)


class ColumnChoice(Base):
    """What a person said that a column of a county's layout means; in force until it is revoked.

    `layout` is the digest of the headings of the table, `heading` the column (its levels joined by "/"), `field` a
    field of the ledger, or "" for a column that is not imported.
    """

    __tablename__ = "column_choice"
    __table_args__ = (Index("ix_column_choice_county_layout", "county_id", "layout"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    layout: Mapped[str]
    heading: Mapped[str]
    field: Mapped[str]
    chosen_at: Mapped[datetime]
    chosen_by_id: Mapped[int | None]
    revoked_at: Mapped[datetime | None]
    revoked_by_id: Mapped[int | None]

    county: Mapped[Region] = relationship(foreign_keys=[county_id])


class IssuedWorkbook(Base):
    """A workbook issued to a county to be filled in: `code` stands hidden in it.

    `rows` keeps, for every row issued, its key in the file, the thing it speaks of with its version, and the cells as
    they were; what comes back is compared with them, so that only what the county changed counts as changed.
    """

    __tablename__ = "issued_workbook"
    __table_args__ = (Index("ix_issued_workbook_county", "county_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    subject: Mapped[str]
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    period: Mapped[str] = mapped_column(default="")
    rows: Mapped[dict[str, Any]] = mapped_column(Json, default=dict, deferred=True)
    burden: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    issued_at: Mapped[datetime]
    issued_by_id: Mapped[int | None]

    county: Mapped[Region] = relationship(foreign_keys=[county_id])
