"""Changing registers: an entry is added, changed or ended, and every word of it is kept as a version.

What is said later holds for a later day: nobody writes for a day before the one for which an entry holds already.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.access.permissions import Permission
from inspect_app.audit.service import record
from inspect_app.core import clock
from inspect_app.core.database import lock
from inspect_app.core.errors import Conflict, Forbidden, Invalid, Stale
from inspect_app.core.labels import mark
from inspect_app.core.references import next_references
from inspect_app.regions.models import Region, Unit
from inspect_app.regions.queries import covers, resolve_units
from inspect_app.registers.definition import ColumnType, Register
from inspect_app.registers.models import RegisterEntry, RegisterVersion
from inspect_app.registers.rules import differing, is_masked, key_of, problems_of

KIND = "register_entry"
NOT_HERE = mark("您只能登记和修改本地区的底数台账。")
KNOWN = mark("已经登记过：%(reference)s。请直接修改那一条。")
NOT_YET = mark("数据日期不能晚于今天。")
OLDER = mark("系统里已有 %(day)s 的数据，数据日期不能更早。")
ENDED = mark("这一条已经结束，不能再修改。")
NEEDS_TOWNSHIP = mark("请选择乡镇（街道）。")


@dataclass(frozen=True)
class Said:
    """What is said of an entry: where it lies, its values, and the day for which that holds."""

    region: Region
    values: Mapping[str, Any]
    as_of: date


def may_edit(session: Session, actor: Actor, region_id: int) -> bool:
    """Tell whether a person may write about a region."""
    if actor.role is None:
        return True
    here = actor.capture_region_id
    return actor.can(Permission.EDIT_REGISTERS) and here is not None and covers(session, here, region_id)


def add(session: Session, actor: Actor, register: Register, county: Region, said: Said) -> RegisterEntry:
    """Add an entry under a reference TZ-{county}-{register}-{nnnn}; raises Forbidden, Invalid or Conflict.

    What ended, or whose import was undone, comes back under the reference that it had.
    """
    _check_place(session, actor, county, said.region)
    lock(session, county)
    values = named(session, register, county.id, said.values)
    _check(register, county, said, values)
    key = key_of(register, values, said.region.code)
    entry = held(session, register.code, county.id, [key]).get(key)
    if entry is not None and stands(entry):
        raise Conflict(KNOWN, reference=entry.reference)
    if entry is None:
        entry = create(session, register, county, [key])[0]
    elif said.as_of < entry.as_of:
        raise Invalid({"as_of": [str(OLDER % {"day": entry.as_of.isoformat()})]})
    write(session, actor, entry, Said(said.region, values, said.as_of))
    _told(session, actor, entry, "add", {code: (None, value) for code, value in values.items()})
    return entry


def add_many(
    session: Session, actor: Actor, register: Register, county: Region, many: Sequence[Said]
) -> list[RegisterEntry]:
    """Add new entries of one county together; raises as `add` does, and then none of them is added."""
    lock(session, county)
    ready = []
    for said in many:
        _check_place(session, actor, county, said.region)
        values = named(session, register, county.id, said.values)
        _check(register, county, said, values)
        ready.append((key_of(register, values, said.region.code), Said(said.region, values, said.as_of)))
    if taken := held(session, register.code, county.id, [key for key, _said in ready]):
        raise Conflict(KNOWN, reference="、".join(entry.reference for entry in taken.values()))
    made = create(session, register, county, [key for key, _said in ready])
    session.flush()
    for entry, (_key, said) in zip(made, ready, strict=True):
        write(session, actor, entry, said)
        _told(session, actor, entry, "add", {code: (None, value) for code, value in said.values.items()})
    return made


def change(
    session: Session, actor: Actor, register: Register, entry: RegisterEntry, said: Said, version: int | None
) -> RegisterEntry:
    """Say something else of an entry; raises Forbidden, Invalid, Conflict or Stale. Nothing new changes nothing."""
    _begin(session, actor, entry, version)
    _check_place(session, actor, entry.county, said.region)
    values = named(session, register, entry.county_id, without_masks(register, said.values, entry.values))
    _check(register, entry.county, said, values)
    _check_day(entry, said.as_of)
    key = key_of(register, values, said.region.code)
    taken = held(session, register.code, entry.county_id, [key]).get(key)
    if taken is not None and taken is not entry:
        raise Conflict(KNOWN, reference=taken.reference)
    changes = differing(entry.values, values)
    if said.region.id != entry.region_id:
        changes["region"] = (entry.region.name, said.region.name)
    if changes:
        entry.key = key
        write(session, actor, entry, Said(said.region, values, said.as_of))
        _told(session, actor, entry, "change", changes)
    return entry


def end(session: Session, actor: Actor, entry: RegisterEntry, on: date, version: int | None) -> RegisterEntry:
    """Say that an entry is no longer there from a day on; its history stays. Raises Forbidden, Invalid or Stale."""
    _begin(session, actor, entry, version)
    _check_day(entry, on, "ended_on")
    write(session, actor, entry, Said(entry.region, entry.values, on), ended_on=on)
    _told(session, actor, entry, "end", {"ended_on": (None, on)})
    return entry


def stands(entry: RegisterEntry) -> bool:
    """Tell whether an entry has not ended."""
    return entry.ended_on is None


def held(session: Session, register: str, county_id: int, keys: Iterable[str]) -> dict[str, RegisterEntry]:
    """Return the entries of a county that have these keys, ended ones too."""
    query = select(RegisterEntry).where(
        RegisterEntry.register == register, RegisterEntry.county_id == county_id, RegisterEntry.key.in_(list(keys))
    )
    return {entry.key: entry for entry in session.scalars(query)}


def create(session: Session, register: Register, county: Region, keys: list[str]) -> list[RegisterEntry]:
    """Make entries that say nothing yet, for `write` to follow, one a key."""
    prefix = f"TZ-{county.code}-{register.code.upper().replace('_', '')}"
    now, today = clock.now(), clock.today()
    made = [
        RegisterEntry(
            reference=reference, register=register.code, county=county, region=county, key=key, values={},
            as_of=today, version=0, created_at=now, changed_at=now,
        )
        for reference, key in zip(next_references(session, prefix, len(keys)), keys, strict=True)
    ]  # fmt: skip
    session.add_all(made)
    return made


def write(
    session: Session,
    actor: Actor,
    entry: RegisterEntry,
    said: Said,
    *,
    ended_on: date | None = None,
    import_id: int | None = None,
) -> None:
    """Let an entry say something from a day on, and keep that as a version."""
    now = clock.now()
    entry.region, entry.values, entry.as_of, entry.ended_on = said.region, dict(said.values), said.as_of, ended_on
    entry.version += 1
    entry.changed_at = now
    if entry in session.new:
        session.flush()
    session.add(
        RegisterVersion(
            entry_id=entry.id, number=entry.version, region_id=said.region.id, values=dict(said.values),
            as_of=said.as_of, ended_on=ended_on, recorded_at=now, recorded_by_id=actor.id,
            recorded_by_name=actor.name, import_id=import_id,
        )
    )  # fmt: skip


def named(session: Session, register: Register, county_id: int, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return values with every unit under the name it is registered by, and without what is empty."""
    given = {code: value for code, value in values.items() if value not in (None, "")}
    codes = [column.code for column in register.columns if column.type == ColumnType.UNIT and column.code in given]
    names = official_names(session, county_id, {str(given[code]) for code in codes})
    return given | {code: names[str(given[code])] for code in codes}


