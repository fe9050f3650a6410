"""Signing on the screen, and keeping scans of what was signed on paper."""

from typing import BinaryIO, cast
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from inspect_app.access.guard import current_actor, requires
from inspect_app.core.database import db, transaction
from inspect_app.core.errors import FileRefused, Invalid
from inspect_app.documents import queries, signatures
from inspect_app.documents.forms import SignForm, StepForm
from inspect_app.documents.loading import definition_of
from inspect_app.documents.models import Document
from inspect_app.documents.signatures import Given
from inspect_app.documents.views.place import DRAFTERS, Page, blueprint
from inspect_app.documents.views.showing import around
from inspect_app.evidence.rules import PHOTOS, FileKind
from inspect_app.evidence.service import prepare_file

SCANS = PHOTOS | {FileKind.PDF}


@blueprint.post("/<uuid:uuid>/signatures")
@requires(*DRAFTERS)
def sign(uuid: UUID) -> Page:
    """Add a signature, or a refusal to sign."""
    document = queries.by_uuid(db.session(), current_actor(), str(uuid))
    form = _offered(document)
    if not form.validate_on_submit() or not _signed(form, uuid):
        document = queries.by_uuid(db.session(), current_actor(), str(uuid))
        return render_template("documents/show.html", **around(document, form)), 422
    flash(_("已记录%(name)s的签名。", name=form.name.data), "success")
    return redirect(url_for("documents.show", uuid=uuid, _anchor="signatures"))


@blueprint.post("/<uuid:uuid>/scans")
@requires(*DRAFTERS)
def scan(uuid: UUID) -> Response:
    """Keep a scan or photo of the signed paper."""
    form, upload = StepForm(), request.files.get("file")
    queries.by_uuid(db.session(), current_actor(), str(uuid))
    if upload is None or not upload.filename:
        raise FileRefused("E_EMPTY", "没有收到文件。请选择签字件的扫描件或照片后再上传。")
    prepared = prepare_file(cast("BinaryIO", upload.stream), upload.filename, SCANS)
    with transaction():
        document = queries.by_uuid(db.session(), current_actor(), str(uuid))
        form.refuse_if_stale(document.version)
        signatures.attach_scan(db.session(), current_actor(), document, prepared, document.version)
    flash(_("已上传 %(name)s。", name=prepared.original_name), "success")
    return redirect(url_for("documents.show", uuid=uuid, _anchor="signatures"))


def _offered(document: Document) -> SignForm:
    form = SignForm()
    form.role.choices = [(each.role, each.label) for each in definition_of(document.kind).signers]
    return form


def _signed(form: SignForm, uuid: UUID) -> bool:
    given = {name: form[name].data or "" for name in ("role", "name", "credential", "strokes", "witness")}
    try:
        with transaction():
            document = queries.by_uuid(db.session(), current_actor(), str(uuid))
            form.refuse_if_stale(document.version)
            offered = Given(**given, refused=bool(form.refused.data))
            signatures.sign(db.session(), current_actor(), document, document.version, offered)
    except Invalid as error:
        form.show(error)
        return False
    return True
