"""Adding regions in bulk: rows, closure and the short forms of their names, level by level."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from inspect_app.regions import closure
from inspect_app.regions.levels import Kind, Level, kind_of
from inspect_app.regions.models import Region, RegionAlias
from inspect_app.regions.naming import short_forms


@dataclass(frozen=True)
class Row:
    """A region as files give it; `parent` is a code, "" at the top. `kind` None is told from code and name."""

    code: str
    name: str
    level: Level
    parent: str = ""
    kind: Kind | None = None
    line: int = 0


def add_regions(session: Session, rows: Iterable[Row]) -> dict[str, int]:
    """Add regions that do not exist yet, whatever their order; returns the new keys by code."""
    by_level: dict[Level, list[Row]] = {level: [] for level in Level}
    for row in rows:
        by_level[row.level].append(row)
    if not any(by_level.values()):
        return {}
    known = dict(session.execute(select(Region.code, Region.id)).tuples().all())
    fresh: dict[str, int] = {}
    for level in Level:
        added = _insert(session, by_level[level], known)
        known |= added
        fresh |= added
    closure.extend(session, parents_of(session), fresh.values())
    add_aliases(session, [alias for group in by_level.values() for row in group for alias in _short(row, fresh)])
    return fresh


def parents_of(session: Session) -> dict[int, int | None]:
    """Read the whole tree: key -> key of the parent."""
    return dict(session.execute(select(Region.id, Region.parent_id)).tuples().all())


def add_aliases(session: Session, aliases: Sequence[Mapping[str, Any]]) -> int:
    """Add aliases (region_id, name, kind, valid_until) that are not there yet; returns how many were added."""
    wanted = {(alias["region_id"], alias["name"]): dict(alias) for alias in aliases}
    if not wanted:
        return 0
    for region_id, name in session.execute(select(RegionAlias.region_id, RegionAlias.name)).tuples():
        wanted.pop((region_id, name), None)
    if wanted:
        session.execute(insert(RegionAlias), list(wanted.values()))
    return len(wanted)


def _insert(session: Session, rows: Sequence[Row], known: Mapping[str, int]) -> dict[str, int]:
    values = [
        {
            "code": row.code,
            "name": row.name,
            "level": row.level,
            "kind": row.kind or kind_of(row.code, row.name, row.level),
            "parent_id": known[row.parent] if row.parent else None,
        }
        for row in rows
    ]
    if not values:
        return {}
    added = session.execute(insert(Region).returning(Region.code, Region.id), values)
    return dict(added.tuples().all())


def _short(row: Row, keys: Mapping[str, int]) -> list[dict[str, Any]]:
    forms = short_forms(row.name, row.level)
    return [{"region_id": keys[row.code], "name": form, "kind": "short", "valid_until": None} for form in forms]
