"""The list of earthquakes, and entering one."""

from collections.abc import Sequence

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from inspect_app.access.guard import current_actor, requires
from inspect_app.access.permissions import Permission
from inspect_app.core import clock as time
from inspect_app.core.database import db, transaction
from inspect_app.core.errors import Forbidden, Invalid
from inspect_app.core.labels import mark
from inspect_app.quakes import queries, service
from inspect_app.quakes.forms import RecordForm
from inspect_app.quakes.lifecycle import LOOKS, STATES
from inspect_app.quakes.presentation import owed
from inspect_app.quakes.service import Told
from inspect_app.quakes.views.place import Page, blueprint, key_of
from inspect_app.regions.levels import Level
from inspect_app.regions.models import Region
from inspect_app.regions.queries import counties_of
from inspect_app.web.addresses import address_with

SIZE = 50


@blueprint.get("")
@requires(Permission.VIEW_QUAKES)
def index() -> str:
    """List the earthquakes that the person sees, the last entered first."""
    before, state = key_of(request.args.get("before")), request.args.get("state", "")
    rows = queries.page(db.session(), current_actor(), before=before, state=state, size=SIZE)
    more = address_with("quakes.index", before=str(rows[SIZE - 1].id)) if len(rows) > SIZE else None
    return render_template(
        "quakes/index.html", quakes=rows[:SIZE], next_href=more, states=STATES, looks=LOOKS, state=state, owed=owed,
        clear=address_with("quakes.index", state=None), to_verify=queries.to_verify(db.session(), current_actor()),
    )  # fmt: skip


@blueprint.route("/new", methods=["GET", "POST"])
@requires(Permission.RECORD_QUAKE)
def new() -> Page:
    """Enter an earthquake; the clocks of the place start at once."""
    desk = own_desk()
    form = RecordForm(data={"occurred_at": time.local(time.now()).replace(second=0, microsecond=0, tzinfo=None)})
    counties = counties_of(db.session(), desk.id)
    form.county.choices = [("", _("不在本地区各县内")), *((each.code, each.name) for each in counties)]
    if form.validate_on_submit() and (reference := _recorded(form, desk, counties)):
        flash(_("已登记，规定的时限已开始计时。请尽快初报。"), "success")
        return redirect(url_for("quakes.show", reference=reference))
    return render_template("quakes/new.html", form=form, desk=desk), 422 if form.is_submitted() else 200


def own_desk() -> Region:
    """Return the prefecture where the person enters data."""
    key = current_actor().capture_region_id
    region = db.session.get(Region, key) if key else None
    if region is None or region.level != Level.PREFECTURE:
        raise Forbidden(mark("地震由地级登记，您没有可以登记的地区。"))
    return region


def _recorded(form: RecordForm, desk: Region, counties: Sequence[Region]) -> str:
    """Record what the form says; "" after showing on it why not."""
    county = next((each for each in counties if each.code == form.county.data), None)
    try:
        with transaction():
            told = Told(
                region=desk, county=county, occurred_at=form.instant(), source=form.source.data or "",
                exercise=bool(form.exercise.data), **form.values(),
            )  # fmt: skip
            return service.record(db.session(), current_actor(), told)[0].reference
    except Invalid as error:
        form.show(error)
        return ""
