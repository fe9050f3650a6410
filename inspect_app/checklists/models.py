"""Checklist versions as the database keeps them; a published one never changes."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inspect_app.core.database import Base
from inspect_app.core.living import EventColumns, Living
from inspect_app.core.types import Json
from inspect_app.regions.models import Region


class ChecklistVersionEvent(EventColumns, Base):
    """A step in the life of a checklist version."""

    __tablename__ = "checklist_version_event"

    subject_id: Mapped[int] = mapped_column(ForeignKey("checklist_version.id"), index=True)


class ChecklistVersion(Living, Base):
    """One version of a list: `content` is the whole definition (`checklists.definition`), `content_hash` its hash.

    A list that an office made has an owner; one that a region made from a list of a higher body names that `parent`,
    as "C03-2" (code and number). What the system came with has neither.
    """

    __tablename__ = "checklist_version"
    __table_args__ = (UniqueConstraint("code", "number"),)
    event_class = ChecklistVersionEvent

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str]
    number: Mapped[int]
    title: Mapped[str]
    content: Mapped[dict[str, Any]] = mapped_column(Json)
    content_hash: Mapped[str]
    published_at: Mapped[datetime | None]
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("region.id"), index=True)
    parent: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime | None]
    created_by_id: Mapped[int | None]

    owner: Mapped[Region | None] = relationship()

    events: Mapped[list[ChecklistVersionEvent]] = relationship(order_by=ChecklistVersionEvent.id)
