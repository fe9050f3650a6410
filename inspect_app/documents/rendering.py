"""From a document to its Word file and its PDF."""

import hashlib
from dataclasses import dataclass
from datetime import date

from inspect_app.core.errors import Invalid
from inspect_app.core.labels import mark
from inspect_app.documents import word
from inspect_app.documents.filling import context_of
from inspect_app.documents.models import Document
from inspect_app.documents.pdf import LAYOUT, set_pdf


@dataclass(frozen=True)
class Rendered:
    """Both files, and the SHA-256 of what they were made with."""

    docx: bytes
    pdf: bytes
    template_hash: str
    layout_hash: str


def render(document: Document, issued_on: date | None = None) -> Rendered:
    """Make both files; without a day they have blanks where it goes. Invalid when the office's template is broken."""
    template = word.template_of(document.kind).read_bytes()
    number = document.number.text if document.number else ""
    replaced = document.replaces.number.text if document.replaces and document.replaces.number else ""
    context = context_of(document, number=number, issued_on=issued_on, replaced=replaced)
    docx = _filled(template, context)
    pdf = set_pdf(word.read(docx), document.title)
    return Rendered(docx, pdf, _hash(template), _hash(LAYOUT.read_bytes()))


def _filled(template: bytes, context: dict[str, object]) -> bytes:
    from jinja2.exceptions import TemplateError  # noqa: PLC0415 - only where Word is written

    try:
        return word.fill(template, context)
    except TemplateError as error:
        sentence = mark("文书模板有误，请系统管理员检查 reports/documents 中的模板后再试。")
        raise Invalid({"": [sentence, str(error)]}) from error


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
