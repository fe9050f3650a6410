"""签阅: a county signs for what it was shown, so that who saw what when is on record."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.assessments.course import keeping, queries
from inspect_app.assessments.course.blockers import RESULTS
from inspect_app.assessments.course.digests import content_of, digest_of
from inspect_app.assessments.lifecycle import APPEALING, CLOSED_STATES, SELF_REPORTING
from inspect_app.assessments.models import Assessment, CountySheet, Reading
from inspect_app.core import clock
from inspect_app.core.errors import Conflict, Forbidden, Stale
from inspect_app.core.labels import mark

SELF_REPORT, PUBLICATION = "self_report", "published"
STAGES = {SELF_REPORT: mark("自评开始"), RESULTS: mark("评审结果"), PUBLICATION: mark("发布结果")}


def stage_of(assessment: Assessment) -> str | None:
    """Return what counties sign for now, None when there is nothing to sign for."""
    if assessment.state in CLOSED_STATES:
        return PUBLICATION
    return {SELF_REPORTING: SELF_REPORT, APPEALING: RESULTS}.get(assessment.state)


def shown_digest(session: Session, sheet: CountySheet) -> str:
    """Return the digest of what the sheet says now; of a published one the digest it was published with."""
    if sheet.digest:
        return sheet.digest
    return digest_of(content_of(sheet.assessment, sheet, queries.proofs_of(session, sheet.lines)))


def sign(session: Session, actor: Actor, sheet: CountySheet, digest: str) -> Reading:
    """Sign for the sheet as it was shown; Stale when it says something else by now. Signing twice is once."""
    if not queries.reports_for(actor, sheet):
        raise Forbidden(mark("只有本县（市、区）的人可以签阅。"))
    keeping.lock_any(session, sheet.assessment)
    stage = stage_of(sheet.assessment)
    if stage is None:
        raise Conflict(mark("现在没有需要签阅的内容。"))
    keeping.every_sheet(session, sheet.assessment, sheet.id)
    if digest != shown_digest(session, sheet):
        raise Stale
    if known := _signed(session, actor, sheet, stage, digest):
        return known
    made = Reading(
        sheet_id=sheet.id, stage=stage, digest=digest, read_at=clock.now(), user_id=actor.id, user_name=actor.name
    )
    session.add(made)
    session.flush()
    keeping.record(session, actor, "sign", sheet.assessment, {"stage": [None, stage], "digest": [None, digest]}, sheet)
    return made


def _signed(session: Session, actor: Actor, sheet: CountySheet, stage: str, digest: str) -> Reading | None:
    return session.scalar(
        select(Reading).where(
            Reading.sheet_id == sheet.id,
            Reading.stage == stage,
            Reading.digest == digest,
            Reading.user_id == actor.id,
        )
    )
