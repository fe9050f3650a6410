"""Work plans (工作要点): tasks with the units in three roles, what they ask for, and who owes what by which day."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inspect_app.core.database import Base
from inspect_app.core.living import EventColumns, Living
from inspect_app.core.types import Exact, Json, choice
from inspect_app.regions.models import Region, Unit
from inspect_app.workplans.words import Part, Verdict


class WorkPlanEvent(EventColumns, Base):
    """A step in the life of a work plan."""

    __tablename__ = "work_plan_event"

    subject_id: Mapped[int] = mapped_column(ForeignKey("work_plan.id"), index=True)


class WorkPlanMember(Base):
    """A department that 成员单位 means in this plan; `position` keeps the order in which the office lists them."""

    __tablename__ = "work_plan_member"

    plan_id: Mapped[int] = mapped_column(ForeignKey("work_plan.id"), primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), primary_key=True)
    position: Mapped[int] = mapped_column(default=0)

    unit: Mapped[Unit] = relationship()


class ReportingDate(Base):
    """A day up to which every role of every task tells how far it is (第 1 次报送)."""

    __tablename__ = "work_reporting_date"
    __table_args__ = (UniqueConstraint("plan_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("work_plan.id"))
    number: Mapped[int]
    title: Mapped[str]
    due_on: Mapped[date]


class TaskUnit(Base):
    """A unit in a task as the notice writes it, and who that is: one unit, or a group such as @county_governments.

    With neither it is not yet settled; `doubt` says in Chinese why a person should look. `start` is an offset into
    the text of the plan, None for a unit that a person added.
    """

    __tablename__ = "work_task_unit"

    id: Mapped[int] = mapped_column(primary_key=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("work_task.id"), index=True)
    position: Mapped[int]
    part: Mapped[Part] = mapped_column(choice(Part))
    written: Mapped[str]
    start: Mapped[int | None]
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    group: Mapped[str | None]
    doubt: Mapped[str] = mapped_column(default="")

    unit: Mapped[Unit | None] = relationship()


class WorkTask(Base):
    """A numbered task; `start` and `end` are offsets into the text of the plan. `topic` as in `library.words.Topic`.

    `doubts` are sentences of the reader that a person has not put aside by checking the task.
    """

    __tablename__ = "work_task"
    __table_args__ = (UniqueConstraint("plan_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("work_plan.id"))
    position: Mapped[int]
    chapter: Mapped[str] = mapped_column(default="")
    section: Mapped[str] = mapped_column(default="")
    number: Mapped[str]
    title: Mapped[str]
    text: Mapped[str]
    start: Mapped[int | None]
    end: Mapped[int | None]
    topic: Mapped[str | None]
    doubts: Mapped[list[str]] = mapped_column(Json, default=list)
    checked: Mapped[bool] = mapped_column(default=False)

    units: Mapped[list[TaskUnit]] = relationship(order_by=TaskUnit.position, cascade="all, delete-orphan")


class WorkObligation(Base):
    """Something measurable that a task (or the letter itself: `task_id` None) asks for.

    `definition` has the fields of an obligation in `checklists/obligations/README.md` without its `code`, so that one
    reader and one `dues()` serve both; `library_code` names the obligation it was adopted from (TC-03b). `quote`
    stands at `start` in the text of the plan. `confidence` is the reader's, from 0 to 1; None when a person wrote it.
    """

    __tablename__ = "work_obligation"
    __table_args__ = (UniqueConstraint("plan_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("work_plan.id"))
    task_id: Mapped[int | None] = mapped_column(ForeignKey("work_task.id"), index=True)
    code: Mapped[str]
    verdict: Mapped[Verdict] = mapped_column(choice(Verdict))
    library_code: Mapped[str | None]
    definition: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    quote: Mapped[str] = mapped_column(default="")
    start: Mapped[int | None]
    confidence: Mapped[Decimal | None] = mapped_column(Exact(2))
    doubts: Mapped[list[str]] = mapped_column(Json, default=list)

    plan: Mapped["WorkPlan"] = relationship(back_populates="obligations")
    task: Mapped[WorkTask | None] = relationship()


class WorkPlan(Living, Base):
    """A notice of work points that a prefecture or county issued for a year; all offsets refer to `text`.

    The file it came in is stored evidence of kind "work_plan"; `text_hash` tells the same notice sent again.
    """

    __tablename__ = "work_plan"
    __table_args__ = (Index("ix_work_plan_region_year", "region_id", "year"),)
    event_class = WorkPlanEvent

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True)
    region_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    year: Mapped[int]
    title: Mapped[str]
    number: Mapped[str] = mapped_column(default="")
    issuers: Mapped[list[str]] = mapped_column(Json, default=list)
    dated: Mapped[date | None]
    addressees: Mapped[list[str]] = mapped_column(Json, default=list)
    text: Mapped[str] = mapped_column(deferred=True)
    text_hash: Mapped[str] = mapped_column(index=True)
    original_name: Mapped[str] = mapped_column(default="")
    doubts: Mapped[list[str]] = mapped_column(Json, default=list)
    published_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    created_by_id: Mapped[int | None]

    region: Mapped[Region] = relationship()
    tasks: Mapped[list[WorkTask]] = relationship(order_by=WorkTask.position)
    obligations: Mapped[list[WorkObligation]] = relationship(order_by=WorkObligation.id, back_populates="plan")
    dates: Mapped[list[ReportingDate]] = relationship(order_by=ReportingDate.number, cascade="all, delete-orphan")
    members: Mapped[list[WorkPlanMember]] = relationship(order_by=WorkPlanMember.position, cascade="all, delete-orphan")
    events: Mapped[list[WorkPlanEvent]] = relationship(order_by=WorkPlanEvent.id)


class WorkDueEvent(EventColumns, Base):
    """A step in the life of something owed."""

    __tablename__ = "work_due_event"

    subject_id: Mapped[int] = mapped_column(ForeignKey("work_due.id"), index=True)


class WorkDue(Living, Base):
    """What one unit owes by one day: its feedback on a task at a reporting date, or an instance of an obligation.

    `region` is the county that owes, or the region of the plan for its departments; `unit_id` None is the county as a
    whole. `key` tells it within its plan. `needed`, `share`, `per` as in `library.dues.Due`. `figures` and `summary`
    are what was reported last: {"done": "3", "whole": "5"} as texts of decimals, an unknown one absent. `reported_at`
    is the first report, `updated_at` the last; `excused` means that being late no longer counts.
    """

    __tablename__ = "work_due"
    __table_args__ = (
        UniqueConstraint("plan_id", "key"),
        Index("ix_work_due_region_unit", "region_id", "unit_id"),
        Index("ix_work_due_state_due_on", "state", "due_on"),
    )
    event_class = WorkDueEvent

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("work_plan.id"))
    key: Mapped[str]
    task_id: Mapped[int | None] = mapped_column(ForeignKey("work_task.id"), index=True)
    obligation_id: Mapped[int | None] = mapped_column(ForeignKey("work_obligation.id"), index=True)
    date_id: Mapped[int | None] = mapped_column(ForeignKey("work_reporting_date.id"))
    part: Mapped[Part] = mapped_column(choice(Part))
    region_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    number: Mapped[int] = mapped_column(default=1)
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    due_on: Mapped[date]
    dated: Mapped[bool] = mapped_column(default=True)
    needed: Mapped[int | None]
    at_most: Mapped[int | None]
    share: Mapped[Decimal | None] = mapped_column(Exact(4))
    per: Mapped[str | None]
    topic: Mapped[str | None]
    figures: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    summary: Mapped[str] = mapped_column(default="")
    reported_at: Mapped[datetime | None]
    updated_at: Mapped[datetime | None]
    reported_by_id: Mapped[int | None]
    accepted_at: Mapped[datetime | None]
    returned_times: Mapped[int] = mapped_column(default=0)
    excused: Mapped[bool] = mapped_column(default=False)

    plan: Mapped[WorkPlan] = relationship()
    task: Mapped[WorkTask | None] = relationship()
    obligation: Mapped[WorkObligation | None] = relationship()
    reporting_date: Mapped[ReportingDate | None] = relationship()
    region: Mapped[Region] = relationship()
    unit: Mapped[Unit | None] = relationship()
    events: Mapped[list[WorkDueEvent]] = relationship(order_by=WorkDueEvent.id)


class WorkReturnEvent(EventColumns, Base):
    """A step in the life of a workbook that came back."""

    __tablename__ = "work_return_event"

    subject_id: Mapped[int] = mapped_column(ForeignKey("work_return.id"), index=True)


class WorkReturn(Living, Base):
    """One workbook in which a unit reports what it owes under a plan: what was read, what becomes of every row.

    Whose it is as in WorkDue. `applied_key` holds plan, owner and content once applied, so that nothing is applied
    twice. `touched` lists [key of the due, its version afterwards] of what was applied.
    """

    __tablename__ = "work_return"
    event_class = WorkReturnEvent

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("work_plan.id"), index=True)
    region_id: Mapped[int] = mapped_column(ForeignKey("region.id"), index=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    original_name: Mapped[str]
    sha256: Mapped[str]
    applied_key: Mapped[str | None] = mapped_column(unique=True)
    rows: Mapped[dict[str, Any]] = mapped_column(Json, default=dict, deferred=True)
    outcome: Mapped[dict[str, Any]] = mapped_column(Json, default=dict, deferred=True)
    counts: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    touched: Mapped[list[list[int]]] = mapped_column(Json, default=list)
    received_at: Mapped[datetime]
    received_by_id: Mapped[int | None]
    applied_at: Mapped[datetime | None]
    undone_at: Mapped[datetime | None]

    plan: Mapped[WorkPlan] = relationship()
    region: Mapped[Region] = relationship()
    unit: Mapped[Unit | None] = relationship()
    events: Mapped[list[WorkReturnEvent]] = relationship(order_by=WorkReturnEvent.id)
