"""The trail, for the auditor, to read only."""

from flask import Blueprint, render_template, request, url_for

from inspect_app.access.guard import requires
from inspect_app.access.permissions import Permission
from inspect_app.audit import queries
from inspect_app.audit.forms import FilterForm, given
from inspect_app.audit.labels import action_label, subject_label
from inspect_app.core.database import db

blueprint = Blueprint("audit", __name__, url_prefix="/audit", template_folder="templates")


@blueprint.get("")
@requires(Permission.VIEW_AUDIT)
def entries() -> str:
    """List entries, newest first, a page at a time."""
    form = FilterForm()
    rows, more = queries.page(db.session(), form.chosen(), request.args.get("before", type=int))
    kept = given(request.args)
    return render_template(
        "audit/entries.html",
        form=form,
        rows=rows,
        action_label=action_label,
        subject_label=subject_label,
        next_href=url_for("audit.entries", **kept, before=more) if more else None,
        first_href=url_for("audit.entries", **kept) if "before" in request.args else None,
        is_filtered=bool(kept),
    )
