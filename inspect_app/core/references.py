"""Human references: immutable, gapless per prefix, never reused (`YH-654202-2026-C03-0007`)."""

from sqlalchemy import select
from sqlalchemy.orm import Mapped, Session, mapped_column

from inspect_app.core.database import Base


class ReferenceCounter(Base):
    """The last number given out under a prefix."""

    __tablename__ = "reference_counter"

    prefix: Mapped[str] = mapped_column(primary_key=True)
    last: Mapped[int]


def next_references(session: Session, prefix: str, count: int = 1, width: int = 4) -> list[str]:
    """Reserve the next `count` references under `prefix`, in order; the counter row is locked until the commit."""
    counter = session.scalar(select(ReferenceCounter).where(ReferenceCounter.prefix == prefix).with_for_update())
    if counter is None:
        counter = ReferenceCounter(prefix=prefix, last=0)
        session.add(counter)
    first = counter.last + 1
    counter.last += count
    session.flush()
    return [f"{prefix}-{number:0{width}d}" for number in range(first, first + count)]


def next_reference(session: Session, prefix: str, width: int = 4) -> str:
    """Reserve the next reference under `prefix`."""
    return next_references(session, prefix, 1, width)[0]
