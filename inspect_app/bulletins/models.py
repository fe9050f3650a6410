"""Bulletins (通报), every figure they ever held, and their events."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inspect_app.campaigns.models import Campaign
from inspect_app.core.database import Base
from inspect_app.core.living import EventColumns, Living
from inspect_app.core.types import Json
from inspect_app.regions.models import Region


class BulletinEvent(EventColumns, Base):
    """A step in the life of a bulletin."""

    __tablename__ = "bulletin_event"

    subject_id: Mapped[int] = mapped_column(ForeignKey("bulletin.id"), index=True)


class BulletinFigure(Base):
    """A number of a bulletin as it was taken: append-only; taking figures again makes new rows under a new `gathering`.

    `number` is its place within the gathering, and its address. `name` is a measure or rate (`bulletins.measures`);
    a rate has a `denominator`. `rows` holds [reference, state] pairs of a county's measure; a rate and the whole
    region have those of what they are made of. `query` says what was asked: words, days, region, findings followed.
    """

    __tablename__ = "bulletin_figure"
    __table_args__ = (UniqueConstraint("bulletin_id", "gathering", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    bulletin_id: Mapped[int] = mapped_column(ForeignKey("bulletin.id"))
    gathering: Mapped[int]
    number: Mapped[int]
    name: Mapped[str]
    region_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    numerator: Mapped[int]
    denominator: Mapped[int | None]
    rows: Mapped[list[Any]] = mapped_column(Json, default=list)
    query: Mapped[dict[str, Any]] = mapped_column(Json)
    taken_at: Mapped[datetime]

    region: Mapped[Region] = relationship()


class Bulletin(Living, Base):
    """A bulletin of a region for a period, by a template, after a campaign where one is named.

    `case_reference` is the reference of the first of those that correct each other. `gathering` numbers the figures in
    force. `outline` holds what the rules made of them: sections with their counties in order. `texts` holds the wording
    by section, and by section and county for those that a rule names. Once issued, `content_hash` is the SHA-256 of all
    it says with every figure and row; the database refuses to change it from then on.
    """

    __tablename__ = "bulletin"
    __table_args__ = (Index("ix_bulletin_region", "region_id", "id"),)
    event_class = BulletinEvent

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True)
    case_reference: Mapped[str]
    template: Mapped[str]
    template_version: Mapped[int]
    template_hash: Mapped[str]
    title: Mapped[str]
    region_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    campaign_id: Mapped[int | None] = mapped_column(ForeignKey("campaign.id"), index=True)
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    gathering: Mapped[int] = mapped_column(default=0)
    gathered_at: Mapped[datetime | None]
    outline: Mapped[list[Any]] = mapped_column(Json, default=list)
    texts: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    document_uuid: Mapped[str] = mapped_column(default="", index=True)
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("bulletin.id"))
    reason: Mapped[str] = mapped_column(default="")
    content_hash: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime]
    created_by_id: Mapped[int | None]

    region: Mapped[Region] = relationship()
    campaign: Mapped[Campaign | None] = relationship()
    replaces: Mapped["Bulletin | None"] = relationship(remote_side="Bulletin.id")
    events: Mapped[list[BulletinEvent]] = relationship(order_by=BulletinEvent.id)
