"""How much of a region was visited: separate figures with separate denominators, for many regions at once.

How often special inspections were made and how much they reached are different questions (domain reference §9 no. 3).
A period is inclusive; a visit counts on the server's day of submission, while it stands submitted or reviewed. Which
kinds count for what is data: `checklists/coverage.toml`. The rows behind each figure: `inspections.coverage_lists`.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from sqlalchemy import Select, extract, func, select
from sqlalchemy.orm import Session, aliased

from inspect_app.core.rates import rate
from inspect_app.inspections.coverage_conditions import below, civil_township, counting, county_level
from inspect_app.inspections.coverage_definition import load_counting
from inspect_app.inspections.models import Inspection
from inspect_app.regions.models import Region, RegionPath
from inspect_app.sites.models import Site

MONTHS = 12


@dataclass(frozen=True)
class Share:
    """So many of so many; `rate` is None where there is nothing to visit."""

    done: int = 0
    whole: int = 0

    @property
    def rate(self) -> Decimal | None:
        """The share as a number from 0 to 1."""
        return rate(self.done, self.whole)

    def __add__(self, other: "Share") -> "Share":
        return Share(self.done + other.done, self.whole + other.whole)


@dataclass(frozen=True)
class SiteShares:
    """Sites in use: all of them, the key objects among them, and each category (checklist code)."""

    all: Share = Share()
    key_objects: Share = Share()
    by_category: Mapping[str, Share] = field(default_factory=dict)


@dataclass(frozen=True)
class Coverage:
    """Every figure of one region."""

    special_inspections: int
    counties: Share
    townships: Share
    sites: SiteShares


def coverage(session: Session, region_ids: Collection[int], start: date, end: date) -> dict[int, Coverage]:
    """Compute all figures of regions of any level; a figure whose denominator lies above the region is unknown."""
    special = special_inspections(session, region_ids, start, end)
    counties = counties_covered(session, region_ids, start, end)
    townships = townships_covered(session, region_ids, start, end)
    sites = sites_covered(session, region_ids, start, end)
    return {key: Coverage(special[key], counties[key], townships[key], sites[key]) for key in region_ids}


def special_inspections(session: Session, region_ids: Collection[int], start: date, end: date) -> dict[int, int]:
    """Count campaigns with special visits, and the different days planned of special visits outside campaigns."""
    path, conditions = aliased(RegionPath), counting(load_counting().special, start, end)

    def counted(column: object) -> Select[tuple[int, int]]:
        return (
            select(path.ancestor_id, func.count(func.distinct(column)))
            .join(Inspection, Inspection.county_id == path.descendant_id)
            .where(path.ancestor_id.in_(region_ids), *conditions)
            .group_by(path.ancestor_id)
        )

    campaigns = _pairs(session, counted(Inspection.campaign_id))
    days = _pairs(session, counted(Inspection.planned_on).where(Inspection.campaign_id.is_(None)))
    return {key: campaigns.get(key, 0) + days.get(key, 0) for key in region_ids}


def counties_covered(session: Session, region_ids: Collection[int], start: date, end: date) -> dict[int, Share]:
    """Count the county-level units in which anything was visited, and all of them."""
    path = aliased(RegionPath)
    whole = (
        select(path.ancestor_id, Region.id.label("place"))
        .join(Region, Region.id == path.descendant_id)
        .where(path.ancestor_id.in_(region_ids), *county_level(Region, end))
        .subquery()
    )
    reached = (
        select(whole.c.ancestor_id, func.count(func.distinct(whole.c.place)))
        .join(Inspection, Inspection.county_id == whole.c.place)
        .where(*counting(load_counting().counties, start, end))
        .group_by(whole.c.ancestor_id)
    )
    everything = select(whole.c.ancestor_id, func.count()).group_by(whole.c.ancestor_id)
    return _shares(region_ids, _pairs(session, reached), _pairs(session, everything))


def townships_covered(session: Session, region_ids: Collection[int], start: date, end: date) -> dict[int, Share]:
    """Count the civil townships in which an object was visited, and all of them."""
    path = aliased(RegionPath)
    whole = (
        select(path.ancestor_id, Region.id.label("place"))
        .join(Region, Region.id == path.descendant_id)
        .where(path.ancestor_id.in_(region_ids), *civil_township(Region, end))
        .subquery()
    )
    reached = (
        select(whole.c.ancestor_id, func.count(func.distinct(whole.c.place)))
        .join(RegionPath, RegionPath.ancestor_id == whole.c.place)
        .join(Inspection, Inspection.region_id == RegionPath.descendant_id)
        .where(*counting(load_counting().townships, start, end))
        .group_by(whole.c.ancestor_id)
    )
    everything = select(whole.c.ancestor_id, func.count()).group_by(whole.c.ancestor_id)
    return _shares(region_ids, _pairs(session, reached), _pairs(session, everything))


def sites_covered(session: Session, region_ids: Collection[int], start: date, end: date) -> dict[int, SiteShares]:
    """Count the sites in use that were visited, and all of them; a retired site counts on neither side."""
    visited = select(Inspection.site_id).where(*counting(load_counting().sites, start, end)).distinct().subquery()
    rows = (
        select(RegionPath.ancestor_id, Site.category, Site.key_object, func.count(visited.c.site_id), func.count())
        .join(Site, Site.region_id == RegionPath.descendant_id)
        .outerjoin(visited, visited.c.site_id == Site.id)
        .where(RegionPath.ancestor_id.in_(region_ids), Site.active)
        .group_by(RegionPath.ancestor_id, Site.category, Site.key_object)
    )
    found: dict[int, list[tuple[str, bool, Share]]] = {}
    for key, category, key_object, done, whole in session.execute(rows).tuples():
        found.setdefault(key, []).append((category, key_object, Share(done, whole)))
    return {key: _site_shares(found.get(key, ())) for key in region_ids}


def months(session: Session, region_id: int, year: int) -> dict[int, tuple[int, ...]]:
    """Count the visits of each county at or below a region by month of submission: twelve figures a county.

    They are the visits that count for counties; a county without any has twelve zeros.
    """
    end = date(year, 12, 31)
    month = extract("month", Inspection.submitted_on)
    rows = (
        select(Inspection.county_id, month, func.count())
        .where(Inspection.county_id.in_(below(region_id)))
        .where(*counting(load_counting().counties, date(year, 1, 1), end))
        .group_by(Inspection.county_id, month)
    )
    counted = {(county, int(number)): count for county, number, count in session.execute(rows).tuples()}
    counties = select(Region.id).where(Region.id.in_(below(region_id)), *county_level(Region, end))
    return {
        county: tuple(counted.get((county, number), 0) for number in range(1, MONTHS + 1))
        for county in session.scalars(counties.order_by(Region.code))
    }


def _site_shares(rows: Collection[tuple[str, bool, Share]]) -> SiteShares:
    whole, key_objects, categories = Share(), Share(), dict[str, Share]()
    for category, key_object, share in rows:
        whole += share
        categories[category] = categories.get(category, Share()) + share
        if key_object:
            key_objects += share
    return SiteShares(whole, key_objects, dict(sorted(categories.items())))


def _shares(region_ids: Collection[int], done: Mapping[int, int], whole: Mapping[int, int]) -> dict[int, Share]:
    return {key: Share(done.get(key, 0), whole.get(key, 0)) for key in region_ids}


def _pairs(session: Session, rows: Select[tuple[int, int]]) -> dict[int, int]:
    return dict(session.execute(rows).tuples().all())
