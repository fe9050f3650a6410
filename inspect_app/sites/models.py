"""Inspected objects (检查对象) with their seismic card."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inspect_app.core.database import Base
from inspect_app.core.types import Exact, Json
from inspect_app.regions.models import Region, Unit


class Site(Base):
    """An object that is inspected; `category` is the checklist code of its kind (C01 ... C18, domain reference §4.0).

    The seismic card holds fortification category (special, key, standard, moderate), intensity (degrees), peak ground
    acceleration (g), appraisal, retrofit and the remaining service life in years. Unknown stays null.
    A site retired because it had been registered twice names the other one in `duplicate_of`.
    """

    __tablename__ = "site"
    __table_args__ = (Index("ix_site_county_category", "county_id", "category"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(unique=True)
    reference: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(index=True)
    category: Mapped[str]
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    region_id: Mapped[int] = mapped_column(ForeignKey("region.id"), index=True)
    address: Mapped[str] = mapped_column(default="")
    longitude: Mapped[Decimal | None] = mapped_column(Exact(7))
    latitude: Mapped[Decimal | None] = mapped_column(Exact(7))
    coordinate_system: Mapped[str] = mapped_column(default="CGCS2000")
    credit_code: Mapped[str | None]
    responsible_unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    supervising_unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    contact_person: Mapped[str] = mapped_column(default="")
    key_object: Mapped[bool] = mapped_column(default=False)

    built_year: Mapped[int | None]
    structure: Mapped[str] = mapped_column(default="")
    floors: Mapped[int | None]
    area_m2: Mapped[Decimal | None]
    fortification_category: Mapped[str | None]
    fortification_intensity: Mapped[int | None]
    pga_g: Mapped[Decimal | None]
    appraised_on: Mapped[date | None]
    appraisal_result: Mapped[str | None]
    retrofitted_on: Mapped[date | None]
    remaining_service_years: Mapped[int | None]

    active: Mapped[bool] = mapped_column(default=True)
    duplicate_of_id: Mapped[int | None] = mapped_column(ForeignKey("site.id"), index=True)
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]

    county: Mapped[Region] = relationship(foreign_keys=[county_id])
    region: Mapped[Region] = relationship(foreign_keys=[region_id])
    responsible_unit: Mapped[Unit | None] = relationship(foreign_keys=[responsible_unit_id])
    supervising_unit: Mapped[Unit | None] = relationship(foreign_keys=[supervising_unit_id])
    duplicate_of: Mapped["Site | None"] = relationship(foreign_keys=[duplicate_of_id], remote_side="Site.id")


class SiteDistinct(Base):
    """Two sites that look like one and that somebody has judged to be two; `first_id` is the smaller key."""

    __tablename__ = "site_distinct"
    __table_args__ = (UniqueConstraint("first_id", "second_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    first_id: Mapped[int] = mapped_column(ForeignKey("site.id"))
    second_id: Mapped[int] = mapped_column(ForeignKey("site.id"), index=True)
    reason: Mapped[str]
    decided_at: Mapped[datetime]
    decided_by_id: Mapped[int | None]


class SiteImport(Base):
    """A register that somebody sent: `region_id` is where they may enter data, the file itself is stored evidence.

    `plan` holds what is to become of every row, by group, and the digest by which a plan gone stale is known; `counts`
    the size of each group; the counts add up to the rows of the file.
    """

    __tablename__ = "site_import"

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True)
    region_id: Mapped[int] = mapped_column(ForeignKey("region.id"), index=True)
    original_name: Mapped[str]
    sha256: Mapped[str]
    plan: Mapped[dict[str, Any]] = mapped_column(Json, default=dict, deferred=True)
    counts: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    version: Mapped[int] = mapped_column(default=1)
    received_at: Mapped[datetime]
    received_by_id: Mapped[int | None]
    applied_at: Mapped[datetime | None]
    discarded_at: Mapped[datetime | None]

    region: Mapped[Region] = relationship(foreign_keys=[region_id])
