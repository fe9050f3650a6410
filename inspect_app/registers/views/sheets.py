"""Registers as downloads: the entries under the filter of the list, and the workbook that a county fills in."""

from functools import partial

from flask import request
from werkzeug.wrappers import Response

from inspect_app.access.guard import current_actor, requires
from inspect_app.access.permissions import Permission
from inspect_app.core.database import db
from inspect_app.core.errors import NotFound
from inspect_app.regions.models import Region
from inspect_app.regions.queries import region_label
from inspect_app.registers.loading import register_of
from inspect_app.registers.sheet import export, file_name, write_template
from inspect_app.registers.views.filtering import chosen
from inspect_app.registers.views.place import blueprint, counties
from inspect_app.web.downloads import send_workbook


@blueprint.get("/<code>/export.xlsx", endpoint="export")
@requires(Permission.VIEW_REGISTERS)
def export_entries(code: str) -> Response:
    """Send the entries that the filter leaves of those the person sees."""
    register, session, actor = register_of(code), db.session(), current_actor()
    wanted, region = chosen(register)
    region = region or _own()
    place = region_label(region) if region else ""
    write = partial(export, session, actor, register, wanted, place)
    return send_workbook(file_name(register, region), write)


@blueprint.get("/<code>/template.xlsx")
@requires(Permission.EDIT_REGISTERS)
def template(code: str) -> Response:
    """Send the workbook for a county: with what is known, or empty."""
    register, session, actor = register_of(code), db.session(), current_actor()
    wanted = request.args.get("county", "")
    county = next((each for each in counties() if wanted in ("", each.code)), None)
    if county is None:
        raise NotFound
    write = partial(write_template, session, actor, register, county, filled=not request.args.get("blank"))
    return send_workbook(file_name(register, county, blank=True), write)


def _own() -> Region | None:
    key = current_actor().view_region_id
    return db.session.get(Region, key) if key else None
