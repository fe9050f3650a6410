"""Pages on what columns mean: asked of a person once for a county's layout, listed, and revoked."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from inspect_app.access.guard import current_actor, requires
from inspect_app.access.permissions import Permission
from inspect_app.core.database import db, transaction
from inspect_app.core.errors import DomainError
from inspect_app.returns import queries, service
from inspect_app.returns.choosing import queries as choosing_queries
from inspect_app.returns.choosing import service as choosing
from inspect_app.returns.choosing.proposals import OFFERED, OFFERED_LABELS
from inspect_app.returns.forms import StepForm
from inspect_app.returns.models import ReturnBatch
from inspect_app.returns.views.place import Page, blueprint
from inspect_app.web.forms import BaseForm

LABELS = {field.value: OFFERED_LABELS[field] for field in OFFERED}


@blueprint.get("/columns")
@requires(Permission.VIEW_RETURNS)
def columns() -> str:
    """List what is remembered of the columns of the counties that the person sees."""
    choices = choosing_queries.remembered(db.session(), current_actor())
    return render_template("returns/columns.html", choices=choices, labels=LABELS, form=BaseForm())


@blueprint.post("/columns/<int:key>/revoke")
@requires(Permission.SEND_RETURN)
def columns_revoke(key: int) -> Response:
    """Forget what was said of a column."""
    with transaction():
        session, actor = db.session(), current_actor()
        choosing.revoke(session, actor, choosing_queries.by_id(session, actor, key))
    flash(_("已撤销。以后的报表不再按它读取，已导入的不受影响。"), "success")
    return redirect(url_for("returns.columns"))


@blueprint.get("/<reference>/columns")
@requires(Permission.VIEW_RETURNS)
def layouts(reference: str) -> str:
    """Show how the columns of a file were understood, and ask about those that were not."""
    batch = queries.by_reference(db.session(), current_actor(), reference)
    return _page(batch, StepForm(version=batch.version))


@blueprint.post("/<reference>/columns")
@requires(Permission.SEND_RETURN)
def choose(reference: str) -> Page:
    """Read the file anew as the person says, and remember that."""
    form, batch = StepForm(), queries.by_reference(db.session(), current_actor(), reference)
    try:
        waits = _read_anew(reference, batch, form.version.data)
    except DomainError as error:
        db.session().rollback()
        form.show(error)
        return _page(queries.by_reference(db.session(), current_actor(), reference), form), 409
    flash(_("各列的含义已记住，文件已重新读取。") if not waits else _("已记住，但还没有认出隐患台账。"), "success")
    return redirect(url_for("returns.layouts" if waits else "returns.show", reference=reference))


def _read_anew(reference: str, batch: ReturnBatch, version: int | None) -> bool:
    session, actor, said = db.session(), current_actor(), _said(batch)
    read = choosing.reread(session, actor, batch, said)
    with transaction():
        batch = queries.by_reference(session, actor, reference)
        choosing.remember(session, actor, batch, said, version=version)
        service.read_anew(session, actor, batch, read, version=version)
    return read.waits


def _said(batch: ReturnBatch) -> dict[str, dict[str, str]]:
    """What the page says of each column; one that stands as it was read by itself is not said again."""
    said: dict[str, dict[str, str]] = {}
    for place, layout in enumerate(batch.plan.get("layouts", ())):
        answers = said.setdefault(layout["layout"], {})
        for number, column in enumerate(layout["columns"]):
            answer = request.form.get(f"column-{place}-{number}")
            if answer is not None and (answer != column["field"] or column["how"] != "known"):
                answers[column["heading"]] = answer
    return said


def _page(batch: ReturnBatch, form: StepForm) -> str:
    steps = {step.action for step in service.open_steps(batch, current_actor())}
    given: dict[str, Any] = request.form.to_dict() if request.method == "POST" else {}
    return render_template(
        "returns/layouts.html", batch=batch, form=form, given=given, labels=LABELS, open="validate" in steps,
        layouts=batch.plan.get("layouts", []),
    )  # fmt: skip
