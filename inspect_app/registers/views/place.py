"""The blueprint of the registers, and what several of its pages ask."""

from typing import Any

from flask import Blueprint
from werkzeug.wrappers import Response

from inspect_app.access.guard import current_actor
from inspect_app.access.permissions import Permission
from inspect_app.core.database import db
from inspect_app.core.errors import Forbidden, NotFound
from inspect_app.regions.levels import Level
from inspect_app.regions.models import Region
from inspect_app.regions.queries import named_regions
from inspect_app.registers.service import NOT_HERE
from inspect_app.sites.sketches import counties_captured

blueprint = Blueprint("registers", __name__, url_prefix="/registers", template_folder="../templates")
Page = str | Response | tuple[str, int]


def capturable_regions() -> list[Any]:
    """List the counties and townships where the person enters data, for a form to choose from."""
    capture = current_actor().capture_region_id
    regions = named_regions(db.session(), capture) if capture else []
    return [region for region in regions if region.level in (Level.COUNTY, Level.TOWNSHIP)]


def counties() -> list[Region]:
    """List the counties for which the person sends files; Forbidden for somebody who sends for none."""
    found = counties_captured(db.session(), current_actor())
    if not found:
        raise Forbidden(NOT_HERE)
    return found


def county(key: int | None) -> Region:
    """Return the county that a form names, among those for which the person sends files."""
    found = next((each for each in counties() if each.id == key), None)
    if found is None:
        raise NotFound
    return found


def may_send() -> bool:
    """Tell whether the person enters data anywhere."""
    actor = current_actor()
    return actor.can(Permission.EDIT_REGISTERS) and actor.capture_region_id is not None
