"""Reading the tree: who is where, what lies below what, and which region a text means."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, literal, or_, select, union
from sqlalchemy.orm import Session

from inspect_app.access.scope import capturable, visible
from inspect_app.core.clock import today
from inspect_app.core.errors import NotFound
from inspect_app.regions.levels import Level
from inspect_app.regions.models import Region, RegionAlias, RegionPath
from inspect_app.regions.naming import plain, readings
from inspect_app.regions.units import ensure_unit, resolve_unit, resolve_units

__all__ = [
    "NamedRegion",
    "by_code",
    "capturable",
    "counties_of",
    "county_of",
    "covers",
    "ensure_unit",
    "named_regions",
    "region_label",
    "resolve_region",
    "resolve_unit",
    "resolve_units",
    "townships_of",
    "visible",
]

COUNTY_DIGITS = 6


@dataclass(frozen=True)
class NamedRegion:
    """A region with every name it is met under; `former_codes` are codes it had before."""

    id: int
    code: str
    name: str
    level: Level
    parent_id: int | None
    aliases: tuple[str, ...]
    former_codes: tuple[str, ...]


def by_code(session: Session, code: str) -> Region:
    """Find a region by its code, also padded with zeros (654200), or by a former code; NotFound says the code."""
    text = plain(code)
    text = re.sub(r"^(\d{2}|\d{4})(?:00)+$", r"\1", text) if len(text) == COUNTY_DIGITS else text
    former = select(RegionAlias.region_id).where(RegionAlias.kind == "former_code", RegionAlias.name == text)
    found = session.scalar(select(Region).where(Region.code == text)) or session.scalar(
        select(Region).where(Region.id.in_(former))
    )
    if found is None:
        raise NotFound(
            "没有代码为“%(code)s”的区划。请核对区划代码；乡镇、村可用 flask regions import 导入。", code=code
        )
    return found


def covers(session: Session, ancestor_id: int, region_id: int) -> bool:
    """Tell whether a region is the ancestor itself or lies below it."""
    return session.get(RegionPath, (ancestor_id, region_id)) is not None


def counties_of(session: Session, region_id: int) -> list[Region]:
    """List the county-level units that are assessed (zones too) at or below a region, by code."""
    return list(session.scalars(_below(region_id, Level.COUNTY)))


def townships_of(session: Session, county_id: int) -> list[Region]:
    """List the townships of a county in force today, of every kind, by code."""
    return list(session.scalars(_below(county_id, Level.TOWNSHIP)))


def county_of(session: Session, region_id: int) -> Region:
    """Return the county-level unit at or above a region; NotFound when the region stands above counties."""
    above = select(RegionPath.ancestor_id).where(RegionPath.descendant_id == region_id)
    found = session.scalar(select(Region).where(Region.id.in_(above), Region.level == Level.COUNTY))
    if found is None:
        raise NotFound("这个区划在县级以上，请选择到县（市、区）或乡镇（街道）。")
    return found


def named_regions(session: Session, region_id: int) -> list[NamedRegion]:
    """List everything at or below a region with all names, by code; two queries however many there are."""
    inside = select(RegionPath.descendant_id).where(RegionPath.ancestor_id == region_id)
    names: dict[int, list[tuple[str, str]]] = {}
    aliases = select(RegionAlias.region_id, RegionAlias.kind, RegionAlias.name).order_by(RegionAlias.id)
    for key, kind, name in session.execute(aliases.where(RegionAlias.region_id.in_(inside))).tuples():
        names.setdefault(key, []).append((kind, name))
    columns = select(Region.id, Region.code, Region.name, Region.level, Region.parent_id)
    rows = session.execute(columns.where(Region.id.in_(inside), _in_force()).order_by(Region.code))
    return [_named(row.id, row.code, row.name, row.level, row.parent_id, names.get(row.id, ())) for row in rows]


def resolve_region(session: Session, within_id: int, text: str) -> list[Region]:
    """List the regions at or below `within_id` that a text may mean: several are ambiguous, none is unknown; no guess.

    Names, aliases, present and former codes, with or without 人民政府 or the names of the regions above in front.
    """
    name = plain(text)
    if not name:
        return []
    found = _exactly(session, within_id, readings(name))
    return found or _after_prefix(session, within_id, name)


def region_label(region: Region) -> str:
    """Name a region so that it is clear alone: a township or village with the name of the region it belongs to."""
    if region.level in (Level.TOWNSHIP, Level.VILLAGE) and region.parent is not None:
        return f"{region.parent.name}{region.name}"
    return region.name


def _in_force() -> ColumnElement[bool]:
    return or_(Region.valid_until.is_(None), Region.valid_until >= today())


def _below(region_id: int, level: Level) -> Select[tuple[Region]]:
    inside = select(RegionPath.descendant_id).where(RegionPath.ancestor_id == region_id)
    return select(Region).where(Region.id.in_(inside), Region.level == level, _in_force()).order_by(Region.code)


def _named(
    key: int, code: str, name: str, level: Level, parent_id: int | None, names: Collection[tuple[str, str]]
) -> NamedRegion:
    former = tuple(text for kind, text in names if kind == "former_code")
    return NamedRegion(
        key, code, name, level, parent_id, tuple(text for kind, text in names if kind != "former_code"), former
    )


def _exactly(session: Session, within_id: int, names: Collection[str]) -> list[Region]:
    inside = select(RegionPath.descendant_id).where(RegionPath.ancestor_id == within_id)
    query = select(Region).where(Region.id.in_(inside), _in_force()).order_by(Region.code)
    full = list(session.scalars(query.where(or_(Region.name.in_(names), Region.code.in_(names)))))
    aliased = select(RegionAlias.region_id).where(RegionAlias.name.in_(names))
    return full or list(session.scalars(query.where(Region.id.in_(aliased))))


def _after_prefix(session: Session, within_id: int, text: str) -> list[Region]:
    """Read 乌苏市白杨沟镇 as 白杨沟镇 in 乌苏市; a region above in front changes nothing, one below narrows."""
    found: dict[int, Region] = {}
    for key, name, is_below in _prefixes(session, within_id, text):
        rest = text[len(name) :]
        for region in resolve_region(session, key if is_below else within_id, rest):
            if region.id != key:
                found[region.id] = region
    return sorted(found.values(), key=lambda region: region.code)


def _prefixes(session: Session, within_id: int, text: str) -> list[tuple[int, str, bool]]:
    above = select(RegionPath.ancestor_id).where(RegionPath.descendant_id == within_id)
    inside = select(RegionPath.descendant_id).where(RegionPath.ancestor_id == within_id)
    around = or_(Region.id.in_(above), and_(Region.id.in_(inside), Region.level.in_((Level.PREFECTURE, Level.COUNTY))))
    own = select(Region.id, Region.name).where(around)
    other = (
        select(RegionAlias.region_id, RegionAlias.name).join(Region, Region.id == RegionAlias.region_id).where(around)
    )
    names = union(own, other).subquery()
    query = select(names.c.id, names.c.name, names.c.id.in_(inside)).where(
        literal(text).startswith(names.c.name), names.c.name != text
    )
    return [(row[0], row[1], bool(row[2])) for row in session.execute(query)]
