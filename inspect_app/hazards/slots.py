"""Where a hazard is counted, and moving it from one counter to another in the transaction of its change."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple, cast

from sqlalchemy import ColumnElement, Table, delete
from sqlalchemy.orm import Session

from inspect_app.hazards import monthly
from inspect_app.hazards.models import Hazard, HazardCount
from inspect_app.hazards.monthly import Months, months_of
from inspect_app.hazards.rules import NO_DUE_DATE
from inspect_app.hazards.upserts import adding
from inspect_app.hazards.words import State

CHUNK = 5_000
COUNT = cast("Table", HazardCount.__table__)


class Slot(NamedTuple):
    """Where a hazard is counted; `on_time` tells that it was closed on or before its due date."""

    county_id: int
    state: str
    due_on: date
    grade: str
    on_time: bool
    months: Months


class Key(NamedTuple):
    """The key of a counter."""

    county_id: int
    state: str
    due_on: date
    grade: str


def slot_of(hazard: Hazard) -> Slot:
    """Return where a hazard is counted now."""
    on_time = bool(
        hazard.state == State.CLOSED and hazard.closed_on and hazard.due_on and hazard.closed_on <= hazard.due_on
    )
    months = months_of(hazard.state, hazard.found_on, hazard.closed_on)
    return Slot(hazard.county_id, hazard.state, hazard.due_on or NO_DUE_DATE, hazard.grade or "", on_time, months)


def move(session: Session, before: Slot | None, after: Slot | None) -> None:
    """Count one hazard from one slot to another; None stands for not being there."""
    if before == after:
        return
    changes: Counter[Slot] = Counter()
    if before:
        changes[before] -= 1
    if after:
        changes[after] += 1
    move_many(session, changes)


def move_many(session: Session, changes: Mapping[Slot, int]) -> None:
    """Add to (or take from) many slots in grouped writes, in one fixed order so that writers never lock crosswise."""
    numbers: Counter[Key] = Counter()
    on_time: Counter[Key] = Counter()
    months: Counter[tuple[int, Months]] = Counter()
    for slot, change in changes.items():
        key = Key(slot.county_id, slot.state, slot.due_on, slot.grade)
        numbers[key] += change
        on_time[key] += change * slot.on_time
        months[slot.county_id, slot.months] += change
    keys = sorted(key for key in numbers if numbers[key] or on_time[key])
    rows = [{**key._asdict(), "count": numbers[key], "on_time": on_time[key]} for key in keys]
    for start in range(0, len(rows), CHUNK):
        session.execute(adding(session, COUNT, ("count", "on_time")), rows[start : start + CHUNK])
    for key in keys:
        if numbers[key] < 0:
            session.execute(delete(COUNT).where(*_at(key), COUNT.c.count == 0))
    monthly.move_many(session, months)


def _at(key: Key) -> list[ColumnElement[bool]]:
    return [COUNT.c[name] == value for name, value in key._asdict().items()]
