"""Deciding conflicts cell by cell, and undoing what was applied."""

from collections import defaultdict

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from inspect_app.access.guard import current_actor, requires
from inspect_app.access.permissions import Permission
from inspect_app.core.database import db, transaction
from inspect_app.core.errors import DomainError, Stale
from inspect_app.returns import queries
from inspect_app.returns.deciding import decide as keep_decisions
from inspect_app.returns.forms import StepForm, UndoForm
from inspect_app.returns.jobs.service import Kind
from inspect_app.returns.lifecycle import APPLIED
from inspect_app.returns.models import ReturnBatch
from inspect_app.returns.plan import SHOWN, Decisions, Group
from inspect_app.returns.undoing import obstacles
from inspect_app.returns.undoing import undo as undo_batch
from inspect_app.returns.views.jobs import begin_if_large
from inspect_app.returns.views.place import Page, blueprint


@blueprint.post("/<reference>/conflicts")
@requires(Permission.APPLY_RETURN)
def decide(reference: str) -> Response:
    """Keep whose word counts in the cells that both sides have changed."""
    form = StepForm()
    if form.version.data is None:
        raise Stale
    with transaction():
        batch = queries.by_reference(db.session(), current_actor(), reference)
        keep_decisions(db.session(), current_actor(), batch, _chosen(), version=form.version.data)
    flash(_("选择已保存。导入时按选择处理。"), "success")
    return redirect(url_for("returns.show", reference=reference, group=Group.CONFLICTS.value))


@blueprint.route("/<reference>/undo", methods=["GET", "POST"])
@requires(Permission.UNDO_RETURN)
def undo(reference: str) -> Page:
    """Show what stands in the way of undoing a return, or ask why and undo it."""
    batch, form = queries.by_reference(db.session(), current_actor(), reference), UndoForm()
    if not form.validate_on_submit():
        return _page(batch, form), 422 if form.is_submitted() else 200
    if address := begin_if_large(reference, Kind.UNDO, form.version.data, {"reason": form.reason.data}):
        return redirect(address)
    try:
        _undo(reference, form)
    except DomainError as error:
        form.show(error)
        return _page(queries.by_reference(db.session(), current_actor(), reference), form), 409
    flash(_("已撤销导入：新增的隐患已撤回，改动的内容已恢复。"), "success")
    return redirect(url_for("returns.show", reference=reference))


def _undo(reference: str, form: UndoForm) -> None:
    with transaction():
        batch = queries.by_reference(db.session(), current_actor(), reference)
        form.refuse_if_stale(batch.version)
        undo_batch(db.session(), current_actor(), batch, reason=form.reason.data or "", version=form.version.data)


def _page(batch: ReturnBatch, form: UndoForm) -> str:
    found = obstacles(db.session(), batch) if batch.state == APPLIED else []
    form.version.data = batch.version
    return render_template("returns/undo.html", batch=batch, form=form, obstacles=found, limit=SHOWN)


def _chosen() -> Decisions:
    """Read the choices of the page: each field is named by hazard number and column."""
    chosen: dict[str, dict[str, str]] = defaultdict(dict)
    for name, choice in request.form.items():
        reference, stroke, column = name.partition("/")
        if stroke:
            chosen[reference][column] = choice
    return dict(chosen)
