"""The blueprint of the register. Its addresses begin in different places, so every route says its own in full."""

from typing import Any

from flask import Blueprint
from werkzeug.wrappers import Response

from inspect_app.access.guard import current_actor
from inspect_app.core.database import db
from inspect_app.regions.queries import named_regions

blueprint = Blueprint("sites", __name__, template_folder="../templates")
Page = str | Response | tuple[str, int]


def capturable_regions() -> list[Any]:
    """List the regions where the person enters data, for a form to choose from."""
    capture = current_actor().capture_region_id
    return named_regions(db.session(), capture) if capture else []
