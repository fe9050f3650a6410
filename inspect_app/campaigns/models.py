"""Campaigns (督导检查方案) with their scope, teams, visits and draws, and who keeps away from what (回避)."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inspect_app.accounts.models import User
from inspect_app.core.database import Base
from inspect_app.core.living import EventColumns, Living
from inspect_app.core.types import Json
from inspect_app.inspections.models import Inspection
from inspect_app.regions.models import Region, Unit


class CampaignEvent(EventColumns, Base):
    """A step in the life of a campaign."""

    __tablename__ = "campaign_event"

    subject_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"), index=True)


class CampaignRegion(Base):
    """A region within the scope of a campaign; everything below it belongs to it."""

    __tablename__ = "campaign_region"

    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"), primary_key=True)
    region_id: Mapped[int] = mapped_column(ForeignKey("region.id"), primary_key=True)

    region: Mapped[Region] = relationship()


class CampaignUnit(Base):
    """A unit that leads (position 0) or cooperates."""

    __tablename__ = "campaign_unit"

    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"), primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), primary_key=True)
    position: Mapped[int] = mapped_column(default=0)

    unit: Mapped[Unit] = relationship()


class TeamMember(Base):
    """A person of a team; position 0 leads."""

    __tablename__ = "campaign_team_member"

    team_id: Mapped[int] = mapped_column(ForeignKey("campaign_team.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), primary_key=True)
    position: Mapped[int] = mapped_column(default=0)

    user: Mapped[User] = relationship()


class Team(Base):
    """A team of a campaign, called by its number: 第一组."""

    __tablename__ = "campaign_team"
    __table_args__ = (UniqueConstraint("campaign_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"))
    number: Mapped[int]

    members: Mapped[list[TeamMember]] = relationship(order_by=TeamMember.position, cascade="all, delete-orphan")


class CampaignVisit(Base):
    """A visit made for a campaign: which team goes, and why this object (`campaigns.reasons`)."""

    __tablename__ = "campaign_visit"

    inspection_id: Mapped[int] = mapped_column(ForeignKey("inspection.id"), primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"), index=True)
    team_id: Mapped[int | None] = mapped_column(ForeignKey("campaign_team.id"))
    draw_id: Mapped[int | None] = mapped_column(ForeignKey("campaign_draw.id"))
    why: Mapped[str] = mapped_column(default="")

    inspection: Mapped[Inspection] = relationship()
    team: Mapped[Team | None] = relationship()


class Campaign(Living, Base):
    """A planned round of visits. `kind` as in `campaigns.kinds`; `region` is who organises it, `regions` where it goes.

    `categories` are site categories (empty = all), `checklist_codes` the lists to use (empty = the list of each site's
    category), `aim` how many objects are wanted (`campaigns.rules.Aim` as JSON). Dates are inclusive.
    """

    __tablename__ = "campaign"
    event_class = CampaignEvent

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    kind: Mapped[str]
    document_number: Mapped[str] = mapped_column(default="")
    region_id: Mapped[int] = mapped_column(ForeignKey("region.id"), index=True)
    starts_on: Mapped[date] = mapped_column(index=True)
    ends_on: Mapped[date]
    categories: Mapped[list[str]] = mapped_column(Json, default=list)
    checklist_codes: Mapped[list[str]] = mapped_column(Json, default=list)
    key_counties: Mapped[bool] = mapped_column(default=False)
    key_objects: Mapped[bool] = mapped_column(default=False)
    aim: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    requirements: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime]
    created_by_id: Mapped[int | None]

    region: Mapped[Region] = relationship()
    regions: Mapped[list[CampaignRegion]] = relationship(cascade="all, delete-orphan")
    units: Mapped[list[CampaignUnit]] = relationship(order_by=CampaignUnit.position, cascade="all, delete-orphan")
    teams: Mapped[list[Team]] = relationship(order_by=Team.number, cascade="all, delete-orphan")
    events: Mapped[list[CampaignEvent]] = relationship(order_by=CampaignEvent.id)


class Draw(Base):
    """A random draw (抽取) with all that is needed to repeat it: append-only.

    `pool`, `rules` and `result` as in `campaigns.drawing`; `pool_hash` is their SHA-256. A later draw of the same
    campaign carries the reason for it and the one it replaces.
    """

    __tablename__ = "campaign_draw"
    __table_args__ = (UniqueConstraint("campaign_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"))
    number: Mapped[int]
    seed: Mapped[str]
    rules: Mapped[dict[str, Any]] = mapped_column(Json)
    pool: Mapped[dict[str, Any]] = mapped_column(Json)
    pool_hash: Mapped[str]
    result: Mapped[dict[str, Any]] = mapped_column(Json)
    reason: Mapped[str] = mapped_column(default="")
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("campaign_draw.id"))
    drawn_at: Mapped[datetime]
    drawn_by_id: Mapped[int | None]
    drawn_by_name: Mapped[str] = mapped_column(default="")

    campaign: Mapped[Campaign] = relationship()


class Avoidance(Base):
    """A declared conflict of interest (回避): this person does not visit the sites of this unit, or this region."""

    __tablename__ = "avoidance"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    region_id: Mapped[int | None] = mapped_column(ForeignKey("region.id"))
    reason: Mapped[str]
    declared_at: Mapped[datetime]
    declared_by_id: Mapped[int | None]
    ended_on: Mapped[date | None]

    user: Mapped[User] = relationship()
    unit: Mapped[Unit | None] = relationship()
    region: Mapped[Region | None] = relationship()
