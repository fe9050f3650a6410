"""Reading returns, and what the inventory holds that a return may speak of: a few queries however many rows it has."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session, joinedload, undefer

from inspect_app.access.actor import Actor
from inspect_app.audit.models import AuditEntry
from inspect_app.core import clock
from inspect_app.core.database import is_writing
from inspect_app.core.errors import NotFound
from inspect_app.core.waiting import Waiting
from inspect_app.hazards.editing import FINDING
from inspect_app.hazards.models import Hazard
from inspect_app.hazards.words import State
from inspect_app.regions.levels import Kind as RegionKind
from inspect_app.regions.levels import Level
from inspect_app.regions.models import Region
from inspect_app.regions.queries import named_regions, townships_of, visible
from inspect_app.returns.expecting.rules import Period
from inspect_app.returns.lifecycle import APPLIED, VALIDATED
from inspect_app.returns.matching import WINDOW, Known
from inspect_app.returns.models import ReturnBatch
from inspect_app.returns.places import PlaceRow, Places
from inspect_app.sites.models import Site

Item = TypeVar("Item")
CHUNK = 5_000
ENTERED = ("hazard.enter", "hazard.register")
COMPARED = FINDING | {
    "id", "reference", "fingerprint", "region_id", "state", "origin", "found_by_id", "responsible_unit_name",
    "responsible_person", "measures", "progress",
}  # fmt: skip


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Return the condition on returns that exist for this person."""
    return visible(actor, ReturnBatch.county_id, ReturnBatch.county_id)


def by_reference(session: Session, actor: Actor, reference: str, *, whole: bool = True) -> ReturnBatch:
    """Find a return, with its plan unless not `whole`; one of another county is not found."""
    query = select(ReturnBatch).where(ReturnBatch.reference == reference, visible_to(actor))
    found = session.scalar(query.options(undefer(ReturnBatch.plan)) if whole else query)
    if found is None:
        raise NotFound
    return found


def page(
    session: Session,
    actor: Actor,
    *,
    county_id: int | None = None,
    state: str = "",
    month: Period | None = None,
    before: int = 0,
    size: int = 50,
) -> Sequence[ReturnBatch]:
    """Return up to `size` + 1 returns, the latest first, below the key `before`: one more tells that there is more.

    `month` is when they were received.
    """
    query = select(ReturnBatch).where(visible_to(actor)).options(joinedload(ReturnBatch.county))
    if county_id is not None:
        query = query.where(ReturnBatch.county_id == county_id)
    if state:
        query = query.where(ReturnBatch.state == state)
    if month:
        start, end = clock.start_of(month.start), clock.start_of(month.end + timedelta(days=1))
        query = query.where(ReturnBatch.received_at >= start, ReturnBatch.received_at < end)
    if before:
        query = query.where(ReturnBatch.id < before)
    return session.scalars(query.order_by(ReturnBatch.id.desc()).limit(size + 1)).all()


def waiting(session: Session) -> list[Waiting]:
    """List the returns of all counties whose plan waits to be imported or put aside."""
    columns = select(ReturnBatch.id, ReturnBatch.reference, ReturnBatch.county_id, ReturnBatch.report_on)
    return [Waiting(*row) for row in session.execute(columns.where(ReturnBatch.state == VALIDATED)).tuples()]


def applied_before(session: Session, county_id: int, sha256: str, content_digest: str = "") -> ReturnBatch | None:
    """Find the applied return of a county with the same bytes or the same content."""
    same = ReturnBatch.sha256 == sha256
    if content_digest:
        same = or_(same, ReturnBatch.content_digest == content_digest)
    query = select(ReturnBatch).where(ReturnBatch.county_id == county_id, ReturnBatch.state == APPLIED, same)
    return session.scalar(query.order_by(ReturnBatch.id).limit(1))


def newer_applied(session: Session, county_id: int, report_on: date) -> str:
    """Return the reference of an applied return of a county with a later report date, "" when there is none."""
    later = select(ReturnBatch.reference).where(
        ReturnBatch.county_id == county_id, ReturnBatch.state == APPLIED, ReturnBatch.report_on > report_on
    )
    return session.scalar(later.order_by(ReturnBatch.report_on.desc(), ReturnBatch.id.desc()).limit(1)) or ""


