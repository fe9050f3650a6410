"""Anomalies: the list, taking one in, verifying it."""

from collections.abc import Mapping

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from inspect_app.access.guard import current_actor, requires
from inspect_app.access.permissions import Permission
from inspect_app.core import clock as time
from inspect_app.core.database import db, transaction
from inspect_app.core.errors import Forbidden, Invalid
from inspect_app.core.labels import mark
from inspect_app.quakes import anomalies as service
from inspect_app.quakes import queries
from inspect_app.quakes.forms import SightingForm, VerifyForm
from inspect_app.quakes.lifecycle import ANOMALY_LOOKS, ANOMALY_STATES, RECEIVED
from inspect_app.quakes.models import Anomaly
from inspect_app.quakes.rules import same_day
from inspect_app.quakes.views.place import Page, blueprint, key_of
from inspect_app.quakes.words import FINDING_LABELS
from inspect_app.regions.levels import Level
from inspect_app.regions.models import Region
from inspect_app.regions.queries import counties_of, covers, region_label, townships_of
from inspect_app.web.addresses import address_with

SIZE = 50


@blueprint.get("/anomalies")
@requires(Permission.VIEW_QUAKES)
def anomalies() -> str:
    """List the anomalies that the person sees, the last received first."""
    before, state = key_of(request.args.get("before")), request.args.get("state", "")
    rows = queries.anomalies(db.session(), current_actor(), before=before, state=state, size=SIZE)
    more = address_with("quakes.anomalies", before=str(rows[SIZE - 1].id)) if len(rows) > SIZE else None
    return render_template(
        "quakes/anomalies.html", rows=rows[:SIZE], next_href=more, state=state, labels=ANOMALY_STATES,
        looks=ANOMALY_LOOKS, kept=kept_overnight, clear=address_with("quakes.anomalies", state=None),
        place=region_label,
    )  # fmt: skip


@blueprint.route("/anomalies/new", methods=["GET", "POST"])
@requires(Permission.VERIFY_ANOMALY)
def new_anomaly() -> Page:
    """Take an anomaly in."""
    places, form = _own_places(), SightingForm()
    form.region.choices = [(code, region_label(region)) for code, region in places.items()]
    if form.validate_on_submit() and (reference := _received(form, places)):
        flash(_("已接报，请在当日 24 时前核实。"), "success")
        return redirect(url_for("quakes.anomaly", reference=reference))
    return render_template("quakes/anomaly_new.html", form=form), 422 if form.is_submitted() else 200


@blueprint.get("/anomalies/<reference>")
@requires(Permission.VIEW_QUAKES)
def anomaly(reference: str) -> str:
    """Show an anomaly."""
    found = queries.anomaly(db.session(), current_actor(), reference)
    return _shown(found, VerifyForm(formdata=None, data={"version": found.version}))


@blueprint.post("/anomalies/<reference>/verify")
@requires(Permission.VERIFY_ANOMALY)
def verify(reference: str) -> Page:
    """Verify an anomaly now."""
    form, session, actor = VerifyForm(), db.session(), current_actor()
    found = queries.anomaly(session, actor, reference)
    if not form.validate_on_submit():
        return _shown(found, form), 422
    with transaction():
        found = queries.anomaly(session, actor, reference)
        form.refuse_if_stale(found.version)
        service.verify(session, actor, found, form.finding.data or "", form.result.data or "", found.version)
    flash(_("已核实，时间以服务器为准。"), "success")
    return redirect(url_for("quakes.anomaly", reference=reference))


def kept_overnight(anomaly: Anomaly) -> bool:
    """Tell whether an anomaly was, or is by now, not verified on its day."""
    return not same_day(anomaly.received_at, anomaly.verified_at or time.now())


def _shown(anomaly: Anomaly, form: VerifyForm) -> str:
    session, actor = db.session(), current_actor()
    top = actor.capture_region_id
    mine = top is not None and actor.can(Permission.VERIFY_ANOMALY) and covers(session, top, anomaly.region_id)
    return render_template(
        "quakes/anomaly.html", anomaly=anomaly, form=form, labels=ANOMALY_STATES, looks=ANOMALY_LOOKS,
        findings=FINDING_LABELS, late=kept_overnight(anomaly), may_verify=mine and anomaly.state == RECEIVED,
        place=region_label(anomaly.region),
    )  # fmt: skip


def _own_places() -> Mapping[str, Region]:
    """Return the regions in which the person may take anomalies in: townships of a county, counties of a prefecture."""
    session, key = db.session(), current_actor().capture_region_id
    own = session.get(Region, key) if key else None
    if own is None:
        raise Forbidden(mark("您没有可以接收异常的地区，请联系安全管理员。"))
    if own.level == Level.COUNTY:
        return {each.code: each for each in (own, *townships_of(session, own.id))}
    below = counties_of(session, own.id) if own.level in (Level.PREFECTURE, Level.PROVINCE) else [own]
    return {each.code: each for each in below}


def _received(form: SightingForm, places: Mapping[str, Region]) -> str:
    """Take in what the form says; "" after showing on it why not."""
    region = places.get(form.region.data or "")
    if region is None:
        form.show(Invalid({"region": [mark("请选择地区。")]}))
        return ""
    told = service.Sighting(
        region, form.what.data or "", form.place.data or "", form.longitude.data, form.latitude.data,
        form.observer.data or "",
    )  # fmt: skip
    try:
        with transaction():
            return service.receive(db.session(), current_actor(), told).reference
    except Invalid as error:
        form.show(error)
        return ""
