"""A zero report (零报告): a county says that it has found nothing, as a return of its own without a file."""

from hashlib import sha256
from typing import Any

from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.audit.service import record
from inspect_app.core import clock
from inspect_app.core.errors import Conflict, Invalid
from inspect_app.core.labels import mark
from inspect_app.core.lifecycle import Attempt, advance
from inspect_app.core.references import next_reference
from inspect_app.regions.models import Region
from inspect_app.returns.expecting.queries import open_hazards
from inspect_app.returns.expecting.rules import Cell, Period
from inspect_app.returns.lifecycle import RETURN_LIFE
from inspect_app.returns.models import ReturnBatch
from inspect_app.returns.plan import Group, Plan, digest_of
from inspect_app.returns.result import Outcome
from inspect_app.returns.service import require_sender

REPORTED = mark("本期已经有报表（%(reference)s），不能再作零报告。")
NOT_OVER = mark("%(end)s 之后才能对这一期作零报告：这一期还没有结束。")
SURE = mark("系统中还有未销号的隐患。请勾选确认：本期确实没有新发现的隐患。")


def report_zero(
    session: Session, actor: Actor, county: Region, period: Period, cell: Cell, *, sure: bool = False
) -> ReturnBatch:
    """Take in and apply that a county has nothing to report for a period; no hazard changes.

    Raises Conflict when something came for this period already or while it lasts; Invalid when the county still has
    open hazards and the sender did not say to be `sure`.
    """
    require_sender(actor, county)
    if cell.sent:
        raise Conflict(REPORTED, reference=cell.sent.reference)
    if clock.today() <= period.end:
        raise Conflict(NOT_OVER, end=period.end.isoformat())
    if (count := open_hazards(session, county.id)) and not sure:
        raise Invalid({"sure": [SURE]})
    batch = _batch(session, actor, county, period)
    for action, facts in (
        ("recognise", {"outcome": batch.outcome}),
        ("validate", {"counts": batch.counts}),
        ("apply", {"refused": 0, "accept_good_rows": False}),
    ):
        advance(RETURN_LIFE, action, Attempt(batch, facts, actor, clock.now(), clock.today()))
    batch.applied_at, batch.applied_by_id = clock.now(), actor.id
    changes: dict[str, Any] = {"period": [None, period.code], "open_hazards": [None, count]}
    record(
        session, actor, "return.zero", kind="return", id=batch.id, reference=batch.reference, region_id=county.id,
        changes=changes,
    )  # fmt: skip
    return batch


def _batch(session: Session, actor: Actor, county: Region, period: Period) -> ReturnBatch:
    said = sha256(f"zero {county.code} {period.code}".encode()).hexdigest()
    empty = Plan(**{group.value: [] for group in Group})
    batch = ReturnBatch(
        reference=next_reference(session, f"BB-{county.code}-{clock.today():%Y%m%d}", width=2),
        county=county,
        county_id=county.id,
        report_on=clock.today(),
        period=period.code,
        zero=True,
        original_name="",
        sha256=said,
        content_digest=said,
        applied_key=f"{county.id}:{said}",
        applied_content_key=f"{county.id}:{said}",
        state=RETURN_LIFE.initial,
        version=1,
        outcome=Outcome.IMPORT.value,
        plan={"groups": empty.as_json(), "digest": digest_of(empty.as_json()), "preview": [], "notices": []},
        counts=empty.counts,
        received_at=clock.now(),
        received_by_id=actor.id,
    )
    session.add(batch)
    session.flush()
    return batch
