"""What a campaign goes to: counties, townships and objects in its scope, and what is known of their past."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session, joinedload

from inspect_app.campaigns.choosing import Candidate, Place
from inspect_app.campaigns.loading import definition
from inspect_app.campaigns.models import Campaign
from inspect_app.core.clock import today
from inspect_app.inspections.coverage_lists import uncovered_counties, uncovered_townships
from inspect_app.inspections.kinds import SELF_CHECK
from inspect_app.inspections.lifecycle import DONE_STATES, VOIDED
from inspect_app.inspections.models import Inspection, Sheet
from inspect_app.regions.levels import Kind, Level
from inspect_app.regions.models import Region, RegionPath
from inspect_app.regions.queries import region_label
from inspect_app.sites.models import Site

UNQUALIFIED = "unqualified"


@dataclass(frozen=True)
class Past:
    """The last official visit of an object; `failed` when a list was vetoed or not passed."""

    on: date
    failed: bool


def counties_in(session: Session, campaign: Campaign) -> list[Region]:
    """List the county-level units that the campaign goes to, by code; of key counties only those of its first year."""
    wanted = [each.region_id for each in campaign.regions]
    below = select(RegionPath.descendant_id).where(RegionPath.ancestor_id.in_(wanted))
    above = select(RegionPath.ancestor_id).where(RegionPath.descendant_id.in_(wanted))
    inside = or_(Region.id.in_(below), Region.id.in_(above))
    rows = select(Region).where(inside, Region.level == Level.COUNTY, _in_force()).order_by(Region.code)
    counties = list(session.scalars(rows))
    if not campaign.key_counties:
        return counties
    keys = definition().key_in(campaign.starts_on.year)
    return [county for county in counties if county.code in keys]


def townships_in(session: Session, campaign: Campaign, counties: Sequence[Region]) -> list[Region]:
    """List the civil townships that the campaign goes to, by code (domain reference §7.2)."""
    wanted = [each.region_id for each in campaign.regions]
    scope = select(RegionPath.descendant_id).where(RegionPath.ancestor_id.in_(wanted))
    rows = select(Region).where(
        Region.id.in_(scope),
        Region.parent_id.in_([county.id for county in counties]),
        Region.level == Level.TOWNSHIP,
        Region.kind == Kind.CIVIL,
        _in_force(),
    )
    return list(session.scalars(rows.order_by(Region.code)))


def uncovered(
    session: Session, campaign: Campaign, counties: Sequence[Region], townships: Sequence[Region]
) -> tuple[list[Region], list[Region]]:
    """Leave those counties and townships that nobody has visited in its year (domain reference §7.2)."""
    start, end = date(campaign.starts_on.year, 1, 1), today()
    missing = {
        region.id
        for each in campaign.regions
        for find in (uncovered_counties, uncovered_townships)
        for region in find(session, each.region_id, start, end)
    }
    return [each for each in counties if each.id in missing], [each for each in townships if each.id in missing]


def covers_site(campaign: Campaign, counties: Sequence[Region]) -> ColumnElement[bool]:
    """Return the condition on active Site rows that the campaign goes to."""
    wanted = [each.region_id for each in campaign.regions]
    scope = select(RegionPath.descendant_id).where(RegionPath.ancestor_id.in_(wanted))
    conditions = [
        Site.active,
        or_(Site.region_id.in_(scope), Site.county_id.in_(scope)),
        Site.county_id.in_([county.id for county in counties]),
    ]
    if campaign.categories:
        conditions.append(Site.category.in_(campaign.categories))
    if campaign.key_objects:
        conditions.append(Site.key_object)
    return and_(*conditions)


def sites_in(session: Session, campaign: Campaign, counties: Sequence[Region]) -> Sequence[Site]:
    """List the objects in scope by reference."""
    rows = select(Site).where(covers_site(campaign, counties)).options(joinedload(Site.county), joinedload(Site.region))
    return session.scalars(rows.order_by(Site.reference)).all()


def past_of(session: Session, condition: ColumnElement[bool]) -> dict[int, Past]:
    """Return the last official visit of the sites that fit a condition, by site key; never visited ones are absent."""
    rows = (
        select(Inspection.site_id, Inspection.id, Inspection.submitted_on)
        .join(Site, Site.id == Inspection.site_id)
        .where(condition, Inspection.state.in_(DONE_STATES), Inspection.kind != SELF_CHECK)
        .order_by(Inspection.submitted_on, Inspection.id)
    )
    last = {site_id: (key, on) for site_id, key, on in session.execute(rows).tuples()}
    bad = (
        select(Sheet.inspection_id)
        .join(Inspection, Inspection.id == Sheet.inspection_id)
        .join(Site, Site.id == Inspection.site_id)
        .where(condition, or_(Sheet.vetoed, Sheet.conclusion == UNQUALIFIED))
    )
    failed = set(session.scalars(bad))
    return {site_id: Past(on, key in failed) for site_id, (key, on) in last.items() if on is not None}


def planned_in(session: Session, campaign: Campaign) -> set[int]:
    """Return the keys of the sites that the campaign visits already."""
    rows = select(Inspection.site_id).where(Inspection.campaign_id == campaign.id, Inspection.state != VOIDED)
    return set(session.scalars(rows))


def township_codes(session: Session, townships: Sequence[Region]) -> dict[int, str]:
    """Return the code of the township that each region at or below one of these belongs to."""
    codes = {each.id: each.code for each in townships}
    rows = select(RegionPath.descendant_id, RegionPath.ancestor_id).where(RegionPath.ancestor_id.in_(codes))
    return {below: codes[top] for below, top in session.execute(rows).tuples()}


def candidates(
    session: Session, campaign: Campaign, counties: Sequence[Region], townships: Sequence[Region]
) -> tuple[dict[str, Site], list[Candidate]]:
    """Return the objects in scope by reference, and the same as candidates for the choice."""
    sites = sites_in(session, campaign, counties)
    past, planned = past_of(session, covers_site(campaign, counties)), planned_in(session, campaign)
    inside = township_codes(session, townships)
    found = [
        Candidate(
            reference=site.reference,
            county=site.county.code,
            township=inside.get(site.region_id, ""),
            key_object=site.key_object,
            last_visited_on=past[site.id].on if site.id in past else None,
            failed=site.id in past and past[site.id].failed,
            planned=site.id in planned,
        )
        for site in sites
    ]
    return {site.reference: site for site in sites}, found


def seats(session: Session, counties: Sequence[Region], category: str) -> dict[int, Site]:
    """Return by county key the object that a journey begins at: one registered at the county itself before others."""
    keys = [county.id for county in counties]
    rows = select(Site).where(Site.active, Site.category == category, Site.county_id.in_(keys))
    rows = rows.options(joinedload(Site.county), joinedload(Site.region))
    found: dict[int, Site] = {}
    for site in sorted(session.scalars(rows), key=lambda each: (each.region_id != each.county_id, each.reference)):
        found.setdefault(site.county_id, site)
    return found


def places(regions: Sequence[Region]) -> list[Place]:
    """Return regions as the choice counts by them; townships say their county."""
    return [Place(each.code, region_label(each)) for each in regions]


def _in_force() -> ColumnElement[bool]:
    return or_(Region.valid_until.is_(None), Region.valid_until >= today())
