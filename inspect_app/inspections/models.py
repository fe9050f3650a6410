"""Visits (检查), their inspectors, lists, answers, score and improvement notes."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inspect_app.accounts.models import User
from inspect_app.checklists.models import ChecklistVersion
from inspect_app.core.database import Base
from inspect_app.core.living import EventColumns, Living
from inspect_app.core.types import Exact, Json
from inspect_app.regions.models import Region
from inspect_app.sites.models import Site


class InspectionEvent(EventColumns, Base):
    """A step in the life of an inspection."""

    __tablename__ = "inspection_event"

    subject_id: Mapped[int] = mapped_column(ForeignKey("inspection.id"), index=True)


class Inspector(Base):
    """A person on the team of a visit; position 0 leads."""

    __tablename__ = "inspection_inspector"

    inspection_id: Mapped[int] = mapped_column(ForeignKey("inspection.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), primary_key=True)
    position: Mapped[int] = mapped_column(default=0)

    user: Mapped[User] = relationship()


class Sheet(Base):
    """A checklist version used in a visit, and its result once submitted.

    `score` is 0-100, null when nothing applied; `conclusion` and `lines` as in `checklists.scoring`.
    """

    __tablename__ = "inspection_sheet"
    __table_args__ = (UniqueConstraint("inspection_id", "checklist_version_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    inspection_id: Mapped[int] = mapped_column(ForeignKey("inspection.id"), index=True)
    checklist_version_id: Mapped[int] = mapped_column(ForeignKey("checklist_version.id"))
    score: Mapped[Decimal | None] = mapped_column(Exact(4))
    vetoed: Mapped[bool] = mapped_column(default=False)
    conclusion: Mapped[str] = mapped_column(default="")
    lines: Mapped[list[Any]] = mapped_column(Json, default=list)

    checklist_version: Mapped[ChecklistVersion] = relationship()


class Inspection(Living, Base):
    """A visit of at least two inspectors to a site on a day. For `kind` see `inspections.kinds`.

    Visits made on one journey (a county and some of its objects) share `trip`, the reference of the first of them.
    """

    __tablename__ = "inspection"
    __table_args__ = (
        Index("ix_inspection_county_planned", "county_id", "planned_on", "id"),
        Index("ix_inspection_state", "state", "planned_on", "id"),
    )
    event_class = InspectionEvent

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(unique=True)
    reference: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    site_id: Mapped[int] = mapped_column(ForeignKey("site.id"), index=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    region_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    planned_on: Mapped[date]
    started_at: Mapped[datetime | None]
    submitted_at: Mapped[datetime | None]
    submitted_on: Mapped[date | None] = mapped_column(index=True)
    campaign_id: Mapped[int | None] = mapped_column(ForeignKey("campaign.id"), index=True)
    trip: Mapped[str] = mapped_column(default="", index=True)
    site_person: Mapped[str] = mapped_column(default="")
    summary: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime]
    created_by_id: Mapped[int | None]

    site: Mapped[Site] = relationship()
    county: Mapped[Region] = relationship(foreign_keys=[county_id])
    region: Mapped[Region] = relationship(foreign_keys=[region_id])
    notes: Mapped[list["ImprovementNote"]] = relationship(order_by="ImprovementNote.id")
    inspectors: Mapped[list[Inspector]] = relationship(order_by=Inspector.position)
    sheets: Mapped[list[Sheet]] = relationship(order_by=Sheet.id)
    events: Mapped[list[InspectionEvent]] = relationship(order_by=InspectionEvent.id)


class Answer(Base):
    """What was answered to an item; `value` has the JSON shape of its answer type (`checklists.definition`)."""

    __tablename__ = "inspection_answer"
    __table_args__ = (UniqueConstraint("inspection_id", "item_code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    inspection_id: Mapped[int] = mapped_column(ForeignKey("inspection.id"), index=True)
    item_code: Mapped[str]
    value: Mapped[dict[str, Any]] = mapped_column(Json)
    note: Mapped[str] = mapped_column(default="")
    immediate_measure: Mapped[str] = mapped_column(default="")
    answered_at: Mapped[datetime]
    answered_by_id: Mapped[int | None]
    version: Mapped[int] = mapped_column(default=1)


class Trial(Base):
    """What one person answered while trying out a version of a list on the tablet page; it counts nowhere."""

    __tablename__ = "checklist_trial"
    __table_args__ = (UniqueConstraint("checklist_version_id", "user_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    checklist_version_id: Mapped[int] = mapped_column(ForeignKey("checklist_version.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    answers: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    updated_at: Mapped[datetime]


class ImprovementNote(Base):
    """A failed item of advice severity: told to the site, not followed up as a hazard.

    `withdrawn_at` is set when the item passes after the visit was sent back and submitted again.
    """

    __tablename__ = "improvement_note"

    id: Mapped[int] = mapped_column(primary_key=True)
    inspection_id: Mapped[int] = mapped_column(ForeignKey("inspection.id"), index=True)
    item_code: Mapped[str]
    text: Mapped[str]
    withdrawn_at: Mapped[datetime | None]
