"""Freezing what is issued: its number, both files, and the hash of everything it says."""

import io
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session, object_session

from inspect_app.access.actor import Actor
from inspect_app.core import clock
from inspect_app.core.definitions import content_hash
from inspect_app.core.errors import StepRefused
from inspect_app.core.labels import mark
from inspect_app.documents import numbering
from inspect_app.documents.filling import citations_of, cited_text
from inspect_app.documents.issuing_body import issuer_of
from inspect_app.documents.loading import definition_of
from inspect_app.documents.models import Document
from inspect_app.documents.rendering import Rendered, render, still_says
from inspect_app.evidence.models import Purpose
from inspect_app.evidence.rules import FileDamaged, FileKind
from inspect_app.evidence.service import Prepared, attach, evidence_of, open_file, prepare_file

FILES = {"docx": FileKind.DOCX, "pdf": FileKind.PDF}


@dataclass(frozen=True)
class Ready:
    """Both files of a document as it would be issued, made and stored before the transaction that issues it."""

    made: Rendered
    files: Mapping[str, Prepared]


def make_ready(session: Session, document: Document) -> Ready:
    """Make both files as the document would be issued today, under its number or the next one; writes no row.

    Making them takes a second or two, which nobody else should wait for who wants to write.
    """
    issuer = issuer_of(document.region)
    if document.number is not None:
        number = document.number.text
    else:
        number = numbering.expected(session, definition_of(document.kind), issuer, document) if issuer else ""
    made = render(document, clock.today(), number)
    return Ready(made, {name: _prepared(document, made, name, number) for name in FILES})


def freeze(session: Session, actor: Actor, document: Document, ready: Ready | None = None) -> None:
    """Number a draft, date it, and keep both files with the hash of everything it says.

    `ready` saves making the files here, unless something it says has changed since: the number above all.
    """
    if document.number is None:
        take_number(session, actor, document)
    if document.number is not None:
        numbering.use(document.number)
    document.issued_on = clock.today()
    if ready is None or not still_says(document, document.issued_on, ready.made):
        ready = make_ready(session, document)
    hashes = {name: keep(session, actor, document, file, name, Purpose.ORIGINAL) for name, file in ready.files.items()}
    document.frozen = _content(document, ready.made, hashes)
    document.content_hash = content_hash(document.frozen)


def stored(document: Document, which: str) -> bytes:
    """Return the "docx" or "pdf" that was issued, checked against its hash; FileDamaged when it is not whole."""
    files = {
        file.item: file
        for file in evidence_of(object_session(document) or Session(), "document", document.id, Purpose.ORIGINAL)
    }
    if which not in files:
        raise FileDamaged
    return open_file(files[which]).read_bytes()


def take_number(session: Session, actor: Actor, document: Document) -> str:
    """Reserve the next number for a document and return it; StepRefused where no body is configured."""
    issuer = issuer_of(document.region)
    if issuer is None:
        raise StepRefused([mark("本地区还没有配置发文机关，请在 reports/documents/issuers.toml 中补充。")])
    return numbering.reserve(session, actor, definition_of(document.kind), issuer, document).text


def _prepared(document: Document, made: Rendered, which: str, number: str) -> Prepared:
    content = made.docx if which == "docx" else made.pdf
    name = f"{document.title}{number or document.kind}.{which}"
    return prepare_file(io.BytesIO(content), name, [FILES[which]])


def keep(session: Session, actor: Actor, document: Document, prepared: Prepared, item: str, purpose: Purpose) -> str:
    """Tie a file to a document; returns its SHA-256."""
    attach(
        session, actor, prepared, kind="document", id=document.id, purpose=purpose, item=item,
        county_id=document.county_id, region_id=document.region_id,
    )  # fmt: skip
    return prepared.sha256


def _content(document: Document, made: Rendered, hashes: Mapping[str, str]) -> dict[str, Any]:
    """Return all that an issued document stands for, as JSON."""
    return {
        **standing_content(document),
        "cited": cited_text(citations_of(document, definition_of(document.kind))),
        "template": made.template_hash,
        "layout": made.layout_hash,
        **hashes,
    }


def standing_content(document: Document) -> dict[str, Any]:
    """Return what of the frozen content stands in the rows as well, and must go on saying the same there."""
    return {
        "kind": document.kind,
        "family": document.family,
        "title": document.title,
        "number": document.number.text if document.number else "",
        "subject": [document.subject_kind, document.subject_reference],
        "issuer": document.issuer,
        "addressee": document.addressee,
        "issued_on": document.issued_on.isoformat() if document.issued_on else "",
        "data": document.data,
        "signatures": [[s.role, s.name, s.credential, s.refused, s.witness] for s in document.signatures],
        "replaces": document.replaces.uuid if document.replaces else "",
    }
