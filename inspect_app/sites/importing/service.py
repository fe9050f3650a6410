"""Taking a register in, planning what it changes, and carrying that out whole or not at all.

Reading the file comes before the transaction; everything here happens inside one. The file itself is kept, and it is
read again for every plan.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.access.permissions import Permission
from inspect_app.audit.service import record
from inspect_app.core import clock
from inspect_app.core.collector import collector_paused
from inspect_app.core.database import lock
from inspect_app.core.errors import Conflict, Forbidden, Stale, StepRefused
from inspect_app.core.labels import mark
from inspect_app.core.references import next_reference
from inspect_app.evidence.models import Purpose
from inspect_app.evidence.service import Prepared, attach
from inspect_app.regions.models import Region
from inspect_app.sites import service
from inspect_app.sites.importing.holdings import gather
from inspect_app.sites.importing.plan import Plan, digest_of
from inspect_app.sites.importing.planning import make_plan
from inspect_app.sites.importing.reading import ReadRegister
from inspect_app.sites.models import Site, SiteImport

KIND = "site_import"
OUTDATED = mark("预览之后名册已有变化，预览已过时，没有导入。请点“重新核对”，看过新的结果后再导入。")
NOT_HERE = mark("您没有填报范围，不能导入检查对象名册。")
OVER = mark("这份名册已经导入或放弃，不能再操作。")
REFUSED_ROWS = mark("有不合格的行。请改好后重新上传，或明确选择“只导入合格的行”。")


def plan_for(session: Session, actor: Actor, read: ReadRegister) -> Plan:
    """Plan what a register would change now. Raises Forbidden for a person who enters data nowhere."""
    if not actor.can(Permission.EDIT_SITES) or actor.capture_region_id is None:
        raise Forbidden(NOT_HERE)
    return make_plan(read, gather(session, actor, read.rows))


@collector_paused()
def receive(session: Session, actor: Actor, prepared: Prepared, read: ReadRegister) -> SiteImport:
    """Take a file in and plan what it would change; nothing of the register changes. Raises Forbidden."""
    plan = plan_for(session, actor, read)
    region = session.get_one(Region, actor.capture_region_id)
    made = SiteImport(
        reference=next_reference(session, f"MC-{region.code}-{clock.today():%Y%m%d}", width=2),
        region=region,
        original_name=prepared.original_name,
        sha256=prepared.sha256,
        version=1,
        received_at=clock.now(),
        received_by_id=actor.id,
    )
    _show(session, made, plan, read)
    session.add(made)
    session.flush()
    attach(
        session,
        actor,
        prepared,
        kind=KIND,
        id=made.id,
        purpose=Purpose.ORIGINAL,
        county_id=region.id,
        region_id=region.id,
    )
    _told(session, actor, made, "receive", {"original_name": [None, made.original_name]})
    return made


@collector_paused()
def check(session: Session, actor: Actor, batch: SiteImport, read: ReadRegister, *, version: int | None) -> SiteImport:
    """Plan a register anew against what is held now."""
    _open(session, batch, version)
    _show(session, batch, plan_for(session, actor, read), read)
    batch.version += 1
    _told(session, actor, batch, "check", {})
    return batch


@collector_paused()
def apply(
    session: Session,
    actor: Actor,
    batch: SiteImport,
    read: ReadRegister,
    *,
    version: int | None,
    good_rows_only: bool = False,
    doubles_too: bool = False,
) -> SiteImport:
    """Carry the plan out; rows that may repeat a site are registered only when `doubles_too` says so.

    Raises Stale when the plan would come out otherwise now than it was shown, StepRefused when rows are refused and
    nobody chose to go on without them, Conflict when the register was applied or put aside before.
    """
    lock(session, batch.region)
    _open(session, batch, version)
    plan = plan_for(session, actor, read)
    if digest_of(plan) != batch.plan["digest"]:
        raise Stale(OUTDATED)
    if plan.refused and not good_rows_only:
        raise StepRefused([REFUSED_ROWS])
    _carry_out(session, actor, plan, doubles_too=doubles_too)
    batch.applied_at = clock.now()
    batch.version += 1
    registered = {"doubles_too": [None, doubles_too], "good_rows_only": [None, good_rows_only]}
    _told(session, actor, batch, "apply", {**{name: [None, n] for name, n in plan.counts.items()}, **registered})
    return batch


def discard(session: Session, actor: Actor, batch: SiteImport, *, version: int | None) -> SiteImport:
    """Put a register aside; the file stays."""
    _open(session, batch, version)
    batch.discarded_at = clock.now()
    batch.version += 1
    _told(session, actor, batch, "discard", {})
    return batch


def is_open(batch: SiteImport) -> bool:
    """Tell whether a register may still be applied or put aside."""
    return batch.applied_at is None and batch.discarded_at is None


def _open(session: Session, batch: SiteImport, version: int | None) -> None:
    lock(session, batch)
    if not is_open(batch):
        raise Conflict(OVER)
    if version is not None and version != batch.version:
        raise Stale


def _show(session: Session, batch: SiteImport, plan: Plan, read: ReadRegister) -> None:
    notices = [[one.sheet, one.sentence.message, dict(one.sentence.params)] for one in read.notices]
    groups = plan.as_json()
    _name_regions(session, groups["update"])
    batch.plan = {"groups": groups, "digest": digest_of(plan), "notices": notices}
    batch.counts = plan.counts


def _name_regions(session: Session, entries: Iterable[dict[str, Any]]) -> None:
    """Put names in the place of keys where a site moves to another region."""
    moves = [entry["changes"] for entry in entries if "region_id" in entry["changes"]]
    keys = {key for changes in moves for key in changes["region_id"]}
    names = dict(session.execute(select(Region.id, Region.name).where(Region.id.in_(keys))).tuples().all())
    for changes in moves:
        changes["region_id"] = [names[key] for key in changes["region_id"]]


def _carry_out(session: Session, actor: Actor, plan: Plan, *, doubles_too: bool) -> None:
    doubles = [one.card for one in plan.duplicates if one.card] if doubles_too else []
    cards = [*(one.card for one in plan.create), *doubles]
    service.register_many(session, actor, map(_fields, cards))
    after = [{name: value for name, (_before, value) in match.changes.items()} for match in plan.update]
    changed = [(session.get_one(Site, match.site_id), match.version) for match in plan.update]
    updates = [(*each, _fields(fields)) for each, fields in zip(changed, after, strict=True)]
    service.update_many(session, actor, updates)


def _fields(card: Mapping[str, Any]) -> Any:  # noqa: ANN401 - SiteFields, whose keys are the names of the fields
    return dict(card)


def _told(session: Session, actor: Actor, batch: SiteImport, action: str, changes: Mapping[str, Any]) -> None:
    record(
        session,
        actor,
        f"{KIND}.{action}",
        kind=KIND,
        id=batch.id,
        reference=batch.reference,
        region_id=batch.region_id,
        changes={"sha256": [None, batch.sha256], **changes},
    )
