"""What a draft still misses before it may be issued, each thing in a sentence."""

import json
from collections.abc import Iterator
from datetime import date

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session

from inspect_app.core import clock
from inspect_app.core.labels import Sentence, mark, say
from inspect_app.documents import signing
from inspect_app.documents.definition import DocumentField, FieldKind, KindDefinition, is_blank
from inspect_app.documents.filling import citations_of
from inspect_app.documents.issuing_body import issuer_of
from inspect_app.documents.kinds import KINDS, SUBJECTS, Family
from inspect_app.documents.lifecycle import ISSUED
from inspect_app.documents.loading import definition_of, register
from inspect_app.documents.models import Document, DocumentNumber
from inspect_app.documents.sources import case_of, objections
from inspect_app.evidence.models import Evidence, Purpose


def missing(session: Session, document: Document) -> list[Sentence]:
    """List everything that stands against issuing; empty when nothing does."""
    kind = definition_of(document.kind)
    return [
        *_body(document, kind),
        *_number(document, kind),
        *_fields(document, kind),
        *_words(document, kind),
        *_bases(document, kind),
        *_order(session, document, kind),
        *signing.missing(kind, document.signatures),
        *_paper(session, document),
        *_replaced(session, document),
        *objections(session, document),
    ]


def _body(document: Document, kind: KindDefinition) -> Iterator[Sentence]:
    issuer = issuer_of(document.region)
    if issuer is None:
        yield say(mark("本地区还没有配置发文机关，请在 reports/documents/issuers.toml 中补充。"))
    elif not issuer.name(issuer.family_of(kind)):
        yield say(mark("本地区发文机关没有执法权，不能出具《%(title)s》，请改用反馈函或督办函。"), title=kind.title)
    if document.subject_kind not in kind.subjects:
        allowed = "、".join(SUBJECTS[each] for each in kind.subjects)
        yield say(mark("《%(title)s》只能为%(subjects)s开具。"), title=kind.title, subjects=allowed)


def _number(document: Document, kind: KindDefinition) -> Iterator[Sentence]:
    number = document.number
    if number is not None and not kind.by_case and number.year != clock.today().year:
        yield say(
            mark("占用的文号 %(number)s 是 %(year)s 年的，请作废本文书后重新拟制。"),
            number=number.text,
            year=number.year,
        )


def _fields(document: Document, kind: KindDefinition) -> Iterator[Sentence]:
    for field in kind.fields:
        value = document.data.get(field.code)
        if is_blank(value):
            if not field.optional:
                yield say(mark("请填写：%(label)s。"), label=field.label)
            continue
        if field.kind is FieldKind.ROWS:
            for number, row in enumerate(value or [], start=1):
                yield from _row(field, number, row)
        elif field.future:
            yield from _day(field.label, value)


def _words(document: Document, kind: KindDefinition) -> Iterator[Sentence]:
    """Refuse what must not be published: domain reference §9, findings of forecasts and danger areas."""
    for field in kind.fields:
        text = json.dumps(document.data.get(field.code), ensure_ascii=False)
        for word in kind.unfit_words:
            if word in text:
                yield say(
                    mark("%(label)s中有“%(word)s”：震情会商和危险区信息不得公开，请删去。"),
                    label=field.label,
                    word=word,
                )


def _row(field: DocumentField, number: int, row: dict[str, str]) -> Iterator[Sentence]:
    for column in field.columns:
        value = row.get(column.code, "")
        where = f"{field.label}第{number}行{column.label}"
        if is_blank(value) and not column.optional:
            yield say(mark("请填写：%(label)s。"), label=where)
        elif value and column.future:
            yield from _day(where, value)


def _day(label: str, value: object) -> Iterator[Sentence]:
    if date.fromisoformat(str(value)) < clock.today():
        yield say(mark("%(label)s早于签发日期，不能倒签，请修改。"), label=label)


def _bases(document: Document, kind: KindDefinition) -> Iterator[Sentence]:
    today, known = clock.today(), register()
    for cited in citations_of(document, kind):
        basis = known.get(cited.basis)
        if basis is None:
            yield say(mark("引用的依据 %(code)s 不在依据登记册中。"), code=cited.basis)
        elif not basis.in_force(today):
            yield say(
                mark("引用的《%(title)s》%(why)s请改用现行依据。"),
                title=basis.title,
                why=str(known.doubts(cited.basis, today)[0]),
            )


def _order(session: Session, document: Document, kind: KindDefinition) -> Iterator[Sentence]:
    """Ask for what must have been issued before, and for its number where the document names it."""
    if not kind.after:
        return
    known = _issued_before(session, document, kind)
    names = "》或《".join(KINDS[each] for each in kind.after)
    if not known:
        yield say(mark("须先发出《%(names)s》，才能出具《%(title)s》。"), names=names, title=kind.title)
        return
    for field in kind.fields:
        told = document.data.get(field.code)
        if field.names and not is_blank(told) and told not in known:
            yield say(
                mark("%(label)s应为同一事项已发出的《%(names)s》的文号：%(numbers)s。"),
                label=field.label,
                names=names,
                numbers="、".join(known),
            )


def _issued_before(session: Session, document: Document, kind: KindDefinition) -> list[str]:
    """List the numbers of the documents of this case that the kind comes after and that stand as issued."""
    case = case_of(session, (document.subject_kind, document.subject_reference))
    rows = (
        select(DocumentNumber.text)
        .join(Document, Document.number_id == DocumentNumber.id)
        .where(
            tuple_(Document.subject_kind, Document.subject_reference).in_(case),
            Document.kind.in_(kind.after),
            Document.state == ISSUED,
        )
    )
    return list(session.scalars(rows.order_by(Document.id)))


def _paper(session: Session, document: Document) -> Iterator[Sentence]:
    """Ask for the scan where somebody signed on paper."""
    on_paper = [each.name for each in document.signatures if not each.strokes and not each.refused]
    scan = select(Evidence.id).where(
        Evidence.subject_kind == "document", Evidence.subject_id == document.id, Evidence.purpose == Purpose.PROOF
    )
    if on_paper and session.scalar(scan.limit(1)) is None:
        yield say(mark("%(names)s在纸上签名，请上传签字件的扫描件或照片。"), names="、".join(on_paper))


def _replaced(session: Session, document: Document) -> Iterator[Sentence]:
    old = session.get(Document, document.replaces_id) if document.replaces_id else None
    if old is not None and old.issued_on is None:
        yield say(mark("被更正的文书没有发出过，直接修改原草稿即可。"))


def family_of(document: Document) -> Family:
    """Say in which family the document will be issued."""
    kind, issuer = definition_of(document.kind), issuer_of(document.region)
    return issuer.family_of(kind) if issuer else kind.family
