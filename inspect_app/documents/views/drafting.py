"""Drawing a document up from a case, filling it in, correcting an issued one by a new one."""

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from inspect_app.access.guard import current_actor, requires
from inspect_app.core.database import db, transaction
from inspect_app.core.errors import Conflict, Invalid, NotFound
from inspect_app.core.labels import mark
from inspect_app.documents import queries, service, sources
from inspect_app.documents.beginning import begin
from inspect_app.documents.fields import refuse_altered
from inspect_app.documents.forms import DocumentForm, document_form
from inspect_app.documents.kinds import KINDS, SUBJECTS
from inspect_app.documents.lifecycle import DRAFT, STATES, drafted_by
from inspect_app.documents.loading import definition_of, library
from inspect_app.documents.models import Document
from inspect_app.documents.views.place import DRAFTERS, Page, blueprint


@blueprint.route("/new", methods=["GET", "POST"])
@requires(*DRAFTERS)
def new() -> Page:
    """Choose a kind, or draw a document up about a case: `?subject=hazard:YH-...&kind=...&replaces=uuid`."""
    subject, kind = _subject(), request.args.get("kind", "")
    if not kind:
        return _choice(subject)
    replaces = _replaced()
    region, known = begin(db.session(), current_actor(), kind, subject, replaces)
    form = document_form(definition_of(kind), known)
    if form.validate_on_submit() and (key := _drawn_up(form, kind, subject)):
        flash(_("已拟制文书草稿，请核对后签名、送签发。"), "success")
        return redirect(url_for("documents.show", uuid=key))
    page = render_template("documents/edit.html", form=form, kind=definition_of(kind), subject=subject,
                           region=region, document=None, replaces=replaces, subjects=SUBJECTS)  # fmt: skip
    return page, 422 if form.is_submitted() else 200


@blueprint.route("/<uuid:uuid>/edit", methods=["GET", "POST"])
@requires(*DRAFTERS)
def edit(uuid: UUID) -> Page:
    """Fill a draft in."""
    document = _draft(uuid)
    form = document_form(definition_of(document.kind), document.data, document.version)
    if form.validate_on_submit() and _saved(form, uuid):
        flash(_("已保存。"), "success")
        return redirect(url_for("documents.show", uuid=uuid))
    subject = (document.subject_kind, document.subject_reference)
    page = render_template("documents/edit.html", form=form, kind=definition_of(document.kind), subject=subject,
                           region=document.region, document=document, replaces=document.replaces,
                           subjects=SUBJECTS)  # fmt: skip
    return page, 422 if form.is_submitted() else 200


def _subject() -> sources.Case:
    kind, _colon, reference = request.args.get("subject", "").partition(":")
    if kind not in sources.registered() or not reference:
        raise NotFound(mark("没有找到文书所依据的事项：请从隐患、检查或方案页面开具。"))
    return kind, reference


def _replaced() -> Document | None:
    key = request.args.get("replaces", "")
    return queries.by_uuid(db.session(), current_actor(), key) if key else None


def _choice(subject: sources.Case) -> str:
    actor, session = current_actor(), db.session()
    sources.build(session, actor, subject, "")
    offered = [kind for kind in library().kinds.values() if subject[0] in kind.subjects]
    ordered = sorted(offered, key=lambda kind: list(KINDS).index(kind.code))
    known = queries.of_subject(session, actor, *subject)
    return render_template(
        "documents/choose.html",
        subject=subject,
        offered=ordered,
        known=known,
        kinds=KINDS,
        subjects=SUBJECTS,
        states=STATES,
    )


def _drawn_up(form: DocumentForm, kind: str, subject: sources.Case) -> str:
    """Draw up what the form says; "" after showing on it why not."""
    try:
        with transaction():
            session, actor = db.session(), current_actor()
            region, known = begin(session, actor, kind, subject, _replaced())
            refuse_altered(definition_of(kind), known, form.given())
            made = service.draw_up(
                session, actor, kind=kind, subject_kind=subject[0], subject_reference=subject[1], region=region,
                data=form.given(), replaces=_replaced(),
            )  # fmt: skip
            return made.uuid
    except Invalid as error:
        form.show(error)
        return ""


def _saved(form: DocumentForm, uuid: UUID) -> bool:
    try:
        with transaction():
            document = _draft(uuid)
            form.refuse_if_stale(document.version)
            service.update(db.session(), current_actor(), document, document.version, form.given())
    except Invalid as error:
        form.show(error)
        return False
    return True


def _draft(uuid: UUID) -> Document:
    document = queries.by_uuid(db.session(), current_actor(), str(uuid))
    if sources.is_fixed(document.subject_kind):
        raise Conflict(mark("这份文书的内容由所依据的事项生成，不能在这里改，请到那里取回修改。"))
    if document.state != DRAFT or document.signatures:
        raise Conflict(mark("文书已有人签名、已发出或已作废，不能再改；有错的，请作废草稿，或开具一份新的更正它。"))
    if not drafted_by(document, current_actor()):
        raise NotFound
    return document
