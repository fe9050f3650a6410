"""What fills a template: the fields as text, the body, number, date, cited articles and signatures."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from inspect_app.core.clock import local
from inspect_app.documents.definition import (
    BLANK,
    Citation,
    DocumentField,
    FieldKind,
    Issuer,
    KindDefinition,
    day_text,
    is_blank,
)
from inspect_app.documents.issuing_body import issuer_of
from inspect_app.documents.loading import definition_of, register
from inspect_app.documents.models import Document, DocumentSignature
from inspect_app.documents.signing import as_picture


@dataclass(frozen=True)
class Signed:
    """One line of the table of signatures; `picture` is a PNG, empty where none was drawn."""

    label: str
    text: str
    picture: bytes = b""


def citations_of(document: Document, kind: KindDefinition) -> list[Citation]:
    """List what a document cites: what its kind cites, what its body acts under, what was added to it."""
    issuer = issuer_of(document.region)
    family = issuer.family_of(kind) if issuer else kind.family
    own = [Citation(row.get("basis", ""), row.get("article", "")) for row in document.data.get("cited", [])]
    acting = (*kind.enforcement_bases, *issuer.enforcement_bases) if issuer and family == "enforcement" else ()
    writing = issuer.letter_bases if issuer and family == "letter" else ()
    return list(dict.fromkeys([*kind.bases, *acting, *writing, *own]))


def cited_text(citations: list[Citation]) -> str:
    """Write citations as in 《安全生产法》第六十五条、《防震减灾法》; codes that are unknown are left out."""
    known = register()
    return "、".join(known[each.basis].cite(each.article) for each in citations if each.basis in known)


def context_of(document: Document, *, number: str, issued_on: object, replaced: str) -> dict[str, Any]:
    """Return the variables of the template; what is not known yet is a blank to write on."""
    kind, issuer = definition_of(document.kind), issuer_of(document.region)
    filled = {field.code: shown(field, document.data.get(field.code)) for field in kind.fields}
    return {
        **filled,
        **_body(kind, issuer),
        "title": document.title,
        "number": number or f"〔{BLANK}〕{BLANK}号",
        "issued_on": day_text(issued_on) or f"{BLANK}年{BLANK[:2]}月{BLANK[:2]}日",
        "cited": cited_text(citations_of(document, kind)) or "有关规定",
        "replaced": f"本文书更正并替代{replaced}。" if replaced else "",
        "signatures": list(_signatures(kind, document.signatures)),
    }


def shown(field: DocumentField, value: Any) -> Any:  # noqa: ANN401 - JSON in, text or rows out
    """Return a field as the template takes it: text, a list of paragraphs, or a list of rows of text."""
    match field.kind:
        case FieldKind.ROWS:
            rows = value or [{}]
            return [{"n": str(n), **_columns(field, row)} for n, row in enumerate(rows, start=1)]
        case FieldKind.TEXT:
            return [line.strip() for line in str(value or BLANK).splitlines() if line.strip()] or [BLANK]
        case FieldKind.DATE:
            return day_text(value) or BLANK
        case _:
            return BLANK if is_blank(value) else str(value).strip()


def _columns(field: DocumentField, row: Mapping[str, str]) -> dict[str, str]:
    return {
        column.code: (day_text(row.get(column.code)) if column.kind is FieldKind.DATE else row.get(column.code, ""))
        for column in field.columns
    }


def _body(kind: KindDefinition, issuer: Issuer | None) -> dict[str, str]:
    if issuer is None:
        return {"issuer": BLANK, "reconsideration": BLANK, "court": BLANK}
    name = issuer.name(issuer.family_of(kind))
    return {"issuer": name or BLANK, "reconsideration": issuer.reconsideration, "court": issuer.court}


def _signatures(kind: KindDefinition, given: list[DocumentSignature]) -> Iterator[Signed]:
    for signer in kind.signers:
        people = [each for each in given if each.role == signer.role]
        for each in people:
            yield Signed(signer.label, _said(each), as_picture(each.strokes) if each.strokes else b"")
        for _blank in range(len(people), max(signer.count, 1)):
            yield Signed(signer.label, f"（签名）{BLANK}{BLANK}{BLANK[:2]}年{BLANK[:2]}月{BLANK[:2]}日")


def _said(signature: DocumentSignature) -> str:
    """Write who signed, with certificate and day; of a refusal, who witnessed it."""
    name = signature.name + (f"（检查证号 {signature.credential}）" if signature.credential else "")
    day = day_text(local(signature.signed_at).date())
    if signature.refused:
        return f"{name}拒绝签字，见证人：{signature.witness}\n{day}"
    return f"{name}\n{day}" if signature.credential else f"{name}　{day}"
