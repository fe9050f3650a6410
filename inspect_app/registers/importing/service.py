"""Taking a file in, planning what it changes, carrying that out whole or not at all, and taking it back.

Reading the file comes before the transaction; everything here happens inside one. What was read is kept beside the
file, so every later plan is made from the same rows.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from inspect_app.access.actor import Actor
from inspect_app.core import clock
from inspect_app.core.collector import collector_paused
from inspect_app.core.database import lock
from inspect_app.core.errors import Conflict, Invalid, Stale
from inspect_app.core.labels import mark
from inspect_app.core.references import next_reference
from inspect_app.evidence.models import Purpose
from inspect_app.evidence.service import Prepared, attach
from inspect_app.regions.models import Region
from inspect_app.registers import service as entries
from inspect_app.registers.definition import Register, Sort
from inspect_app.registers.importing.gathering import gather
from inspect_app.registers.importing.keeping import as_json, from_json
from inspect_app.registers.importing.plan import Judged, Plan, digest_of
from inspect_app.registers.importing.planning import make_plan
from inspect_app.registers.importing.reading import ReadFile
from inspect_app.registers.importing.stepping import KIND, begin, check_sender, step, tell
from inspect_app.registers.lifecycle import PLANNED
from inspect_app.registers.loading import register_of
from inspect_app.registers.models import RegisterEntry, RegisterImport
from inspect_app.registers.service import Said

ZERO_NAME = mark("零报告")
OUTDATED = mark("预览之后台账已有变化，预览已过时，没有导入。请点“重新核对”，看过新的结果后再导入。")
APPLIED_BEFORE = mark("这份表已经导入过（%(reference)s），内容相同，没有再次导入。")
NOT_EMPTY = mark("系统里还有 %(count)s 条在册，不能报零。确实都没有了的，请先逐条结束。")
ABSENT_SHOWN = 200


@dataclass(frozen=True)
class Parcel:
    """What a county sends: for which register, county and day, and what was read of the file."""

    register: Register
    county: Region
    as_of: date
    read: ReadFile


@collector_paused()
def receive(session: Session, actor: Actor, parcel: Parcel, prepared: Prepared) -> RegisterImport:
    """Take a file in and plan what it would change; no entry changes. Raises Forbidden, Invalid or Conflict."""
    check_sender(session, actor, parcel.county, parcel.as_of)
    if parcel.read.zero:
        _refuse_if_not_empty(session, parcel.register, parcel.county)
    made = _made(session, actor, parcel, prepared.original_name, prepared.sha256)
    _refuse_twice(session, made)
    _plan_anew(session, actor, made, parcel.register, parcel.read)
    attach(
        session,
        actor,
        prepared,
        kind=KIND,
        id=made.id,
        purpose=Purpose.ORIGINAL,
        county_id=made.county_id,
        region_id=made.county_id,
    )
    tell(session, actor, made, "receive", {"original_name": [None, made.original_name]})
    return made


def report_nothing(session: Session, actor: Actor, register: Register, county: Region, as_of: date) -> RegisterImport:
    """Report that a county has nothing of this kind as of a day: an import of its own that holds no rows.

    Raises Invalid when a register that stands still holds entries, Conflict when the same was reported before.
    """
    check_sender(session, actor, county, as_of)
    _refuse_if_not_empty(session, register, county)
    parcel = Parcel(register, county, as_of, ReadFile(zero=True))
    made = _made(session, actor, parcel, ZERO_NAME, "")
    _plan_anew(session, actor, made, register, parcel.read)
    _apply(session, actor, made, {"refused": 0, "good_rows_only": False}, made.version)
    tell(session, actor, made, "zero", {"as_of": [None, as_of]})
    return made


@collector_paused()
def check(session: Session, actor: Actor, batch: RegisterImport, *, version: int | None) -> RegisterImport:
    """Plan an import anew against what is held now."""
    begin(session, actor, batch)
    step(session, actor, batch, "check", version)
    _plan_anew(session, actor, batch, register_of(batch.register), from_json(batch.rows or {}))
    tell(session, actor, batch, "check", {})
    return batch


@collector_paused()
def apply(
    session: Session, actor: Actor, batch: RegisterImport, *, version: int | None, good_rows_only: bool = False
) -> RegisterImport:
    """Carry the plan out, whole or not at all.

    Raises Stale when the plan would come out otherwise now than it was shown, StepRefused when rows are refused and
    nobody chose to go on without them, Conflict when the same file was applied for the same day before.
    """
    begin(session, actor, batch)
    lock(session, batch.county)
    register = register_of(batch.register)
    plan = plan_of(session, actor, batch, register)
    if digest_of(plan) != batch.plan["digest"]:
        raise Stale(OUTDATED)
    facts = {"refused": len(plan.refused), "good_rows_only": good_rows_only}
    _apply(session, actor, batch, facts, version)
    _carry_out(session, actor, register, batch, plan)
    counts = {group: [None, number] for group, number in plan.counts.items()}
    tell(session, actor, batch, "apply", counts)
    return batch


def discard(session: Session, actor: Actor, batch: RegisterImport, *, version: int | None) -> RegisterImport:
    """Put an import aside; the file stays."""
    begin(session, actor, batch)
    step(session, actor, batch, "discard", version)
    tell(session, actor, batch, "discard", {})
    return batch


def plan_of(session: Session, actor: Actor, batch: RegisterImport, register: Register) -> Plan:
    """Plan what an import would change now."""
    read = from_json(batch.rows or {})
    return make_plan(read, gather(session, actor, register, batch.county, read.rows, batch.as_of))


def _apply(
    session: Session, actor: Actor, batch: RegisterImport, facts: Mapping[str, Any], version: int | None
) -> None:
    _refuse_twice(session, batch)
    step(session, actor, batch, "apply", version, facts)
    batch.applied_key, batch.applied_at = _content_key(batch), clock.now()
    session.flush()


def _refuse_twice(session: Session, batch: RegisterImport) -> None:
    same = select(RegisterImport.reference).where(RegisterImport.applied_key == _content_key(batch))
    if before := session.scalar(same):
        raise Conflict(APPLIED_BEFORE, reference=before)


def _content_key(batch: RegisterImport) -> str:
    return f"{batch.county.code}|{batch.register}|{batch.as_of.isoformat()}|{batch.sha256}"


def _carry_out(session: Session, actor: Actor, register: Register, batch: RegisterImport, plan: Plan) -> None:
    new = [one for one in plan.create if one.held is None]
    made = entries.create(session, register, batch.county, [one.key for one in new]) if new else []
    session.flush()
    known = _locked(session, [one.held.id for one in (*plan.create, *plan.update) if one.held])
    todo = [(one, entry) for one, entry in zip(new, made, strict=True)]
    todo += [(one, known[one.held.id]) for one in (*plan.create, *plan.update) if one.held]
    regions = _regions(session, (one.region_id for one, _entry in todo))
    for one, entry in todo:
        entry.key = one.key
        _write(session, actor, batch, one, entry, regions[one.region_id])
    session.flush()


def _write(
    session: Session, actor: Actor, batch: RegisterImport, one: Judged, entry: RegisterEntry, region: Region
) -> None:
    said = Said(region, one.values, batch.as_of)
    entries.write(session, actor, entry, said, import_id=batch.id)


def _locked(session: Session, keys: list[int]) -> dict[int, RegisterEntry]:
    rows = select(RegisterEntry).where(RegisterEntry.id.in_(keys)).order_by(RegisterEntry.id)
    found = session.scalars(rows.with_for_update(of=RegisterEntry).options(joinedload(RegisterEntry.region)))
    return {entry.id: entry for entry in found}


def _regions(session: Session, keys: Iterable[int]) -> dict[int, Region]:
    rows = session.scalars(select(Region).where(Region.id.in_(set(keys))))
    return {region.id: region for region in rows}


def _made(session: Session, actor: Actor, parcel: Parcel, name: str, sha256: str) -> RegisterImport:
    made = RegisterImport(
        reference=next_reference(session, f"DR-{parcel.county.code}-{clock.today():%Y%m%d}", width=2),
        register=parcel.register.code,
        county=parcel.county,
        as_of=parcel.as_of,
        original_name=name,
        sha256=sha256,
        rows=as_json(parcel.read),
        state=PLANNED,
        version=1,
        received_at=clock.now(),
        received_by_id=actor.id,
    )
    session.add(made)
    session.flush()
    return made


def _plan_anew(session: Session, actor: Actor, batch: RegisterImport, register: Register, read: ReadFile) -> None:
    plan = make_plan(read, gather(session, actor, register, batch.county, read.rows, batch.as_of))
    notices = [[one.sheet, one.sentence.message, dict(one.sentence.params)] for one in read.notices]
    batch.plan = {
        "groups": plan.as_json(),
        "digest": digest_of(plan),
        "notices": notices,
        "absent": {"count": len(plan.absent), "first": plan.absent[:ABSENT_SHOWN]},
    }
    batch.counts, batch.burden = plan.counts, plan.burden


def _refuse_if_not_empty(session: Session, register: Register, county: Region) -> None:
    if register.sort != Sort.STANDING:
        return
    standing = select(func.count()).where(
        RegisterEntry.register == register.code,
        RegisterEntry.county_id == county.id,
        RegisterEntry.ended_on.is_(None),
    )
    if count := session.scalar(standing):
        raise Invalid({"": [str(NOT_EMPTY % {"count": count})]})
