"""Assessed regions by their codes with those above and beside them, which parameters, groups and quotas ask for."""

from collections.abc import Collection

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from inspect_app.assessments.definition import RegionAs
from inspect_app.core import clock
from inspect_app.regions.levels import Level
from inspect_app.regions.models import Region, RegionPath


def places_of(session: Session, regions: Collection[Region]) -> dict[int, RegionAs]:
    """Return each region with the codes above it, nearest first, by its key; one query however many there are."""
    rows = (
        select(RegionPath.descendant_id, Region.code)
        .join(Region, Region.id == RegionPath.ancestor_id)
        .where(RegionPath.descendant_id.in_([region.id for region in regions]), RegionPath.depth > 0)
        .order_by(RegionPath.descendant_id, RegionPath.depth)
    )
    above: dict[int, list[str]] = {}
    for key, code in session.execute(rows).tuples():
        above.setdefault(key, []).append(code)
    return {region.id: RegionAs(region.code, tuple(above.get(region.id, ()))) for region in regions}


def siblings(session: Session, parent_ids: Collection[int | None]) -> list[Region]:
    """List the counties in force that lie directly below these regions, by code."""
    rows = select(Region).where(
        Region.parent_id.in_([key for key in parent_ids if key is not None]),
        Region.level == Level.COUNTY,
        or_(Region.valid_until.is_(None), Region.valid_until >= clock.today()),
    )
    return list(session.scalars(rows.order_by(Region.code)))
