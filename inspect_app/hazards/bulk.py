"""Many hazards at once, for returns: the same states, events, counters and trail as one by one, written in groups.

One audit entry tells of a whole batch of new hazards; each of them has its own event. What an update changes is
told hazard by hazard, a few hundred to an entry.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from os import urandom
from typing import Any, NamedTuple, cast

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
from inspect_app.hazards.inserting import Column, Tick, converted, ignore, insert_columns
from inspect_app.hazards.lifecycle import HAZARD_LIFE
from inspect_app.hazards.models import Hazard, HazardEvent
from inspect_app.hazards.monthly import months_of
from inspect_app.hazards.rules import NO_DUE_DATE, urgency
from inspect_app.hazards.service import check_places, prefix_for
from inspect_app.hazards.slots import Slot, move_many, slot_of
from inspect_app.hazards.staging import is_staged, publish, stage
from inspect_app.hazards.standing import Standing
from inspect_app.hazards.text_index import take_in_new
from inspect_app.hazards.words import State
from inspect_app.regions.models import Region
from inspect_app.regions.queries import resolve_units

Row = dict[str, Any]
HAZARD = cast("Table", Hazard.__table__)
EVENT = cast("Table", HazardEvent.__table__)
CHUNK = 500
KNOWN_TO_RETURNS = {"fingerprint"}
VARIANTS = "89ab"
UNIT_NAME = "responsible_unit_name"
OWN = ("id", "uuid", "reference", "state", "version", "original_due_on", "urgency")


class Many(NamedTuple):
    """Findings made ready to be entered: everything about them that can be known before the transaction."""

    drafts: Sequence[HazardDraft]
    columns: Mapping[str, Column]
    states: Sequence[str]
    staged: bool = False


def prepare_many(drafts: Sequence[HazardDraft]) -> Many:
    """Make findings ready for `register_prepared`, each registered or waiting as a draft."""
    columns: dict[str, Column] = dict(zip(COLUMN_NAMES, zip(*drafts, strict=True), strict=True)) if drafts else {}
    states = [HAZARD_LIFE.initial if missing_elements(draft) else State.REGISTERED for draft in drafts]
    return Many(drafts, columns | _own_columns(columns, states) if drafts else {}, states)


def stage_many(session: Session, many: Many) -> Many:
    """Put findings ready beside the table that they go into, within `core.database.staging`; see `hazards.staging`."""
    return many._replace(
        staged=bool(many.drafts) and stage(session, HAZARD, many.columns, _prefixes(session, many.drafts))
    )


def register_many(session: Session, actor: Actor, drafts: Sequence[HazardDraft], *, batch_id: int | None) -> list[int]:
    """Enter many findings of a return, each registered or waiting as a draft; return their keys in the same order."""
    return register_prepared(session, actor, prepare_many(drafts), batch_id=batch_id)


def register_prepared(
    session: Session, actor: Actor, many: Many, *, batch_id: int | None, tick: Tick = ignore, find_words: bool = True
) -> list[int]:
    """Enter findings that were made ready; `tick` is told how many rows are in, and may end it all by raising.

    Without `find_words` the index of words takes the new rows in another time: until then they are searched directly.
    """
    drafts, columns, states, _staged = many
    if not drafts:
        return []
    places: dict[int, set[int]] = defaultdict(set)
    for county_id, region_id in set(zip(columns["county_id"], columns["region_id"], strict=True)):
        places[county_id].add(region_id)
    check_places(session, actor, places)
    keys, references = _new_keys(session, len(drafts)), _references(session, drafts)
    if many.staged and is_staged(session.connection()):
        _publish(session, many, keys, references, batch_id, tick)
        _publish_events(session.connection(), keys, _event(actor, batch_id))
    else:
        insert_columns(session, HAZARD, {**columns, "id": keys, "reference": references}, _alike(batch_id), tick)
        if registered := [key for key, state in zip(keys, states, strict=True) if state == State.REGISTERED]:
            insert_columns(session, EVENT, {"subject_id": registered}, _event(actor, batch_id))
    if find_words:
        take_in_new(session.connection())
    move_many(session, _slots(columns, states))
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
        hazards = session.scalars(select(Hazard).where(Hazard.id.in_(portion)).with_for_update()).all()
        units = _units(session, hazards, portion.values())
        for hazard in hazards:
            before = slot_of(hazard)
            if told := _change(session, actor, hazard, portion[hazard.id], units[hazard.county_id]):
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


def _prefixes(session: Session, drafts: Sequence[HazardDraft]) -> list[str]:
    """Return what the number of each finding begins with."""
    counties = {draft.county_id for draft in drafts}
    codes = dict(session.execute(select(Region.id, Region.code).where(Region.id.in_(counties))).tuples().all())
    alike = [(draft.county_id, draft.found_on, draft.category) for draft in drafts]
    known = {
        key: prefix_for(codes[draft.county_id], draft) for key, draft in dict(zip(alike, drafts, strict=True)).items()
    }
    return [known[key] for key in alike]


def _references(session: Session, drafts: Sequence[HazardDraft]) -> list[str]:
    """Reserve the numbers of each prefix in one go, and give them out in the order of the drafts."""
    prefixes = _prefixes(session, drafts)
    reserved = {
        prefix: iter(next_references(session, prefix, number)) for prefix, number in sorted(Counter(prefixes).items())
    }
    return [next(reserved[prefix]) for prefix in prefixes]


def _publish(
    session: Session, many: Many, keys: Sequence[int], references: Sequence[str], batch_id: int | None, tick: Tick
) -> None:
    """Copy staged findings into the inventory; on SQLite keys and numbers follow one another."""
    connection = session.connection()
    first: dict[str, int] = {}
    for reference in references:
        prefix, _stroke, number = reference.rpartition("-")
        first.setdefault(prefix, int(number))
    alike = {name: converted(connection, HAZARD, name, (value,))[0] for name, value in _alike(batch_id).items()}
    publish(connection, HAZARD, list(many.columns), keys[0], first, alike, tick)


def _publish_events(connection: Connection, keys: Sequence[int], alike: Row) -> None:
    """Give each registered finding among these keys, which follow one another, its event."""
    values = {name: converted(connection, EVENT, name, (value,))[0] for name, value in alike.items()}
    statement = (
        f"INSERT INTO {EVENT.name} (subject_id, {', '.join(values)}) SELECT id, {', '.join('?' * len(values))} "  # noqa: S608 - own names
        f"FROM {HAZARD.name} WHERE id BETWEEN ? AND ? AND state = ? ORDER BY id"
    )
    connection.exec_driver_sql(statement, (*values.values(), keys[0], keys[-1], State.REGISTERED.value))


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


def _own_columns(columns: Mapping[str, Column], states: Sequence[str]) -> dict[str, Column]:
    """Return what the inventory itself adds to each finding, beside its key and number."""
    today = clock.today()
    standing = list(zip(states, columns["due_on"], strict=True))
    sorting = {each: urgency(*each, None, today) for each in set(standing)}
    return {
        "uuid": _uuids(len(states)),
        "state": states,
        "version": [1 if state == HAZARD_LIFE.initial else 2 for state in states],
        "original_due_on": columns["due_on"],
        "urgency": [sorting[each] for each in standing],
    }


def _uuids(number: int) -> list[str]:
    """Return random ones (version 4) in ascending order, so that each goes into the index beside the one before."""
    noise = urandom(number * 16).hex()
    digits = (noise[start : start + 32] for start in range(0, len(noise), 32))
    return sorted(
        f"{each[:8]}-{each[8:12]}-4{each[13:16]}-{VARIANTS[int(each[16], 16) % 4]}{each[17:20]}-{each[20:]}"
        for each in digits
    )


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


def _slots(columns: Mapping[str, Column], states: Sequence[str]) -> Counter[Slot]:
    slots: Counter[Slot] = Counter()
    alike = (columns["county_id"], columns["grade"], states, columns["due_on"], columns["found_on"])
    for (county_id, grade, state, due_on, found_on), number in Counter(zip(*alike, strict=True)).items():
        months = months_of(state, found_on, None)
        slots[Slot(county_id, state, due_on or NO_DUE_DATE, grade or "", on_time=False, months=months)] += number
    return slots


def _units(
    session: Session, hazards: Iterable[Hazard], changes: Iterable[Mapping[str, Any]]
) -> dict[int, Mapping[str, int]]:
    """Return what the responsible units that are named anew mean in each county."""
    names = {columns[UNIT_NAME] for columns in changes if UNIT_NAME in columns}
    counties = {hazard.county_id for hazard in hazards}
    return {county: resolve_units(session, county, names) if names else {} for county in counties}


def _change(
    session: Session, actor: Actor, hazard: Hazard, columns: Mapping[str, Any], units: Mapping[str, int]
) -> dict[str, Any]:
    """Write the columns that differ, and return them as {field: [before, after]}; a unit named anew is linked anew."""
    fresh = {name: value for name, value in columns.items() if getattr(hazard, name) != value}
    if not fresh:
        return {}
    person = standing_of(session, actor, hazard)
    if not fresh.keys() <= {*editable_columns(hazard, person), *KNOWN_TO_RETURNS}:
        raise Conflict("%(reference)s 的这些内容现在不能由报表修改，请重新预览。", reference=hazard.reference)
    unit_id = units.get(fresh[UNIT_NAME]) if UNIT_NAME in fresh else hazard.responsible_unit_id
    if unit_id != hazard.responsible_unit_id:
        fresh["responsible_unit_id"] = unit_id
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
