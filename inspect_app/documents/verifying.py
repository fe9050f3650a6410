"""Checking what was issued against its hash, its files, its number and the trail; names what was altered."""

from collections.abc import Iterator

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from inspect_app.audit.models import AuditEntry
from inspect_app.core.definitions import content_hash
from inspect_app.core.references import ReferenceCounter
from inspect_app.documents.freezing import FILES, standing_content
from inspect_app.documents.lifecycle import DOCUMENT_LIFE, DRAFT
from inspect_app.documents.models import Document, DocumentNumber
from inspect_app.evidence import store
from inspect_app.evidence.models import Evidence, Purpose

AT_ONCE = 500


def verify(session: Session) -> list[str]:
    """Return a Chinese sentence for each document or number that is not as it was; empty when all is well."""
    return [*_documents(session), *_numbers(session)]


def _documents(session: Session) -> Iterator[str]:
    rows = (
        select(Document)
        .where(Document.frozen.is_not(None) | (Document.state != DRAFT))
        .options(
            joinedload(Document.number), joinedload(Document.replaces), selectinload(Document.signatures),
            selectinload(Document.events),
        )
        .order_by(Document.id)
        .execution_options(populate_existing=True, yield_per=AT_ONCE)
    )  # fmt: skip
    for document in session.scalars(rows):
        name = document.number.text if document.number else f"{document.title} {document.uuid}"
        yield from (f"文书 {name}：{sentence}" for sentence in _document(session, document))


def _document(session: Session, document: Document) -> Iterator[str]:
    try:
        follows = DOCUMENT_LIFE.replay(document.events) == document.state
    except ValueError:
        follows = False
    if not follows:
        yield "状态与经过不一致。"
    frozen = document.frozen
    if frozen is None:
        if any(event.action == "issue" for event in document.events):
            yield "发出时的内容缺失。"
        return
    if content_hash(frozen) != document.content_hash:
        yield "内容与摘要不一致。"
    if _told(session, document) != document.content_hash:
        yield "摘要与签发时审计记录中的不一致。"
    if [name for name, value in standing_content(document).items() if frozen.get(name) != value]:
        yield "现在的内容与发出时不一致。"
    yield from _files(session, document, frozen)


def _told(session: Session, document: Document) -> str | None:
    """Return the hash that the trail wrote when the document was issued."""
    entry = session.scalar(
        select(AuditEntry).where(
            AuditEntry.action == "document.issue",
            AuditEntry.subject_kind == "document",
            AuditEntry.subject_id == document.id,
        )
    )
    told = entry.changes.get("content_hash") if entry else None
    return str(told[1]) if told else None


def _files(session: Session, document: Document, frozen: dict[str, str]) -> Iterator[str]:
    files = store.current()
    kept = select(Evidence.item, Evidence.sha256).where(
        Evidence.subject_kind == "document", Evidence.subject_id == document.id, Evidence.purpose == Purpose.ORIGINAL
    )
    known = dict(session.execute(kept).tuples().all())
    for which in FILES:
        if known.get(which) != frozen.get(which):
            yield f"{which} 文件的登记与发出时不一致。"
        elif not files.is_whole(str(frozen.get(which))):
            yield f"{which} 文件缺失或已改动。"


def _numbers(session: Session) -> Iterator[str]:
    """Numbers of a series and year run from one without a gap, and no two documents share one."""
    counts = select(DocumentNumber.series, DocumentNumber.year, func.count(), func.max(DocumentNumber.number)).group_by(
        DocumentNumber.series, DocumentNumber.year
    )
    for series, year, count, highest in session.execute(counts).tuples():
        counter = session.get(ReferenceCounter, f"document:{series}:{year}")
        if counter is not None and not count == highest == counter.last:
            yield f"文号系列 {series} {year} 年缺号：应有 {max(highest, counter.last)} 个，只有 {count} 个。"
    twice = select(Document.number_id).where(Document.number_id.is_not(None)).group_by(Document.number_id)
    for key in session.scalars(twice.having(func.count() > 1)):
        number = session.get(DocumentNumber, key)
        yield f"文号 {number.text if number else key} 被用了不止一次。"
