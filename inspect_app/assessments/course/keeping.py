"""What every change of an assessment shares: its lock, its recount, its entries."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from inspect_app.access.actor import Actor
from inspect_app.assessments.course import counting
from inspect_app.assessments.course.queries import SUBJECT, assesses
from inspect_app.assessments.lifecycle import CLOSED_STATES, OPEN_STATES
from inspect_app.assessments.models import Assessment, AssessmentLine, CountySheet, LineEntry
from inspect_app.assessments.places import places_of
from inspect_app.assessments.scoring import Score
from inspect_app.assessments.standing import ranks, within_quota
from inspect_app.audit import service as audit
from inspect_app.core import clock
from inspect_app.core.database import lock
from inspect_app.core.errors import Conflict, Stale
from inspect_app.core.labels import mark
from inspect_app.core.lifecycle import plain
from inspect_app.regions.models import Region

__all__ = [
    "assesses",
    "every_sheet",
    "lock_any",
    "lock_line",
    "lock_open",
    "note",
    "record",
    "recount",
    "recount_all",
    "touch",
]

LOCKED = mark("考核已经发布，内容不能再改；确需改动的，请由考核员提出更正。")
ENDED = mark("这次考核已经结束，不能再办理。")


def lock_open(session: Session, assessment: Assessment, version: int | None = None) -> None:
    """Lock an assessment that is still open; everything about its lines waits for this lock. Conflict or Stale."""
    lock(session, assessment)
    if assessment.state in CLOSED_STATES:
        raise Conflict(LOCKED)
    if assessment.state not in OPEN_STATES:
        raise Conflict(ENDED)
    if version is not None and version != assessment.version:
        raise Stale


def lock_any(session: Session, assessment: Assessment) -> None:
    """Lock an assessment in whatever state it is."""
    lock(session, assessment)


def lock_line(session: Session, line: AssessmentLine, states: Sequence[str], refusal: str, version: int) -> None:
    """Lock the assessment of a line in one of the states and read the line as it now is. Conflict or Stale."""
    lock_open(session, line.sheet.assessment)
    if line.sheet.assessment.state not in states:
        raise Conflict(refusal)
    every_sheet(session, line.sheet.assessment, line.sheet.id)
    if line.version != version:
        raise Stale


def every_sheet(session: Session, assessment: Assessment, key: int | None = None) -> list[CountySheet]:
    """List all sheets, or the one of this key, with their lines as they are now, by code of the county."""
    rows = (
        select(CountySheet)
        .join(Region, Region.id == CountySheet.county_id)
        .where(CountySheet.assessment_id == assessment.id)
        .options(joinedload(CountySheet.county), selectinload(CountySheet.lines))
        .order_by(Region.code)
        .execution_options(populate_existing=True)
    )
    return list(session.scalars(rows if key is None else rows.where(CountySheet.id == key)))


def recount(session: Session, sheet: CountySheet) -> None:
    """Count one sheet anew; ranks follow with the next step."""
    scheme = counting.scheme_of(sheet.assessment)
    place = places_of(session, [sheet.county])[sheet.county_id]
    counting.write(sheet, scheme, counting.count(scheme, place, sheet), sheet.assessment.difference_points)
    session.flush()


def recount_all(session: Session, assessment: Assessment) -> dict[int, Score]:
    """Count all sheets anew with the quota and the ranks among them; return the standing scores by county."""
    scheme, sheets = counting.scheme_of(assessment), every_sheet(session, assessment)
    places = places_of(session, [sheet.county for sheet in sheets])
    standing: dict[int, Score] = {}
    for sheet in sheets:
        counted = counting.count(scheme, places[sheet.county_id], sheet)
        counting.write(sheet, scheme, counted, assessment.difference_points)
        standing[sheet.county_id] = counted.standing
    standing = within_quota(standing, scheme.excellent_quota)
    rank = ranks(standing)
    for sheet in sheets:
        score = standing[sheet.county_id]
        sheet.rank, sheet.grade = rank[sheet.county_id], score.grade or ""
        sheet.result = {**sheet.result, "notes": [str(each) for each in score.notes]}
    session.flush()
    return standing


def touch(assessment: Assessment) -> None:
    """Let pages that were drawn before this change be refused."""
    assessment.version += 1


def note(session: Session, actor: Actor, line: AssessmentLine, action: str, content: Mapping[str, Any]) -> None:
    """Write what was done to a line into its history and into the trail, and let older pages be refused."""
    line.version += 1
    told = {name: plain(value) for name, value in content.items()}
    session.add(
        LineEntry(
            line_id=line.id, action=action, at=clock.now(), actor_id=actor.id, actor_name=actor.name, content=told
        )
    )
    changes = {name: [None, value] for name, value in told.items()}
    record(session, actor, action, line.sheet.assessment, changes, place=line)


def record(
    session: Session,
    actor: Actor,
    action: str,
    assessment: Assessment,
    changes: Mapping[str, Sequence[Any]],
    place: AssessmentLine | CountySheet | None = None,
) -> None:
    """Write what was done into the trail, with county and line where it concerns one."""
    sheet = place.sheet if isinstance(place, AssessmentLine) else place
    named = [assessment.reference, sheet.county.code if sheet else "", getattr(place, "code", "")]
    audit.record(
        session,
        actor,
        f"assessment.{action}",
        kind=SUBJECT,
        id=assessment.id,
        reference=" ".join(each for each in named if each),
        region_id=sheet.county_id if sheet else assessment.region_id,
        changes=changes,
    )
