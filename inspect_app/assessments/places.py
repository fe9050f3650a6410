"""Assessed regions: their codes with those above and beside them, what they weigh, and who succeeded them."""

from collections.abc import Collection

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from inspect_app.assessments.definition import RegionAs, Weights
from inspect_app.assessments.levels import months_in
from inspect_app.core import clock
from inspect_app.regions.levels import Level
from inspect_app.regions.models import Region, RegionPath
from inspect_app.regions.queries import counties_of
from inspect_app.registers.facts import gathered
from inspect_app.sites.models import Site

SUCCESSIONS = 10
PEOPLE, TOLD = "residents.people", "residents.townships_told"


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


def sizes_of(session: Session, regions: Collection[Region], weights: Weights) -> dict[str, int]:
    """Return what each region weighs by its code; one of which it is not known is left out.

    Sites are those in use at or below it. People are those of the register of residents: of a township what it said, of
    what lies above only where every civil township of it said something.
    """
    match weights:
        case Weights.EQUAL:
            return {region.code: 1 for region in regions}
        case Weights.SITES:
            return _sites(session, regions)
        case Weights.POPULATION:
            return _people(session, regions)


def _people(session: Session, regions: Collection[Region]) -> dict[str, int]:
    townships = {region.id: region.code for region in regions if region.level is Level.TOWNSHIP}
    told = _residents(session, townships, of_townships=True)
    wholes = [region for region in regions if region.level is not Level.TOWNSHIP]
    counties = {
        region.code: [region.id]
        if region.level is Level.COUNTY
        else [each.id for each in counties_of(session, region.id)]
        for region in wholes
    }
    known = _residents(session, {key for keys in counties.values() for key in keys})
    summed = {
        code: sum(known[key] for key in keys) for code, keys in counties.items() if keys and known.keys() >= {*keys}
    }
    return {townships[key]: people for key, people in told.items()} | summed


def _residents(session: Session, region_ids: Collection[int], *, of_townships: bool = False) -> dict[int, int]:
    """Return the residents of each place of which they are known as a whole."""
    facts = gathered(session, region_ids, clock.today(), (PEOPLE, TOLD), of_townships=of_townships)
    whole = {key for key, (told, all_of_them) in facts[TOLD].items() if told == all_of_them or of_townships}
    return {key: int(people) for key, (people, _none) in facts[PEOPLE].items() if people and key in whole}


def _sites(session: Session, regions: Collection[Region]) -> dict[str, int]:
    rows = (
        select(RegionPath.ancestor_id, func.count())
        .join(Site, Site.region_id == RegionPath.descendant_id)
        .where(RegionPath.ancestor_id.in_([region.id for region in regions]), Site.active)
        .group_by(RegionPath.ancestor_id)
    )
    found = dict(session.execute(rows).tuples().all())
    return {region.code: found.get(region.id, 0) for region in regions}


def months_of(regions: Collection[Region], year: int) -> dict[str, int]:
    """Return how many months of a year each region existed, by its code."""
    return {region.code: months_in(year, region.valid_from, region.valid_until) for region in regions}


def heirs_of(session: Session, regions: Collection[Region]) -> dict[str, RegionAs]:
    """Return, for each region that another one replaced, the one that stands in its place today, by its own code."""
    heirs = {region.code: region.replaced_by_id for region in regions if region.replaced_by_id is not None}
    found = _by_id(session, set(heirs.values()))
    for _ in range(SUCCESSIONS):
        later = {key: each.replaced_by_id for key, each in found.items() if each.replaced_by_id is not None}
        heirs = {code: later.get(key, key) for code, key in heirs.items()}
        found = _by_id(session, set(heirs.values())) if later else found
    places = places_of(session, list(found.values()))
    return {code: places[key] for code, key in heirs.items()}


def _by_id(session: Session, keys: Collection[int]) -> dict[int, Region]:
    return {region.id: region for region in session.scalars(select(Region).where(Region.id.in_(keys)))}
