"""The steps of a visit: start, submit, review, send back, void."""

from collections.abc import Callable, Mapping, Sequence

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from inspect_app.access.guard import current_actor, requires
from inspect_app.access.permissions import Permission
from inspect_app.checklists.definition import SEVERITY_LABELS, Severity
from inspect_app.checklists.rules import describe
from inspect_app.core.database import db, transaction
from inspect_app.core.errors import NotFound, StepRefused
from inspect_app.core.labels import mark
from inspect_app.inspections import queries, service
from inspect_app.inspections.forms import StepForm, SubmitForm
from inspect_app.inspections.lifecycle import UNDER_WAY
from inspect_app.inspections.models import Inspection
from inspect_app.inspections.views.place import Page, blueprint

Taken = Callable[[Inspection, StepForm], Inspection]


@blueprint.get("/<reference>/submit")
@requires(Permission.CARRY_OUT_INSPECTION)
def confirm(reference: str) -> Page:
    """Show what submitting will lead to, and what is still open."""
    inspection = queries.by_reference(db.session(), current_actor(), reference)
    if inspection.state != UNDER_WAY:
        return redirect(url_for("inspections.show", reference=reference))
    return _confirmation(inspection, SubmitForm(data=_last_words(inspection)))


@blueprint.post("/<reference>/submit")
@requires(Permission.CARRY_OUT_INSPECTION)
def submit(reference: str) -> Page:
    """Submit a visit; what is open is listed."""
    form = SubmitForm()
    form.validate()
    try:
        made = _submitted(reference, form)
    except StepRefused as refused:
        inspection = queries.by_reference(db.session(), current_actor(), reference)
        if inspection.state != UNDER_WAY:
            raise
        return _confirmation(inspection, form, getattr(refused, "own", refused.missing)), 409
    flash(_("已提交 %(reference)s：生成隐患 %(n)s 项。", reference=reference, n=made), "success")
    return redirect(url_for("inspections.show", reference=reference))


@blueprint.post("/<reference>/steps/<action>")
@requires(Permission.CARRY_OUT_INSPECTION, Permission.REVIEW_INSPECTION, Permission.PLAN_INSPECTION)
def step(reference: str, action: str) -> Response:
    """Take one of the other steps."""
    if action not in STEPS:
        raise NotFound
    form = StepForm()
    with transaction():
        inspection = queries.by_reference(db.session(), current_actor(), reference)
        form.refuse_if_stale(inspection.version)
        STEPS[action][0](inspection, form)
    flash(_(STEPS[action][1]), "success")
    endpoint = "inspections.fill" if action == "start" else "inspections.show"
    return redirect(url_for(endpoint, reference=reference))


def _start(inspection: Inspection, form: StepForm) -> Inspection:
    return service.start(db.session(), current_actor(), inspection, form.version.data)


def _review(inspection: Inspection, form: StepForm) -> Inspection:
    return service.review(db.session(), current_actor(), inspection, form.opinion.data or "", form.version.data)


def _send_back(inspection: Inspection, form: StepForm) -> Inspection:
    return service.send_back(db.session(), current_actor(), inspection, form.reason.data or "", form.version.data)


def _void(inspection: Inspection, form: StepForm) -> Inspection:
    return service.void(db.session(), current_actor(), inspection, form.reason.data or "", form.version.data)


def _reschedule(inspection: Inspection, form: StepForm) -> Inspection:
    day = form.planned_on.data
    if day is None:
        raise StepRefused([mark("请填写新的计划日期。")])
    reason, version = form.reason.data or "", form.version.data
    return service.reschedule(db.session(), current_actor(), inspection, day, reason, version)


STEPS: Mapping[str, tuple[Taken, str]] = {
    "start": (_start, mark("检查已开始。")),
    "review": (_review, mark("已审核通过。")),
    "send_back": (_send_back, mark("已退回检查人员修改。")),
    "reschedule": (_reschedule, mark("已改期。")),
    "void": (_void, mark("检查已作废。")),
}


def _submitted(reference: str, form: SubmitForm) -> int:
    """Submit, and return how many hazards came of it."""
    if not form.data.get("version"):
        raise StepRefused([mark("页面内容不完整，请刷新后再提交。")])
    with transaction():
        inspection = queries.by_reference(db.session(), current_actor(), reference)
        service.submit(
            db.session(),
            current_actor(),
            inspection,
            site_person=form.site_person.data or "",
            summary=form.summary.data or "",
            version=form.version.data,
        )
        return len(queries.hazards_of(db.session(), inspection))


def _last_words(inspection: Inspection) -> dict[str, object]:
    person = inspection.site_person or inspection.site.contact_person
    return {"version": inspection.version, "site_person": person, "summary": inspection.summary}


def _confirmation(inspection: Inspection, form: SubmitForm, refused: Sequence[str] | None = None) -> str:
    session = db.session()
    answers, files = queries.answers_of(session, inspection), queries.files_of(session, inspection)
    tallied = queries.tally_of(inspection, answers, files)
    return render_template(
        "inspections/submit.html",
        inspection=inspection,
        tally=tallied,
        form=form,
        refused=refused,
        describe=describe,
        severities=SEVERITY_LABELS,
        counts={each: tallied.leading_to(each) for each in Severity},
    )
