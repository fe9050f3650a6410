"""The hazard inventory (隐患清单), the events of each hazard, and the counters kept beside it."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ForeignKey, Index, PrimaryKeyConstraint, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inspect_app.core.database import Base
from inspect_app.core.living import EventColumns, Living
from inspect_app.core.types import Exact, Json, choice
from inspect_app.hazards.words import Grade, MeasureType
from inspect_app.regions.models import Region, Unit
from inspect_app.sites.models import Site

__all__ = [
    "Grade", "Hazard", "HazardChange", "HazardCount", "HazardDistinct", "HazardEvent", "HazardMonth", "MeasureType",
    "SavedFilter",
]  # fmt: skip


def _partly(name: str, where: str, *columns: str, sqlite: str = "") -> Index:
    """Index the few hazards of which something is so, said in the words of both databases or of each."""
    return Index(name, *columns, sqlite_where=text(sqlite or where), postgresql_where=text(where))


LINKS = ("reopened_from_id", "merged_into_id", "parent_id")


class HazardEvent(EventColumns, Base):
    """A step in the life of a hazard."""

    __tablename__ = "hazard_event"

    subject_id: Mapped[int] = mapped_column(ForeignKey("hazard.id"), index=True)


class Hazard(Living, Base):
    """A hidden hazard from finding to closure (domain reference §5). Never deleted; read-only once closed.

    `county_id` is the assessed unit (county or zone), `region_id` the finest region known, at or below it.
    `origin` is "inspection", "return" or "manual" and `origin_reference` what people call that origin.
    `fingerprint` recognises the same finding in a later return. `fund_amount` is in 万元; null is unknown, 0 is none.
    `urgency` is the sorting number of `rules.urgency`, kept wherever state or due date change.
    `plan_parts` holds the six parts of the treatment plan by name (`elements.PLAN_PARTS`), `standby_forces` the teams
    and machines that stand ready while a danger remains; `parent_id` is the hazard that this is a part of.
    The clock stands still from `paused_on` until before `paused_until`; `paused_days` of it are already in `due_on`.
    `proof_kind` says which paper proves the treatment (`words.ACCEPTANCE_PAPERS`, `words.VACATED`).
    """

    __tablename__ = "hazard"
    __table_args__ = (
        Index("ix_hazard_county_state", "county_id", "state", "urgency", "id"),
        Index("ix_hazard_county_fingerprint", "county_id", "fingerprint"),
        Index("ix_hazard_county_found", "county_id", "found_on", "id"),
        Index("ix_hazard_county_urgency", "county_id", "urgency", "id"),
        Index("ix_hazard_urgency", "urgency", "id"),
        Index("ix_hazard_found", "found_on", "id"),
        _partly("ix_hazard_looked_back", "looked_back_on IS NOT NULL", "county_id", "looked_back_on", "rebounded"),
        _partly("ix_hazard_listed", "listed", "county_id", "urgency", sqlite="listed = 1"),
        _partly("ix_hazard_site_item", "site_id IS NOT NULL", "site_id", "item_code", "closed_on"),
        _partly("ix_hazard_site_found", "site_id IS NOT NULL", "found_on", "id"),
        *(_partly(f"ix_hazard_{column}", f"{column} IS NOT NULL", column) for column in LINKS),
    )
    event_class = HazardEvent

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(unique=True)
    reference: Mapped[str] = mapped_column(unique=True)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    region_id: Mapped[int] = mapped_column(ForeignKey("region.id"), index=True)
    site_id: Mapped[int | None] = mapped_column(ForeignKey("site.id"), index=True)
    site_name: Mapped[str] = mapped_column(default="")
    category: Mapped[str] = mapped_column(default="")
    location: Mapped[str] = mapped_column(default="")
    longitude: Mapped[Decimal | None] = mapped_column(Exact(7))
    latitude: Mapped[Decimal | None] = mapped_column(Exact(7))

    origin: Mapped[str]
    origin_reference: Mapped[str] = mapped_column(default="")
    item_code: Mapped[str] = mapped_column(default="")
    inspection_kind: Mapped[str] = mapped_column(default="")
    found_on: Mapped[date | None]
    found_unit: Mapped[str] = mapped_column(default="")
    found_by: Mapped[str] = mapped_column(default="")
    found_by_id: Mapped[int | None]

    description: Mapped[str]
    hazard_kind: Mapped[str] = mapped_column(default="")
    grade: Mapped[Grade | None] = mapped_column(choice(Grade))
    severity: Mapped[int | None]
    native_grade: Mapped[str] = mapped_column(default="")
    basis: Mapped[str] = mapped_column(default="")
    requirement: Mapped[str] = mapped_column(default="")

    responsible_unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    responsible_unit_name: Mapped[str] = mapped_column(default="")
    responsible_person: Mapped[str] = mapped_column(default="")
    responsible_leader: Mapped[str] = mapped_column(default="")
    supervising_unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    supervising_unit_name: Mapped[str] = mapped_column(default="")
    supervising_person: Mapped[str] = mapped_column(default="")

    measures: Mapped[str] = mapped_column(default="")
    measure_type: Mapped[MeasureType | None] = mapped_column(choice(MeasureType))
    fund_amount: Mapped[Decimal | None]
    fund_source: Mapped[str] = mapped_column(default="")
    due_on: Mapped[date | None]
    original_due_on: Mapped[date | None]
    extension_count: Mapped[int] = mapped_column(default=0)
    interim_control: Mapped[str] = mapped_column(default="")
    emergency_plan: Mapped[str] = mapped_column(default="")
    treatment_plan: Mapped[str] = mapped_column(default="")
    plan_parts: Mapped[dict[str, Any] | None] = mapped_column(Json)
    standby_forces: Mapped[str] = mapped_column(default="")
    paused_on: Mapped[date | None]
    paused_until: Mapped[date | None]
    paused_days: Mapped[int] = mapped_column(default=0)
    proof_kind: Mapped[str] = mapped_column(default="")
    photo_explanation: Mapped[str] = mapped_column(default="")
    review_on: Mapped[date | None]

    progress: Mapped[str] = mapped_column(default="")
    done_on: Mapped[date | None]
    done_by_id: Mapped[int | None]
    done_by_unit_id: Mapped[int | None]
    recheck_failures: Mapped[int] = mapped_column(default=0)
    rechecked_on: Mapped[date | None]
    recheck_result: Mapped[str] = mapped_column(default="")
    rechecked_by: Mapped[str] = mapped_column(default="")
    accepted_by_unit: Mapped[str] = mapped_column(default="")
    closed_on: Mapped[date | None]
    closed_by: Mapped[str] = mapped_column(default="")

    listed: Mapped[bool] = mapped_column(default=False)
    listed_level: Mapped[str] = mapped_column(default="")
    looked_back_on: Mapped[date | None]
    rebounded: Mapped[bool | None]
    reopened_from_id: Mapped[int | None] = mapped_column(ForeignKey("hazard.id"))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("hazard.id"))
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("hazard.id"))
    remark: Mapped[str] = mapped_column(default="")

    urgency: Mapped[int]
    fingerprint: Mapped[str] = mapped_column(default="")
    batch_id: Mapped[int | None] = mapped_column(ForeignKey("return_batch.id"), index=True)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]

    county: Mapped[Region] = relationship(foreign_keys=[county_id])
    region: Mapped[Region] = relationship(foreign_keys=[region_id])
    site: Mapped[Site | None] = relationship()
    responsible_unit: Mapped[Unit | None] = relationship(foreign_keys=[responsible_unit_id])
    supervising_unit: Mapped[Unit | None] = relationship(foreign_keys=[supervising_unit_id])
    events: Mapped[list[HazardEvent]] = relationship(order_by=HazardEvent.id)


class HazardDistinct(Base):
    """Two hazards that look like one and that somebody has judged to be two; `first_id` is the smaller key."""

    __tablename__ = "hazard_distinct"
    __table_args__ = (UniqueConstraint("first_id", "second_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    first_id: Mapped[int] = mapped_column(ForeignKey("hazard.id"))
    second_id: Mapped[int] = mapped_column(ForeignKey("hazard.id"), index=True)
    reason: Mapped[str]
    decided_at: Mapped[datetime]
    decided_by_id: Mapped[int | None]


class SavedFilter(Base):
    """A filter of the inventory that a person keeps under a name; `query` is the address behind the question mark."""

    __tablename__ = "saved_filter"
    __table_args__ = (UniqueConstraint("user_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    name: Mapped[str]
    query: Mapped[str]


class HazardCount(Base):
    """How many hazards of a county stand in a state with a grade and a due date; kept in the change's transaction.

    `grade` "" is an unknown grade, `due_on` 9999-12-31 no due date, so that every column may be part of the key.
    `on_time` of them were closed on or before the due date. On SQLite the rows lie in the order of the key.
    """

    __tablename__ = "hazard_count"
    __table_args__ = (PrimaryKeyConstraint("county_id", "state", "due_on", "grade"), {"sqlite_with_rowid": False})

    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    grade: Mapped[str]
    state: Mapped[str]
    due_on: Mapped[date]
    count: Mapped[int]
    on_time: Mapped[int]


class HazardMonth(Base):
    """How many hazards of a county were found and closed in a month, `month` being its first day.

    Kept like `HazardCount`. What was merged or proved untrue was not found; only what is closed now counts as closed.
    """

    __tablename__ = "hazard_month"
    __table_args__ = (PrimaryKeyConstraint("county_id", "month"), {"sqlite_with_rowid": False})

    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    month: Mapped[date]
    found: Mapped[int]
    closed: Mapped[int]


class HazardChange(Base):
    """A telling step (`changes.TOLD`) of a hazard of a county, so that the latest of a county are found by index."""

    __tablename__ = "hazard_change"
    __table_args__ = (Index("ix_hazard_change_county", "county_id", "event_id"),)

    event_id: Mapped[int] = mapped_column(ForeignKey("hazard_event.id"), primary_key=True, autoincrement=False)
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
