"""What the system knows of a region that decides which obligations apply to it."""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspect_app.campaigns.loading import definition as campaigns
from inspect_app.core.errors import Invalid
from inspect_app.core.labels import mark
from inspect_app.regions import levels
from inspect_app.regions.models import Region, RegionPath
from inspect_app.workplans.library.places import Place
from inspect_app.workplans.library.words import Condition, Level


def place_of(session: Session, region: Region, year: int) -> Place:
    """Return a region as obligations of a year see it; Invalid for a province or a village, which owe nothing here.

    What the register does not hold (no villages loaded, a prefecture without known key counties) stays unknown.
    """
    if region.level.value not in set(Level):
        raise Invalid({"region": [mark("义务由地市、县（市、区）、乡镇（街道）承担，请选择这三级的区划。")]})
    above = _chain(session, region)
    path = tuple(each.code for each in above)
    facts = {**_key(session, above, campaigns().key_in(year)), **_below(session, region)}
    return Place(path, Level(region.level.value), facts)


def _chain(session: Session, region: Region) -> list[Region]:
    above = select(Region).join(RegionPath, RegionPath.ancestor_id == Region.id)
    return list(session.scalars(above.where(RegionPath.descendant_id == region.id).order_by(RegionPath.depth)))


def _key(session: Session, above: Sequence[Region], key_counties: Collection[str]) -> Mapping[Condition, bool]:
    """Key counties are told from others only in prefectures that have some; a prefecture itself is neither."""
    prefecture = next((each for each in above[1:] if each.level is levels.Level.PREFECTURE), None)
    if prefecture is None:
        return {}
    inside = select(Region.id).join(RegionPath, RegionPath.descendant_id == Region.id)
    known = inside.where(RegionPath.ancestor_id == prefecture.id, Region.code.in_(key_counties)).limit(1)
    if session.scalar(known) is None:
        return {}
    is_key = any(each.code in key_counties for each in above)
    return {Condition.KEY_COUNTY: is_key, Condition.OTHER_COUNTY: not is_key}


def _below(session: Session, region: Region) -> Mapping[Condition, bool]:
    inside = RegionPath.ancestor_id == region.id
    rows = select(Region.level, Region.kind).join(RegionPath, RegionPath.descendant_id == Region.id)
    found = session.execute(rows.where(inside).distinct()).tuples().all()
    held = {
        Condition.HAS_TOWNSHIPS: any(level is levels.Level.TOWNSHIP for level, _ in found),
        Condition.HAS_VILLAGES: any(level is levels.Level.VILLAGE for level, _ in found),
        Condition.HAS_CORPS: any(kind is levels.Kind.CORPS for _, kind in found),
    }
    return {condition: True for condition, holds in held.items() if holds}
