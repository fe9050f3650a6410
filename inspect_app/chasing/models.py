"""Rungs taken on overdue hazards, listings, and the samples of looking back."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inspect_app.core.database import Base
from inspect_app.core.types import Json
from inspect_app.hazards.models import Hazard


class RungTaken(Base):
    """A rung of the ladder taken on a hazard: append-only. `due_on` is the due date that was missed.

    A hazard that is extended and late again begins anew, which is why the due date is part of the key.
    """

    __tablename__ = "rung_taken"
    __table_args__ = (
        UniqueConstraint("hazard_id", "rung", "due_on"),
        Index("ix_rung_taken_county", "county_id", "hazard_id", "due_on", "rung"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    hazard_id: Mapped[int] = mapped_column(ForeignKey("hazard.id"), index=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    rung: Mapped[str]
    due_on: Mapped[date]
    taken_on: Mapped[date]
    taken_at: Mapped[datetime]
    taken_by_id: Mapped[int | None]
    taken_by_name: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    document_uuid: Mapped[str] = mapped_column(default="")

    hazard: Mapped[Hazard] = relationship()


class Listing(Base):
    """A listed supervision (挂牌督办) of a hazard, from its notice to its delisting; dates of publication beside it."""

    __tablename__ = "listing"
    __table_args__ = (Index("ix_listing_hazard", "hazard_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    hazard_id: Mapped[int] = mapped_column(ForeignKey("hazard.id"))
    level: Mapped[str]
    reason: Mapped[str] = mapped_column(default="")
    listed_on: Mapped[date]
    due_on: Mapped[date]
    reported_on: Mapped[date | None]
    published_on: Mapped[date | None]
    published_where: Mapped[str] = mapped_column(default="")
    delisted_on: Mapped[date | None]
    delisting_reason: Mapped[str] = mapped_column(default="")
    delisting_published_on: Mapped[date | None]
    document_uuid: Mapped[str] = mapped_column(default="")
    delisting_document_uuid: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime]
    created_by_id: Mapped[int | None]

    hazard: Mapped[Hazard] = relationship()


class LookBackSample(Base):
    """A seeded sample of closed hazards to look back at: append-only, repeatable from what is kept."""

    __tablename__ = "look_back_sample"

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True)
    region_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    start: Mapped[date]
    end: Mapped[date]
    seed: Mapped[str]
    rules: Mapped[dict[str, Any]] = mapped_column(Json)
    pool: Mapped[list[Any]] = mapped_column(Json)
    pool_hash: Mapped[str]
    drawn_at: Mapped[datetime]
    drawn_by_id: Mapped[int | None]


class LookBackTask(Base):
    """A look back that is due: after 30, 90 or 180 days. Done when the step `look_back` was taken, or waived."""

    __tablename__ = "look_back_task"
    __table_args__ = (
        UniqueConstraint("hazard_id", "after_days"),
        Index("ix_look_back_task_due", "due_on", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    sample_id: Mapped[int] = mapped_column(ForeignKey("look_back_sample.id"), index=True)
    hazard_id: Mapped[int] = mapped_column(ForeignKey("hazard.id"))
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    after_days: Mapped[int]
    due_on: Mapped[date]
    done_on: Mapped[date | None]
    rebounded: Mapped[bool | None]
    waived_reason: Mapped[str] = mapped_column(default="")

    hazard: Mapped[Hazard] = relationship()
