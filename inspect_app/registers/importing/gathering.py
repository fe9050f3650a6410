"""What the register holds where a file may reach, gathered set-wise before the rows are judged."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from inspect_app.access.actor import Actor
from inspect_app.core import clock
from inspect_app.regions.levels import Level
from inspect_app.regions.models import Region
from inspect_app.regions.places import NOT_SAID, Misplaced, PlaceFinder
from inspect_app.regions.queries import covers
from inspect_app.registers.definition import ColumnType, Register
from inspect_app.registers.importing.plan import Held
from inspect_app.registers.importing.planning import Holdings, Spot, place_texts
from inspect_app.registers.importing.reading import Row
from inspect_app.registers.models import RegisterEntry
from inspect_app.registers.service import official_names, stands


def gather(
    session: Session, actor: Actor, register: Register, county: Region, rows: Iterable[Row], as_of: date
) -> Holdings:
    """Gather what these rows are compared with, in one county."""
    every = list(rows)
    units = [column.code for column in register.columns if column.type == ColumnType.UNIT]
    texts = {str(row.values[code]) for row in every for code in units if code in row.values}
    return Holdings(
        register=register,
        places=_places(session, actor, county, {place_texts(register, row) for row in every}),
        entries=tuple(_held(entry) for entry in _entries(session, register, county)),
        sheets=_sheets(session, actor, county, {row.sheet for row in every if row.sheet}),
        units=official_names(session, county.id, texts),
        as_of=as_of,
        today=clock.today(),
    )


def _places(
    session: Session, actor: Actor, county: Region, texts: set[tuple[str, str]]
) -> dict[tuple[str, str], Spot | Misplaced]:
    finder = PlaceFinder(session, _top(session, actor, county))
    found: dict[tuple[str, str], Spot | Misplaced] = {}
    for said in texts:
        place = finder.find("", *said)
        if place is None:
            found[said] = Misplaced("township", NOT_SAID)
        elif isinstance(place, Misplaced):
            found[said] = place
        else:
            found[said] = _spot(session.get_one(Region, place.region_id))
    return found


def _sheets(session: Session, actor: Actor, county: Region, names: set[str]) -> dict[str, Spot]:
    """Return the townships after which sheets are named: a county may keep a sheet for each."""
    found = _places(session, actor, county, {("", name) for name in names})
    return {name: spot for (_county, name), spot in found.items() if isinstance(spot, Spot) and not spot.is_county}


def _top(session: Session, actor: Actor, county: Region) -> int:
    """Return where rows may lie: the county, or the part of it where the person enters data."""
    here = actor.capture_region_id
    return county.id if here is None or covers(session, here, county.id) else here


def _spot(region: Region) -> Spot:
    if region.level is Level.VILLAGE and region.parent is not None:
        region = region.parent
    return Spot(region.id, region.code, region.name, region.level is Level.COUNTY)


def _entries(session: Session, register: Register, county: Region) -> Iterable[RegisterEntry]:
    rows = select(RegisterEntry).where(RegisterEntry.register == register.code, RegisterEntry.county_id == county.id)
    return session.scalars(rows.options(joinedload(RegisterEntry.region)).order_by(RegisterEntry.id))


def _held(entry: RegisterEntry) -> Held:
    return Held(
        entry.id, entry.reference, entry.version, entry.key, entry.region_id, entry.region.code, entry.region.name,
        entry.values, entry.as_of, stands(entry),
    )  # fmt: skip
