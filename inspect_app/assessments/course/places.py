"""Where a person may open an assessment: the prefectures they see, or the region itself where it lies lower."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.regions.levels import Level
from inspect_app.regions.models import Region, RegionPath


def regions_for(session: Session, actor: Actor) -> list[Region]:
    """List the regions whose counties a person may assess, by code."""
    if actor.view_region_id is None:
        return []
    inside = select(RegionPath.descendant_id).where(RegionPath.ancestor_id == actor.view_region_id)
    rows = select(Region).where(Region.id.in_(inside), Region.level == Level.PREFECTURE).order_by(Region.code)
    own = session.get(Region, actor.view_region_id)
    return list(session.scalars(rows)) or ([own] if own else [])
