"""Writing what is published: snapshots that nobody can change, the digest of each sheet, and the lock on its lines."""

from collections.abc import Mapping

from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.assessments.as_json import as_lines, stored_points
from inspect_app.assessments.course import keeping, queries
from inspect_app.assessments.course.digests import content_of, digest_of, published_content
from inspect_app.assessments.models import Assessment, CountySheet, ScoreSnapshot
from inspect_app.assessments.scoring import Score
from inspect_app.core import clock


def write_snapshots(
    session: Session, actor: Actor, assessment: Assessment, standing: Mapping[int, Score]
) -> dict[str, str]:
    """Write a snapshot of every sheet, and lock the sheets with their lines; return the digests by county code."""
    assessment.published_at, assessment.published_by_name = clock.now(), actor.name
    sheets = keeping.every_sheet(session, assessment)
    proofs = queries.proofs_of(session, [line for sheet in sheets for line in sheet.lines])
    earlier = queries.snapshots_of(session, assessment.supersedes) if assessment.supersedes else {}
    for sheet in sheets:
        before = earlier.get(sheet.county_id)
        kept = _snapshot(assessment, sheet, standing[sheet.county_id], before, actor)
        content = published_content(content_of(assessment, sheet, proofs), kept, before.digest if before else None)
        kept.digest = sheet.digest = digest_of(content)
        session.add(kept)
        _lock(sheet)
    session.flush()
    return {sheet.county.code: sheet.digest for sheet in sheets}


def _snapshot(
    assessment: Assessment, sheet: CountySheet, score: Score, before: ScoreSnapshot | None, actor: Actor
) -> ScoreSnapshot:
    return ScoreSnapshot(
        scheme_code=assessment.scheme_code,
        scheme_version=assessment.scheme_version,
        scheme_hash=assessment.scheme_hash,
        period=assessment.period,
        county_id=sheet.county_id,
        score=stored_points(score),
        full=sheet.full,
        grade=score.grade or "",
        rank=sheet.rank,
        lines=as_lines(score),
        facts=sheet.facts,
        computed_at=assessment.frozen_at or clock.now(),
        computed_by_id=actor.id,
        assessment_id=assessment.id,
        supersedes_id=before.id if before else None,
    )


def _lock(sheet: CountySheet) -> None:
    sheet.locked = True
    for line in sheet.lines:
        line.locked = True
