"""The closure of the tree, kept in the same transaction as the tree itself."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TypedDict

from sqlalchemy import delete, insert
from sqlalchemy.orm import Session

from inspect_app.regions.models import RegionPath

BLOCK = 500


class Path(TypedDict):
    """One row of the closure."""

    ancestor_id: int
    descendant_id: int
    depth: int


def paths(parents: Mapping[int, int | None], region_ids: Iterable[int]) -> Iterator[Path]:
    """Give the closure rows of the regions: themselves at depth 0, then each ancestor."""
    for region_id in region_ids:
        ancestor: int | None = region_id
        depth = 0
        while ancestor is not None:
            yield Path(ancestor_id=ancestor, descendant_id=region_id, depth=depth)
            ancestor, depth = parents[ancestor], depth + 1


def subtree(parents: Mapping[int, int | None], tops: Iterable[int]) -> set[int]:
    """Give the regions and everything below them."""
    chosen = set(tops)
    return {path["descendant_id"] for path in paths(parents, parents) if path["ancestor_id"] in chosen}


def extend(session: Session, parents: Mapping[int, int | None], fresh: Iterable[int]) -> None:
    """Add the paths of new regions."""
    rows = list(paths(parents, fresh))
    if rows:
        session.execute(insert(RegionPath), rows)


def rebuild(session: Session, parents: Mapping[int, int | None], moved: Iterable[int]) -> None:
    """Replace the paths of moved regions and of everything below them."""
    touched = sorted(subtree(parents, moved)) if (moved := list(moved)) else []
    for start in range(0, len(touched), BLOCK):
        session.execute(delete(RegionPath).where(RegionPath.descendant_id.in_(touched[start : start + BLOCK])))
    extend(session, parents, touched)
