"""What the desk does with an earthquake: correct it, end the response, take it back, name faults."""

from flask import flash, render_template
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from inspect_app.access.guard import current_actor, requires
from inspect_app.access.permissions import Permission
from inspect_app.core.database import db, transaction
from inspect_app.core.errors import Forbidden, Invalid, StepRefused
from inspect_app.core.labels import mark
from inspect_app.quakes import faults, service
from inspect_app.quakes.forms import CorrectForm, FaultForm, ReasonForm
from inspect_app.quakes.lifecycle import at_desk
from inspect_app.quakes.models import Quake
from inspect_app.quakes.views.place import Page, back, blueprint, found
from inspect_app.quakes.views.showing import around
from inspect_app.quakes.words import FaultKind
from inspect_app.web.forms import BaseForm


@blueprint.route("/<reference>/correct", methods=["GET", "POST"])
@requires(Permission.RECORD_QUAKE)
def correct(reference: str) -> Page:
    """Correct magnitude, place or depth; clocks start or are cancelled by it."""
    quake = found(reference)
    form = CorrectForm(data={name: getattr(quake, name) for name in (*service.CORRECTABLE, "version")})
    if form.validate_on_submit() and _corrected(form, reference):
        flash(_("已更正，计时已按更正后的震级调整。"), "success")
        return back(reference)
    page = render_template("quakes/correct.html", form=form, quake=found(reference))
    return page, 422 if form.is_submitted() else 200


@blueprint.post("/<reference>/end")
@requires(Permission.RECORD_QUAKE)
def end(reference: str) -> Response:
    """Declare the response over."""
    form = BaseForm()
    with transaction():
        quake = found(reference)
        form.refuse_if_stale(quake.version)
        service.end(db.session(), current_actor(), quake, quake.version)
    flash(_("已宣布处置结束，不再续报；请按期终报。"), "success")
    return back(reference)


@blueprint.post("/<reference>/cancel")
@requires(Permission.RECORD_QUAKE)
def cancel(reference: str) -> Page:
    """Take an earthquake back with a reason."""
    form, quake = ReasonForm(), found(reference)
    if not form.validate_on_submit():
        return render_template("quakes/show.html", **around(quake, reason=form)), 422
    with transaction():
        quake = found(reference)
        form.refuse_if_stale(quake.version)
        service.cancel(db.session(), current_actor(), quake, form.reason.data or "", quake.version)
    flash(_("已撤销，所有计时停止，不计入统计。"), "success")
    return back(reference)


@blueprint.post("/<reference>/faults")
@requires(Permission.RECORD_QUAKE)
def name_fault(reference: str) -> Page:
    """Name a forbidden way of reporting."""
    form, quake = FaultForm(), found(reference)
    _check_desk(quake)
    if not form.validate_on_submit():
        return render_template("quakes/show.html", **around(quake, fault=form)), 422
    with transaction():
        quake = found(reference)
        service.hold(db.session(), quake)
        region = quake.county if quake.county and quake.county.code == form.region.data else quake.region
        kind, reason = FaultKind(form.kind.data), form.reason.data or ""
        faults.name(db.session(), current_actor(), quake, region, kind, reason)
        service.note(db.session(), current_actor(), "fault", quake, {"kind": [None, kind], "reason": [None, reason]})
    flash(_("已登记。"), "success")
    return back(reference)


@blueprint.post("/<reference>/faults/<int:key>/revoke")
@requires(Permission.RECORD_QUAKE)
def revoke_fault(reference: str, key: int) -> Page:
    """Say of a fault that it was none."""
    form, quake = ReasonForm(), found(reference)
    _check_desk(quake)
    if not form.validate_on_submit():
        return render_template("quakes/show.html", **around(quake, reason=form)), 422
    with transaction():
        quake = found(reference)
        service.hold(db.session(), quake)
        faults.revoke(db.session(), current_actor(), quake, key, form.reason.data or "")
        service.note(db.session(), current_actor(), "revoke_fault", quake, {"fault": [key, None]})
    flash(_("已撤销这一条。"), "success")
    return back(reference)


def _corrected(form: CorrectForm, reference: str) -> bool:
    try:
        with transaction():
            quake = found(reference)
            form.refuse_if_stale(quake.version)
            reason = form.reason.data or ""
            service.correct(db.session(), current_actor(), quake, form.values(), reason, quake.version)
    except (Invalid, StepRefused) as error:
        form.show(error)
        return False
    return True


def _check_desk(quake: Quake) -> None:
    if not at_desk(quake, current_actor()):
        raise Forbidden(mark("违规报送由登记这次地震的地区认定。"))
