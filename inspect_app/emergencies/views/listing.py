"""The list of emergencies, and opening one."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from inspect_app.access.guard import current_actor, requires
from inspect_app.access.permissions import Permission
from inspect_app.core.database import db, transaction
from inspect_app.core.errors import Invalid
from inspect_app.core.labels import mark
from inspect_app.emergencies import queries, service
from inspect_app.emergencies.forms import OpenForm, proposed
from inspect_app.emergencies.lifecycle import LOOKS, STATES
from inspect_app.emergencies.views.place import Page, blueprint
from inspect_app.quakes.models import Quake

SIZE = 50


@blueprint.get("")
@requires(Permission.VIEW_QUAKES)
def index() -> str:
    """List the emergencies that the person sees, newest first."""
    before = request.args.get("before", "")
    rows = queries.page(db.session(), current_actor(), int(before) if before.isdecimal() else None, SIZE)
    more = url_for("emergencies.index", before=rows[SIZE - 1].id) if len(rows) > SIZE else None
    return render_template(
        "emergencies/index.html", emergencies=rows[:SIZE], next_href=more, states=STATES, looks=LOOKS
    )


@blueprint.route("/new", methods=["GET", "POST"])
@requires(Permission.LEAD_EMERGENCY)
def new() -> Page:
    """Open an emergency for an earthquake."""
    quakes = queries.quakes_to_open(db.session(), current_actor())
    form = OpenForm(data={**proposed(), "quake": request.args.get("quake", "")})
    form.offer()
    form.quake.choices = [(each.reference, f"{each.place} {each.magnitude} 级（{each.reference}）") for each in quakes]
    if form.validate_on_submit() and (reference := _opened(form)):
        flash(_("已启动应急。请核对估计范围，再办理停止计时和应急核查。"), "success")
        return redirect(url_for("emergencies.show", reference=reference))
    return render_template("emergencies/new.html", form=form, quakes=quakes), 422 if form.is_submitted() else 200


def _opened(form: OpenForm) -> str:
    """Open what the form says; "" after showing on it why not."""
    session, actor = db.session(), current_actor()
    try:
        with transaction():
            return service.open_emergency(session, actor, _chosen(form.quake.data or ""), form.given()).reference
    except Invalid as error:
        form.show(error)
        return ""


def _chosen(reference: str) -> Quake:
    known = {each.reference: each for each in queries.quakes_to_open(db.session(), current_actor())}
    if reference not in known:
        raise Invalid({"quake": [mark("请选择一次地震：没有撤销，也还没有启动应急。")]})
    return known[reference]
