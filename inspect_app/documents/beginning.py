"""What a new draft begins with: what the case says, numbers of the documents before it, defaults of the kind."""

from collections.abc import Iterable

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session, joinedload

from inspect_app.access.actor import Actor
from inspect_app.documents import sources
from inspect_app.documents.lifecycle import ISSUED
from inspect_app.documents.loading import definition_of
from inspect_app.documents.models import Document
from inspect_app.regions.models import Region

RECORDS, ORDERS, LISTINGS = ("inspection_record",), ("rectification_order", "measure_decision"), ("listing_notice",)


def begin(
    session: Session, actor: Actor, kind: str, subject: sources.Case, replaces: Document | None = None
) -> tuple[Region, sources.Data]:
    """Return region and data of a new draft; a correction begins with what the old document said."""
    definition = definition_of(kind)
    region, known = sources.build(session, actor, subject, kind)
    defaults = {field.code: field.default for field in definition.fields if field.default}
    told = {name: value for name, value in known.items() if value}
    begun = {**defaults, **told, **_before(session, subject)}
    return region, {**begun, **(replaces.data if replaces else {})}


def _before(session: Session, subject: sources.Case) -> sources.Data:
    """Return the numbers of what was issued before in the same case."""
    case = sources.case_of(session, subject)
    record, listing = (_last(session, case, kinds) for kinds in (RECORDS, LISTINGS))
    order = _last(session, case, ORDERS)
    found: sources.Data = {}
    if record and record.number:
        found["record_number"] = record.number.text
    if listing and listing.number:
        found["listing_number"] = listing.number.text
    if order and order.number and order.issued_on:
        found |= {"original_number": order.number.text, "original_on": order.issued_on.isoformat()}
    return found


def _last(session: Session, case: Iterable[sources.Case], kinds: tuple[str, ...]) -> Document | None:
    rows = select(Document).where(
        tuple_(Document.subject_kind, Document.subject_reference).in_(list(case)),
        Document.kind.in_(kinds),
        Document.state == ISSUED,
    )
    return session.scalar(rows.options(joinedload(Document.number)).order_by(Document.id.desc()).limit(1))