def lock_county(session: Session, county_id: int) -> None:
    """Let one return of a county be applied at a time (on SQLite the writing transaction is alone anyway)."""
    session.execute(select(Region.id).where(Region.id == county_id).with_for_update())


def stamp_of(session: Session, county_id: int) -> tuple[int, ...]:
    """Return numbers of which at least one grows whenever something changes that a plan of a county goes by."""
    hazards = select(func.count(), func.coalesce(func.max(Hazard.id), 0), func.coalesce(func.sum(Hazard.version), 0))
    returns = select(func.count(), func.coalesce(func.sum(ReturnBatch.version), 0)).where(ReturnBatch.state == APPLIED)
    held = session.execute(hazards.where(Hazard.county_id == county_id)).one()
    applied = session.execute(returns.where(ReturnBatch.county_id == county_id)).one()
    return tuple(map(int, (*held, *applied)))


def held_by_fingerprint(session: Session, county_id: int, wanted: Collection[str]) -> dict[str, list[Any]]:
    """Return a county's hazards that bear one of the fingerprints, with what a plan compares; locked while writing."""
    index = select(Hazard.id, Hazard.fingerprint).where(_there(county_id), Hazard.fingerprint != "")
    among = set(wanted)
    keys = [key for key, print_ in session.execute(index).tuples() if print_ in among]
    held: dict[str, list[Any]] = {}
    for row in _held(session, keys):
        held.setdefault(row.fingerprint, []).append(row)
    return held


def held_by_reference(session: Session, county_id: int, references: Collection[str]) -> dict[str, Any]:
    """Return the hazards of a county whose numbers a file names, with what a plan compares; locked while writing."""
    keys = [
        key
        for portion in portions(sorted(references))
        for key in session.scalars(select(Hazard.id).where(_there(county_id), Hazard.reference.in_(portion)))
    ]
    return {row.reference: row for row in _held(session, keys)}


def held_nearby(session: Session, county_id: int, days: Collection[date | None]) -> list[Known]:
    """Return the hazards of a county found about the days of a file, or on an unknown day."""
    place = func.coalesce(func.nullif(Hazard.site_name, ""), Hazard.responsible_unit_name)
    columns = select(Hazard.reference, place, Hazard.description, Hazard.found_on)
    query = columns.where(_there(county_id))
    if days and None not in days:
        known = [day for day in days if day]
        first, last = min(known) - WINDOW, max(known) + WINDOW + timedelta(days=1)
        query = query.where(or_(Hazard.found_on.is_(None), and_(Hazard.found_on >= first, Hazard.found_on < last)))
    return [Known(*found) for found in session.execute(query).tuples()]


def settled_columns(session: Session, county_id: int, hazard_ids: Iterable[int]) -> dict[int, dict[str, Any]]:
    """Return the columns of hazards that people have changed one by one, with what stood there before.

    The trail tells it, which hides what is personal. What a return has written into such a column since then, a person
    having decided for it, is the file's again.
    """
    entries = select(AuditEntry.id, AuditEntry.subject_id, AuditEntry.subject_reference, AuditEntry.changes).where(
        AuditEntry.subject_kind == "hazard", AuditEntry.action.not_in(ENTERED)
    )
    found = [
        entry
        for portion in portions(hazard_ids)
        for entry in session.execute(entries.where(AuditEntry.subject_id.in_(portion)).order_by(AuditEntry.id)).tuples()
    ]
    written = _written_by_returns(session, county_id, found[0][0]) if found else {}
    settled: dict[int, dict[str, Any]] = {}
    for number, key, reference, changes in found:
        for name, change in changes.items():
            if number > written.get((reference, name), 0):
                settled.setdefault(key or 0, {}).setdefault(name, change[0])
    return settled


def _written_by_returns(session: Session, county_id: int, since: int) -> dict[tuple[str, str], int]:
    """Map number and column of hazards to the last entry of the trail that tells of a return writing there."""
    batches = select(ReturnBatch.id).where(ReturnBatch.county_id == county_id)
    entries = select(AuditEntry.id, AuditEntry.changes).where(
        AuditEntry.subject_kind == "return", AuditEntry.subject_id.in_(batches),
        AuditEntry.action == "hazard.update_many", AuditEntry.id > since,
    )  # fmt: skip
    return {
        (reference, name): number
        for number, told in session.execute(entries.order_by(AuditEntry.id)).tuples()
        for reference, changes in told.items()
        for name in changes
    }


