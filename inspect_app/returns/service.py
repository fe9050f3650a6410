"""Taking a return in, planning what it changes, and carrying that out whole or not at all.

Reading the file comes before the transaction; everything here happens inside one.
"""

from datetime import date

from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.access.permissions import Permission
from inspect_app.core import clock
from inspect_app.core.collector import collector_paused
from inspect_app.core.errors import Conflict, FileRefused, Forbidden, Invalid, Stale
from inspect_app.core.labels import mark
from inspect_app.core.lifecycle import Step
from inspect_app.core.references import next_reference
from inspect_app.evidence.models import Purpose
from inspect_app.evidence.service import Prepared, attach
from inspect_app.hazards.inserting import Tick
from inspect_app.regions.models import Region
from inspect_app.returns import queries
from inspect_app.returns.applying import Outrun, Ready, carry_out, make_ready, ready_with
from inspect_app.returns.burden.measuring import burden_of
from inspect_app.returns.comparing import plan_for
from inspect_app.returns.deciding import still_valid
from inspect_app.returns.expecting.queries import period_for
from inspect_app.returns.issuing.service import recognise_issue, told_of_issue
from inspect_app.returns.keeping import keep, restore
from inspect_app.returns.lifecycle import APPLIED, RETURN_LIFE, in_charge
from inspect_app.returns.matching import content_digest
from inspect_app.returns.models import ReturnBatch
from inspect_app.returns.plan import Group, Plan, digest_of, preview
from inspect_app.returns.result import ABOUT, USABLE, ReadResult
from inspect_app.returns.steps import take, tell

ALREADY = mark("这份文件（或内容完全相同的文件）已于 %(day)s 导入，批次 %(reference)s。没有重复导入，什么都没有改变。")
OUTDATED = mark("预览之后系统中的隐患已有变化，预览已过时，没有导入。请点“重新核对”，看过新的结果后再导入。")
NOT_HERE = mark("您不能为这个县（市、区）报送报表：不在您的填报范围内。")
NOT_YET = mark("报送日期不能晚于今天。")


def require_sender(actor: Actor, county: Region) -> None:
    """Refuse a person who may not send returns of this county."""
    if not (actor.can(Permission.SEND_RETURN) and in_charge(county, actor)):
        raise Forbidden(NOT_HERE)


def screen(session: Session, actor: Actor, county: Region, report_on: date, read: ReadResult) -> str:
    """Refuse what can be refused before the file is stored (`receive` asks again); return the digest of the content.

    Raises FileRefused when nothing of the file can be used, Forbidden outside the capture region, Invalid for a report
    date that lies ahead, and Conflict naming the earlier return when the county has already applied this content.
    """
    require_sender(actor, county)
    if not read.waits:
        _refuse_unusable(read)
    recognise_issue(session, county, read)
    if report_on > clock.today():
        raise Invalid({"report_on": [NOT_YET]})
    digest = content_digest(read.rows, read.rejected, report_on)
    _refuse_applied(session, county.id, "", digest)
    return digest


@collector_paused()
def receive(  # noqa: PLR0913 - what a file is sent with
    session: Session,
    actor: Actor,
    prepared: Prepared,
    county: Region,
    report_on: date,
    read: ReadResult,
    *,
    period: str = "",
    plan: Plan | None = None,
) -> ReturnBatch:
    """Take a file in and plan what it would change; nothing of the inventory changes. Raises what `screen` raises.

    `period` is the reporting period that the sender confirmed, by default the one that the report date speaks for.
    A `plan` made shortly before may be given: it is compared with the inventory once more when it is applied.
    """
    batch = _take_in(session, actor, prepared, county, report_on, read, period)
    batch.rows = keep(read)
    _show(batch, plan or plan_for(session, actor, batch, read), told_of_issue(session, county, read))
    if not read.waits:
        take(batch, actor, "validate", {"counts": batch.counts})
    return batch


@collector_paused()
def read_anew(
    session: Session, actor: Actor, batch: ReturnBatch, read: ReadResult, *, version: int | None
) -> ReturnBatch:
    """Plan a return after its file has been read in another way, its columns now understood as a person said."""
    session.refresh(batch, with_for_update=True)
    if not read.waits:
        _refuse_unusable(read)
    batch.outcome, batch.rows = read.outcome.value, keep(read)
    batch.content_digest = content_digest(read.rows, read.rejected, batch.report_on)
    _refuse_applied(session, batch.county_id, batch.sha256, batch.content_digest)
    _show(batch, plan_for(session, actor, batch, read), read)
    if not read.waits:
        take(batch, actor, "validate", {"counts": batch.counts}, version)
    return batch


@collector_paused()
def check(
    session: Session, actor: Actor, batch: ReturnBatch, *, version: int | None, plan: Plan | None = None
) -> ReturnBatch:
    """Plan a return anew against what the inventory holds now, or held when the `plan` was made shortly before."""
    session.refresh(batch, with_for_update=True)
    take(batch, actor, "validate", {}, version)
    read = restore(batch.rows or {})
    _show(batch, plan or plan_for(session, actor, batch, read), read)
    return batch


