"""Sites as they are compared with each other, drawn set-wise from the register."""

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.regions.levels import Level
from inspect_app.regions.models import Region, RegionPath
from inspect_app.regions.queries import counties_of, named_regions
from inspect_app.sites.likeness import Sketch, stem_of
from inspect_app.sites.models import Site
from inspect_app.sites.queries import visible_to

COMPARED = (
    Site.id,
    Site.name,
    Site.category,
    Site.county_id,
    Site.region_id,
    Site.credit_code,
    Site.longitude,
    Site.latitude,
    Site.coordinate_system,
)


def sketches_of(session: Session, actor: Actor, county_ids: Collection[int]) -> list[Sketch]:
    """Draw the sites in use that a person sees in these counties; the key of each is its id."""
    query = select(*COMPARED).where(visible_to(actor), Site.active, Site.county_id.in_(county_ids)).order_by(Site.id)
    prefixes = {county_id: prefixes_of(session, county_id) for county_id in county_ids}
    return [_sketch(row, prefixes[row["county_id"]]) for row in session.execute(query).mappings()]


def sketch_of(card: Mapping[str, Any], county_id: int, prefixes: Collection[str], key: int = 0) -> Sketch:
    """Draw a card of a county; one that is not registered has 0 or a negative number for its key."""
    return _sketch({**card, "id": key, "county_id": county_id}, prefixes)


def prefixes_of(session: Session, county_id: int) -> frozenset[str]:
    """Return the names of regions that may stand in front of a name: of the county, what lies above it and in it."""
    above = select(RegionPath.ancestor_id).where(RegionPath.descendant_id == county_id)
    names = set(session.scalars(select(Region.name).where(Region.id.in_(above))))
    for region in named_regions(session, county_id):
        if region.level is not Level.VILLAGE:
            names |= {region.name, *region.aliases}
    return frozenset(names)


def counties_captured(session: Session, actor: Actor, only: str = "") -> list[Region]:
    """List the counties where a person enters data, or the one of a code among them; a township lies in its county."""
    if actor.capture_region_id is None:
        return []
    found = counties_of(session, actor.capture_region_id) or _county_above(session, actor.capture_region_id)
    return [county for county in found if only in ("", county.code)]


def _county_above(session: Session, region_id: int) -> list[Region]:
    above = select(RegionPath.ancestor_id).where(RegionPath.descendant_id == region_id)
    return list(session.scalars(select(Region).where(Region.id.in_(above), Region.level == Level.COUNTY)))


def _sketch(row: Mapping[Any, Any], prefixes: Collection[str]) -> Sketch:
    longitude, latitude = row["longitude"], row["latitude"]
    return Sketch(
        key=row["id"],
        stem=stem_of(row["name"], prefixes),
        category=row["category"],
        county_id=row["county_id"],
        region_id=row["region_id"],
        credit_code=row["credit_code"],
        place=None if longitude is None or latitude is None else (longitude, latitude),
        coordinate_system=row["coordinate_system"],
    )
