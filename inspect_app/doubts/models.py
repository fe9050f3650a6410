"""What people found when they looked into a doubt."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from inspect_app.core.database import Base


class DoubtNote(Base):
    """Somebody looked into a doubt and says what it is; it is shown as settled from then on. Append-only.

    `kind` is that of `doubts.kinds`, `subject` the key of the doubt: the references of its rows, so that other rows
    make another doubt.
    """

    __tablename__ = "doubt_note"
    __table_args__ = (Index("ix_doubt_note_kind_subject", "kind", "subject"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    subject: Mapped[str]
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    text: Mapped[str]
    noted_at: Mapped[datetime]
    noted_by_id: Mapped[int | None]
    noted_by_name: Mapped[str]
