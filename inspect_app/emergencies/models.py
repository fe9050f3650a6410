"""Emergencies: for which earthquake, what stands still meanwhile, and the campaigns that came of them."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inspect_app.campaigns.models import Campaign
from inspect_app.core.database import Base
from inspect_app.core.living import EventColumns, Living
from inspect_app.core.types import choice
from inspect_app.emergencies.lifecycle import HoldState
from inspect_app.hazards.models import Hazard
from inspect_app.inspections.models import Inspection
from inspect_app.quakes.models import Quake
from inspect_app.regions.models import Region


class EmergencyEvent(EventColumns, Base):
    """A step in the life of an emergency."""

    __tablename__ = "emergency_event"

    subject_id: Mapped[int] = mapped_column(ForeignKey("emergency.id"), index=True)


class EmergencyCampaign(Base):
    """A re-check campaign that an emergency made."""

    __tablename__ = "emergency_campaign"

    emergency_id: Mapped[int] = mapped_column(ForeignKey("emergency.id"), primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"), primary_key=True)
    made_at: Mapped[datetime]

    campaign: Mapped[Campaign] = relationship()


class Emergency(Living, Base):
    """The time after an earthquake at the desk of a prefecture (`region`), until it is ended or cancelled.

    `relation` is the code of the attenuation relation, `axis` the direction of the long axis (0-179 degrees from north)
    where it is known. Sites count from `least_intensity` on. Ordinary due dates stand still until `pause_until`.
    """

    __tablename__ = "emergency"
    __table_args__ = (Index("ix_emergency_region", "region_id", "id"),)
    event_class = EmergencyEvent

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True)
    quake_id: Mapped[int] = mapped_column(ForeignKey("quake.id"), index=True)
    region_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    relation: Mapped[str]
    axis: Mapped[int | None]
    least_intensity: Mapped[int]
    pause_until: Mapped[date]
    opened_at: Mapped[datetime]
    opened_by_id: Mapped[int | None]
    opened_by_name: Mapped[str]

    quake: Mapped[Quake] = relationship()
    region: Mapped[Region] = relationship()
    campaigns: Mapped[list[EmergencyCampaign]] = relationship(order_by=EmergencyCampaign.campaign_id)
    events: Mapped[list[EmergencyEvent]] = relationship(order_by=EmergencyEvent.id)


class EmergencyPause(Base):
    """A hazard whose clock was stopped for an emergency, or was not, with the reason; `undone_at` ends it."""

    __tablename__ = "emergency_pause"
    __table_args__ = (
        UniqueConstraint("emergency_id", "hazard_id"),
        Index("ix_emergency_pause_outcome", "emergency_id", "outcome"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    emergency_id: Mapped[int] = mapped_column(ForeignKey("emergency.id"))
    hazard_id: Mapped[int] = mapped_column(ForeignKey("hazard.id"), index=True)
    outcome: Mapped[HoldState] = mapped_column(choice(HoldState))
    reason: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime]
    undone_at: Mapped[datetime | None]

    hazard: Mapped[Hazard] = relationship()


class EmergencyMove(Base):
    """A planned visit that was moved behind an emergency (`before` to `after`), or was not, with the reason."""

    __tablename__ = "emergency_move"
    __table_args__ = (UniqueConstraint("emergency_id", "inspection_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    emergency_id: Mapped[int] = mapped_column(ForeignKey("emergency.id"))
    inspection_id: Mapped[int] = mapped_column(ForeignKey("inspection.id"), index=True)
    outcome: Mapped[HoldState] = mapped_column(choice(HoldState))
    before: Mapped[date]
    after: Mapped[date | None]
    reason: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime]
    undone_at: Mapped[datetime | None]

    inspection: Mapped[Inspection] = relationship()
