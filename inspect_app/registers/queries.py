"""Reading registers: which entries a person sees, as they are now or as they were on a past day."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session, aliased, joinedload

from inspect_app.access.actor import Actor
from inspect_app.access.scope import visible
from inspect_app.core import clock
from inspect_app.core.errors import NotFound
from inspect_app.regions.models import Region, RegionPath
from inspect_app.registers.models import RegisterEntry, RegisterVersion

AT_ONCE = 500
SIZE = 50
# an entry whose creation was undone ended before it began; it exists only so that nothing is ever deleted
NEVER_WAS = RegisterEntry.ended_on < RegisterEntry.as_of


@dataclass(frozen=True)
class EntryFilter:
    """What a list is narrowed to; `on` is a past day (None now), `ended` shows what has ended instead of what stands.

    `chosen` maps columns to the word they must say; `picked` leaves only entries with these keys.
    """

    region_id: int | None = None
    text: str = ""
    chosen: Mapping[str, str] = field(default_factory=dict)
    ended: bool = False
    on: date | None = None
    picked: Collection[int] | None = None


class Shown(NamedTuple):
    """An entry as it was on the day asked for."""

    entry: RegisterEntry
    region: Region
    values: Mapping[str, Any]
    as_of: date
    ended_on: date | None


class Overview(NamedTuple):
    """How one county stands with one register: entries that stand, and the latest day for which anything was said."""

    register: str
    county_id: int
    standing: int
    as_of: date


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Return the condition on RegisterEntry rows that this person may see."""
    return and_(visible(actor, RegisterEntry.county_id, RegisterEntry.region_id), ~_never_was())


def _never_was() -> ColumnElement[bool]:
    return and_(RegisterEntry.ended_on.is_not(None), NEVER_WAS)


def by_reference(session: Session, actor: Actor, reference: str) -> RegisterEntry:
    """Find an entry by its reference; one of another region is not found."""
    places = (joinedload(RegisterEntry.county), joinedload(RegisterEntry.region))
    query = select(RegisterEntry).where(RegisterEntry.reference == reference, visible_to(actor)).options(*places)
    found = session.scalar(query)
    if found is None:
        raise NotFound
    return found


def page(
    session: Session, actor: Actor, register: str, wanted: EntryFilter, after: str = "", size: int = SIZE
) -> list[Shown]:
    """Return up to `size` + 1 entries after a reference, by reference: the one more tells that there is more."""
    picked = None if wanted.picked is None else sorted(wanted.picked)
    query = _rows(actor, register, wanted, picked).where(RegisterEntry.reference > after)
    return _shown(session, query.order_by(RegisterEntry.reference).limit(size + 1), wanted)


def count(session: Session, actor: Actor, register: str, wanted: EntryFilter) -> int:
    """Count the entries that a filter leaves."""
    picked = None if wanted.picked is None else sorted(wanted.picked)
    rows = _rows(actor, register, wanted, picked).with_only_columns(RegisterEntry.id).order_by(None).subquery()
    return session.scalar(select(func.count()).select_from(rows)) or 0


def in_order(session: Session, actor: Actor, register: str, wanted: EntryFilter) -> Iterator[Shown]:
    """Give all entries that a filter leaves, by reference, a portion at a time."""
    after = ""
    while found := page(session, actor, register, wanted, after, AT_ONCE):
        yield from found[:AT_ONCE]
        if len(found) <= AT_ONCE:
            return
        after = found[AT_ONCE - 1].entry.reference


def history(session: Session, entry: RegisterEntry) -> Sequence[tuple[RegisterVersion, Region]]:
    """List what was ever said of an entry, the latest first, each with the township it named."""
    query = select(RegisterVersion, Region).join(Region, Region.id == RegisterVersion.region_id)
    rows = query.where(RegisterVersion.entry_id == entry.id).order_by(RegisterVersion.id.desc())
    return [(version, region) for version, region in session.execute(rows)]


def latest_versions(on: date) -> Select[tuple[int]]:
    """Select the keys of the versions that held on a day."""
    return select(func.max(RegisterVersion.id)).where(RegisterVersion.as_of <= on).group_by(RegisterVersion.entry_id)


def overview(session: Session, actor: Actor) -> list[Overview]:
    """Say of every county and register in sight how many entries stand and as of when."""
    today = clock.today()
    stands = or_(RegisterEntry.ended_on.is_(None), RegisterEntry.ended_on > today)
    query = (
        select(
            RegisterEntry.register,
            RegisterEntry.county_id,
            func.count().filter(stands),
            func.max(RegisterEntry.as_of),
        )
        .where(visible_to(actor))
        .group_by(RegisterEntry.register, RegisterEntry.county_id)
    )
    return [Overview(*row) for row in session.execute(query).tuples()]


def _rows(actor: Actor, register: str, wanted: EntryFilter, picked: Sequence[int] | None) -> Select[Any]:
    now, today = wanted.on is None, wanted.on or clock.today()
    place = aliased(Region)
    source: Any = RegisterEntry if now else RegisterVersion
    query = select(RegisterEntry, place) if now else select(RegisterEntry, place, RegisterVersion)
    query = query.select_from(RegisterEntry).where(RegisterEntry.register == register, visible_to(actor))
    if not now:
        held = and_(RegisterVersion.entry_id == RegisterEntry.id, RegisterVersion.id.in_(latest_versions(today)))
        query = query.join(RegisterVersion, held)
    query = query.join(place, place.id == source.region_id).options(joinedload(RegisterEntry.county))
    ended = source.ended_on <= today
    query = query.where(ended if wanted.ended else or_(source.ended_on.is_(None), ~ended))
    if picked is not None:
        query = query.where(RegisterEntry.id.in_(picked))
    if wanted.region_id is not None:
        below = select(RegionPath.descendant_id).where(RegionPath.ancestor_id == wanted.region_id)
        query = query.where(source.region_id.in_(below))
    for code, word in wanted.chosen.items():
        query = query.where(source.values[code].as_string() == word)
    return query.where(*_words(wanted.text))


def _words(text: str) -> Iterator[ColumnElement[bool]]:
    for word in text.lower().split():
        yield or_(
            RegisterEntry.key.icontains(word, autoescape=True), RegisterEntry.reference.icontains(word, autoescape=True)
        )


def _shown(session: Session, query: Select[Any], wanted: EntryFilter) -> list[Shown]:
    found = []
    for entry, region, *version in session.execute(query):
        source = entry if wanted.on is None else version[0]
        found.append(Shown(entry, region, source.values, source.as_of, source.ended_on))
    return found
