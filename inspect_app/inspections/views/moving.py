"""Moving an open visit to newer versions of its lists: what it would change, and the step itself."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from inspect_app.access.guard import current_actor, requires
from inspect_app.access.permissions import Permission
from inspect_app.core.database import db, transaction
from inspect_app.core.errors import Forbidden
from inspect_app.core.labels import mark
from inspect_app.inspections import queries
from inspect_app.inspections.forms import StepForm
from inspect_app.inspections.lifecycle import may_move
from inspect_app.inspections.models import Inspection
from inspect_app.inspections.moving import service
from inspect_app.inspections.moving.queries import moves_of, newer_of, set_aside_of
from inspect_app.inspections.moving.rules import FATE_LABELS, Fate
from inspect_app.inspections.views.place import Page, blueprint

WHO = (Permission.PLAN_INSPECTION, Permission.CARRY_OUT_INSPECTION)


@blueprint.get("/<reference>/move")
@requires(*WHO)
def newer_lists(reference: str) -> Page:
    """Show what moving the visit to the newer versions would change."""
    inspection = _movable(reference)
    newer, answers = newer_of(db.session(), inspection), queries.answers_of(db.session(), inspection)
    if not newer:
        flash(_("这次检查的检查表没有可改用的新版。"), "warning")
        return redirect(url_for("inspections.show", reference=reference))
    return render_template(
        "inspections/move.html",
        inspection=inspection,
        form=StepForm(data={"version": inspection.version}),
        newer=newer,
        moves=moves_of(newer, answers),
        kept=Fate.KEPT,
        fates=FATE_LABELS,
    )


@blueprint.post("/<reference>/move")
@requires(*WHO)
def move_lists(reference: str) -> Page:
    """Move the visit to the versions that the page showed."""
    form = StepForm()
    with transaction():
        inspection = _movable(reference)
        form.refuse_if_stale(inspection.version)
        lists = request.form.getlist("lists")
        service.move(db.session(), current_actor(), inspection, lists, form.version.data)
    flash(_("已改用新版检查表。"), "success")
    return redirect(url_for("inspections.show", reference=reference))


def told_of(inspection: Inspection) -> dict[str, Any]:
    """Return what the page of a visit tells of newer versions, and of answers that earlier moves set aside."""
    return {
        "newer": newer_of(db.session(), inspection),
        "may_move": may_move(inspection, current_actor()),
        "set_aside": set_aside_of(inspection),
        "fates": FATE_LABELS,
    }


def _movable(reference: str) -> Inspection:
    actor = current_actor()
    inspection = queries.by_reference(db.session(), actor, reference)
    if not may_move(inspection, actor):
        raise Forbidden(mark("只有安排这次检查的人员或带队人员才能改用新版检查表。"))
    return inspection
