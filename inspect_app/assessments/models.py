"""Kept scores, and the year's course: what counties report, assessors decide, leaders publish."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inspect_app.core.database import Base
from inspect_app.core.living import EventColumns, Living
from inspect_app.core.types import Exact, Json
from inspect_app.regions.models import Region

POINTS = Exact(6)


class ScoreSnapshot(Base):
    """A county's score by one version of a scheme at one moment. Never changed; a newer one supersedes it.

    `score` is null when nothing applied. `lines` explain every point: indicator, numerator, denominator, points, full,
    why. `facts` are the inputs. `scheme_hash` names the exact content of the scheme. `kept_for` is the month of a
    monthly keeping (2026-05). A published one names its assessment, carries the digest of its sheet
    (`course.digests`), and `supersedes_id` where it corrects another.
    """

    __tablename__ = "score_snapshot"
    __table_args__ = (
        Index("ix_score_snapshot_latest", "scheme_code", "period", "county_id", "id"),
        Index("ix_score_snapshot_kept", "kept_for", "scheme_code", "county_id"),
        UniqueConstraint("assessment_id", "county_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    scheme_code: Mapped[str]
    scheme_version: Mapped[int]
    scheme_hash: Mapped[str]
    period: Mapped[str]
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    score: Mapped[Decimal | None] = mapped_column(POINTS)
    full: Mapped[Decimal] = mapped_column(POINTS)
    grade: Mapped[str]
    rank: Mapped[int | None]
    lines: Mapped[list[Any]] = mapped_column(Json)
    facts: Mapped[dict[str, Any]] = mapped_column(Json)
    computed_at: Mapped[datetime]
    computed_by_id: Mapped[int | None]
    kept_for: Mapped[str | None]
    assessment_id: Mapped[int | None] = mapped_column(ForeignKey("assessment.id"))
    digest: Mapped[str | None]
    supersedes_id: Mapped[int | None] = mapped_column(ForeignKey("score_snapshot.id"))

    county: Mapped[Region] = relationship()

    @property
    def published(self) -> bool:
        """Tell whether this is the result of an assessment rather than a keeping on the way."""
        return self.assessment_id is not None


class AssessmentEvent(EventColumns, Base):
    """A step in the life of an assessment."""

    __tablename__ = "assessment_event"

    subject_id: Mapped[int] = mapped_column(ForeignKey("assessment.id"), index=True)


class Assessment(Living, Base):
    """The assessment of the counties of a region for a year, or its correction (更正).

    `scheme` is the whole definition as it was when this was opened. Dates are local days, inclusive. Facts are
    computed anew until `frozen_at`; what comes later counts only in a correction. `difference_points` is how far a
    self-report may lie from the computed points before it is marked.
    """

    __tablename__ = "assessment"
    event_class = AssessmentEvent

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True)
    region_id: Mapped[int] = mapped_column(ForeignKey("region.id"), index=True)
    scheme_code: Mapped[str]
    scheme_version: Mapped[int]
    scheme_hash: Mapped[str]
    scheme: Mapped[dict[str, Any]] = mapped_column(Json)
    period: Mapped[str]
    difference_points: Mapped[Decimal]
    self_report_by: Mapped[date]
    freeze_on: Mapped[date]
    appeal_by: Mapped[date]
    computed_at: Mapped[datetime | None]
    frozen_at: Mapped[datetime | None]
    published_at: Mapped[datetime | None]
    published_by_name: Mapped[str] = mapped_column(default="")
    supersedes_id: Mapped[int | None] = mapped_column(ForeignKey("assessment.id"))
    reason: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime]
    created_by_id: Mapped[int | None]

    region: Mapped[Region] = relationship()
    supersedes: Mapped["Assessment | None"] = relationship(remote_side="Assessment.id")
    events: Mapped[list[AssessmentEvent]] = relationship(order_by=AssessmentEvent.id)


class CountySheet(Base):
    """The sheet (考核表) of one county: facts as last gathered, what they give, what the county says, what stands.

    `computed` is the score from data alone, `reported` from the county's own figures, `score` the standing one;
    `result` is what the standing score says beyond its lines (deductions, bonuses, vetoes, sentences).
    """

    __tablename__ = "assessment_county"
    __table_args__ = (UniqueConstraint("assessment_id", "county_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessment.id"))
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"), index=True)
    facts: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    computed: Mapped[Decimal | None] = mapped_column(POINTS)
    reported: Mapped[Decimal | None] = mapped_column(POINTS)
    score: Mapped[Decimal | None] = mapped_column(POINTS)
    full: Mapped[Decimal] = mapped_column(POINTS, default=Decimal(0))
    grade: Mapped[str] = mapped_column(default="")
    rank: Mapped[int | None]
    result: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    sent_at: Mapped[datetime | None]
    sent_by_id: Mapped[int | None]
    sent_by_name: Mapped[str] = mapped_column(default="")
    digest: Mapped[str] = mapped_column(default="")
    locked: Mapped[bool] = mapped_column(default=False)

    assessment: Mapped[Assessment] = relationship()
    county: Mapped[Region] = relationship()
    lines: Mapped[list["AssessmentLine"]] = relationship(order_by="AssessmentLine.position", back_populates="sheet")


class AssessmentLine(Base):
    """One indicator, deduction or bonus of a county, side by side: computed, self-reported, decided, standing.

    Figures are JSON as in `course.figures`; points are null where the line does not apply or nothing is known.
    A confirmed change carries two names; the computed value stays beside it.
    """

    __tablename__ = "assessment_line"
    __table_args__ = (UniqueConstraint("sheet_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    sheet_id: Mapped[int] = mapped_column(ForeignKey("assessment_county.id"))
    position: Mapped[int]
    code: Mapped[str]
    version: Mapped[int] = mapped_column(default=1)
    standing: Mapped[str] = mapped_column(default="")
    computed: Mapped[dict[str, Any] | None] = mapped_column(Json)
    computed_points: Mapped[Decimal | None] = mapped_column(POINTS)
    reported: Mapped[dict[str, Any] | None] = mapped_column(Json)
    reported_points: Mapped[Decimal | None] = mapped_column(POINTS)
    note: Mapped[str] = mapped_column(default="")
    reported_at: Mapped[datetime | None]
    reported_by_id: Mapped[int | None]
    reported_by_name: Mapped[str] = mapped_column(default="")
    differs: Mapped[bool] = mapped_column(default=False)
    decision: Mapped[str] = mapped_column(default="")
    decision_reason: Mapped[str] = mapped_column(default="")
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None]
    decided_by_name: Mapped[str] = mapped_column(default="")
    proposal: Mapped[dict[str, Any] | None] = mapped_column(Json)
    proposal_reason: Mapped[str] = mapped_column(default="")
    proposed_at: Mapped[datetime | None]
    proposed_by_id: Mapped[int | None]
    proposed_by_name: Mapped[str] = mapped_column(default="")
    change: Mapped[dict[str, Any] | None] = mapped_column(Json)
    confirmed_at: Mapped[datetime | None]
    confirmed_by_id: Mapped[int | None]
    confirmed_by_name: Mapped[str] = mapped_column(default="")
    accepted: Mapped[dict[str, Any] | None] = mapped_column(Json)
    points: Mapped[Decimal | None] = mapped_column(POINTS)
    full: Mapped[Decimal] = mapped_column(POINTS, default=Decimal(0))
    why: Mapped[str] = mapped_column(default="")
    locked: Mapped[bool] = mapped_column(default=False)

    sheet: Mapped[CountySheet] = relationship(back_populates="lines")


class LineEntry(Base):
    """What was said or decided about a line, one row each time: append-only."""

    __tablename__ = "assessment_line_entry"

    id: Mapped[int] = mapped_column(primary_key=True)
    line_id: Mapped[int] = mapped_column(ForeignKey("assessment_line.id"), index=True)
    action: Mapped[str]
    at: Mapped[datetime]
    actor_id: Mapped[int | None]
    actor_name: Mapped[str]
    content: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)


class Appeal(Base):
    """A county's appeal (申诉) against a line, and its answer; once answered it stays as it is."""

    __tablename__ = "assessment_appeal"

    id: Mapped[int] = mapped_column(primary_key=True)
    line_id: Mapped[int] = mapped_column(ForeignKey("assessment_line.id"), index=True)
    reason: Mapped[str]
    made_at: Mapped[datetime]
    made_by_id: Mapped[int | None]
    made_by_name: Mapped[str]
    outcome: Mapped[str] = mapped_column(default="")
    answer: Mapped[str] = mapped_column(default="")
    answered_at: Mapped[datetime | None]
    answered_by_id: Mapped[int | None]
    answered_by_name: Mapped[str] = mapped_column(default="")

    line: Mapped[AssessmentLine] = relationship()


class Reading(Base):
    """A county signs for what it was shown (签阅): append-only. `digest` names exactly what that was."""

    __tablename__ = "assessment_reading"
    __table_args__ = (UniqueConstraint("sheet_id", "stage", "digest", "user_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    sheet_id: Mapped[int] = mapped_column(ForeignKey("assessment_county.id"))
    stage: Mapped[str]
    digest: Mapped[str]
    read_at: Mapped[datetime]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    user_name: Mapped[str]
