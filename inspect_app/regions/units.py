"""Units (单位): found by the names people use, made when nobody has named them before."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import Session

from inspect_app.core.clock import today
from inspect_app.regions.models import Region, RegionAlias, RegionPath, Unit, UnitAlias
from inspect_app.regions.naming import plain
from inspect_app.regions.seeding import table

GENERIC = ("市", "县", "区", "旗", "州", "地区", "镇", "乡", "街道", "本市", "本县", "本区", "我市", "我县", "我区")


def resolve_unit(session: Session, region_id: int, text: str) -> list[Unit]:
    """List the units a text may mean: by name or alias at or below the region, else by readings at the region itself.

    There 县应急管理局, 应急局 and 乌苏市应急管理局 are one. Several are ambiguous, none is unknown; no guess.
    """
    name = plain(text)
    if not name:
        return []
    inside = select(RegionPath.descendant_id).where(RegionPath.ancestor_id == region_id)
    exact = _named(session, select(Unit).where(Unit.region_id.in_(inside)), [name])
    if exact:
        return exact
    readings = set(_readings(name, _prefixes(session, region_id)))
    return _named(session, select(Unit).where(Unit.region_id == region_id), readings)


def resolve_units(session: Session, region_id: int, texts: Iterable[str]) -> dict[str, int]:
    """Map each text that means one unit, as `resolve_unit` reads it, to that unit's key; three queries or four."""
    inside = select(RegionPath.descendant_id).where(RegionPath.ancestor_id == region_id)
    chosen = Unit.region_id.in_(inside), _in_force()
    named = select(Unit.name, Unit.id, Unit.region_id).where(*chosen)
    aliased = select(UnitAlias.name, Unit.id, Unit.region_id).join(Unit, Unit.id == UnitAlias.unit_id).where(*chosen)
    below: dict[str, set[int]] = {}
    here: dict[str, set[int]] = {}
    for name, key, place in session.execute(named.union(aliased)).tuples():
        below.setdefault(name, set()).add(key)
        if place == region_id:
            here.setdefault(name, set()).add(key)
    prefixes = _prefixes(session, region_id) if here else []
    meant = {text: _meant(plain(text), below, here, prefixes) for text in set(texts)} if below else {}
    return {text: next(iter(keys)) for text, keys in meant.items() if len(keys) == 1}


def ensure_unit(session: Session, region_id: int, name: str, kind: str = "department") -> Unit:
    """Return the one unit at or below the region that a name means, or make it in the region."""
    found = resolve_unit(session, region_id, name)
    if len(found) == 1:
        return found[0]
    here = [unit for unit in found if unit.region_id == region_id and unit.name == plain(name)]
    if here:
        return here[0]
    unit = Unit(region_id=region_id, name=plain(name), kind=kind)
    session.add(unit)
    session.flush()
    return unit


def add_unit_alias(session: Session, unit: Unit, name: str) -> None:
    """Give a unit another name; one it already has changes nothing."""
    text = plain(name)
    known = session.scalar(select(UnitAlias.id).where(UnitAlias.unit_id == unit.id, UnitAlias.name == text))
    if text != unit.name and known is None:
        session.add(UnitAlias(unit_id=unit.id, name=text))
        session.flush()


def _named(session: Session, units: Select[tuple[Unit]], names: Collection[str]) -> list[Unit]:
    aliased = select(UnitAlias.unit_id).where(UnitAlias.name.in_(names))
    chosen = units.where(or_(Unit.name.in_(names), Unit.id.in_(aliased)), _in_force())
    return list(session.scalars(chosen.order_by(Unit.region_id, Unit.name)))


def _in_force() -> ColumnElement[bool]:
    return or_(Unit.valid_until.is_(None), Unit.valid_until >= today())


def _meant(
    name: str, below: Mapping[str, set[int]], here: Mapping[str, set[int]], prefixes: Collection[str]
) -> set[int]:
    exact = below.get(name, set())
    if exact or not (name and here):
        return exact
    return set().union(*(here[reading] for reading in _readings(name, prefixes) if reading in here))


def _readings(name: str, prefixes: Collection[str]) -> Iterator[str]:
    """Every name the unit may be stored under: its bare name in short and long, behind each name of the region."""
    for bare in _bare(name, prefixes):
        for full in _departments(bare):
            yield full
            yield from (prefix + full for prefix in prefixes)


def _prefixes(session: Session, region_id: int) -> list[str]:
    chain = list(
        session.scalars(
            select(Region.name)
            .join(RegionPath, RegionPath.ancestor_id == Region.id)
            .where(RegionPath.descendant_id == region_id)
            .order_by(RegionPath.depth)
        )
    )
    aliases = session.scalars(select(RegionAlias.name).where(RegionAlias.region_id == region_id))
    chains = ["".join(reversed(chain[:depth])) for depth in range(1, len(chain) + 1)]
    return [*chains, *aliases, *GENERIC]


def _bare(name: str, prefixes: Iterable[str]) -> set[str]:
    cut = {name.removeprefix(prefix) for prefix in prefixes}
    return {bare for bare in cut if len(bare) > 1} | {name}


@cache
def _abbreviations() -> dict[str, set[str]]:
    groups: dict[str, set[str]] = {}
    for row in table("departments.csv"):
        groups.setdefault(row["full"], {row["full"]}).add(row["short"])
    return {name: group for group in groups.values() for name in group}


def _departments(bare: str) -> set[str]:
    return _abbreviations().get(bare, {bare})
