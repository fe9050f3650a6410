"""Numbers of documents: consecutive in a series and year, reserved, then used or voided, never given twice."""

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.core import clock
from inspect_app.core.references import ReferenceCounter, next_reference
from inspect_app.documents.definition import Issuer, KindDefinition
from inspect_app.documents.models import Document, DocumentNumber

RESERVED, USED, VOIDED = "reserved", "used", "voided"
MONTHS_OF_A_QUARTER = 3


def reserve(session: Session, actor: Actor, kind: KindDefinition, issuer: Issuer, document: Document) -> DocumentNumber:
    """Give a document the next number of its series; the counter stays locked until the commit, so none is skipped."""
    series, prefix = _series(kind, issuer, document)
    number = _next(session, prefix)
    text, year = _text(kind, issuer, document, number), clock.today().year
    made = DocumentNumber(
        series=series, year=year, number=number, text=text, standing=RESERVED, reserved_at=clock.now(),
        reserved_by_id=actor.id,
    )  # fmt: skip
    session.add(made)
    session.flush()
    document.number = made
    session.flush()
    return made


def expected(session: Session, kind: KindDefinition, issuer: Issuer, document: Document) -> str:
    """Return the number that a document would be given now; another one may come first."""
    _name, prefix = _series(kind, issuer, document)
    last = session.scalar(select(ReferenceCounter.last).where(ReferenceCounter.prefix == prefix))
    return _text(kind, issuer, document, (last or 0) + 1)


def use(number: DocumentNumber) -> None:
    """Mark a reserved number as the one of an issued document."""
    if number.standing != RESERVED:
        msg = f"{number.text} is {number.standing}"
        raise ValueError(msg)
    number.standing = USED


def void(number: DocumentNumber, reason: str) -> None:
    """Give a number up with its document; it is never given out again."""
    number.standing, number.reason = VOIDED, reason


def _series(kind: KindDefinition, issuer: Issuer, document: Document) -> tuple[str, str]:
    """Return the name of a document's series, and that of its counter, which begins anew each year or each case."""
    if kind.by_case:
        series = f"{kind.series}:{document.subject_reference}"
        return series, f"document:{series}"
    series = f"{kind.series}:{issuer.short}"
    return series, f"document:{series}:{clock.today().year}"


def _text(kind: KindDefinition, issuer: Issuer, document: Document, number: int) -> str:
    today = clock.today()
    return kind.number.format(
        short=issuer.short,
        office_short=issuer.office_short,
        year=today.year,
        quarter=(today.month - 1) // MONTHS_OF_A_QUARTER + 1,
        case=document.subject_reference,
        number=number,
    )


def _next(session: Session, prefix: str) -> int:
    _ensure_counter(session, prefix)
    return int(next_reference(session, prefix).removeprefix(f"{prefix}-"))


def _ensure_counter(session: Session, prefix: str) -> None:
    """Make the counter before it is locked, so that two who begin a series at once both find it."""
    if session.scalar(select(ReferenceCounter.prefix).where(ReferenceCounter.prefix == prefix)) is None:
        try:
            with session.begin_nested():
                session.add(ReferenceCounter(prefix=prefix, last=0))
        except IntegrityError:
            return
