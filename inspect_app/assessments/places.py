"""Assessed regions by their codes with those above them, which parameters and groups of a scheme ask for."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspect_app.assessments.definition import RegionAs
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
