"""Reading sites: which a person sees, one by its reference, and pages of the register."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session, joinedload

from inspect_app.access.actor import Actor
from inspect_app.core.errors import NotFound
from inspect_app.regions.models import Region, RegionPath
from inspect_app.regions.queries import visible
from inspect_app.sites.models import Site

AT_ONCE = 500


@dataclass(frozen=True)
class SiteFilter:
    """What the list is narrowed to; None and "" narrow nothing. `text` is looked for in name, address and reference."""

    region_id: int | None = None
    category: str = ""
    text: str = ""
    key_object: bool = False
    active: bool = True


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Return the condition on Site rows that this person may see."""
    return visible(actor, Site.county_id, Site.region_id)


def by_reference(session: Session, actor: Actor, reference: str) -> Site:
    """Find a site by its reference; one of another region is not found."""
    site = session.scalar(
        select(Site)
        .where(Site.reference == reference, visible_to(actor))
        .options(
            joinedload(Site.county),
            joinedload(Site.region),
            joinedload(Site.responsible_unit),
            joinedload(Site.supervising_unit),
            joinedload(Site.duplicate_of),
        )
    )
    if site is None:
        raise NotFound
    return site


def in_use(session: Session, uuid: str) -> Site:
    """Find a site in use by its unguessable key, whoever asks; raises NotFound."""
    site = session.scalar(select(Site).where(Site.uuid == uuid, Site.active))
    if site is None:
        raise NotFound
    return site


def is_visible(session: Session, actor: Actor, site: Site) -> bool:
    """Tell whether a person may see a site."""
    return session.scalar(select(Site.id).where(Site.id == site.id, visible_to(actor))) is not None


def page(session: Session, actor: Actor, chosen: SiteFilter, after: str = "", size: int = 50) -> Sequence[Site]:
    """Return up to `size` + 1 sites after a reference, by reference: the one more tells that there is more."""
    rows = (
        _filtered(select(Site), actor, chosen)
        .where(Site.reference > after)
        .options(joinedload(Site.county), joinedload(Site.region), joinedload(Site.responsible_unit))
        .order_by(Site.reference)
        .limit(size + 1)
    )
    return session.scalars(rows).all()


def count(session: Session, actor: Actor, chosen: SiteFilter) -> int:
    """Count the sites that the filter leaves."""
    return session.scalar(_filtered(select(func.count()).select_from(Site), actor, chosen)) or 0


def choices(session: Session, actor: Actor, text: str = "", limit: int = 200) -> Sequence[Site]:
    """List sites in use for a form to choose from, by name."""
    chosen = _filtered(select(Site), actor, SiteFilter(text=text)).options(joinedload(Site.county))
    return session.scalars(chosen.order_by(Site.name, Site.id).limit(limit)).all()


def in_order(session: Session, actor: Actor, chosen: SiteFilter) -> Iterator[Site]:
    """Give all sites that the filter leaves, by reference, streamed with their regions and units."""
    rows = (
        _filtered(select(Site), actor, chosen)
        .options(
            joinedload(Site.county),
            joinedload(Site.region).joinedload(Region.parent),
            joinedload(Site.responsible_unit),
            joinedload(Site.supervising_unit),
        )
        .order_by(Site.reference)
    )
    yield from session.scalars(rows.execution_options(yield_per=AT_ONCE))


def _filtered(rows: Select[Any], actor: Actor, chosen: SiteFilter) -> Select[Any]:
    rows = rows.where(visible_to(actor), Site.active == chosen.active)
    if chosen.region_id is not None:
        below = select(RegionPath.descendant_id).where(RegionPath.ancestor_id == chosen.region_id)
        rows = rows.where(or_(Site.county_id.in_(below), Site.region_id.in_(below)))
    if chosen.category:
        rows = rows.where(Site.category == chosen.category)
    if chosen.key_object:
        rows = rows.where(Site.key_object)
    if chosen.text.strip():
        words = chosen.text.strip()
        rows = rows.where(or_(*(column.icontains(words, autoescape=True) for column in _SEARCHED)))
    return rows


_SEARCHED = (Site.name, Site.address, Site.reference)
