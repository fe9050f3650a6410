"""Hazards that may have been entered twice, in pairs, and what a person decides about each pair."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from inspect_app.access.guard import current_actor, requires
from inspect_app.access.permissions import Permission
from inspect_app.core import clock
from inspect_app.core.database import db, transaction
from inspect_app.hazards.doubles import keep_both, proposals
from inspect_app.hazards.many import sources_of
from inspect_app.hazards.queries import by_reference
from inspect_app.hazards.rules import look_of
from inspect_app.hazards.views.filtering import asked, filter_from, kept
from inspect_app.hazards.views.place import blueprint
from inspect_app.hazards.words import GRADE_LABELS
from inspect_app.regions.queries import counties_of, region_label


@blueprint.get("/doubles")
@requires(Permission.ASSIGN_HAZARD)
def doubles() -> str:
    """Show the pairs that nobody has decided yet."""
    actor, session, today = current_actor(), db.session(), clock.today()
    found = proposals(session, actor, filter_from(asked(), actor))
    return render_template(
        "hazards/doubles.html",
        found=found, mergeable=sources_of("merge"), region_label=region_label, grades=GRADE_LABELS,
        look_of=lambda hazard: look_of(hazard.state, hazard.due_on, today),
        counties=counties_of(session, actor.view_region_id) if actor.view_region_id else [],
    )  # fmt: skip


@blueprint.post("/doubles")
@requires(Permission.ASSIGN_HAZARD)
def keep_two() -> Response:
    """Keep both hazards of a pair."""
    session, actor = db.session(), current_actor()
    with transaction():
        pair = [by_reference(session, actor, request.form.get(name, "")) for name in ("hazard", "other")]
        keep_both(session, actor, pair[0], pair[1], request.form.get("reason", ""))
    flash(_("已记为两条不同的隐患，不再提示。"), "success")
    return redirect(url_for("hazards.doubles", **kept(request.args)))
