"""What the page of a visit shows beside its own result: the other visits of the journey, and the self-check before."""

from typing import Any

from inspect_app.access.guard import current_actor
from inspect_app.core import clock
from inspect_app.core.database import db
from inspect_app.inspections import queries
from inspect_app.inspections.comparing import AGREEING, APART_LABELS, DIFFERENCE_LABELS
from inspect_app.inspections.comparing_visits import side_by_side
from inspect_app.inspections.kinds import SELF_CHECK
from inspect_app.inspections.models import Inspection


def beside(inspection: Inspection) -> dict[str, Any]:
    """Return the journey and the comparisons of a visit with their labels, and today, for its template."""
    session = db.session()
    return {
        "today": clock.today(),
        "journey": queries.journey_of(session, current_actor(), inspection),
        "comparisons": [] if inspection.kind == SELF_CHECK else side_by_side(session, inspection),
        "differences": DIFFERENCE_LABELS,
        "agreeing": AGREEING,
        "apart_labels": APART_LABELS,
    }
