"""Keeping the filter of the list under a name."""

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from inspect_app.access.guard import current_actor, requires
from inspect_app.access.permissions import Permission
from inspect_app.core.database import db, transaction
from inspect_app.hazards import saved
from inspect_app.hazards.views.filtering import kept, query_of
from inspect_app.hazards.views.place import blueprint


@blueprint.post("/saved")
@requires(Permission.VIEW_HAZARDS)
def save() -> Response:
    """Keep the filter that came with the form."""
    with transaction():
        name = saved.save(db.session(), current_actor(), request.form.get("name", ""), query_of(request.form)).name
    flash(_("已保存筛选条件“%(name)s”。", name=name), "success")
    return redirect(url_for("hazards.index", **kept(request.form)))


@blueprint.post("/saved/<int:key>/forget")
@requires(Permission.VIEW_HAZARDS)
def forget(key: int) -> Response:
    """Delete one of the person's own filters."""
    with transaction():
        name = saved.forget(db.session(), current_actor(), key)
    flash(_("已删除筛选条件“%(name)s”。", name=name), "success")
    return redirect(url_for("hazards.index"))
