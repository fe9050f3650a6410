"""Where the pages of emergencies live."""

from flask import Blueprint
from werkzeug.wrappers import Response

from inspect_app.access.guard import current_actor
from inspect_app.core.database import db
from inspect_app.emergencies import queries
from inspect_app.emergencies.models import Emergency

blueprint = Blueprint("emergencies", __name__, url_prefix="/emergencies", template_folder="../templates")
Page = str | Response | tuple[str, int]


def found(reference: str) -> Emergency:
    """Find an emergency that the person may see."""
    return queries.by_reference(db.session(), current_actor(), reference)
