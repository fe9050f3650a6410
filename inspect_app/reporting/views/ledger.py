"""The rectification ledger as a download, under the same filters as the hazard list."""

from flask import request
from werkzeug.wrappers import Response

from inspect_app.access.guard import current_actor, requires
from inspect_app.access.permissions import Permission
from inspect_app.core.database import db
from inspect_app.hazards.views.filtering import filter_from
from inspect_app.reporting.ledger import export, file_name
from inspect_app.reporting.views.place import blueprint
from inspect_app.web.downloads import send_workbook


@blueprint.get("/overview/ledger")
@requires(Permission.EXPORT_LEDGER)
def ledger() -> Response:
    """Send the ledger of the hazards that the filter leaves of those the person sees."""
    session, actor = db.session(), current_actor()
    wanted = filter_from(request.args, actor)
    return send_workbook(file_name(session, actor, wanted), lambda out: export(session, actor, wanted, out))
