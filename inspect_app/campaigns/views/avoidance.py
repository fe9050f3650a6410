"""Declarations of avoidance: own ones by inspectors, those of others by officers."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from inspect_app.access.guard import current_actor, requires
from inspect_app.access.permissions import Permission
from inspect_app.campaigns import avoidance as declared
from inspect_app.campaigns.avoidance import Declaration
from inspect_app.campaigns.forms import AvoidanceForm
from inspect_app.campaigns.views.place import Page, blueprint
from inspect_app.core.database import db, transaction
from inspect_app.core.errors import Invalid


@blueprint.route("/avoidance", methods=["GET", "POST"])
@requires(Permission.DECLARE_AVOIDANCE)
def avoidance() -> Page:
    """Show the declarations in sight, and take a new one."""
    form = _form()
    if form.validate_on_submit():
        try:
            _declare(form)
        except Invalid as error:
            form.show(error)
        else:
            flash(_("已申报回避，今后安排检查时会避开。"), "success")
            return redirect(url_for("campaigns.avoidance"))
    session, actor = db.session(), current_actor()
    rows = [(kept, declared.may_end(actor, kept)) for kept in declared.declarations(session, actor)]
    return render_template("campaigns/avoidance.html", form=form, rows=rows), 422 if form.is_submitted() else 200


@blueprint.post("/avoidance/<int:key>/end")
@requires(Permission.DECLARE_AVOIDANCE)
def end_avoidance(key: int) -> Response:
    """End a declaration; it stays on record."""
    with transaction():
        declared.end(db.session(), current_actor(), key)
    flash(_("回避已解除，记录保留。"), "success")
    return redirect(url_for("campaigns.avoidance"))


def _form() -> AvoidanceForm:
    session, actor = db.session(), current_actor()
    people = declared.people_of(session, actor)
    form = AvoidanceForm(data={"user_id": actor.id})
    return form.offer(people, declared.unit_choices(session, actor), declared.region_choices(session, actor))


def _declare(form: AvoidanceForm) -> None:
    made = Declaration(
        user_id=form.user_id.data,
        reason=form.reason.data or "",
        unit_id=form.unit_id.data or None,
        region_id=form.region_id.data or None,
    )
    with transaction():
        declared.declare(db.session(), current_actor(), made)
