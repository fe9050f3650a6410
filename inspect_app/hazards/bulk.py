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

from sqlalchemy import Connection, Table, select, text
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
OWN = ("id", "uuid", "reference", "state", "version", "original_due_on", "urgency")


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
    own = _own_columns(drafts, keys, references, states)
    _insert(session, HAZARD, _alike(batch_id), (*OWN, *COLUMN_NAMES), own)
    registered = ((key,) for key, state in zip(keys, states, strict=True) if state == State.REGISTERED)
    _insert(session, EVENT, _event(actor, batch_id), ("subject_id",), registered)
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


def _alike(batch_id: int | None) -> Row:
    """Return what all new hazards of a batch have in common; columns left out stay null."""
    others = [column for column in HAZARD.columns if column.name not in {*OWN, *COLUMN_NAMES} and column.default]
    known = {column.name: getattr(column.default, "arg", None) for column in others}
    return {**known, "batch_id": batch_id, "created_at": clock.now(), "updated_at": clock.now()}


def _own_columns(
    drafts: Sequence[HazardDraft], keys: Sequence[int], references: Sequence[str], states: Sequence[str]
) -> Iterator[tuple[Any, ...]]:
    values_of, today = attrgetter(*COLUMN_NAMES), clock.today()
    for draft, key, reference, state in zip(drafts, keys, references, states, strict=True):
        version = 1 if state == HAZARD_LIFE.initial else 2
        sorting = urgency(state, draft.due_on, None, today)
        yield (key, str(uuid4()), reference, state, version, draft.due_on, sorting, *values_of(draft))


def _event(actor: Actor, batch_id: int | None) -> Row:
    return {
        "action": "register",
        "source": HAZARD_LIFE.initial,
        "target": State.REGISTERED,
        "actor_id": actor.id,
        "actor_name": actor.name,
        "at": clock.now(),
        "facts": {"batch_id": batch_id},
    }


def _insert(session: Session, table: Table, alike: Row, names: Sequence[str], rows: Iterator[tuple[Any, ...]]) -> None:
    """Insert rows of `names` beside what is `alike`: through the driver on SQLite, by SQLAlchemy Core elsewhere."""
    connection = session.connection()
    if connection.dialect.name != "sqlite":
        while some := [{**alike, **dict(zip(names, row, strict=True))} for row in islice(rows, CHUNK * 10)]:
            connection.execute(table.insert(), some)
        return
    fixed = _bound(tuple(alike.values()), _converters(connection, table, tuple(alike)))
    varying = _converters(connection, table, names)
    marks = ", ".join("?" * (len(alike) + len(names)))
    statement = f"INSERT INTO {table.name} ({', '.join((*alike, *names))}) VALUES ({marks})"  # noqa: S608 - own names
    while portion := [fixed + _bound(row, varying) for row in islice(rows, CHUNK * 10)]:
        connection.exec_driver_sql(statement, portion)


def _converters(connection: Connection, table: Table, names: Sequence[str]) -> list[tuple[int, Any]]:
    kinds = [table.c[name].type.dialect_impl(connection.dialect) for name in names]
    found = [kind.bind_processor(connection.dialect) for kind in kinds]
    return [(place, convert) for place, convert in enumerate(found) if convert]


def _bound(row: tuple[Any, ...], converters: list[tuple[int, Any]]) -> tuple[Any, ...]:
    values = list(row)
    for place, convert in converters:
        if values[place] is not None:
            values[place] = convert(values[place])
    return tuple(values)


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
