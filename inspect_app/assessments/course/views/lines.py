"""One line of a sheet: report, prove, decide, change, confirm, appeal, answer."""

from collections.abc import Callable
from typing import Any, BinaryIO, cast

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _

from inspect_app.access.guard import current_actor, requires
from inspect_app.access.permissions import Permission
from inspect_app.assessments.course import appealing, queries, reporting, reviewing
from inspect_app.assessments.course.blockers import needs_decision
from inspect_app.assessments.course.counting import scheme_of
from inspect_app.assessments.course.forms import (
    AnswerForm,
    AppealForm,
    DecideForm,
    ProofForm,
    ReasonForm,
    ReportForm,
    figures_form,
    propose_form,
)
from inspect_app.assessments.course.items import items_of
from inspect_app.assessments.course.reporting import item_of_line
from inspect_app.assessments.course.views.drawing import drawn
from inspect_app.assessments.course.views.place import PUBLISH, REPORT, RUN, Page, blueprint, found_sheet
from inspect_app.assessments.lifecycle import SELF_REPORTING
from inspect_app.assessments.models import AssessmentLine
from inspect_app.core.database import db, transaction
from inspect_app.core.errors import FileRefused, Invalid
from inspect_app.evidence.queries import by_uuid
from inspect_app.evidence.rules import DOCUMENTS
from inspect_app.evidence.service import prepare_file
from inspect_app.web.forms import BaseForm


@blueprint.get("/<reference>/<code>/<item>")
@requires(Permission.VIEW_ASSESSMENTS)
def line(reference: str, code: str, item: str) -> str:
    """Show a line with all that was said of it, and what this person may do."""
    return drawn(_line(reference, code, item), {})


@blueprint.post("/<reference>/<code>/<item>/report")
@requires(REPORT)
def report(reference: str, code: str, item: str) -> Page:
    """Keep the county's figures of this line."""
    form = figures_form(ReportForm, item_of_line(_line(reference, code, item)))
    words = form.note.data or ""
    return _kept("report", form, reference, code, item, lambda found, version: reporting.report(
        db.session(), current_actor(), found, form.texts(), words, version
    ))  # fmt: skip


@blueprint.post("/<reference>/<code>/<item>/proofs")
@requires(REPORT)
def attach(reference: str, code: str, item: str) -> Page:
    """Keep a file beside this line."""
    form, upload = ProofForm(), request.files.get("file")
    _line(reference, code, item)
    if not form.validate_on_submit() or upload is None:
        return drawn(_line(reference, code, item), {"proof": form}), 422
    try:
        prepared = prepare_file(cast("BinaryIO", upload.stream), upload.filename or "", DOCUMENTS)
    except FileRefused as error:
        form.show(error)
        return drawn(_line(reference, code, item), {"proof": form}), 422
    with transaction():
        reporting.add_proof(db.session(), current_actor(), _line(reference, code, item), prepared)
    flash(_("佐证已上传。"), "success")
    return redirect(url_for("course.line", reference=reference, code=code, item=item))


@blueprint.post("/<reference>/<code>/<item>/proofs/<uuid:uuid>/withdraw")
@requires(REPORT)
def withdraw(reference: str, code: str, item: str, uuid: Any) -> Page:  # noqa: ANN401 - a UUID
    """Take a file back."""
    with transaction():
        proof = by_uuid(db.session(), current_actor(), str(uuid))
        reporting.withdraw_proof(db.session(), current_actor(), _line(reference, code, item), proof)
    flash(_("已撤回这份佐证。"), "success")
    return redirect(url_for("course.line", reference=reference, code=code, item=item))


@blueprint.post("/<reference>/<code>/<item>/decision")
@requires(RUN)
def decide(reference: str, code: str, item: str) -> Page:
    """Let the computed value stand, or accept what the county reported."""
    form = DecideForm()
    decision, reason = form.decision.data or "", form.reason.data or ""
    return _kept("decide", form, reference, code, item, lambda found, version: reviewing.decide(
        db.session(), current_actor(), found, decision, reason, version
    ))  # fmt: skip


@blueprint.post("/<reference>/<code>/<item>/change")
@requires(RUN)
def propose(reference: str, code: str, item: str) -> Page:
    """Propose a change, for somebody else to confirm."""
    form = propose_form(item_of_line(_line(reference, code, item)))
    reason = form.reason.data or ""
    return _kept("propose", form, reference, code, item, lambda found, version: reviewing.propose(
        db.session(), current_actor(), found, form.texts(), reason, version
    ))  # fmt: skip


@blueprint.post("/<reference>/<code>/<item>/confirm")
@requires(RUN, PUBLISH)
def confirm(reference: str, code: str, item: str) -> Page:
    """Put a change into force that somebody else proposed."""
    form = BaseForm()
    return _kept("confirm", form, reference, code, item, lambda found, version: reviewing.confirm(
        db.session(), current_actor(), found, version
    ))  # fmt: skip


@blueprint.post("/<reference>/<code>/<item>/refuse")
@requires(RUN, PUBLISH)
def refuse(reference: str, code: str, item: str) -> Page:
    """Send a change back that somebody else proposed."""
    form = ReasonForm()
    reason = form.reason.data or ""
    return _kept("refuse", form, reference, code, item, lambda found, version: reviewing.refuse(
        db.session(), current_actor(), found, reason, version
    ))  # fmt: skip


@blueprint.post("/<reference>/<code>/<item>/appeals")
@requires(REPORT)
def appeal(reference: str, code: str, item: str) -> Page:
    """Appeal against this line."""
    form = AppealForm()
    reason = form.reason.data or ""
    return _kept("appeal", form, reference, code, item, lambda found, version: appealing.appeal(
        db.session(), current_actor(), found, reason, version
    ))  # fmt: skip


@blueprint.post("/<reference>/<code>/<item>/answer")
@requires(RUN)
def answer(reference: str, code: str, item: str) -> Page:
    """Answer the appeal against this line."""
    form = AnswerForm()
    outcome, words = form.outcome.data or "", form.answer.data or ""
    return _kept("answer", form, reference, code, item, lambda found, version: appealing.answer(
        db.session(), current_actor(), found, outcome, words, version
    ))  # fmt: skip


def _line(reference: str, code: str, item: str) -> AssessmentLine:
    return queries.line_of(found_sheet(reference, code), item)


def _kept(
    name: str,
    form: BaseForm,
    reference: str,
    code: str,
    item: str,
    change: Callable[[AssessmentLine, int], object],
) -> Page:
    """Carry a change of a line out, or draw the page again with what is wrong."""
    found = _line(reference, code, item)
    if not form.validate_on_submit():
        return drawn(found, {name: form}), 422
    try:
        with transaction():
            change(_line(reference, code, item), -1 if form.version.data is None else form.version.data)
    except Invalid as error:
        form.show(error)
        return drawn(_line(reference, code, item), {name: form}), 422
    flash(_("已保存。"), "success")
    onward = _next(_line(reference, code, item)) if request.form.get("onward") else None
    return redirect(url_for("course.line", reference=reference, code=code, item=onward or item))


def _next(found: AssessmentLine) -> str | None:
    """Return the code of the next line: that the county may report, or that waits for the assessor."""
    sheet = found.sheet
    items = {item.code: item for item in items_of(scheme_of(sheet.assessment))}
    reporting_now = sheet.assessment.state == SELF_REPORTING
    open_lines = [
        line
        for line in sheet.lines
        if (items[line.code].reported if reporting_now else needs_decision(line, items[line.code]))
    ]
    return next((line.code for line in open_lines if line.position > found.position), None)
