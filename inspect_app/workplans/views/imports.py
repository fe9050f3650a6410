"""A workbook that came back: what it would report, row by row, and the steps that can be taken with it."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from inspect_app.access.guard import current_actor, requires
from inspect_app.access.permissions import Permission
from inspect_app.core.database import db, transaction
from inspect_app.core.errors import Invalid
from inspect_app.core.labels import Sentence
from inspect_app.web.forms import BaseForm
from inspect_app.workbooks.listkinds import KIND_LABELS
from inspect_app.workplans.feedback.books import queries, service
from inspect_app.workplans.feedback.books.lifecycle import APPLIED, LOOKS, STATES, WORK_RETURN_LIFE
from inspect_app.workplans.feedback.books.plan import CELL_LABELS, GROUP_LABELS, Group
from inspect_app.workplans.feedback.forms import ApplyForm, UndoForm
from inspect_app.workplans.models import WorkReturn
from inspect_app.workplans.views.place import Page, blueprint

SHOWN = 300
SHOW_FIRST = (Group.REFUSED, Group.NEW, Group.CHANGED, Group.FOREIGN, Group.UNCHANGED, Group.IGNORED)
REVIEWING = (Permission.ACCEPT_WORK, Permission.WAIVE_WORK)


@blueprint.get("/returns/<reference>")
@requires(Permission.REPORT_WORK, *REVIEWING)
def work_return(reference: str) -> str:
    """Show what became, or would become, of every row of a workbook."""
    made = queries.by_reference(db.session(), current_actor(), reference)
    return _drawn(made, UndoForm(data={"version": made.version}))


@blueprint.post("/returns/<reference>/check")
@requires(Permission.REPORT_WORK)
def check_return(reference: str) -> Page:
    """Compare a workbook anew with what is owed now."""
    form = BaseForm()
    with transaction():
        service.check(db.session(), current_actor(), _found(reference), version=form.version.data)
    flash(_("已按现在的情况重新核对。"), "success")
    return redirect(url_for("workplans.work_return", reference=reference))


@blueprint.post("/returns/<reference>/apply")
@requires(Permission.REPORT_WORK)
def apply_return(reference: str) -> Page:
    """Report what the plan says."""
    form = ApplyForm()
    with transaction():
        made = service.apply(
            db.session(), current_actor(), _found(reference), version=form.version.data,
            good_rows_only=form.good_rows_only.data,
        )  # fmt: skip
        number = len(made.touched)
    flash(ngettext("已报送 %(num)s 项，等待审核。", "已报送 %(num)s 项，等待审核。", number), "success")
    return redirect(url_for("workplans.work_return", reference=reference))


@blueprint.post("/returns/<reference>/discard")
@requires(Permission.REPORT_WORK)
def discard_return(reference: str) -> Page:
    """Put a workbook aside."""
    form = BaseForm()
    with transaction():
        service.discard(db.session(), current_actor(), _found(reference), version=form.version.data)
    flash(_("已放弃这份表，没有报送。"), "success")
    return redirect(url_for("workplans.work_return", reference=reference))


@blueprint.post("/returns/<reference>/undo")
@requires(Permission.REPORT_WORK)
def undo_return(reference: str) -> Page:
    """Take back what a workbook reported."""
    form = UndoForm()
    _found(reference)
    if not form.validate():
        raise Invalid(form.errors)
    with transaction():
        reason = form.reason.data or ""
        service.undo(db.session(), current_actor(), _found(reference), version=form.version.data, reason=reason)
    flash(_("已撤销这次报送。"), "success")
    return redirect(url_for("workplans.work_return", reference=reference))


def _found(reference: str) -> WorkReturn:
    return queries.by_reference(db.session(), current_actor(), reference)


def _drawn(made: WorkReturn, undo_form: UndoForm) -> str:
    session, actor, group = db.session(), current_actor(), _group(made)
    own = service.may_handle(session, actor, made)
    rows = made.outcome["groups"][group]
    return render_template(
        "workplans/work_return.html", made=made, group=group, groups=GROUP_LABELS, limit=SHOWN, rows=rows[:SHOWN],
        cells=CELL_LABELS, kinds=KIND_LABELS, Sentence=Sentence, state=STATES[made.state], look=LOOKS[made.state],
        notices=[(name or "", Sentence(message, params)) for name, message, params in made.outcome["notices"]],
        steps={step.action for step in WORK_RETURN_LIFE.open_to(made, actor)} if own else set(),
        later=service.later_than(session, made) if made.state == APPLIED else [],
        original=queries.original_of(session, made), undo_form=undo_form,
    )  # fmt: skip


def _group(made: WorkReturn) -> Group:
    """Return the group that was asked for, else the first that holds something a person should see."""
    asked = request.args.get("group", "")
    if asked in set(Group):
        return Group(asked)
    return next((group for group in SHOW_FIRST if made.counts.get(group)), Group.NEW)
