"""Files that come in: sending one, reporting that there is nothing, looking at what one would change."""

import tempfile
from pathlib import Path

from flask import Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from inspect_app.access.guard import current_actor, requires
from inspect_app.access.permissions import Permission
from inspect_app.core import clock
from inspect_app.core.database import db, transaction
from inspect_app.core.errors import DomainError, Invalid
from inspect_app.core.labels import Sentence
from inspect_app.evidence.rules import WORKBOOKS
from inspect_app.evidence.service import prepare_file
from inspect_app.registers.definition import Register
from inspect_app.registers.forms import FileForm, UndoForm, ZeroForm
from inspect_app.registers.importing import queries, telling
from inspect_app.registers.importing.reading import read_register
from inspect_app.registers.importing.service import Parcel, receive, report_nothing
from inspect_app.registers.importing.undoing import later_than
from inspect_app.registers.lifecycle import APPLIED, LOOKS, REGISTER_IMPORT_LIFE, STATES
from inspect_app.registers.loading import register_of
from inspect_app.registers.models import RegisterImport
from inspect_app.registers.views.place import Page, blueprint, counties, county
from inspect_app.sites.sketches import counties_captured
from inspect_app.workbooks.listkinds import GROUP_LABELS, Group

SHOWN = 200
SHOW_FIRST = (Group.REFUSED, Group.CREATE, Group.UPDATE, Group.DUPLICATES, Group.UNCHANGED, Group.IGNORED)


@blueprint.route("/<code>/imports", methods=["GET", "POST"])
@requires(Permission.EDIT_REGISTERS)
def imports(code: str) -> Page:
    """Send a file, and list those that were sent."""
    register = register_of(code)
    form = FileForm(data={"as_of": clock.today()}).offer(counties())
    if form.validate_on_submit():
        try:
            return redirect(url_for("registers.imported", reference=_take_in(register, form)))
        except DomainError as error:
            form.show(error)
    return _imports(register, form), 422 if form.is_submitted() else 200


@blueprint.post("/<code>/zero")
@requires(Permission.EDIT_REGISTERS)
def zero(code: str) -> AnyResponse:
    """Report that a county has nothing of this kind."""
    register, form = register_of(code), ZeroForm().offer(counties())
    if not form.validate():
        raise Invalid(form.errors)
    with transaction():
        as_of = form.as_of.data or clock.today()
        made = report_nothing(db.session(), current_actor(), register, county(form.county_id.data), as_of)
        reference = made.reference
    flash(_("已记为零报告。"), "success")
    return redirect(url_for("registers.imported", reference=reference))


@blueprint.get("/imports/<reference>")
@requires(Permission.EDIT_REGISTERS)
def imported(reference: str) -> str:
    """Show what became, or would become, of every row of a file."""
    session, actor = db.session(), current_actor()
    batch = queries.by_reference(session, actor, reference)
    register, group = register_of(batch.register), _group(batch)
    rows = batch.plan["groups"][group]
    return render_template(
        "registers/imported.html", batch=batch, register=register, group=group, groups=GROUP_LABELS, limit=SHOWN,
        entries=rows[:SHOWN], telling=telling, Sentence=Sentence, state=STATES[batch.state], look=LOOKS[batch.state],
        notices=[(name or "", Sentence(message, params)) for name, message, params in batch.plan["notices"]],
        steps=_steps(batch),
        later=later_than(session, batch) if batch.state == APPLIED else [],
        original=queries.original_of(session, batch), undo_form=UndoForm(data={"version": batch.version}),
    )  # fmt: skip


@blueprint.get("/imports/<reference>/plan.csv")
@requires(Permission.EDIT_REGISTERS)
def imported_csv(reference: str) -> Response:
    """Give the whole plan out as a list that opens in a spreadsheet."""
    batch = queries.by_reference(db.session(), current_actor(), reference)
    lines = telling.as_csv(register_of(batch.register), batch.plan["groups"])
    answer = Response("".join(lines), mimetype="text/csv")
    answer.headers["Content-Disposition"] = f'attachment; filename="{batch.reference}.csv"'
    return answer


def _imports(register: Register, form: FileForm) -> str:
    zero_form = ZeroForm(formdata=None, data={"as_of": clock.today()}).offer(counties())
    sent = queries.latest(db.session(), current_actor(), register.code)
    return render_template(
        "registers/imports.html", register=register, form=form, zero_form=zero_form, sent=sent, groups=GROUP_LABELS,
        states=STATES, looks=LOOKS, counties=counties(),
    )  # fmt: skip


def _take_in(register: Register, form: FileForm) -> str:
    """Read the file before the transaction; what is refused is not stored."""
    upload, as_of = form.file.data, form.as_of.data or clock.today()
    with tempfile.TemporaryDirectory(prefix="register-") as folder:
        path = Path(folder) / "upload"
        upload.save(path)
        read = read_register(path, register, clock.today())
        with path.open("rb") as stream:
            prepared = prepare_file(stream, upload.filename or "", WORKBOOKS)
    with transaction():
        parcel = Parcel(register, county(form.county_id.data), as_of, read)
        return receive(db.session(), current_actor(), parcel, prepared).reference


def _steps(batch: RegisterImport) -> set[str]:
    """Return what the person may do with an import now."""
    here = {each.id for each in counties_captured(db.session(), current_actor())}
    open_to_them = REGISTER_IMPORT_LIFE.open_to(batch, current_actor()) if batch.county_id in here else []
    return {step.action for step in open_to_them}


def _group(batch: RegisterImport) -> Group:
    """Return the group that was asked for, else the first that holds something a person should see."""
    asked = request.args.get("group", "")
    if asked in set(Group):
        return Group(asked)
    return next((group for group in SHOW_FIRST if batch.counts.get(group)), Group.CREATE)