def columns_of(session: Session, wanted: Mapping[int, Iterable[str]]) -> dict[int, dict[str, Any]]:
    """Return the values of some columns of hazards, by key."""
    found: dict[int, dict[str, Any]] = {}
    for portion in portions(wanted):
        for hazard in session.scalars(select(Hazard).where(Hazard.id.in_(portion))):
            found[hazard.id] = {name: getattr(hazard, name) for name in wanted[hazard.id]}
    return found


def standings_of(session: Session, hazard_ids: Iterable[int]) -> list[tuple[int, str, int]]:
    """Return where hazards stand: key, state and version."""
    standing = select(Hazard.id, Hazard.state, Hazard.version)
    found = (session.execute(standing.where(Hazard.id.in_(portion))).tuples() for portion in portions(hazard_ids))
    return [row for rows in found for row in rows]


def references_of(session: Session, hazard_ids: Iterable[int]) -> dict[int, str]:
    """Return the numbers of hazards, by key."""
    numbers = select(Hazard.id, Hazard.reference)
    found = (session.execute(numbers.where(Hazard.id.in_(portion))).tuples() for portion in portions(hazard_ids))
    return {key: reference for rows in found for key, reference in rows}


def township_keys(session: Session, county_id: int) -> dict[str, int]:
    """Map the codes of a county's townships to their keys."""
    return {region.code: region.id for region in townships_of(session, county_id)}


def sites_by_name(session: Session, county_id: int) -> dict[str, tuple[int, str]]:
    """Map the names of a county's objects to key and category; a name that several bear maps to none."""
    query = select(Site.name, Site.id, Site.category).where(Site.county_id == county_id, Site.active)
    found: dict[str, list[tuple[int, str]]] = {}
    for name, key, category in session.execute(query).tuples():
        found.setdefault(name, []).append((key, category))
    return {name: sites[0] for name, sites in found.items() if len(sites) == 1}


def places_for(session: Session, county: Region) -> Places:
    """Return a county with its townships, and the counties beside it with theirs, for reading its return."""
    regions = named_regions(session, county.parent_id or county.id)
    codes: Mapping[int, str] = {region.id: region.code for region in regions}
    rows = [
        PlaceRow(region.code, region.name, codes.get(region.parent_id or 0), region.aliases)
        for region in regions
        if region.level in (Level.COUNTY, Level.TOWNSHIP) or region.id == county.parent_id
    ]
    return Places.from_rows(county.code, rows, _counties_elsewhere(session, county))


def _counties_elsewhere(session: Session, county: Region) -> Sequence[str]:
    """Return the names of the civil counties of all other prefectures."""
    civil = (Region.level == Level.COUNTY, Region.kind == RegionKind.CIVIL)
    query = select(Region.name).where(*civil, Region.parent_id != county.parent_id)
    return session.connection().scalars(query).all()


def created_hazards(session: Session, batch_id: int, limit: int | None = None) -> Sequence[Any]:
    """Return what lists show of the hazards a return made, in the order of its rows."""
    site = func.coalesce(func.nullif(Hazard.site_name, ""), Hazard.responsible_unit_name).label("site")
    columns = select(Hazard.reference, site, Hazard.description, Hazard.grade, Hazard.found_on, Hazard.due_on)
    return session.execute(columns.where(Hazard.batch_id == batch_id).order_by(Hazard.id).limit(limit)).all()


def _there(county_id: int) -> ColumnElement[bool]:
    """Return the condition on the hazards of a county that a file may speak of: what was withdrawn was never there."""
    return and_(Hazard.county_id == county_id, Hazard.state != State.WITHDRAWN)


def _held(session: Session, keys: Iterable[int]) -> Iterator[Any]:
    columns = select(*(getattr(Hazard, name) for name in sorted(COMPARED)))
    for portion in portions(keys):
        query = columns.where(Hazard.id.in_(portion))
        yield from session.execute(query.with_for_update() if is_writing() else query)


def portions(items: Iterable[Item]) -> Iterator[list[Item]]:
    """Cut a list into pieces that a query may name one by one."""
    rest = iter(items)
    while portion := list(islice(rest, CHUNK)):
        yield portion
