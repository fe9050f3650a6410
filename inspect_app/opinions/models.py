"""Restricted papers. What they say leaves this table only on a page that notes who asked for it."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inspect_app.core.database import Base
from inspect_app.core.types import Json, choice
from inspect_app.opinions.kinds import Kind
from inspect_app.regions.models import Region


class Opinion(Base):
    """A paper of the region that keeps it, held or issued on a day, for the time from `covers_from` to `covers_until`.

    Once `notified_at` is set, what it says and who received it stand still; `withdrawn_at` takes it out of every count.
    Files are evidence of the kind "opinion", which no general address of files gives out.
    """

    __tablename__ = "opinion"
    __table_args__ = (Index("ix_opinion_region_held", "region_id", "held_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[Kind] = mapped_column(choice(Kind))
    region_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    held_on: Mapped[date]
    covers_from: Mapped[date | None]
    covers_until: Mapped[date | None]
    title: Mapped[str]
    text: Mapped[str]
    receivers: Mapped[list[str]] = mapped_column(Json, default=list)
    notified_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    created_by_id: Mapped[int | None]

    region: Mapped[Region] = relationship()
