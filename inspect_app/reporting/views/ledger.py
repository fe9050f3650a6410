"""The rectification ledger as a download, under the same filters as the hazard list."""

from contextlib import ExitStack
from tempfile import TemporaryFile
from typing import BinaryIO, cast

from flask import request, send_file
from werkzeug.wrappers import Response

from inspect_app.access.guard import current_actor, requires
from inspect_app.access.permissions import Permission
from inspect_app.core.database import db
from inspect_app.hazards.filters import HazardFilter
from inspect_app.hazards.views.filtering import filter_from
from inspect_app.reporting.ledger import export, file_name
from inspect_app.reporting.views.place import blueprint

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@blueprint.get("/overview/ledger")
@requires(Permission.EXPORT_LEDGER)
def ledger() -> Response:
    """Send the ledger of the hazards that the filter leaves of those the person sees."""
    wanted = filter_from(request.args, current_actor())
    name = file_name(db.session(), current_actor(), wanted)
    return send_file(_written(wanted), WORKBOOK, as_attachment=True, download_name=name)


def _written(wanted: HazardFilter) -> BinaryIO:
    """Write the ledger into a nameless file, which is closed when the answer has been sent."""
    with ExitStack() as unless_written:
        file = cast("BinaryIO", unless_written.enter_context(TemporaryFile()))
        export(db.session(), current_actor(), wanted, file)
        file.seek(0)
        unless_written.pop_all()
    return file
