"""The rows behind the figures of coverage: the visits that were counted, and what nobody has visited yet."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, joinedload

from inspect_app.inspections.coverage_conditions import (
    below,
    civil_township,
    counting,
    county_level,
    other_township,
)
from inspect_app.inspections.coverage_definition import load_counting
from inspect_app.inspections.models import Inspection
from inspect_app.regions.models import Region, RegionPath
from inspect_app.sites.models import Site


class Figure(StrEnum):
    """A figure of `inspections.coverage` whose visits are wanted."""

    SPECIAL = "special"
    COUNTIES = "counties"
    TOWNSHIPS = "townships"
    SITES = "sites"


def visits_behind(session: Session, figure: Figure, region_id: int, start: date, end: date) -> Sequence[str]:
    """Return the references of the visits that a figure of a region counts, in order."""
    rows = select(Inspection.reference).where(*_counted(figure, region_id, start, end))
    return session.scalars(rows.order_by(Inspection.reference)).all()


def visits_to_show(session: Session, figure: Figure, region_id: int, start: date, end: date) -> Sequence[Inspection]:
    """Return the visits that a figure of a region counts with their sites and counties, the latest first."""
    rows = select(Inspection).where(*_counted(figure, region_id, start, end))
    rows = rows.options(joinedload(Inspection.site), joinedload(Inspection.county))
    return session.scalars(rows.order_by(Inspection.submitted_on.desc(), Inspection.reference)).all()


def uncovered_counties(session: Session, region_id: int, start: date, end: date) -> Sequence[Region]:
    """List the county-level units at or below a region in which nothing was visited, by code."""
    reached = select(Inspection.county_id).where(*counting(load_counting().counties, start, end))
    rows = select(Region).where(Region.id.in_(below(region_id)), *county_level(Region, end), Region.id.not_in(reached))
    return session.scalars(rows.order_by(Region.code)).all()


def uncovered_townships(session: Session, region_id: int, start: date, end: date) -> Sequence[Region]:
    """List the civil townships at or below a region in which nothing was visited, by code."""
    reached = (
        select(RegionPath.ancestor_id)
        .join(Inspection, Inspection.region_id == RegionPath.descendant_id)
        .where(*counting(load_counting().townships, start, end))
    )
    inside = [Region.id.in_(below(region_id)), *civil_township(Region, end)]
    rows = select(Region).where(*inside, Region.id.not_in(reached)).options(joinedload(Region.parent))
    return session.scalars(rows.order_by(Region.code)).all()


def townships(session: Session, region_id: int, end: date) -> Sequence[Region]:
    """List the civil townships at or below a region, by code: what the figure of townships is a share of."""
    rows = select(Region).where(Region.id.in_(below(region_id)), *civil_township(Region, end))
    return session.scalars(rows.order_by(Region.code)).all()


def sites(session: Session, region_id: int) -> Sequence[Site]:
    """List the sites in use at or below a region by reference: what the figure of sites is a share of."""
    rows = select(Site).where(Site.region_id.in_(below(region_id)), Site.active)
    return session.scalars(rows.order_by(Site.reference)).all()


def excluded_townships(session: Session, region_id: int, end: date) -> Sequence[Region]:
    """List the township-level units at or below a region that no denominator counts (farms, corps ...), by code."""
    rows = select(Region).where(Region.id.in_(below(region_id)), *other_township(Region, end))
    return session.scalars(rows.options(joinedload(Region.parent)).order_by(Region.code)).all()


def uncovered_sites(
    session: Session,
    region_id: int,
    start: date,
    end: date,
    *,
    category: str = "",
    key_objects: bool = False,
    limit: int | None = None,
) -> Sequence[Site]:
    """List the sites in use at or below a region that nobody visited, key objects first, then by reference."""
    visited = select(Inspection.site_id).where(*counting(load_counting().sites, start, end))
    rows = select(Site).where(Site.region_id.in_(below(region_id)), Site.active, Site.id.not_in(visited))
    if category:
        rows = rows.where(Site.category == category)
    if key_objects:
        rows = rows.where(Site.key_object)
    rows = rows.options(joinedload(Site.county), joinedload(Site.region))
    return session.scalars(rows.order_by(Site.key_object.desc(), Site.reference).limit(limit)).all()


def _counted(figure: Figure, region_id: int, start: date, end: date) -> list[ColumnElement[bool]]:
    kinds = getattr(load_counting(), figure.value)
    return [_within(figure, region_id, end), *counting(kinds, start, end)]


def _within(figure: Figure, region_id: int, end: date) -> ColumnElement[bool]:
    if figure is Figure.SITES:
        return Inspection.site_id.in_(select(Site.id).where(Site.active, Site.region_id.in_(below(region_id))))
    if figure is Figure.TOWNSHIPS:
        inside = select(RegionPath.descendant_id).join(Region, Region.id == RegionPath.ancestor_id)
        return Inspection.region_id.in_(inside.where(Region.id.in_(below(region_id)), *civil_township(Region, end)))
    return Inspection.county_id.in_(below(region_id))
