"""Changing a restricted paper, putting files beside it, noting that people were told of it, withdrawing it."""

from typing import BinaryIO, cast

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from inspect_app.access.guard import current_actor, requires
from inspect_app.access.permissions import Permission
from inspect_app.core.database import db, transaction
from inspect_app.core.errors import FileRefused, Invalid, NotFound
from inspect_app.evidence.rules import DOCUMENTS, PHOTOS
from inspect_app.evidence.service import Prepared, prepare_file
from inspect_app.opinions import service
from inspect_app.opinions.forms import PaperForm
from inspect_app.opinions.views.place import Page, blueprint, drawn, found
from inspect_app.web.forms import BaseForm

PAPERS = DOCUMENTS - PHOTOS
STEPS = {"notify": service.notify, "withdraw": service.withdraw}


@blueprint.post("/<reference>/change")
@requires(Permission.WRITE_RESTRICTED)
def change(reference: str) -> Page:
    """Change what a paper says while nobody was told of it."""
    form = PaperForm()
    if not form.validate_on_submit() or not _changed(form, reference):
        return drawn(found(reference), form=form, status=422)
    flash(_("已保存。"), "success")
    return redirect(url_for("opinions.index"))


@blueprint.post("/<reference>/files")
@requires(Permission.WRITE_RESTRICTED)
def attach(reference: str) -> Page:
    """Put a file beside a paper."""
    form, upload, opinion = BaseForm(), request.files.get("file"), found(reference)
    if upload is None or not upload.filename:
        form.form_errors.append(_("请选择要上传的文件。"))
        return drawn(opinion, proof=form, status=422)
    try:
        prepared = prepare_file(cast("BinaryIO", upload.stream), upload.filename, PAPERS)
    except FileRefused as error:
        form.show(error)
        return drawn(opinion, proof=form, status=422)
    return _attached(reference, form, prepared)


@blueprint.post("/<reference>/steps/<action>")
@requires(Permission.WRITE_RESTRICTED)
def step(reference: str, action: str) -> Response:
    """Note that the receivers were told, or withdraw the paper."""
    form = BaseForm()
    if action not in STEPS:
        raise NotFound
    with transaction():
        opinion = found(reference)
        form.refuse_if_stale(opinion.version)
        STEPS[action](db.session(), current_actor(), opinion, opinion.version)
    flash(_("已登记通报。") if action == "notify" else _("已撤回。"), "success")
    return redirect(url_for("opinions.index"))


def _attached(reference: str, form: BaseForm, prepared: Prepared) -> Response:
    with transaction():
        opinion = found(reference)
        form.refuse_if_stale(opinion.version)
        service.add_file(db.session(), current_actor(), opinion, opinion.version, prepared)
    flash(_("附件已上传。"), "success")
    return redirect(url_for("opinions.index"))


def _changed(form: PaperForm, reference: str) -> bool:
    try:
        with transaction():
            opinion = found(reference)
            form.refuse_if_stale(opinion.version)
            service.change(db.session(), current_actor(), opinion, opinion.version, form.given())
    except Invalid as error:
        form.show(error)
        return False
    return True
