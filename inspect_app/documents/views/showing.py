"""The page of one document, its PDF and Word files, and the steps of its life."""

import io
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, send_file, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from inspect_app.access.guard import current_actor, requires
from inspect_app.access.permissions import Permission
from inspect_app.core.database import db, transaction
from inspect_app.core.errors import NotFound
from inspect_app.core.labels import mark
from inspect_app.documents import queries, readiness, service, signing, sources
from inspect_app.documents.definition import FieldKind, KindDefinition
from inspect_app.documents.filling import citations_of, cited_text, shown
from inspect_app.documents.forms import SignForm, StepForm
from inspect_app.documents.freezing import stored
from inspect_app.documents.kinds import FAMILY_LABELS, KINDS, SUBJECTS
from inspect_app.documents.lifecycle import DOCUMENT_LIFE, DRAFT, ISSUED, LOOKS, STATES, drafted_by
from inspect_app.documents.loading import definition_of
from inspect_app.documents.models import Document
from inspect_app.documents.rendering import render
from inspect_app.documents.signing import HEIGHT, WIDTH
from inspect_app.documents.views.place import DRAFTERS, blueprint
from inspect_app.evidence.models import Purpose
from inspect_app.evidence.service import evidence_of

TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
DONE = {"issue": mark("文书已发出，内容已固定。"), "void": mark("文书已作废，文号不再使用。")}


@blueprint.get("/<uuid:uuid>")
@requires(Permission.VIEW_DOCUMENTS)
def show(uuid: UUID) -> str:
    """Show a document: what it says, who signed, what is still missing, what this person may do now."""
    document = queries.by_uuid(db.session(), current_actor(), str(uuid))
    return render_template("documents/show.html", **around(document))


@blueprint.get("/<uuid:uuid>/preview.pdf")
@requires(Permission.VIEW_DOCUMENTS)
def preview(uuid: UUID) -> Response:
    """Give out the PDF, to be read in the browser."""
    document = queries.by_uuid(db.session(), current_actor(), str(uuid))
    return _given(service.preview_pdf(document), "pdf", document)


@blueprint.get("/<uuid:uuid>/word.docx")
@requires(Permission.VIEW_DOCUMENTS)
def word(uuid: UUID) -> Response:
    """Give out the Word file: as issued, or as the draft would look now."""
    document = queries.by_uuid(db.session(), current_actor(), str(uuid))
    content = stored(document, "docx") if document.frozen is not None else render(document).docx
    return _given(content, "docx", document)


@blueprint.post("/<uuid:uuid>/steps/<action>")
@requires(Permission.VIEW_DOCUMENTS)
def step(uuid: UUID, action: str) -> Response:
    """Issue or void."""
    form, actor, session = StepForm(), current_actor(), db.session()
    if action not in DONE:
        raise NotFound
    draft = queries.by_uuid(session, actor, str(uuid))
    ready = service.make_ready_to_issue(session, actor, draft) if action == "issue" else None
    with transaction():
        document = queries.by_uuid(session, actor, str(uuid))
        form.refuse_if_stale(document.version)
        if action == "issue":
            service.issue(session, actor, document, form.version.data, ready)
        else:
            service.void(session, actor, document, form.reason.data or "", form.version.data)
    flash(_(DONE[action]), "success")
    return redirect(url_for("documents.show", uuid=uuid))


@blueprint.post("/<uuid:uuid>/number")
@requires(*DRAFTERS)
def reserve(uuid: UUID) -> Response:
    """Reserve a number before the document is issued."""
    form, actor, session = StepForm(), current_actor(), db.session()
    with transaction():
        document = queries.by_uuid(session, actor, str(uuid))
        form.refuse_if_stale(document.version)
        number = service.reserve_number(session, actor, document, document.version)
    flash(_("已占用文号 %(number)s。", number=number), "success")
    return redirect(url_for("documents.show", uuid=uuid))


def around(document: Document, sign: SignForm | None = None) -> dict[str, Any]:
    """Return what the page of a document shows."""
    session, actor, kind = db.session(), current_actor(), definition_of(document.kind)
    source = sources.registered().get(document.subject_kind)
    files = evidence_of(session, "document", document.id)
    may_change = document.state == DRAFT and drafted_by(document, actor) and any(map(actor.can, DRAFTERS))
    return {
        "document": document,
        "kind": kind,
        "rows": _rows(kind, document),
        "cited": cited_text(citations_of(document, kind)),
        "missing": readiness.missing(session, document) if document.state == DRAFT else [],
        "steps": DOCUMENT_LIFE.open_to(document, actor),
        "may_change": may_change,
        "may_edit": may_change and not document.signatures and not sources.is_fixed(document.subject_kind),
        "may_correct": _may_correct(document),
        "sign": sign or offered(kind, document),
        "sign_next": signing.next_role(kind, document.signatures),
        "drafter": queries.drafter_of(session, document),
        "scans": [file for file in files if file.purpose == Purpose.PROOF],
        "successors": queries.successors_of(session, actor, document),
        "subject_href": _subject_href(source, document.subject_reference) if source else "",
        "labels": {each.role: each.label for each in kind.signers},
        "pad": (WIDTH, HEIGHT),
        "kinds": KINDS,
        "states": STATES,
        "looks": LOOKS,
        "families": FAMILY_LABELS,
        "subjects": SUBJECTS,
        "life": DOCUMENT_LIFE,
    }


def _may_correct(document: Document) -> bool:
    drafts = any(map(current_actor().can, DRAFTERS))
    return document.state == ISSUED and drafts and not sources.is_fixed(document.subject_kind)


def offered(kind: KindDefinition, document: Document) -> SignForm:
    """Return a form for the next signature that a document lacks."""
    role = signing.next_role(kind, document.signatures)
    form = SignForm(formdata=None, data={"version": document.version, "role": role})
    form.role.choices = [(each.role, each.label) for each in kind.signers]
    return form


def _subject_href(source: sources.Source, reference: str) -> str:
    given: dict[str, Any] = {source.parameter: reference}
    return url_for(source.endpoint, **given)


def _rows(kind: KindDefinition, document: Document) -> list[tuple[str, list[str], bool]]:
    """Return label, lines and whether it is needed but blank, for every field."""
    found = []
    for field in kind.fields:
        value = document.data.get(field.code)
        lines = shown(field, value) if value else []
        if field.kind is FieldKind.ROWS and value:
            lines = ["　".join([f"{row['n']}.", *(row[c.code] for c in field.columns if row[c.code])]) for row in lines]
        found.append((field.label, [lines] if isinstance(lines, str) else lines, not value and not field.optional))
    return found


def _given(content: bytes, which: str, document: Document) -> Response:
    name = f"{document.title}{document.number.text if document.number else ''}.{which}"
    answer = send_file(io.BytesIO(content), TYPES[which], as_attachment=which != "pdf", download_name=name, max_age=0)
    answer.headers["Cache-Control"] = "private, no-store"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer
