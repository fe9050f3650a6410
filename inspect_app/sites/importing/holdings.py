"""What the register holds where a file may reach, gathered set-wise before the rows are judged."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload

from inspect_app.access.actor import Actor
from inspect_app.access.scope import capturable
from inspect_app.core import clock
from inspect_app.regions.models import Unit
from inspect_app.regions.naming import plain
from inspect_app.regions.places import Misplaced, Place, PlaceFinder
from inspect_app.regions.queries import resolve_units
from inspect_app.sites.importing.rows import Row
from inspect_app.sites.likeness import Neighbourhood, Sketch
from inspect_app.sites.models import Site
from inspect_app.sites.service import UNITS, card_of
from inspect_app.sites.sketches import prefixes_of, sketch_of


class Held(NamedTuple):
    """A registered site as far as a row is compared with it; `card` as the service has it."""

    id: int
    reference: str
    version: int
    name: str
    county_id: int
    card: Mapping[str, Any]

    @property
    def active(self) -> bool:
        """Whether it is in use."""
        return bool(self.card["active"])


@dataclass(frozen=True, slots=True)
class Holdings:
    """Places by the texts of the rows, sites by reference and by county and name, units by county and text."""

    places: Mapping[tuple[str, str, str], Place | Misplaced | None]
    by_reference: Mapping[str, Held]
    by_name: Mapping[tuple[int, str], list[Held]]
    units: Mapping[int, Mapping[str, str]]
    prefixes: Mapping[int, Collection[str]]
    neighbourhood: Neighbourhood
    held: Mapping[int, Held]
    today: date

    def place_of(self, row: Row) -> Place | Misplaced | None:
        """Return where a row lies; None when neither the row nor the sender's region says."""
        return self.places[place_texts(row)]

    def sketch(self, card: Mapping[str, Any], county_id: int, key: int) -> Sketch:
        """Draw a card of a row; `key` is negative, so that it is never taken for a site."""
        return sketch_of(card, county_id, self.prefixes[county_id], key)


def place_texts(row: Row) -> tuple[str, str, str]:
    """Return what a row says of its place."""
    code, county, township = (str(row.values.get(name, "")) for name in ("region_code", "county", "township"))
    return code, county, township


def gather(session: Session, actor: Actor, rows: Collection[Row]) -> Holdings:
    """Gather what these rows are compared with: sites where the person may enter data, and their surroundings."""
    finder = PlaceFinder(session, actor.capture_region_id or 0)
    places = {place_texts(row): finder.find(*place_texts(row)) for row in rows}
    counties = {place.county_id for place in places.values() if isinstance(place, Place)}
    named = {str(row.values["reference"]) for row in rows if "reference" in row.values}
    held = [_held(site) for site in _sites(session, actor, counties, named)]
    counties |= {one.county_id for one in held}
    by_name: dict[tuple[int, str], list[Held]] = {}
    for one in held:
        by_name.setdefault((one.county_id, plain(one.name)), []).append(one)
    prefixes = {county_id: prefixes_of(session, county_id) for county_id in counties}
    return Holdings(
        places=places,
        by_reference={one.reference: one for one in held},
        by_name=by_name,
        units={county_id: _units(session, county_id, rows) for county_id in counties},
        prefixes=prefixes,
        neighbourhood=Neighbourhood(
            sketch_of(one.card, one.county_id, prefixes[one.county_id], one.id) for one in held if one.active
        ),
        held={one.id: one for one in held},
        today=clock.today(),
    )


def _sites(session: Session, actor: Actor, counties: Collection[int], named: Collection[str]) -> Iterable[Site]:
    return session.scalars(
        select(Site)
        .where(
            capturable(actor, Site.county_id, Site.region_id),
            or_(Site.county_id.in_(counties), Site.reference.in_(named)),
        )
        .options(joinedload(Site.responsible_unit), joinedload(Site.supervising_unit))
        .order_by(Site.id)
    )


def _held(site: Site) -> Held:
    return Held(site.id, site.reference, site.version, site.name, site.county_id, card_of(site))


def _units(session: Session, county_id: int, rows: Iterable[Row]) -> dict[str, str]:
    """Map what the rows call units to the names under which the county has them."""
    texts = {str(row.values[name]) for row in rows for name in UNITS if name in row.values}
    keys = resolve_units(session, county_id, texts)
    names = dict(session.execute(select(Unit.id, Unit.name).where(Unit.id.in_(set(keys.values())))).tuples().all())
    return {text: names[keys[text]] if text in keys else plain(text) for text in texts}
