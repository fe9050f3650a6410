"""Bring the pictures of an imported file to its hazards."""

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from inspect_app.access.guard import current_actor, requires
from inspect_app.access.permissions import Permission
from inspect_app.core.database import db, transaction
from inspect_app.returns import queries
from inspect_app.returns.picturing import attach_pictures, prepare_pictures
from inspect_app.returns.views.place import blueprint


@blueprint.post("/<reference>/pictures")
@requires(Permission.SEND_RETURN)
def pictures(reference: str) -> Response:
    """Tie the pictures in the rows of a file to the hazards of these rows; doing it twice adds nothing."""
    session, actor = db.session(), current_actor()
    found = prepare_pictures(session, actor, queries.by_reference(session, actor, reference))
    with transaction():
        added, left = attach_pictures(session, actor, found)
    flash(
        _("已把 %(added)s 张图片附到隐患上，%(left)s 张不能附加（格式不支持或隐患已办结）。", added=added, left=left),
        "success",
    )
    return redirect(url_for("returns.show", reference=reference))
