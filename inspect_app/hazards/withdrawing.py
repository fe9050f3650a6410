"""Undoing what a return did to the inventory: its hazards are withdrawn, the cells it changed are put back.

A whole return in grouped writes, as `bulk` does it; whether nothing later stands in the way was asked before. One entry
of the trail tells of all that was withdrawn; each hazard has its own event.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import islice
from typing import Any, NamedTuple

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.audit.service import record
from inspect_app.core import clock
from inspect_app.core.lifecycle import Attempt, advance, plain
from inspect_app.hazards.bulk import CHUNK, EVENT, HAZARD
from inspect_app.hazards.definitions import load_limits
from inspect_app.hazards.inputs import COLUMNS, Kind
from inspect_app.hazards.inserting import insert_columns
from inspect_app.hazards.lifecycle import HAZARD_LIFE
from inspect_app.hazards.models import Hazard
from inspect_app.hazards.monthly import months_of
from inspect_app.hazards.rules import NO_DUE_DATE, urgency
from inspect_app.hazards.slots import Slot, move_many, slot_of
from inspect_app.hazards.standing import Standing
from inspect_app.hazards.words import Grade, State

WITHDRAWN_FROM = (State.DRAFT, State.REGISTERED)
PORTION = 5_000
COUNTED = (
    select(Hazard.id, Hazard.county_id, Hazard.state, Hazard.due_on, Hazard.grade, Hazard.found_on)
    .where(Hazard.state.in_(WITHDRAWN_FROM))
    .with_for_update()
)


class Before(NamedTuple):
    """How a hazard stood before a return: its columns, days and grades as plain values."""

    columns: Mapping[str, Any]
    state: str


def withdraw_many(session: Session, actor: Actor, keys: Sequence[int], reason: str, *, batch_id: int | None) -> int:
    """Withdraw hazards that a return entered, as far as they are where it left them; return their number."""
    moved: Counter[Slot] = Counter()
    number = 0
    for start in range(0, len(keys), PORTION):
        rows = session.execute(COUNTED.where(Hazard.id.in_(keys[start : start + PORTION]))).all()
        for source in WITHDRAWN_FROM:
            if found := [row.id for row in rows if row.state == source]:
                _withdraw(session, actor, source, found, reason)
                number += len(found)
        moved.update(_slots(rows))
    move_many(session, moved)
    _told(session, actor, "hazard.withdraw_many", batch_id, {"number": [None, number], "reason": [None, reason]})
    return number


def put_back_many(
    session: Session, actor: Actor, before: Mapping[int, Before], reason: str, *, batch_id: int | None
) -> int:
    """Give hazards back the columns that a return has changed, and the state where it registered a draft."""
    person = _undoing(actor)
    moved: Counter[Slot] = Counter()
    wanted = iter(before)
    while portion := list(islice(wanted, CHUNK)):
        trail: dict[str, Any] = {}
        for hazard in session.scalars(select(Hazard).where(Hazard.id.in_(portion)).with_for_update(of=Hazard)):
            moved[slot_of(hazard)] -= 1
            trail[hazard.reference] = _put_back(hazard, before[hazard.id], person, reason)
            moved[slot_of(hazard)] += 1
        session.flush()
        _told(session, actor, "hazard.put_back_many", batch_id, trail)
    move_many(session, moved)
    return len(before)


def _withdraw(session: Session, actor: Actor, source: State, keys: Sequence[int], reason: str) -> None:
    """Take the step for hazards in one state."""
    step = HAZARD_LIFE.step("withdraw", source)
    if step is None:
        msg = f"hazards in {source} are not withdrawn"
        raise ValueError(msg)
    now, today = clock.now(), clock.today()
    columns = {
        "state": step.target,
        "version": HAZARD.c.version + 1,
        "updated_at": now,
        "urgency": urgency(step.target, None, None, today),
    }
    session.execute(update(HAZARD).where(HAZARD.c.id.in_(keys)).values(columns))
    told = {"action": step.action, "source": source, "target": step.target, "facts": {"reason": reason}}
    insert_columns(
        session, EVENT, {"subject_id": keys}, {**told, "actor_id": actor.id, "actor_name": actor.name, "at": now}
    )


def _put_back(hazard: Hazard, before: Before, person: Standing, reason: str) -> dict[str, Any]:
    """Write the columns back, and return them as {field: [now, before]}."""
    told: dict[str, Any] = {}
    for name, value in before.columns.items():
        told[name] = [plain(getattr(hazard, name)), value]
        setattr(hazard, name, _stored(name, value))
    hazard.version += 1
    if before.state != hazard.state:
        facts = {"reason": reason}
        advance(HAZARD_LIFE, "put_back", Attempt(hazard, facts, person, clock.now(), clock.today()))
    hazard.updated_at = clock.now()
    hazard.urgency = urgency(hazard.state, hazard.due_on, hazard.review_on, clock.today())
    return told


def _stored(name: str, value: Any) -> Any:  # noqa: ANN401 - the value of any column
    kind = COLUMNS[name].kind if name in COLUMNS else None
    if kind is Kind.DAY and value:
        return date.fromisoformat(value)
    return Grade(value) if kind is Kind.GRADE and value else value


def _slots(rows: Sequence[Any]) -> Counter[Slot]:
    moved: Counter[Slot] = Counter()
    for row in rows:
        before, after = _slot(row, row.state), _slot(row, State.WITHDRAWN)
        moved[before] -= 1
        moved[after] += 1
    return moved


def _slot(row: Any, state: str) -> Slot:  # noqa: ANN401 - a selected row
    months = months_of(state, row.found_on, None)
    return Slot(row.county_id, state, row.due_on or NO_DUE_DATE, row.grade or "", on_time=False, months=months)


def _undoing(actor: Actor) -> Standing:
    return Standing(actor, actor.unit_id, captures=True, oversees=True, limits=load_limits(), undoes=True)


def _told(session: Session, actor: Actor, action: str, batch_id: int | None, changes: Mapping[str, Any]) -> None:
    record(session, actor, action, kind="return", id=batch_id, region_id=actor.capture_region_id, changes=changes)
