"""One thing that is owed: what is asked, what was said, and what this person may do about it."""

from collections.abc import Callable, Mapping
from typing import Any, BinaryIO, cast

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from inspect_app.access.guard import current_actor, requires
from inspect_app.access.permissions import Permission
from inspect_app.core import clock
from inspect_app.core.database import db, transaction
from inspect_app.core.errors import DomainError, FileRefused, Invalid, NotFound, StepRefused
from inspect_app.core.labels import mark
from inspect_app.core.lifecycle import Attempt, Step, unmet
from inspect_app.evidence.rules import DOCUMENTS
from inspect_app.evidence.service import Prepared, evidence_of, is_photo, prepare_file
from inspect_app.web.forms import BaseForm
from inspect_app.workplans.feedback import service, wording
from inspect_app.workplans.feedback.forms import ReasonForm, ReportForm
from inspect_app.workplans.lifecycle import DUE_LIFE
from inspect_app.workplans.models import WorkDue
from inspect_app.workplans.positions import before_due
from inspect_app.workplans.queries import due_of
from inspect_app.workplans.records.service import fulfilments
from inspect_app.workplans.views.place import Page, blueprint
from inspect_app.workplans.words import PART_LABELS

REPORTING = ("report", "amend")
STEPS: Mapping[str, Callable[..., WorkDue]] = {
    "send_back": service.send_back,
    "reopen": service.reopen,
    "excuse": service.excuse,
    "waive": service.waive,
    "restore": service.restore,
}
DONE = {
    "accept": mark("已认可。"),
    "send_back": mark("已退回，应报单位会在待报事项的最前面看到。"),
    "reopen": mark("已撤回认可并退回。"),
    "excuse": mark("已免计逾期。"),
    "waive": mark("已免报。"),
    "restore": mark("已恢复报送。"),
}
MOST_FILES = 20
TOO_MANY = mark("一次最多上传 20 个文件，请分几次上传。")


@blueprint.get("/dues/<reference>")
@requires(Permission.VIEW_WORKPLANS)
def due(reference: str) -> str:
    """Show what is asked, what registers and the unit say, and what the person may do."""
    return _drawn(due_of(db.session(), current_actor(), reference), {})


@blueprint.post("/dues/<reference>/report")
@requires(Permission.REPORT_WORK)
def report_due(reference: str) -> Page:
    """Keep a report with its files; what was typed stays on the page when something is wrong."""
    form = ReportForm.about(due_of(db.session(), current_actor(), reference))
    if not form.validate_on_submit():
        return _drawn(due_of(db.session(), current_actor(), reference), {"report": form}), 422
    try:
        files = _received(form)
        with transaction():
            found = due_of(db.session(), current_actor(), reference)
            form.refuse_if_stale(found.version)
            service.add_files(db.session(), current_actor(), found, files)
            service.report(db.session(), current_actor(), found, form.said(), form.version.data)
    except (FileRefused, Invalid, StepRefused) as error:
        return _refused(reference, "report", form, error)
    flash(_("已报送，等待审核。"), "success")
    return redirect(url_for("workplans.due", reference=reference))


@blueprint.post("/dues/<reference>/accept")
@requires(Permission.ACCEPT_WORK)
def accept_due(reference: str) -> Page:
    """Accept a report."""
    return _taken(reference, "accept", BaseForm(), lambda found, version: service.accept(
        db.session(), current_actor(), found, version
    ))  # fmt: skip


@blueprint.post("/dues/<reference>/<action>")
@requires(Permission.ACCEPT_WORK, Permission.WAIVE_WORK)
def take_due(reference: str, action: str) -> Page:
    """Send a report back, let it no longer count as late, or ask for it no longer: each with a reason."""
    if action not in STEPS:
        raise NotFound
    form = ReasonForm(prefix=action)
    return _taken(reference, action, form, lambda found, version: STEPS[action](
        db.session(), current_actor(), found, form.reason.data or "", version
    ))  # fmt: skip


def _taken(reference: str, action: str, form: BaseForm, take: Callable[[WorkDue, int | None], WorkDue]) -> Page:
    if not form.validate_on_submit():
        return _drawn(due_of(db.session(), current_actor(), reference), {action: form}), 422
    try:
        with transaction():
            found = due_of(db.session(), current_actor(), reference)
            form.refuse_if_stale(found.version)
            take(found, form.version.data)
    except (Invalid, StepRefused) as error:
        return _refused(reference, action, form, error)
    flash(_(DONE[action]), "success")
    return redirect(url_for("workplans.due", reference=reference))


def _refused(reference: str, name: str, form: BaseForm, error: DomainError) -> Page:
    form.show(error)
    return _drawn(due_of(db.session(), current_actor(), reference), {name: form}), 422


def _received(form: ReportForm) -> list[Prepared]:
    """Store the files before the transaction."""
    uploads = form.uploads()
    if len(uploads) > MOST_FILES:
        raise Invalid({"files": [TOO_MANY]})
    return [prepare_file(cast("BinaryIO", each.stream), each.filename or "", DOCUMENTS) for each in uploads]


def _drawn(found: WorkDue, forms: Mapping[str, Any]) -> str:
    session, actor, today = db.session(), current_actor(), clock.today()
    person = before_due(session, actor, found)
    steps = {step.action: step for step in DUE_LIFE.open_to(found, person) if _may_take(step, found, person)}
    offered: dict[str, Any] = {action: _form(found, action) for action in steps}
    if any(action in steps for action in REPORTING):
        offered["report"] = ReportForm.about(found) if "report" not in forms else forms["report"]
    met = fulfilments(session, [found], today).get(found.id)
    return render_template(
        "workplans/due.html", due=found, steps=steps, forms={**offered, **forms}, met=met, wording=wording,
        look=wording.look(found, today, met=bool(met and met.met)), files=evidence_of(session, service.KIND, found.id),
        parts=PART_LABELS, is_photo=is_photo, captures=person.captures, aspects=service.aspects_of(found),
    )  # fmt: skip


def _may_take(step: Step, found: WorkDue, person: Any) -> bool:  # noqa: ANN401 - a standing
    """Leave out a step whose conditions no form could bring about."""
    attempt = Attempt(found, {}, person, clock.now(), clock.today())
    return not unmet(step, attempt, before_form=True)


def _form(found: WorkDue, action: str) -> BaseForm:
    return ReasonForm(prefix=action, data={"version": found.version}) if action in STEPS else BaseForm(
        data={"version": found.version}
    )  # fmt: skip