@collector_paused()
def apply(
    session: Session,
    actor: Actor,
    batch: ReturnBatch,
    *,
    accept_good_rows: bool = False,
    version: int | None,
    ready: Ready | None = None,
    tick: Tick | None = None,
) -> ReturnBatch:
    """Carry the plan out. Refused rows are left out only when `accept_good_rows` says so.

    Raises Stale when the plan would come out otherwise now than it was shown, Conflict when the same file or content
    has been applied meanwhile, StepRefused when rows are refused and nobody chose to go on without them; Outrun when
    what was made `ready` before is not of the inventory as it is now.
    """
    session.refresh(batch, with_for_update=True)
    queries.lock_county(session, batch.county_id)
    if batch.state != APPLIED:
        _refuse_applied(session, batch.county_id, batch.sha256, batch.content_digest)
    if ready and ready.stamp != queries.stamp_of(session, batch.county_id):
        raise Outrun
    take(batch, actor, "apply", {"refused": batch.counts["refused"], "accept_good_rows": accept_good_rows}, version)
    if ready:
        batch.rows = None
    ready = ready or make_ready(session, actor, batch)
    if ready.digest != batch.plan["digest"]:
        raise Stale(OUTDATED)
    _carry_out(session, actor, batch, ready, tick)
    return batch


@collector_paused()
def import_at_once(
    session: Session,
    actor: Actor,
    prepared: Prepared,
    county: Region,
    report_on: date,
    read: ReadResult,
    *,
    accept_good_rows: bool = False,
) -> ReturnBatch:
    """Take a file in and apply it in one transaction, for those who ask for no preview. Raises what both raise."""
    _refuse_unusable(read)
    batch = _take_in(session, actor, prepared, county, report_on, read, "")
    plan = plan_for(session, actor, batch, read)
    _show(batch, plan, told_of_issue(session, county, read))
    take(batch, actor, "validate", {"counts": batch.counts})
    take(batch, actor, "apply", {"refused": batch.counts["refused"], "accept_good_rows": accept_good_rows})
    _carry_out(session, actor, batch, ready_with(session, batch, plan))
    return batch


def discard(session: Session, actor: Actor, batch: ReturnBatch, *, version: int | None) -> ReturnBatch:
    """Put a return aside; the file and its account are kept."""
    session.refresh(batch, with_for_update=True)
    take(batch, actor, "discard", {}, version)
    batch.rows = None
    tell(session, actor, batch, "return.discard", {})
    return batch


def open_steps(batch: ReturnBatch, actor: Actor) -> list[Step]:
    """List the steps this person may take on a return now."""
    return RETURN_LIFE.open_to(batch, actor)


def _take_in(
    session: Session,
    actor: Actor,
    prepared: Prepared,
    county: Region,
    report_on: date,
    read: ReadResult,
    period: str,
) -> ReturnBatch:
    queries.lock_county(session, county.id)
    digest = screen(session, actor, county, report_on, read)
    issued = recognise_issue(session, county, read)
    _refuse_applied(session, county.id, prepared.sha256, digest)
    batch = ReturnBatch(
        reference=next_reference(session, f"BB-{county.code}-{report_on:%Y%m%d}", width=2),
        county=county,
        county_id=county.id,
        report_on=report_on,
        period=period or period_for(session, county, report_on),
        zero=read.is_zero_report,
        issued_id=issued.id if issued else None,
        original_name=prepared.original_name,
        sha256=prepared.sha256,
        content_digest=digest,
        state=RETURN_LIFE.initial,
        version=1,
        outcome=read.outcome.value,
        received_at=clock.now(),
        received_by_id=actor.id,
    )
    session.add(batch)
    session.flush()
    attach(
        session,
        actor,
        prepared,
        kind="return",
        id=batch.id,
        purpose=Purpose.ORIGINAL,
        county_id=county.id,
        region_id=county.id,
    )
    take(batch, actor, "recognise", {"outcome": batch.outcome})
    tell(session, actor, batch, "return.receive", {"original_name": [None, batch.original_name]})
    return batch


def _refuse_unusable(read: ReadResult) -> None:
    if read.outcome not in USABLE and read.sentence:
        raise FileRefused(read.code or "E_TYPE", read.sentence.message, **read.sentence.params)


def _refuse_applied(session: Session, county_id: int, sha256: str, digest: str) -> None:
    if earlier := queries.applied_before(session, county_id, sha256, digest):
        day = clock.local(earlier.applied_at).date() if earlier.applied_at else ""
        raise Conflict(ALREADY, day=str(day), reference=earlier.reference)


def _show(batch: ReturnBatch, plan: Plan, read: ReadResult) -> None:
    groups = plan.as_json()
    notices = [[notice.code, notice.sheet, dict(notice.sentence.params)] for notice in read.notices]
    kept = batch.plan["notices"] if batch.plan and not notices else notices
    earlier = batch.plan["groups"].get(Group.CONFLICTS, ()) if batch.plan else ()
    batch.decisions = still_valid(batch.decisions or {}, earlier, groups[Group.CONFLICTS])
    about = read.about() or {name: batch.plan[name] for name in ABOUT if batch.plan and name in batch.plan}
    batch.plan = {"groups": groups, "digest": digest_of(groups), "preview": preview(plan), "notices": kept, **about}
    batch.counts, batch.burden = plan.counts, burden_of(plan)


def _carry_out(session: Session, actor: Actor, batch: ReturnBatch, ready: Ready, tick: Tick | None = None) -> None:
    """Write what the plan says, and close the return against being applied again."""
    carry_out(session, actor, batch, ready, tick)
    batch.rows = None
    batch.applied_key = f"{batch.county_id}:{batch.sha256}"
    batch.applied_content_key = f"{batch.county_id}:{batch.content_digest}"
    batch.applied_at, batch.applied_by_id = clock.now(), actor.id
    told = {name: [None, number] for name, number in ready.plan.counts.items()}
    tell(session, actor, batch, "return.apply", {**told, "decisions": [None, batch.decisions]})
