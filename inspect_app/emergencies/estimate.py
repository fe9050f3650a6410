"""Which sites may have been shaken how strongly, what is still open there, and in which order they are looked at."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session, joinedload

from inspect_app.access.actor import Actor
from inspect_app.core.earth import metres
from inspect_app.emergencies.definition import EmergencyDefinition, Occupancy
from inspect_app.emergencies.intensity import Relation, Shaking, around, degree
from inspect_app.emergencies.loading import attenuation, definition
from inspect_app.emergencies.models import Emergency
from inspect_app.emergencies.rules import step_weight, urgency, worst
from inspect_app.hazards.models import Hazard
from inspect_app.hazards.rules import OPEN_STATES
from inspect_app.regions.models import RegionPath
from inspect_app.sites.models import Site
from inspect_app.sites.queries import visible_to


@dataclass(frozen=True)
class OpenHazard:
    """A hazard of a site that is not ended."""

    id: int
    reference: str
    grade: str | None
    state: str


@dataclass(frozen=True)
class Affected:
    """A site with its estimate; `intensity` and `km` are None where its place is unknown."""

    site: Site
    intensity: float | None
    km: float | None
    hazards: tuple[OpenHazard, ...]
    occupancy: Occupancy | None
    score: Decimal | None

    @property
    def degree(self) -> int | None:
        """Return the whole degree."""
        return None if self.intensity is None else degree(self.intensity)

    @property
    def grade(self) -> str:
        """Return the worst grade among the open hazards."""
        return worst(each.grade for each in self.hazards)


@dataclass(frozen=True)
class Estimate:
    """The sites inside, the most pressing first, and those of the counties inside whose place is unknown."""

    shaking: Shaking
    least: int
    affected: Sequence[Affected]
    unknown: Sequence[Affected]

    @cached_property
    def open_hazards(self) -> int:
        """Count the open hazards of the sites inside."""
        return sum(len(each.hazards) for each in self.affected)

    @cached_property
    def by_degree(self) -> dict[int, int]:
        """Count the sites inside by whole degree, the highest first."""
        found: dict[int, int] = defaultdict(int)
        for each in self.affected:
            found[each.degree or 0] += 1
        return dict(sorted(found.items(), reverse=True))

    @cached_property
    def silent(self) -> int:
        """Count the sites inside of which nobody knows how many people are there."""
        return sum(each.occupancy is None for each in self.affected)


def shaking_of(emergency: Emergency) -> Shaking:
    """Return the earthquake as its present parameters say."""
    quake = emergency.quake
    return Shaking((quake.longitude, quake.latitude), quake.magnitude, relation_by(emergency.relation), emergency.axis)


def relation_by(code: str) -> Relation:
    """Return a relation; one that was taken out of the file since raises KeyError."""
    return {each.code: each for each in attenuation().relations}[code]


def estimate(session: Session, actor: Actor, emergency: Emergency) -> Estimate:
    """Work the estimate out for the sites that the person sees; five queries, however many sites there are."""
    shaking, least = shaking_of(emergency), emergency.least_intensity
    reach = max(shaking.reach(least))
    if reach <= 0:
        return Estimate(shaking, least, (), ())
    near, own = _near(actor, shaking, reach), definition()
    open_hazards = _open_hazards(session, near)
    inside = [
        made
        for site in _sites(session, near)
        if (made := _placed(site, shaking, open_hazards, own)).intensity is not None and made.intensity >= least
    ]
    inside.sort(key=lambda each: (-(each.score or 0), -(each.intensity or 0), each.site.reference))
    nowhere = _nowhere(actor, _counties(session, actor, emergency, inside))
    lost = _open_hazards(session, nowhere)
    unknown = [_unplaced(site, lost, own) for site in _sites(session, nowhere)]
    return Estimate(shaking, least, inside, unknown)


def _near(actor: Actor, shaking: Shaking, reach: float) -> ColumnElement[bool]:
    (west, south), (east, north) = around(shaking.place, reach)
    return and_(Site.active, visible_to(actor), Site.longitude.between(west, east), Site.latitude.between(south, north))


def _nowhere(actor: Actor, counties: Sequence[int]) -> ColumnElement[bool]:
    return and_(Site.active, visible_to(actor), Site.county_id.in_(counties), Site.longitude.is_(None))


def _sites(session: Session, condition: ColumnElement[bool]) -> Sequence[Site]:
    rows = select(Site).where(condition).options(joinedload(Site.county), joinedload(Site.region))
    return session.scalars(rows.order_by(Site.reference)).all()


def _open_hazards(session: Session, condition: ColumnElement[bool]) -> dict[int, tuple[OpenHazard, ...]]:
    rows = (
        select(Hazard.site_id, Hazard.id, Hazard.reference, Hazard.grade, Hazard.state)
        .join(Site, Site.id == Hazard.site_id)
        .where(condition, Hazard.state.in_(OPEN_STATES))
        .order_by(Hazard.urgency, Hazard.id)
    )
    found: dict[int, tuple[OpenHazard, ...]] = defaultdict(tuple)
    for site_id, *rest in session.execute(rows):
        found[site_id] += (OpenHazard(*rest),)
    return found


def _placed(
    site: Site, shaking: Shaking, known: Mapping[int, tuple[OpenHazard, ...]], own: EmergencyDefinition
) -> Affected:
    if site.longitude is None or site.latitude is None:
        return _unplaced(site, known, own)
    place = site.longitude, site.latitude
    intensity = shaking.at(place)
    found, inside = known.get(site.id, ()), own.occupancy_of(site.category)
    score = urgency(
        step_weight(own.intensity, intensity),
        own.hazard[worst(each.grade for each in found)],
        inside.weight if inside else None,
    )
    return Affected(site, intensity, metres(shaking.place, place) / 1000, found, inside, score)


def _unplaced(site: Site, known: Mapping[int, tuple[OpenHazard, ...]], own: EmergencyDefinition) -> Affected:
    return Affected(site, None, None, known.get(site.id, ()), own.occupancy_of(site.category), None)


def _counties(session: Session, actor: Actor, emergency: Emergency, inside: Sequence[Affected]) -> list[int]:
    """Return the counties that may lie inside: with a site inside, the epicentre, or no located site at all."""
    below = select(RegionPath.descendant_id).where(RegionPath.ancestor_id == emergency.region_id)
    rows = (
        select(Site.county_id, func.count(Site.longitude))
        .where(Site.active, visible_to(actor), Site.county_id.in_(below))
        .group_by(Site.county_id)
    )
    blank = {county for county, located in session.execute(rows).tuples() if not located}
    centre = {emergency.quake.county_id} - {None}
    return sorted(blank | {each.site.county_id for each in inside} | {each for each in centre if each is not None})
