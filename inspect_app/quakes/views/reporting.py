"""Reporting after an earthquake; the server takes the time."""

from flask import flash, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from inspect_app.access.guard import current_actor, requires
from inspect_app.access.permissions import Permission
from inspect_app.core.database import db, transaction
from inspect_app.core.errors import Invalid, NotFound
from inspect_app.quakes import reporting
from inspect_app.quakes.forms import DeliveryForm, ReportForm, first_words
from inspect_app.quakes.models import Quake
from inspect_app.quakes.views.place import Page, back, blueprint, found, key_of
from inspect_app.quakes.words import FIGURES, REPORT_LABELS, ReportKind


@blueprint.route("/<reference>/report", methods=["GET", "POST"])
@requires(Permission.REPORT_QUAKE)
def report(reference: str) -> Page:
    """Make a report of a kind, for a clock where one waits."""
    quake = found(reference)
    form = ReportForm(data=_begun(quake))
    if form.validate_on_submit() and _reported(form, reference, None):
        flash(_("已报出，时间以服务器为准。"), "success")
        return back(reference)
    page = render_template("quakes/report.html", form=form, quake=found(reference), figures=FIGURES, corrects=None)
    return page, 422 if form.is_submitted() else 200


@blueprint.route("/<reference>/reports/<int:key>/correct", methods=["GET", "POST"])
@requires(Permission.REPORT_QUAKE)
def correct_report(reference: str, key: int) -> Page:
    """Report anew what was reported wrongly."""
    old = reporting.report_of(found(reference), key)
    form = ReportForm(data={"kind": old.kind.value, "side": old.side.value, "text": old.text, **old.figures})
    if form.validate_on_submit() and _reported(form, reference, key):
        flash(_("已更正；原来的一份保留，并按错报登记。"), "success")
        return back(reference)
    quake = found(reference)
    page = render_template(
        "quakes/report.html", form=form, quake=quake, figures=FIGURES, corrects=reporting.report_of(quake, key)
    )
    return page, 422 if form.is_submitted() else 200


@blueprint.post("/<reference>/reports/<int:key>/deliveries")
@requires(Permission.REPORT_QUAKE)
def deliver(reference: str, key: int) -> Response:
    """Tick a receiver off."""
    form = DeliveryForm()
    if not form.validate_on_submit():
        raise NotFound
    with transaction():
        quake, receiver = found(reference), form.receiver.data or ""
        reporting.tick(db.session(), current_actor(), quake, key, receiver, acknowledged=bool(form.acknowledged.data))
    return back(reference)


def _begun(quake: Quake) -> dict[str, object]:
    """Fill the form from the address: which kind, which clock; a first report is worded already."""
    asked = request.args.get("kind", "")
    kind = ReportKind(asked) if asked in {each.value for each in REPORT_LABELS} else ReportKind.FOLLOWUP
    clock = key_of(request.args.get("clock"))
    return {"kind": kind.value, "clock": clock, "text": first_words(quake) if kind is ReportKind.FIRST else ""}


def _reported(form: ReportForm, reference: str, corrects: int | None) -> bool:
    try:
        with transaction():
            session, actor, quake = db.session(), current_actor(), found(reference)
            if corrects is None:
                reporting.report(session, actor, quake, form.wish())
            else:
                reporting.correct_report(session, actor, quake, corrects, form.wish())
    except Invalid as error:
        form.show(error)
        return False
    return True
