"""Registers (底数台账): what a county has, entry by entry, the day each figure held, and the files that brought it."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inspect_app.core.database import Base
from inspect_app.core.living import EventColumns, Living
from inspect_app.core.types import Json
from inspect_app.regions.models import Region


class RegisterEntry(Base):
    """One shelter, team, plan, drill ... of the register `register` (a code of `reports/registers/`), as it is now.

    `key` joins the columns that tell entries of a county apart. `values` holds the typed cells by column code; numbers
    are texts of decimals, days ISO dates. `as_of` is the day for which the values hold. An ended entry is kept.
    """

    __tablename__ = "register_entry"
    __table_args__ = (
        UniqueConstraint("register", "county_id", "key"),
        Index("ix_register_entry_register_region", "register", "region_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True)
    register: Mapped[str]
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"), index=True)
    region_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    key: Mapped[str]
    values: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    as_of: Mapped[date]
    ended_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]

    county: Mapped[Region] = relationship(foreign_keys=[county_id])
    region: Mapped[Region] = relationship(foreign_keys=[region_id])
    history: Mapped[list["RegisterVersion"]] = relationship(order_by="RegisterVersion.id")


class RegisterVersion(Base):
    """What an entry said from a day on; append-only. What held on a day is the last recorded with `as_of` up to it."""

    __tablename__ = "register_version"
    __table_args__ = (Index("ix_register_version_entry", "entry_id", "as_of"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("register_entry.id"))
    number: Mapped[int]
    region_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    values: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    as_of: Mapped[date]
    ended_on: Mapped[date | None]
    recorded_at: Mapped[datetime]
    recorded_by_id: Mapped[int | None]
    recorded_by_name: Mapped[str] = mapped_column(default="")
    import_id: Mapped[int | None] = mapped_column(ForeignKey("register_import.id"), index=True)


class RegisterImportEvent(EventColumns, Base):
    """A step in the life of an import."""

    __tablename__ = "register_import_event"

    subject_id: Mapped[int] = mapped_column(ForeignKey("register_import.id"), index=True)


class RegisterImport(Living, Base):
    """One workbook of one county for one register: what was read, what is to become of every row, what was done.

    `applied_key` holds county, register, day and content once applied, so that nothing can be applied twice.
    """

    __tablename__ = "register_import"
    event_class = RegisterImportEvent

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True)
    register: Mapped[str]
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"), index=True)
    as_of: Mapped[date]
    original_name: Mapped[str]
    sha256: Mapped[str]
    applied_key: Mapped[str | None] = mapped_column(unique=True)
    rows: Mapped[dict[str, Any] | None] = mapped_column(Json, deferred=True)
    plan: Mapped[dict[str, Any]] = mapped_column(Json, default=dict, deferred=True)
    counts: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    burden: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    received_at: Mapped[datetime]
    received_by_id: Mapped[int | None]
    applied_at: Mapped[datetime | None]
    undone_at: Mapped[datetime | None]

    county: Mapped[Region] = relationship(foreign_keys=[county_id])
    events: Mapped[list[RegisterImportEvent]] = relationship(order_by=RegisterImportEvent.id)
