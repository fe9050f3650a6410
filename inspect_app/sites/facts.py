"""Figures that an assessment may use of objects: which school, hospital or home is on file, and what the schools are.

The card of an object has no history: figures are as of the day they are asked.
"""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session

from inspect_app.core.counted import Counted, Thing
from inspect_app.regions.models import RegionPath, Unit
from inspect_app.sites.models import Site
from inspect_app.sites.rules import is_school

Ratio = tuple[int, int]
KEY_CATEGORY = "C03"


class School(NamedTuple):
    """A school by the names under which it may report."""

    reference: str
    name: str
    unit: str


def key_sites_on_file(session: Session, region_ids: Collection[int]) -> dict[int, Ratio]:
    """Count the objects of the key category at or below each region whose card is complete, and all in use.

    Complete: year, structure, floors, area and fortification category are known (domain reference §4, C03-01).
    """
    query = (
        select(RegionPath.ancestor_id, func.count().filter(_on_file()), func.count())
        .join(Site, Site.region_id == RegionPath.descendant_id)
        .where(RegionPath.ancestor_id.in_(region_ids), *_key_sites())
        .group_by(RegionPath.ancestor_id)
    )
    found = {key: (filed, whole) for key, filed, whole in session.execute(query).tuples()}
    return {key: found.get(key, (0, 0)) for key in region_ids}


def key_sites(session: Session, region_id: int, *, on_file: bool) -> list[Counted]:
    """List the objects of the key category at or below a region, or those whose card is complete."""
    inside = select(RegionPath.descendant_id).where(RegionPath.ancestor_id == region_id)
    query = select(Site.reference, Site.name).where(Site.region_id.in_(inside), *_key_sites())
    if on_file:
        query = query.where(_on_file())
    rows = session.execute(query.order_by(Site.reference)).tuples()
    return [Counted(Thing.SITE, reference, name) for reference, name in rows]


def schools(session: Session, region_ids: Collection[int]) -> dict[int, Sequence[School]]:
    """Return the schools in use at or below each region, by reference: objects whose name says that they are one."""
    query = (
        select(RegionPath.ancestor_id, Site.reference, Site.name, func.coalesce(Unit.name, ""))
        .join(Site, Site.region_id == RegionPath.descendant_id)
        .outerjoin(Unit, Unit.id == Site.responsible_unit_id)
        .where(RegionPath.ancestor_id.in_(region_ids), *_key_sites())
        .order_by(Site.reference)
    )
    found: dict[int, list[School]] = {key: [] for key in region_ids}
    for key, reference, name, unit in session.execute(query).tuples():
        if is_school(name):
            found[key].append(School(reference, name, unit))
    return dict(found)


def _key_sites() -> list[ColumnElement[bool]]:
    return [Site.active.is_(True), Site.category == KEY_CATEGORY]


def _on_file() -> ColumnElement[bool]:
    known = (Site.built_year, Site.floors, Site.area_m2, Site.fortification_category)
    return and_(Site.structure != "", *(column.is_not(None) for column in known))
