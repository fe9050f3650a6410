"""From a document to its Word file and its PDF."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from inspect_app.core.errors import Invalid
from inspect_app.core.labels import mark
from inspect_app.documents import word
from inspect_app.documents.filling import context_of
from inspect_app.documents.models import Document
from inspect_app.documents.pdf import LAYOUT, set_pdf


@dataclass(frozen=True)
class Rendered:
    """Both files, the SHA-256 of what they were made with, and what they say."""

    docx: bytes
    pdf: bytes
    template_hash: str
    layout_hash: str
    said: Mapping[str, Any]


def render(document: Document, issued_on: date | None = None, number: str | None = None) -> Rendered:
    """Make both files; without a day they have blanks where it goes. Invalid when the office's template is broken.

    `number` stands for the one that the document will be given, where it has none yet.
    """
    template, layout = word.template_of(document.kind).read_bytes(), LAYOUT.read_bytes()
    said = content_of(document, issued_on, number)
    docx = _filled(template, said)
    pdf = set_pdf(word.read(docx), document.title)
    return Rendered(docx, pdf, _hash(template), _hash(layout), said)


def still_says(document: Document, issued_on: date, made: Rendered) -> bool:
    """Tell whether files that were made before are the ones that would be made now."""
    hashes = _hash(word.template_of(document.kind).read_bytes()), _hash(LAYOUT.read_bytes())
    return hashes == (made.template_hash, made.layout_hash) and content_of(document, issued_on) == made.said


def content_of(document: Document, issued_on: date | None, number: str | None = None) -> dict[str, Any]:
    """Return everything that both files are filled with."""
    known = document.number.text if document.number else ""
    replaced = document.replaces.number.text if document.replaces and document.replaces.number else ""
    context = context_of(document, number=known or number or "", issued_on=issued_on, replaced=replaced)
    return {**context, "kind": document.kind, "heading": document.title}


def _filled(template: bytes, context: dict[str, object]) -> bytes:
    from jinja2.exceptions import TemplateError  # noqa: PLC0415 - only where Word is written

    try:
        return word.fill(template, context)
    except TemplateError as error:
        sentence = mark("文书模板有误，请系统管理员检查 reports/documents 中的模板后再试。")
        raise Invalid({"": [sentence, str(error)]}) from error


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
