"""Earthquakes, the clocks they start, what was reported and what went wrong with it; anomalies of nature."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inspect_app.core.database import Base
from inspect_app.core.living import EventColumns, Living
from inspect_app.core.types import Exact, Json, choice
from inspect_app.quakes.words import FaultKind, ReportKind, Side
from inspect_app.regions.models import Region
from inspect_app.workplans.models import WorkObligation


class QuakeEvent(EventColumns, Base):
    """A step in the life of an earthquake; a correction holds what stood before."""

    __tablename__ = "quake_event"

    subject_id: Mapped[int] = mapped_column(ForeignKey("quake.id"), index=True)


class Quake(Living, Base):
    """An earthquake as one prefecture's desk handles it (`region`); `county` holds its centre, if any does.

    `occurred_at` is told, `received_at` is the server's. `magnitude` has one decimal, `depth_km` is in kilometres.
    `exercise` marks a drill, which counts nowhere. `external_id` is that of whoever posted it. `ended_at` is when the
    response was declared over.
    """

    __tablename__ = "quake"
    __table_args__ = (Index("ix_quake_region", "region_id", "occurred_at"),)
    event_class = QuakeEvent

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True)
    external_id: Mapped[str | None] = mapped_column(unique=True)
    region_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    county_id: Mapped[int | None] = mapped_column(ForeignKey("region.id"), index=True)
    occurred_at: Mapped[datetime]
    received_at: Mapped[datetime]
    longitude: Mapped[Decimal] = mapped_column(Exact(7))
    latitude: Mapped[Decimal] = mapped_column(Exact(7))
    place: Mapped[str]
    magnitude: Mapped[Decimal] = mapped_column(Exact(1))
    depth_km: Mapped[Decimal | None] = mapped_column(Exact(1))
    source: Mapped[str]
    exercise: Mapped[bool] = mapped_column(default=False)
    ended_at: Mapped[datetime | None]
    created_by_id: Mapped[int | None]

    region: Mapped[Region] = relationship(foreign_keys=[region_id])
    county: Mapped[Region | None] = relationship(foreign_keys=[county_id])
    events: Mapped[list[QuakeEvent]] = relationship(order_by=QuakeEvent.id)
    clocks: Mapped[list["QuakeClock"]] = relationship(order_by="QuakeClock.id", back_populates="quake")
    reports: Mapped[list["QuakeReport"]] = relationship(order_by="QuakeReport.id", back_populates="quake")
    faults: Mapped[list["QuakeFault"]] = relationship(order_by="QuakeFault.id", back_populates="quake")
    measures: Mapped[list["QuakeMeasure"]] = relationship(order_by="QuakeMeasure.id", back_populates="quake")


class QuakeClock(Base):
    """What a place owes after an earthquake, by a definition of `checklists/quakes/clocks.toml` (`code`).

    `number` counts the clocks of one code, as follow-ups come again and again. `due_at` is None where the place has no
    number. `owed_by` are the departments, `receivers` those who must be told. `cancelled_at` takes it away,
    `omitted_at` says that it can no longer be met.
    """

    __tablename__ = "quake_clock"
    __table_args__ = (
        UniqueConstraint("quake_id", "code", "region_id", "number"),
        Index("ix_quake_clock_region", "region_id", "starts_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    quake_id: Mapped[int] = mapped_column(ForeignKey("quake.id"))
    code: Mapped[str]
    kind: Mapped[ReportKind] = mapped_column(choice(ReportKind))
    number: Mapped[int] = mapped_column(default=1)
    region_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    obligation: Mapped[str]
    owed_by: Mapped[list[Any]] = mapped_column(Json, default=list)
    receivers: Mapped[list[Any]] = mapped_column(Json, default=list)
    starts_at: Mapped[datetime]
    due_at: Mapped[datetime | None]
    done_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]
    omitted_at: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(default="")

    quake: Mapped[Quake] = relationship(back_populates="clocks")
    region: Mapped[Region] = relationship()


class QuakeReport(Base):
    """What was reported; append-only, at the server's time. `figures` holds numbers or None for what is not known.

    `side` says which bureau's figures they are. A report that mends another names it (`corrects`).
    """

    __tablename__ = "quake_report"

    id: Mapped[int] = mapped_column(primary_key=True)
    quake_id: Mapped[int] = mapped_column(ForeignKey("quake.id"), index=True)
    clock_id: Mapped[int | None] = mapped_column(ForeignKey("quake_clock.id"), index=True)
    kind: Mapped[ReportKind] = mapped_column(choice(ReportKind))
    side: Mapped[Side] = mapped_column(choice(Side))
    region_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    made_at: Mapped[datetime]
    made_by_id: Mapped[int | None]
    made_by_name: Mapped[str]
    receivers: Mapped[list[Any]] = mapped_column(Json, default=list)
    text: Mapped[str]
    figures: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("quake_report.id"))

    quake: Mapped[Quake] = relationship(back_populates="reports")
    region: Mapped[Region] = relationship()
    clock: Mapped[QuakeClock | None] = relationship()
    corrects: Mapped["QuakeReport | None"] = relationship(remote_side="QuakeReport.id")
    deliveries: Mapped[list["QuakeDelivery"]] = relationship(order_by="QuakeDelivery.id")


class QuakeDelivery(Base):
    """That a report reached a receiver, or that the receiver acknowledged it; append-only, at the server's time."""

    __tablename__ = "quake_delivery"
    __table_args__ = (UniqueConstraint("report_id", "receiver", "acknowledged"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("quake_report.id"))
    receiver: Mapped[str]
    acknowledged: Mapped[bool]
    at: Mapped[datetime]
    by_id: Mapped[int | None]
    by_name: Mapped[str]


class QuakeFault(Base):
    """A way of reporting that is forbidden, found by a rule or named by an officer; append-only.

    `penalty` is what it costs by the definition in force then. A fault that was named wrongly is `revoked` by another
    row that says why.
    """

    __tablename__ = "quake_fault"
    __table_args__ = (Index("ix_quake_fault_region", "region_id", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    quake_id: Mapped[int] = mapped_column(ForeignKey("quake.id"), index=True)
    clock_id: Mapped[int | None] = mapped_column(ForeignKey("quake_clock.id"))
    region_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    kind: Mapped[FaultKind] = mapped_column(choice(FaultKind))
    by_rule: Mapped[bool]
    penalty: Mapped[Decimal] = mapped_column(Exact(2))
    reason: Mapped[str]
    at: Mapped[datetime]
    by_id: Mapped[int | None]
    by_name: Mapped[str]
    revokes_id: Mapped[int | None] = mapped_column(ForeignKey("quake_fault.id"), unique=True)

    quake: Mapped[Quake] = relationship(back_populates="faults")
    region: Mapped[Region] = relationship()
    clock: Mapped[QuakeClock | None] = relationship()


class QuakeMeasure(Base):
    """A measure of the review after the response: it becomes a hazard (`hazard_reference`) or an obligation.

    `obligation_id` stays empty until a work plan of that year is published.
    """

    __tablename__ = "quake_measure"

    id: Mapped[int] = mapped_column(primary_key=True)
    quake_id: Mapped[int] = mapped_column(ForeignKey("quake.id"), index=True)
    text: Mapped[str]
    becomes: Mapped[str]
    unit_name: Mapped[str]
    due_on: Mapped[date | None]
    hazard_reference: Mapped[str] = mapped_column(default="")
    obligation_id: Mapped[int | None] = mapped_column(ForeignKey("work_obligation.id"))
    made_at: Mapped[datetime]
    made_by_id: Mapped[int | None]
    made_by_name: Mapped[str]

    quake: Mapped[Quake] = relationship(back_populates="measures")
    obligation: Mapped[WorkObligation | None] = relationship()


class QuakeToken(Base):
    """A key with which another system posts earthquakes to the desk of a region; only its digest is stored."""

    __tablename__ = "quake_token"

    id: Mapped[int] = mapped_column(primary_key=True)
    region_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    name: Mapped[str]
    token_hash: Mapped[str] = mapped_column(unique=True)
    made_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    region: Mapped[Region] = relationship()


class AnomalyEvent(EventColumns, Base):
    """A step in the life of an anomaly."""

    __tablename__ = "anomaly_event"

    subject_id: Mapped[int] = mapped_column(ForeignKey("anomaly.id"), index=True)


class Anomaly(Living, Base):
    """Something unusual (wells, springs, animals ...) that was told and is verified the same day, both by the server.

    `observer` may be the reference of an entry in the register of observers.
    """

    __tablename__ = "anomaly"
    __table_args__ = (Index("ix_anomaly_county", "county_id", "received_at"),)
    event_class = AnomalyEvent

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    region_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    what: Mapped[str]
    place: Mapped[str]
    longitude: Mapped[Decimal | None] = mapped_column(Exact(7))
    latitude: Mapped[Decimal | None] = mapped_column(Exact(7))
    observer: Mapped[str] = mapped_column(default="")
    received_at: Mapped[datetime]
    received_by_id: Mapped[int | None]
    verified_at: Mapped[datetime | None]
    due_at: Mapped[datetime | None]
    result: Mapped[str] = mapped_column(default="")
    finding: Mapped[str] = mapped_column(default="")

    county: Mapped[Region] = relationship(foreign_keys=[county_id])
    region: Mapped[Region] = relationship(foreign_keys=[region_id])
    events: Mapped[list[AnomalyEvent]] = relationship(order_by=AnomalyEvent.id)
