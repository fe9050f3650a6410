"""Asking for a job and the steps of its life."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.audit.service import record
from inspect_app.core import clock
from inspect_app.core.errors import Conflict, DomainError
from inspect_app.core.labels import Sentence, mark
from inspect_app.core.lifecycle import Attempt, advance
from inspect_app.regions.models import Region
from inspect_app.returns.jobs import queries
from inspect_app.returns.jobs.lifecycle import JOB_LIFE
from inspect_app.returns.models import ReturnBatch, ReturnJob
from inspect_app.returns.service import require_sender

BUSY = mark("报表 %(reference)s 正在处理中，请等它完成后再试。")


class Kind(StrEnum):
    """What a job does."""

    RECEIVE = "receive"
    CHECK = "check"
    APPLY = "apply"
    UNDO = "undo"


KIND_LABELS: Mapping[str, str] = {
    Kind.RECEIVE: mark("读取和核对报表"),
    Kind.CHECK: mark("重新核对报表"),
    Kind.APPLY: mark("导入报表"),
    Kind.UNDO: mark("撤销导入"),
}


def ask(
    session: Session,
    actor: Actor,
    kind: Kind,
    uuid: str,
    county: Region,
    options: Mapping[str, Any],
    batch: ReturnBatch | None = None,
) -> ReturnJob:
    """Ask for a job. Raises Conflict while another one is at work on the same return."""
    require_sender(actor, county)
    if batch:
        session.refresh(batch, with_for_update=True)
        if queries.at_work_on(session, batch.id):
            raise Conflict(BUSY, reference=batch.reference)
    job = ReturnJob(
        uuid=uuid,
        kind=kind.value,
        county=county,
        county_id=county.id,
        batch_id=batch.id if batch else None,
        options=dict(options),
        state=JOB_LIFE.initial,
        version=1,
        message={},
        asked_at=clock.now(),
        asked_by_id=actor.id,
    )
    session.add(job)
    session.flush()
    _told(session, actor, job, "ask")
    return job


def step(session: Session, actor: Actor, job: ReturnJob, action: str, version: int | None = None) -> ReturnJob:
    """Take a step that ends nothing: "start" or "restart"."""
    session.refresh(job, with_for_update=True)
    advance(JOB_LIFE, action, Attempt(job, {}, actor, clock.now(), clock.today()), version=version)
    _told(session, actor, job, action)
    return job


def end(
    session: Session,
    actor: Actor,
    job: ReturnJob,
    action: str,
    message: Sentence | None = None,
    *,
    version: int | None = None,
    batch: ReturnBatch | None = None,
) -> ReturnJob:
    """End a job by "finish", "fail" or "cancel". A stale `version` tells that it was begun anew meanwhile."""
    step(session, actor, job, action, version)
    job.ended_at = clock.now()
    job.message = (
        {"message": message.message, "params": {name: str(value) for name, value in message.params.items()}}
        if message
        else {}
    )
    job.batch_id = batch.id if batch else job.batch_id
    return job


def sentence_of(error: DomainError) -> Sentence:
    """Return what a page says of an error that ended a job."""
    told = str(error).replace("%", "%%")
    return Sentence(error.message, error.params) if error.params else Sentence(told, {})


def _told(session: Session, actor: Actor, job: ReturnJob, action: str) -> None:
    record(
        session,
        actor,
        f"return_job.{action}",
        kind="return_job",
        id=job.id,
        reference=job.uuid,
        region_id=job.county_id,
        changes={"kind": [None, job.kind]},
    )
