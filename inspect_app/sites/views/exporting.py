"""The register as a download, under the same filter as the list, and an empty one to fill in."""

from functools import partial

from werkzeug.wrappers import Response

from inspect_app.access.guard import current_actor, requires
from inspect_app.access.permissions import Permission
from inspect_app.core.database import db
from inspect_app.sites.exporting import TITLE, export, export_blank, file_name
from inspect_app.sites.views.filtering import chosen
from inspect_app.sites.views.place import blueprint
from inspect_app.web.downloads import send_workbook


@blueprint.get("/sites/register.xlsx")
@requires(Permission.VIEW_SITES)
def register() -> Response:
    """Send the sites that the filter leaves of those the person sees."""
    session, actor, (wanted, _region) = db.session(), current_actor(), chosen()
    return send_workbook(file_name(session, actor, wanted), partial(export, session, actor, wanted))


@blueprint.get("/sites/blank.xlsx")
@requires(Permission.EDIT_SITES)
def blank() -> Response:
    """Send a register without a site."""
    return send_workbook(f"{TITLE}（空白）.xlsx", partial(export_blank, current_actor()))
