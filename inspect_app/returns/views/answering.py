"""The answer to a county: its own file back, marked."""

from contextlib import ExitStack
from tempfile import TemporaryFile
from typing import BinaryIO, cast

from flask import send_file
from werkzeug.wrappers import Response

from inspect_app.access.guard import current_actor, requires
from inspect_app.access.permissions import Permission
from inspect_app.core.database import db
from inspect_app.returns import queries
from inspect_app.returns.answering.service import write_answer_to
from inspect_app.returns.views.place import blueprint
from inspect_app.web.downloads import WORKBOOK

WITH_MACROS = "application/vnd.ms-excel.sheet.macroEnabled.12"


@blueprint.get("/<reference>/answer.xlsx")
@requires(Permission.VIEW_RETURNS)
def answer(reference: str) -> Response:
    """Send the file of a return back with its problems marked; a workbook with macros keeps them and its ending."""
    session = db.session()
    batch = queries.by_reference(session, current_actor(), reference)
    with ExitStack() as unless_written:
        file = cast("BinaryIO", unless_written.enter_context(TemporaryFile()))
        name = write_answer_to(session, batch, file)
        file.seek(0)
        unless_written.pop_all()
    kind = WITH_MACROS if name.endswith(".xlsm") else WORKBOOK
    return send_file(file, kind, as_attachment=True, download_name=name)
