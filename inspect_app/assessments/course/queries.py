"""Reading assessments, sheets and lines, always within what a person may see."""

from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from inspect_app.access.actor import Actor
from inspect_app.access.permissions import Permission
from inspect_app.access.scope import visible
from inspect_app.assessments.lifecycle import APPEALING, CLOSED_STATES, VOIDED, oversees
from inspect_app.assessments.models import (
    Appeal,
    Assessment,
    AssessmentLine,
    CountySheet,
    LineEntry,
    Reading,
    ScoreSnapshot,
)
from inspect_app.core.errors import NotFound
from inspect_app.evidence.models import Evidence
from inspect_app.regions.models import Region

SUBJECT, LINE = "assessment", "assessment_line"


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Assessments of regions in sight, and those in which a county in sight takes part."""
    own = select(CountySheet.id).where(CountySheet.assessment_id == Assessment.id, sheets_visible_to(actor))
    return or_(visible(actor, Assessment.region_id, Assessment.region_id), own.exists())


def sheets_visible_to(actor: Actor) -> ColumnElement[bool]:
    """Sheets of counties in sight."""
    return visible(actor, CountySheet.county_id, CountySheet.county_id)


def assessments(session: Session, actor: Actor) -> list[Assessment]:
    """List the assessments in sight, newest first; what was called off is left out."""
    rows = select(Assessment).where(visible_to(actor), Assessment.state != VOIDED)
    return list(session.scalars(rows.options(joinedload(Assessment.region)).order_by(Assessment.id.desc())))


def by_reference(session: Session, actor: Actor, reference: str) -> Assessment:
    """Find an assessment; one out of sight is not found."""
    found = session.scalar(
        select(Assessment)
        .where(Assessment.reference == reference, visible_to(actor))
        .options(joinedload(Assessment.region))
    )
    if found is None:
        raise NotFound
    return found


def sheets_of(session: Session, actor: Actor, assessment: Assessment) -> list[CountySheet]:
    """List the sheets in sight with their lines, by code of the county."""
    rows = (
        select(CountySheet)
        .join(Region, Region.id == CountySheet.county_id)
        .where(CountySheet.assessment_id == assessment.id, sheets_visible_to(actor))
        .options(joinedload(CountySheet.county), selectinload(CountySheet.lines))
        .order_by(Region.code)
    )
    return list(session.scalars(rows))


def sheet_of(session: Session, actor: Actor, assessment: Assessment, code: str) -> CountySheet:
    """Find the sheet of a county by its code."""
    found = session.scalar(
        select(CountySheet)
        .join(Region, Region.id == CountySheet.county_id)
        .where(CountySheet.assessment_id == assessment.id, Region.code == code, sheets_visible_to(actor))
        .options(joinedload(CountySheet.county), selectinload(CountySheet.lines))
    )
    if found is None:
        raise NotFound
    return found


def line_of(sheet: CountySheet, code: str) -> AssessmentLine:
    """Find a line of a sheet by the code of its item."""
    found = next((line for line in sheet.lines if line.code == code), None)
    if found is None:
        raise NotFound
    return found


def entries_of(session: Session, line: AssessmentLine) -> list[LineEntry]:
    """List what was said of a line, oldest first."""
    return list(session.scalars(select(LineEntry).where(LineEntry.line_id == line.id).order_by(LineEntry.id)))


def appeals_of(session: Session, sheets: Sequence[CountySheet]) -> list[Appeal]:
    """List the appeals against lines of these sheets, oldest first."""
    keys = [line.id for sheet in sheets for line in sheet.lines]
    rows = select(Appeal).where(Appeal.line_id.in_(keys)).options(joinedload(Appeal.line)).order_by(Appeal.id)
    return list(session.scalars(rows))


def readings_of(session: Session, sheets: Sequence[CountySheet]) -> list[Reading]:
    """List who signed for what, oldest first."""
    keys = [sheet.id for sheet in sheets]
    return list(session.scalars(select(Reading).where(Reading.sheet_id.in_(keys)).order_by(Reading.id)))


def proofs_of(session: Session, lines: Iterable[AssessmentLine]) -> dict[int, list[Evidence]]:
    """Return the files of lines that were not withdrawn, by key of the line, oldest first."""
    keys = [line.id for line in lines]
    found: dict[int, list[Evidence]] = {key: [] for key in keys}
    rows = select(Evidence).where(
        Evidence.subject_kind == LINE, Evidence.subject_id.in_(keys), Evidence.withdrawn_at.is_(None)
    )
    for row in session.scalars(rows.order_by(Evidence.id)):
        found[row.subject_id].append(row)
    return found


def snapshots_of(session: Session, assessment: Assessment) -> dict[int, ScoreSnapshot]:
    """Return what was published, by key of the county."""
    rows = select(ScoreSnapshot).where(ScoreSnapshot.assessment_id == assessment.id)
    return {row.county_id: row for row in session.scalars(rows)}


def correction_of(session: Session, assessment: Assessment) -> Assessment | None:
    """Return the correction of an assessment that was not called off, if there is one."""
    rows = select(Assessment).where(Assessment.supersedes_id == assessment.id, Assessment.state != VOIDED)
    return session.scalar(rows)


def sees_decisions(actor: Actor, assessment: Assessment) -> bool:
    """Tell whether a person sees what assessors decide; the counties do once the results are announced."""
    if assessment.state in (APPEALING, *CLOSED_STATES):
        return True
    return oversees(assessment, actor) and not actor.can(Permission.REPORT_ASSESSMENT)


def reports_for(actor: Actor, sheet: CountySheet) -> bool:
    """Tell whether a person speaks for the county of a sheet."""
    return actor.role is None or (actor.can(Permission.REPORT_ASSESSMENT) and actor.view_region_id == sheet.county_id)


def assesses(actor: Actor, assessment: Assessment) -> bool:
    """Tell whether a person assesses here."""
    return actor.can(Permission.RUN_ASSESSMENT) and oversees(assessment, actor)


def confirms(actor: Actor, assessment: Assessment) -> bool:
    """Tell whether a person may be the second one of a change: another assessor, or who publishes."""
    may = actor.can(Permission.RUN_ASSESSMENT) or actor.can(Permission.PUBLISH_ASSESSMENT)
    return may and oversees(assessment, actor)
