"""Naming every published sheet that is no longer what it was when it was published."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspect_app.access.actor import SYSTEM
from inspect_app.assessments.course import queries
from inspect_app.assessments.course.digests import content_of, digest_of, published_content
from inspect_app.assessments.lifecycle import ASSESSMENT_LIFE, CLOSED_STATES
from inspect_app.assessments.models import Assessment, CountySheet, ScoreSnapshot
from inspect_app.audit.models import AuditEntry


def verify(session: Session) -> list[str]:
    """Check every assessment; return a Chinese sentence for each sheet or life that was altered."""
    problems: list[str] = []
    for assessment in session.scalars(
        select(Assessment).order_by(Assessment.id).execution_options(populate_existing=True)
    ):
        problems += _life(assessment)
        if assessment.state in CLOSED_STATES:
            problems += _sheets(session, assessment)
    return problems


def _life(assessment: Assessment) -> Iterator[str]:
    try:
        state = ASSESSMENT_LIFE.replay(assessment.events)
    except ValueError as error:
        yield f"考核 {assessment.reference} 的办理经过不连贯：{error}"
        return
    if state != assessment.state:
        yield f"考核 {assessment.reference} 的状态与办理经过不符。"


def _sheets(session: Session, assessment: Assessment) -> Iterator[str]:
    sheets = queries.sheets_of(session, SYSTEM, assessment)
    proofs = queries.proofs_of(session, [line for sheet in sheets for line in sheet.lines])
    kept, sealed = queries.snapshots_of(session, assessment), _sealed(session, assessment)
    earlier = queries.snapshots_of(session, assessment.supersedes) if assessment.supersedes else {}
    for code in sorted(set(sealed) - {sheet.county.code for sheet in sheets}):
        yield f"考核 {assessment.reference} 缺少 {code} 的考核表。"
    for sheet in sheets:
        snapshot, before = kept.get(sheet.county_id), earlier.get(sheet.county_id)
        name = f"考核 {assessment.reference} {sheet.county.name}（{sheet.county.code}）"
        if snapshot is None:
            yield f"{name}的得分存档缺失。"
            continue
        said = published_content(content_of(assessment, sheet, proofs), snapshot, before.digest if before else None)
        yield from _compare(name, digest_of(said), sheet, snapshot, sealed)


def _compare(
    name: str, found: str, sheet: CountySheet, snapshot: ScoreSnapshot, sealed: dict[str, Any]
) -> Iterator[str]:
    if found != snapshot.digest or found != sheet.digest:
        yield f"{name}的考核表与发布时不一致。"
    if sealed.get(sheet.county.code) != snapshot.digest:
        yield f"{name}的摘要与审计记录不一致。"
    if not sheet.locked or not all(line.locked for line in sheet.lines):
        yield f"{name}的考核表没有锁定。"


def _sealed(session: Session, assessment: Assessment) -> dict[str, Any]:
    rows = select(AuditEntry.changes).where(
        AuditEntry.action == "assessment.seal", AuditEntry.subject_id == assessment.id
    )
    changes = session.scalars(rows.order_by(AuditEntry.id)).first() or {}
    digests: dict[str, Any] = changes.get("digests", [None, {}])[1]
    return digests
