"""The page of one hazard, its data for scripts, and the files added to it."""

from typing import Any, BinaryIO, cast

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from inspect_app.access.actor import Actor
from inspect_app.access.guard import current_actor, requires
from inspect_app.access.permissions import Permission
from inspect_app.core import clock
from inspect_app.core.database import db, transaction
from inspect_app.core.errors import FileRefused, Invalid
from inspect_app.core.labels import mark
from inspect_app.core.workdays import load_calendar
from inspect_app.evidence.models import Purpose
from inspect_app.evidence.rules import DOCUMENTS
from inspect_app.evidence.service import Prepared, evidence_of, is_photo, prepare_file, prepare_photo
from inspect_app.hazards import presentation
from inspect_app.hazards.attachments import PURPOSE_LABELS, add_file, open_purposes
from inspect_app.hazards.circumstances import standing_of
from inspect_app.hazards.editing import editable_columns
from inspect_app.hazards.models import Hazard
from inspect_app.hazards.offers import offers
from inspect_app.hazards.queries import by_reference, linked
from inspect_app.hazards.rules import is_paused, look_of
from inspect_app.hazards.views.place import blueprint
from inspect_app.hazards.words import (
    GRADE_LABELS,
    MEASURE_LABELS,
    ORIGIN_LABELS,
    PLAN_PARTS,
    PROOF_LABELS,
    STATE_LABELS,
)
from inspect_app.regions.queries import region_label

CHANGERS = (
    Permission.REGISTER_HAZARD,
    Permission.ASSIGN_HAZARD,
    Permission.RECTIFY_HAZARD,
    Permission.DECIDE_HAZARD,
    Permission.RECHECK_HAZARD,
)
PAPERS = frozenset({Purpose.PROOF, Purpose.CONTROL})
LABELS = {
    "states": STATE_LABELS,
    "grades": GRADE_LABELS,
    "measures": MEASURE_LABELS,
    "origins": ORIGIN_LABELS,
    "purposes": PURPOSE_LABELS,
    "proofs": PROOF_LABELS,
    "plan_parts": PLAN_PARTS,
}


@blueprint.get("/<reference>")
@requires(Permission.VIEW_HAZARDS)
def show(reference: str) -> str:
    """Show a hazard: where it stands, what is known, what happened, and what this person may do now."""
    actor, session = current_actor(), db.session()
    hazard = by_reference(session, actor, reference)
    files = evidence_of(session, "hazard", hazard.id)
    return render_template(
        "hazards/show.html",
        hazard=hazard,
        files={purpose: [file for file in files if file.purpose == purpose] for purpose in Purpose},
        is_photo=is_photo,
        linked=linked(session, actor, hazard),
        **_around(actor, hazard),
    )


@blueprint.get("/<reference>.json")
@requires(Permission.VIEW_HAZARDS)
def data(reference: str) -> Response:
    """Give a hazard as JSON."""
    return jsonify(presentation.as_data(by_reference(db.session(), current_actor(), reference), clock.today()))


@blueprint.post("/<reference>/files")
@requires(*CHANGERS)
def add(reference: str) -> Response:
    """Add a photo or a document to a hazard."""
    actor, purpose = current_actor(), request.form.get("purpose", "")
    by_reference(db.session(), actor, reference)
    if purpose not in PURPOSE_LABELS:
        raise Invalid({"purpose": [mark("请选择照片或材料的用途。")]})
    prepared = _received(Purpose(purpose))
    with transaction():
        add_file(db.session(), actor, by_reference(db.session(), actor, reference), prepared, Purpose(purpose))
    flash(_("已上传 %(name)s。", name=prepared.original_name), "success")
    return redirect(url_for("hazards.show", reference=reference, _anchor="files"))


def _received(purpose: Purpose) -> Prepared:
    upload = request.files.get("file")
    if upload is None or not upload.filename:
        raise FileRefused("E_EMPTY", "没有收到文件。请选择照片或材料后再上传；如已选择，可能是上传中断，请重试。")
    stream = cast("BinaryIO", upload.stream)
    if purpose in PAPERS:
        return prepare_file(stream, upload.filename, DOCUMENTS)
    return prepare_photo(stream, upload.filename)


def _around(actor: Actor, hazard: Hazard) -> dict[str, Any]:
    session, today = db.session(), clock.today()
    person = standing_of(session, actor, hazard)
    calendar = load_calendar(session)
    notices = presentation.notices(hazard, person.limits, calendar, today)
    days = calendar.working_days_between(today, hazard.due_on) if hazard.due_on else 0
    return {
        "look": look_of(hazard.state, hazard.due_on, today),
        "place": region_label(hazard.region),
        "stages": presentation.stages(hazard, person.limits),
        "timeline": presentation.timeline(hazard),
        "offers": offers(session, actor, person, hazard),
        "may_edit": bool(editable_columns(hazard, person)),
        "may_add": open_purposes(hazard, person),
        "working_days": days,
        "paused": is_paused(hazard.paused_until, today),
        "notices": notices,
        "provisional": hazard.due_on is not None and calendar.is_provisional(hazard.due_on),
        "today": today,
        **LABELS,
    }
