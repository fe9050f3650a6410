"""Registers that come in: sending a file, looking at what it would change, deciding."""

import tempfile
from collections.abc import Callable
from pathlib import Path

from flask import Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from inspect_app.access.guard import current_actor, requires
from inspect_app.access.permissions import Permission
from inspect_app.core import clock
from inspect_app.core.database import db, transaction
from inspect_app.core.errors import DomainError, Stale
from inspect_app.core.labels import Sentence
from inspect_app.evidence.rules import WORKBOOKS
from inspect_app.evidence.service import prepare_file
from inspect_app.sites.forms import RegisterForm, RegisterStepForm
from inspect_app.sites.importing import queries, service, sheet
from inspect_app.sites.importing.plan import GROUP_LABELS
from inspect_app.sites.importing.reading import ReadRegister, read_register
from inspect_app.sites.models import SiteImport
from inspect_app.sites.rules import FIELD_LABELS
from inspect_app.sites.views.place import Page, blueprint
from inspect_app.workbooks.listkinds import Group

SHOWN = 200
SHOW_FIRST = (Group.REFUSED, Group.DUPLICATES, Group.CREATE, Group.UPDATE, Group.UNCHANGED, Group.IGNORED)


@blueprint.route("/sites/imports", methods=["GET", "POST"])
@requires(Permission.EDIT_SITES)
def imports() -> Page:
    """Send a register, and list those that were sent."""
    form = RegisterForm()
    if form.validate_on_submit():
        try:
            return redirect(url_for("sites.imported", reference=_take_in(form)))
        except DomainError as error:
            form.show(error)
    sent = queries.latest(db.session(), current_actor())
    page = render_template("sites/imports.html", form=form, sent=sent, groups=GROUP_LABELS)
    return page, 422 if form.is_submitted() else 200


@blueprint.get("/sites/imports/<reference>")
@requires(Permission.EDIT_SITES)
def imported(reference: str) -> str:
    """Show what became, or would become, of every row of a register."""
    batch = queries.by_reference(db.session(), current_actor(), reference)
    group = _group(batch)
    entries = batch.plan["groups"][group]
    return render_template(
        "sites/imported.html", batch=batch, group=group, groups=GROUP_LABELS, limit=SHOWN, sheet=sheet,
        entries=[(entry, sheet.sentences(group, entry)) for entry in entries[:SHOWN]], labels=FIELD_LABELS,
        notices=[(name or "", Sentence(message, params)) for name, message, params in batch.plan["notices"]],
        doubles=sum(one["may_be_registered"] for one in batch.plan["groups"][Group.DUPLICATES]),
        is_open=service.is_open(batch), original=queries.original_of(db.session(), batch),
    )  # fmt: skip


@blueprint.get("/sites/imports/<reference>/plan.csv")
@requires(Permission.EDIT_SITES)
def imported_csv(reference: str) -> Response:
    """Give the whole plan out as a list that opens in a spreadsheet."""
    batch = queries.by_reference(db.session(), current_actor(), reference)
    answer = Response("".join(sheet.as_csv(batch.plan["groups"])), mimetype="text/csv")
    answer.headers["Content-Disposition"] = f'attachment; filename="{batch.reference}.csv"'
    return answer


@blueprint.post("/sites/imports/<reference>/apply")
@requires(Permission.EDIT_SITES)
def apply_import(reference: str) -> AnyResponse:
    """Import a register: all rows or the good ones, with those that may repeat a site or without."""
    form = RegisterStepForm()
    choices = {"good_rows_only": form.good_rows_only.data, "doubles_too": form.doubles_too.data}
    _step(reference, form, service.apply, **choices)
    flash(_("名册已导入。"), "success")
    return redirect(url_for("sites.imported", reference=reference))


@blueprint.post("/sites/imports/<reference>/check")
@requires(Permission.EDIT_SITES)
def check_import(reference: str) -> AnyResponse:
    """Compare the file with the register anew."""
    _step(reference, RegisterStepForm(), service.check)
    flash(_("已按系统现在的内容重新核对。"), "success")
    return redirect(url_for("sites.imported", reference=reference))


@blueprint.post("/sites/imports/<reference>/discard")
@requires(Permission.EDIT_SITES)
def discard_import(reference: str) -> AnyResponse:
    """Put a register aside."""
    form = RegisterStepForm()
    with transaction():
        batch = queries.by_reference(db.session(), current_actor(), reference)
        service.discard(db.session(), current_actor(), batch, version=_version(form))
    flash(_("已放弃这份名册，没有导入任何内容。"), "success")
    return redirect(url_for("sites.imported", reference=reference))


def _take_in(form: RegisterForm) -> str:
    """Read the file before the transaction; what is refused is not stored."""
    upload = form.file.data
    with tempfile.TemporaryDirectory(prefix="register-") as folder:
        path = Path(folder) / "upload"
        upload.save(path)
        read = read_register(path, clock.today())
        with path.open("rb") as stream:
            prepared = prepare_file(stream, upload.filename or "", WORKBOOKS)
    with transaction():
        return service.receive(db.session(), current_actor(), prepared, read).reference


def _step(reference: str, form: RegisterStepForm, step: Callable[..., SiteImport], **choices: bool) -> None:
    """Read the kept file again before the transaction, and take the step inside it."""
    version, read = _version(form), _read_again(reference)
    with transaction():
        batch = queries.by_reference(db.session(), current_actor(), reference)
        step(db.session(), current_actor(), batch, read, version=version, **choices)


def _read_again(reference: str) -> ReadRegister:
    batch = queries.by_reference(db.session(), current_actor(), reference)
    return read_register(queries.file_of(db.session(), batch), clock.today())


def _version(form: RegisterStepForm) -> int:
    if form.version.data is None:
        raise Stale
    return form.version.data


def _group(batch: SiteImport) -> Group:
    """Return the group that was asked for, else the first that holds something a person should see."""
    asked = request.args.get("group", "")
    if asked in set(Group):
        return Group(asked)
    return next((group for group in SHOW_FIRST if batch.counts.get(group)), Group.CREATE)