def official_names(session: Session, county_id: int, texts: Iterable[str]) -> dict[str, str]:
    """Map what people call units to the names under which the county has them; an unknown one keeps its own."""
    wanted = set(texts)
    keys = resolve_units(session, county_id, wanted) if wanted else {}
    names = dict(session.execute(select(Unit.id, Unit.name).where(Unit.id.in_(set(keys.values())))).tuples().all())
    return {text: names[keys[text]] if text in keys else text for text in wanted}


def without_masks(register: Register, values: Mapping[str, Any], before: Mapping[str, Any]) -> dict[str, Any]:
    """Put the known number where one came back masked."""
    columns = {column.code: column for column in register.columns}
    return {code: before.get(code) if is_masked(columns[code], value) else value for code, value in values.items()}


def _begin(session: Session, actor: Actor, entry: RegisterEntry, version: int | None) -> None:
    if not may_edit(session, actor, entry.region_id):
        raise Forbidden(NOT_HERE)
    lock(session, entry)
    if version != entry.version:
        raise Stale
    if not stands(entry):
        raise Conflict(ENDED)


def _check_place(session: Session, actor: Actor, county: Region, region: Region) -> None:
    if not covers(session, county.id, region.id) or not may_edit(session, actor, region.id):
        raise Forbidden(NOT_HERE)


def _check(register: Register, county: Region, said: Said, values: Mapping[str, Any]) -> None:
    today = clock.today()
    problems = {code: [str(each) for each in told] for code, told in problems_of(register, values, today).items()}
    column = register.region_column
    if column is not None and column.required and said.region.id == county.id:
        problems[column.code] = [NEEDS_TOWNSHIP]
    if said.as_of > today:
        problems["as_of"] = [NOT_YET]
    if problems:
        raise Invalid(problems)


def _check_day(entry: RegisterEntry, on: date, name: str = "as_of") -> None:
    if on > clock.today():
        raise Invalid({name: [NOT_YET]})
    if on < entry.as_of:
        raise Invalid({name: [OLDER % {"day": entry.as_of.isoformat()}]})


def _told(session: Session, actor: Actor, entry: RegisterEntry, action: str, changes: Mapping[str, Any]) -> None:
    told = {code: list(pair) for code, pair in changes.items()}
    told |= {"register": [None, entry.register], "as_of": [None, entry.as_of]}
    record(
        session, actor, f"{KIND}.{action}", kind=KIND, id=entry.id, reference=entry.reference,
        region_id=entry.county_id, changes=told,
    )  # fmt: skip
