"""Many hazards at once, for returns: the same states, events, counters and trail as one by one, written in groups.

One audit entry tells of a whole batch of new hazards; each of them has its own event. What an update changes is
told hazard by hazard, a few hundred to an entry.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from operator import attrgetter
from typing import Any, cast
from uuid import uuid4

from sqlalchemy import Table, select, text
from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.audit.service import record
from inspect_app.core import clock
from inspect_app.core.errors import Conflict
from inspect_app.core.lifecycle import Attempt, advance, plain
from inspect_app.core.references import next_references
from inspect_app.hazards.circumstances import standing_of
from inspect_app.hazards.drafts import COLUMN_NAMES, HazardDraft
from inspect_app.hazards.editing import editable_columns
from inspect_app.hazards.elements import missing_elements
from inspect_app.hazards.lifecycle import HAZARD_LIFE
from inspect_app.hazards.models import Hazard, HazardEvent
from inspect_app.hazards.rules import NO_DUE_DATE, urgency
from inspect_app.hazards.service import check_places, prefix_for
from inspect_app.hazards.standing import Standing
from inspect_app.hazards.summary import Slot, move_many, slot_of
from inspect_app.hazards.words import State
from inspect_app.regions.models import Region

Row = dict[str, Any]
HAZARD = cast("Table", Hazard.__table__)
EVENT = cast("Table", HazardEvent.__table__)
CHUNK = 500
KNOWN_TO_RETURNS = {"fingerprint"}


def register_many(session: Session, actor: Actor, drafts: Sequence[HazardDraft], *, batch_id: int | None) -> list[int]:
    """Enter many findings of a return, each registered or waiting as a draft; return their keys in the same order."""
    if not drafts:
        return []
    places: dict[int, set[int]] = defaultdict(set)
    for draft in drafts:
        places[draft.county_id].add(draft.region_id)
    check_places(session, actor, places)
    keys, references = _new_keys(session, len(drafts)), _references(session, drafts)
    states = [HAZARD_LIFE.initial if missing_elements(draft) else State.REGISTERED for draft in drafts]
    _insert(session, HAZARD, _rows(drafts, keys, references, states, batch_id))
    _insert(session, EVENT, _events(actor, keys, states, batch_id))
    slots = zip(drafts, states, strict=True)
    move_many(session, Counter(_slot(draft, state) for draft, state in slots))
    _told(session, actor, "hazard.register_many", batch_id, {"hazards": [None, f"{references[0]} … {references[-1]}"],
                                                            "number": [None, len(drafts)]})  # fmt: skip
    return keys


def update_many(
    session: Session, actor: Actor, changes: Mapping[int, Mapping[str, Any]], *, batch_id: int | None
) -> list[int]:
    """Change columns of many hazards (key -> columns with their values) and return the keys of those that differed.

    Conflict names the first hazard whose column may not be changed by this person now (see `editing`), and nothing
    is changed. A draft whose elements are now complete becomes registered.
    """
    moved: Counter[Slot] = Counter()
    changed: list[int] = []
    wanted = iter(changes.items())
    while portion := dict(islice(wanted, CHUNK)):
        trail: dict[str, Any] = {}
        for hazard in session.scalars(select(Hazard).where(Hazard.id.in_(portion)).with_for_update()).all():
            before = slot_of(hazard)
            if told := _change(session, actor, hazard, portion[hazard.id]):
                trail[hazard.reference] = told
                changed.append(hazard.id)
                moved[before] -= 1
                moved[slot_of(hazard)] += 1
        session.flush()
        if trail:
            _told(session, actor, "hazard.update_many", batch_id, trail)
    move_many(session, moved)
    return changed


def _told(session: Session, actor: Actor, action: str, batch_id: int | None, changes: Mapping[str, Any]) -> None:
    record(session, actor, action, kind="return", id=batch_id, region_id=actor.capture_region_id, changes=changes)


def _references(session: Session, drafts: Sequence[HazardDraft]) -> list[str]:
    """Reserve the numbers of each prefix in one go, and give them out in the order of the drafts."""
    counties = {draft.county_id for draft in drafts}
    codes = dict(session.execute(select(Region.id, Region.code).where(Region.id.in_(counties))).tuples().all())
    prefixes = [prefix_for(codes[draft.county_id], draft) for draft in drafts]
    reserved = {
        prefix: iter(next_references(session, prefix, number)) for prefix, number in sorted(Counter(prefixes).items())
    }
    return [next(reserved[prefix]) for prefix in prefixes]


def _new_keys(session: Session, number: int) -> list[int]:
    """Reserve keys; on SQLite the writing transaction is alone, and rows are never deleted."""
    if session.get_bind().dialect.name == "postgresql":
        series = text("SELECT nextval(pg_get_serial_sequence('hazard', 'id')) FROM generate_series(1, :number)")
        return list(session.scalars(series, {"number": number}))
    last = session.scalar(select(Hazard.id).order_by(Hazard.id.desc()).limit(1)) or 0
    return list(range(last + 1, last + 1 + number))


def _rows(
    drafts: Sequence[HazardDraft],
    keys: Sequence[int],
    references: Sequence[str],
    states: Sequence[str],
    batch_id: int | None,
) -> Iterator[Row]:
    values_of = attrgetter(*COLUMN_NAMES)
    now, today = clock.now(), clock.today()
    alike = {column.name: column.default.arg for column in HAZARD.columns if column.default is not None}  # type: ignore[attr-defined]
    alike |= {column.name: None for column in HAZARD.columns if column.default is None}
    alike |= {"version": 1, "batch_id": batch_id, "created_at": now, "updated_at": now}
    for draft, key, reference, state in zip(drafts, keys, references, states, strict=True):
        own = {
            "id": key,
            "uuid": str(uuid4()),
            "reference": reference,
            "state": state,
            "version": 1 if state == HAZARD_LIFE.initial else 2,
            "original_due_on": draft.due_on,
            "urgency": urgency(state, draft.due_on, None, today),
        }
        yield {**alike, **dict(zip(COLUMN_NAMES, values_of(draft), strict=True)), **own}


def _events(actor: Actor, keys: Sequence[int], states: Sequence[str], batch_id: int | None) -> Iterator[Row]:
    alike = {
        "action": "register",
        "source": HAZARD_LIFE.initial,
        "target": State.REGISTERED,
        "actor_id": actor.id,
        "actor_name": actor.name,
        "at": clock.now(),
        "facts": {"batch_id": batch_id},
    }
    for key, state in zip(keys, states, strict=True):
        if state == State.REGISTERED:
            yield {**alike, "subject_id": key}


def _insert(session: Session, table: Table, rows: Iterator[Row]) -> None:
    """Insert through the driver on SQLite, with the values converted here, and by SQLAlchemy Core elsewhere."""
    connection = session.connection()
    if connection.dialect.name != "sqlite":
        while some := list(islice(rows, CHUNK * 10)):
            connection.execute(table.insert(), some)
        return
    first = next(rows, None)
    if first is None:
        return
    names = list(first)
    convert = {
        name: processor
        for name in names
        if (processor := table.c[name].type.dialect_impl(connection.dialect).bind_processor(connection.dialect))
    }
    marks = ", ".join("?" * len(names))
    statement = f"INSERT INTO {table.name} ({', '.join(names)}) VALUES ({marks})"  # noqa: S608 - names of our own columns
    portion = [_bound(first, convert), *(_bound(row, convert) for row in islice(rows, CHUNK * 10))]
    while portion:
        connection.exec_driver_sql(statement, portion)
        portion = [_bound(row, convert) for row in islice(rows, CHUNK * 10)]


def _bound(row: Row, convert: Mapping[str, Any]) -> tuple[Any, ...]:
    for name, processor in convert.items():
        if row[name] is not None:
            row[name] = processor(row[name])
    return tuple(row.values())


def _slot(draft: HazardDraft, state: str) -> Slot:
    return Slot(draft.county_id, draft.grade or "", state, draft.due_on or NO_DUE_DATE)


def _change(session: Session, actor: Actor, hazard: Hazard, columns: Mapping[str, Any]) -> dict[str, Any]:
    """Write the columns that differ, and return them as {field: [before, after]}."""
    fresh = {name: value for name, value in columns.items() if getattr(hazard, name) != value}
    if not fresh:
        return {}
    person = standing_of(session, actor, hazard)
    if not fresh.keys() <= {*editable_columns(hazard, person), *KNOWN_TO_RETURNS}:
        raise Conflict("%(reference)s 的这些内容现在不能由报表修改，请重新预览。", reference=hazard.reference)
    told = {name: [plain(getattr(hazard, name)), plain(value)] for name, value in fresh.items()}
    for name, value in fresh.items():
        setattr(hazard, name, value)
    hazard.version += 1
    _register_if_complete(hazard, person)
    hazard.updated_at = clock.now()
    hazard.urgency = urgency(hazard.state, hazard.due_on, hazard.review_on, clock.today())
    return told


def _register_if_complete(hazard: Hazard, person: Standing) -> None:
    if hazard.state == HAZARD_LIFE.initial and not missing_elements(hazard):
        advance(HAZARD_LIFE, "register", Attempt(hazard, {}, person, clock.now(), clock.today()))
