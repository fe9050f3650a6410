"""The rows of a plan as pages and lists show them, before and after it was applied."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from inspect_app.returns import queries
from inspect_app.returns.keeping import restore
from inspect_app.returns.lifecycle import APPLIED, UNDONE
from inspect_app.returns.models import ReturnBatch
from inspect_app.returns.plan import SHOWN, Group, created

Entry = Mapping[str, Any]


def first_entries(session: Session, batch: ReturnBatch, group: Group) -> Sequence[Entry]:
    """Return the first rows of a group."""
    if group is not Group.CREATE:
        entries: Sequence[Entry] = batch.plan["groups"][group][:SHOWN]
        return entries
    return _hazards(session, batch, SHOWN) if batch.state in (APPLIED, UNDONE) else batch.plan["preview"]


def all_entries(session: Session, batch: ReturnBatch) -> dict[str, Sequence[Entry]]:
    """Return every row of every group."""
    return {**batch.plan["groups"], Group.CREATE.value: _creations(session, batch)}


def _creations(session: Session, batch: ReturnBatch) -> Sequence[Entry]:
    if batch.state in (APPLIED, UNDONE):
        return _hazards(session, batch, None)
    if batch.rows is None:
        return [{"sheet": sheet, "row": row} for sheet, row in batch.plan["groups"][Group.CREATE]]
    rows = {(row.sheet, row.number): row for row in restore(batch.rows).rows}
    return [created(rows[sheet, row]) for sheet, row in batch.plan["groups"][Group.CREATE]]


def _hazards(session: Session, batch: ReturnBatch, limit: int | None) -> Sequence[Entry]:
    """Pair the rows that became hazards with these: keys were given in the order of the rows."""
    hazards = queries.created_hazards(session, batch.id, limit)
    places = batch.plan["groups"][Group.CREATE][: len(hazards)]
    return [
        {"sheet": sheet, "row": row, **hazard._asdict()} for (sheet, row), hazard in zip(places, hazards, strict=True)
    ]
