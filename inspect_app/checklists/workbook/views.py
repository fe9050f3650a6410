"""Pages that send checklists to Excel, and bring them in from Excel and XLSForm."""

from dataclasses import astuple
from pathlib import Path

from flask import current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from itsdangerous import BadSignature, URLSafeSerializer
from werkzeug.wrappers import Response

from inspect_app.access.guard import current_actor, requires
from inspect_app.access.permissions import Permission
from inspect_app.checklists import queries
from inspect_app.checklists.definition import FIRST_MEASURE_LABELS, SEVERITY_LABELS, Checklist
from inspect_app.checklists.questions import ANSWER_TYPE_LABELS
from inspect_app.checklists.rules import describe
from inspect_app.checklists.views.listing import asked_number
from inspect_app.checklists.views.place import Page, blueprint
from inspect_app.checklists.workbook import exporting, sending, service
from inspect_app.checklists.workbook.basics import PASS_MARK
from inspect_app.checklists.workbook.forms import ConfirmForm, SendForm
from inspect_app.checklists.workbook.sending import FORM_LABELS, Kept, Sent
from inspect_app.checklists.workbook.service import WAY_LABELS, Aim
from inspect_app.core import clock
from inspect_app.core.database import db, transaction
from inspect_app.core.errors import DomainError, NotFound
from inspect_app.core.labels import mark
from inspect_app.evidence.rules import clean_name
from inspect_app.web.downloads import send_workbook

SALT = "checklist-import"
LABELS = {
    "forms": FORM_LABELS,
    "ways": WAY_LABELS,
    "types": ANSWER_TYPE_LABELS,
    "severities": SEVERITY_LABELS,
    "firsts": FIRST_MEASURE_LABELS,
}
EMPTY = Checklist("", 1, "", "", "", PASS_MARK, ())


@blueprint.get("/<code>/export")
@requires(Permission.VIEW_CHECKLISTS)
def export(code: str) -> Response:
    """Give a version out as a workbook."""
    version = queries.seen(db.session(), current_actor(), code, asked_number("version"))
    name = clean_name(_("%(code)s 第%(n)s版 %(title)s.xlsx", code=code, n=version.number, title=version.title))
    checklist = queries.content(version)
    return send_workbook(name, lambda out: exporting.write(out, checklist, queries.register(), clock.today()))


@blueprint.get("/blank.xlsx")
@requires(Permission.AUTHOR_CHECKLIST)
def blank_workbook() -> Response:
    """Give out a workbook without items, with instructions and drop-downs."""
    register = queries.register()
    return send_workbook(_("检查表空表.xlsx"), lambda out: exporting.write(out, EMPTY, register, clock.today()))


@blueprint.route("/import", methods=["GET", "POST"])
@requires(Permission.AUTHOR_CHECKLIST)
def import_workbook() -> Page:
    """Take a file in to look at it; nothing is imported yet."""
    form = SendForm()
    if form.validate_on_submit():
        code = form.code.data or ""
        try:
            kept = sending.receive(form.file.data.stream, form.file.data.filename or "", lambda path: _read(path, code))
        except DomainError as error:
            form.show(error)
        else:
            return redirect(url_for("checklists.import_preview", file=_signed(kept, code)))
    return render_template("checklists/import.html", form=form), 422 if form.is_submitted() else 200


@blueprint.route("/import/preview", methods=["GET", "POST"])
@requires(Permission.AUTHOR_CHECKLIST)
def import_preview() -> Page:
    """Show what a file says and what importing it would change; import it when that is confirmed."""
    kept, code = _unsigned(request.args.get("file", ""))
    sent = _read(sending.path_of(kept), code)
    form = ConfirmForm()
    if form.is_submitted():
        try:
            return _imported(sent, kept, form)
        except DomainError as error:
            form.show(error)
    return _preview(sent, kept, form), 422 if form.is_submitted() else 200


def _imported(sent: Sent, kept: Kept, form: ConfirmForm) -> Response:
    with transaction():
        version = service.import_list(db.session(), current_actor(), sent, kept, form.version.data)
        code, number = version.code, version.number
    flash(_("已导入检查表 %(code)s，成为第 %(n)s 版草稿。", code=code, n=number), "success")
    return redirect(url_for("checklists.draft", code=code))


def _preview(sent: Sent, kept: Kept, form: ConfirmForm) -> str:
    aim = None if sent.problems else _aim(sent, form)
    if aim and aim.version:
        form.version.data = aim.version.version
    return render_template(
        "checklists/import_preview.html",
        form=form,
        sent=sent,
        aim=aim,
        name=kept.name,
        again=url_for("checklists.import_workbook"),
        labels=LABELS,
        describe=describe,
    )


def _aim(sent: Sent, form: ConfirmForm) -> Aim | None:
    try:
        return service.aim_of(db.session(), current_actor(), sent.checklist)
    except DomainError as error:
        if not form.form_errors:
            form.show(error)
        return None


def _read(path: Path, code: str) -> Sent:
    session, actor = db.session(), current_actor()
    return sending.read_file(path, queries.register(), lambda each: service.parent_content(session, actor, each), code)


def _signed(kept: Kept, code: str) -> str:
    return _serializer().dumps([*astuple(kept), code, current_actor().id])


def _unsigned(text: str) -> tuple[Kept, str]:
    """Return what was signed for this person; another's link leads nowhere."""
    try:
        sha256, name, code, person = _serializer().loads(text)
    except BadSignature:
        raise NotFound(mark("这个预览已经失效，请重新上传文件。")) from None
    if person != current_actor().id:
        raise NotFound(mark("这个预览已经失效，请重新上传文件。"))
    return Kept(sha256, name), code


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.secret_key or "", salt=SALT)
