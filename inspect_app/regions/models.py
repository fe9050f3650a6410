"""The region tree by explicit parent, its aliases, and the units (单位) that act in it."""

from datetime import date

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inspect_app.core.database import Base
from inspect_app.core.types import choice
from inspect_app.regions.levels import Kind, Level

__all__ = ["Kind", "Level", "Region", "RegionAlias", "RegionPath", "Unit", "UnitAlias"]


class Region(Base):
    """A region. Codes are text; a unit without a GB/T 2260 code carries a code of ours (371500K01)."""

    __tablename__ = "region"
    __table_args__ = (Index("ix_region_parent_level", "parent_id", "level"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    level: Mapped[Level] = mapped_column(choice(Level))
    kind: Mapped[Kind] = mapped_column(choice(Kind), default=Kind.CIVIL)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("region.id"))
    located_in_id: Mapped[int | None] = mapped_column(ForeignKey("region.id"))
    valid_from: Mapped[date | None]
    valid_until: Mapped[date | None]
    replaced_by_id: Mapped[int | None] = mapped_column(ForeignKey("region.id"))

    parent: Mapped["Region | None"] = relationship(foreign_keys=[parent_id], remote_side="Region.id")


class RegionPath(Base):
    """Closure of the tree: one row for every region and each of its ancestors, itself included (depth 0)."""

    __tablename__ = "region_path"
    __table_args__ = (Index("ix_region_path_descendant", "descendant_id", "depth"),)

    ancestor_id: Mapped[int] = mapped_column(ForeignKey("region.id"), primary_key=True)
    descendant_id: Mapped[int] = mapped_column(ForeignKey("region.id"), primary_key=True)
    depth: Mapped[int]


class RegionAlias(Base):
    """Another name or code a region is met under: former (沙湾县, 654223), everyday (和丰县, 利通)."""

    __tablename__ = "region_alias"
    __table_args__ = (UniqueConstraint("region_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    region_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    name: Mapped[str] = mapped_column(index=True)
    kind: Mapped[str]
    valid_until: Mapped[date | None]


class Unit(Base):
    """An organisation: department, township government, enterprise; it may rectify or supervise."""

    __tablename__ = "unit"
    __table_args__ = (UniqueConstraint("region_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    region_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    name: Mapped[str] = mapped_column(index=True)
    kind: Mapped[str] = mapped_column(default="department")
    valid_from: Mapped[date | None]
    valid_until: Mapped[date | None]

    region: Mapped[Region] = relationship()


class UnitAlias(Base):
    """A short or former name of a unit (应急局, 安监局)."""

    __tablename__ = "unit_alias"
    __table_args__ = (UniqueConstraint("unit_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    name: Mapped[str] = mapped_column(index=True)
