"""The review after a response: measures, each of which becomes something that is followed up, and the conclusion."""

from flask import flash, render_template
from flask_babel import gettext as _

from inspect_app.access.guard import current_actor, requires
from inspect_app.access.permissions import Permission
from inspect_app.core.database import db, transaction
from inspect_app.core.errors import Invalid, StepRefused
from inspect_app.quakes import measures, service
from inspect_app.quakes.forms import MeasureForm, ReviewForm
from inspect_app.quakes.measures import Plan
from inspect_app.quakes.views.place import Page, back, blueprint, found
from inspect_app.quakes.views.showing import around
from inspect_app.quakes.words import Becomes
from inspect_app.regions.queries import counties_of


@blueprint.post("/<reference>/measures")
@requires(Permission.RECORD_QUAKE)
def add_measure(reference: str) -> Page:
    """List a measure; as a hazard it is registered at once."""
    form = MeasureForm()
    found(reference)
    if form.validate_on_submit() and _added(form, reference):
        flash(_("已列入整改措施。"), "success")
        return back(reference)
    return render_template("quakes/show.html", **around(found(reference), measure=form)), 422


@blueprint.post("/<reference>/measures/<int:key>/enter")
@requires(Permission.RECORD_QUAKE)
def enter_measure(reference: str, key: int) -> Page:
    """Take a measure that waited into the work plan of its year."""
    with transaction():
        measures.enter(db.session(), current_actor(), found(reference), key)
    flash(_("已列入工作要点。"), "success")
    return back(reference)


@blueprint.post("/<reference>/review")
@requires(Permission.RECORD_QUAKE)
def review(reference: str) -> Page:
    """Finish the review."""
    form = ReviewForm()
    found(reference)
    if form.validate_on_submit() and _reviewed(form, reference):
        flash(_("复盘已完成。"), "success")
        return back(reference)
    return render_template("quakes/show.html", **around(found(reference), review=form)), 422


def _added(form: MeasureForm, reference: str) -> bool:
    session = db.session()
    try:
        with transaction():
            quake = found(reference)
            counties = {each.code: each for each in counties_of(session, quake.region_id)}
            becomes = Becomes.OBLIGATION if form.becomes.data == Becomes.OBLIGATION else Becomes.HAZARD
            county = counties.get(form.county.data or "")
            plan = Plan(form.text.data or "", becomes, form.unit_name.data or "", form.due_on.data, county)
            measures.add(session, current_actor(), quake, plan)
    except Invalid as error:
        form.show(error)
        return False
    return True


def _reviewed(form: ReviewForm, reference: str) -> bool:
    try:
        with transaction():
            quake = found(reference)
            form.refuse_if_stale(quake.version)
            service.review(
                db.session(), current_actor(), quake, form.conclusion.data or "",
                nothing_found=bool(form.nothing_found.data), version=quake.version,
            )  # fmt: skip
    except StepRefused as error:
        form.show(error)
        return False
    return True
