"""Taking an applied import back: what it made was never there, what it changed says again what it said before."""

from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import and_, select
from sqlalchemy.orm import Session, aliased, joinedload

from inspect_app.access.actor import Actor
from inspect_app.core import clock
from inspect_app.core.database import lock
from inspect_app.regions.models import Region
from inspect_app.registers import service as entries
from inspect_app.registers.importing.stepping import begin, step, tell
from inspect_app.registers.models import RegisterEntry, RegisterImport, RegisterVersion
from inspect_app.registers.service import Said


class Later(NamedTuple):
    """What stands in the way of undoing: an entry, and who said something later of it, when."""

    entry: RegisterEntry
    at: datetime
    by: str


def later_than(session: Session, batch: RegisterImport) -> list[Later]:
    """List the entries of an import of which something was said after it, by reference."""
    own = select(RegisterVersion.entry_id, RegisterVersion.number).where(RegisterVersion.import_id == batch.id)
    mine = own.subquery()
    rows = (
        select(RegisterEntry, RegisterVersion)
        .join(mine, mine.c.entry_id == RegisterEntry.id)
        .join(RegisterVersion, RegisterVersion.entry_id == RegisterEntry.id)
        .where(RegisterVersion.number == RegisterEntry.version, RegisterEntry.version > mine.c.number)
        .order_by(RegisterEntry.reference)
    )
    return [Later(entry, last.recorded_at, last.recorded_by_name) for entry, last in session.execute(rows)]


def undo(session: Session, actor: Actor, batch: RegisterImport, *, version: int | None, reason: str) -> RegisterImport:
    """Take an import back whole; raises StepRefused while something later was said of one of its entries."""
    begin(session, actor, batch)
    lock(session, batch.county)
    later = later_than(session, batch)
    facts = {"reason": reason, "later": [one.entry.reference for one in later]}
    step(session, actor, batch, "undo", version, facts)
    for entry, before in _touched(session, batch):
        _take_back(session, actor, entry, before)
    batch.applied_key, batch.undone_at = None, clock.now()
    tell(session, actor, batch, "undo", {"reason": [None, reason]})
    return batch


def _touched(session: Session, batch: RegisterImport) -> list[tuple[RegisterEntry, RegisterVersion | None]]:
    """Return the entries of an import, each with what was said of it before (None when it was new)."""
    own, before = aliased(RegisterVersion), aliased(RegisterVersion)
    earlier = and_(before.entry_id == own.entry_id, before.number == own.number - 1)
    rows = (
        select(RegisterEntry, before)
        .join(own, own.entry_id == RegisterEntry.id)
        .outerjoin(before, earlier)
        .where(own.import_id == batch.id)
        .options(joinedload(RegisterEntry.region))
        .order_by(RegisterEntry.id)
    )
    return [(entry, version) for entry, version in session.execute(rows)]


def _take_back(session: Session, actor: Actor, entry: RegisterEntry, before: RegisterVersion | None) -> None:
    if before is None:
        ended = entry.as_of - timedelta(days=1)
        entries.write(session, actor, entry, Said(entry.region, entry.values, entry.as_of), ended_on=ended)
        return
    region = session.get_one(Region, before.region_id)
    said = Said(region, before.values, before.as_of)
    entries.write(session, actor, entry, said, ended_on=before.ended_on)
