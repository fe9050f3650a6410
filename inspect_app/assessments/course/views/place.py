"""The blueprint of the year's course, and what its pages share."""

from typing import Any

from flask import Blueprint
from werkzeug.wrappers import Response

from inspect_app.access.guard import current_actor
from inspect_app.access.permissions import Permission
from inspect_app.assessments.course import blockers, queries, reviewing, signing
from inspect_app.assessments.course.appealing import OUTCOMES
from inspect_app.assessments.course.items import KIND_LABELS
from inspect_app.assessments.definition import GRADE_LABELS
from inspect_app.assessments.lifecycle import LOOKS, STATES
from inspect_app.assessments.models import Assessment, CountySheet
from inspect_app.core.database import db

blueprint = Blueprint("course", __name__, url_prefix="/assessments/course")
Page = str | Response | tuple[str, int]
REPORT, RUN, PUBLISH = Permission.REPORT_ASSESSMENT, Permission.RUN_ASSESSMENT, Permission.PUBLISH_ASSESSMENT
LABELS: dict[str, Any] = {
    "states": STATES,
    "looks": LOOKS,
    "grades": GRADE_LABELS,
    "kinds": KIND_LABELS,
    "decisions": reviewing.DECISIONS,
    "outcomes": OUTCOMES,
    "stages": signing.STAGES,
    "obstacles": blockers.LABELS,
}


def found(reference: str) -> Assessment:
    """Find an assessment for the present person."""
    return queries.by_reference(db.session(), current_actor(), reference)


def found_sheet(reference: str, code: str) -> CountySheet:
    """Find the sheet of a county for the present person."""
    return queries.sheet_of(db.session(), current_actor(), found(reference), code)
