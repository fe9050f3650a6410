"""An open hazard as the tablet shows it at its site, and whether this person may recheck it there."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from inspect_app.access.actor import Actor
from inspect_app.access.permissions import Permission
from inspect_app.core.clock import local
from inspect_app.evidence.models import Evidence
from inspect_app.hazards.models import Hazard
from inspect_app.hazards.rules import is_overdue
from inspect_app.hazards.words import GRADE_LABELS, STATE_LABELS, State
from inspect_app.web.language import said

PHOTOS_EACH = 6
TO_RECHECK = (State.DONE, State.RECHECKING)


def hazard_json(hazard: Hazard, photos: Sequence[Evidence], actor: Actor, today: date) -> dict[str, Any]:
    """Return a hazard with the keys of its photos; the pictures themselves are fetched on request."""
    return {
        "reference": hazard.reference,
        "uuid": hazard.uuid,
        "version": hazard.version,
        "state": hazard.state,
        "state_label": said(STATE_LABELS[hazard.state]),
        "grade": hazard.grade.value if hazard.grade else None,
        "grade_label": said(GRADE_LABELS[hazard.grade]) if hazard.grade else "",
        "text": hazard.description,
        "location": hazard.location,
        "item": hazard.item_code,
        "requirement": hazard.requirement,
        "measures": hazard.measures,
        "progress": hazard.progress,
        "found_on": _day(hazard.found_on),
        "due_on": _day(hazard.due_on),
        "done_on": _day(hazard.done_on),
        "overdue": is_overdue(hazard.state, hazard.due_on, today),
        "responsible": hazard.responsible_unit_name,
        "recheck": may_recheck(hazard, actor),
        "photos": [_photo(file) for file in photos[-PHOTOS_EACH:]],
    }


def may_recheck(hazard: Hazard, actor: Actor) -> bool:
    """Whether it waits for a recheck that this person may take: nobody verifies what they reported as put right."""
    own = hazard.done_by_id is not None and hazard.done_by_id == actor.id
    return hazard.state in TO_RECHECK and actor.can(Permission.RECHECK_HAZARD) and not own


def _photo(file: Evidence) -> dict[str, Any]:
    taken = file.taken_at or file.uploaded_at
    return {"uuid": file.uuid, "purpose": file.purpose.value, "on": local(taken).date().isoformat()}


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
