"""Score snapshots: what a scheme said of a county for a period, with the facts it was said from."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inspect_app.core.database import Base
from inspect_app.core.types import Exact, Json
from inspect_app.regions.models import Region


class ScoreSnapshot(Base):
    """A county's score by one version of a scheme at one moment. Never changed; a newer one supersedes it.

    `score` is null when nothing applied. `lines` explain every point: indicator, numerator, denominator, points, full,
    why. `facts` are the inputs. `scheme_hash` names the exact content of the scheme.
    """

    __tablename__ = "score_snapshot"
    __table_args__ = (Index("ix_score_snapshot_latest", "scheme_code", "period", "county_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    scheme_code: Mapped[str]
    scheme_version: Mapped[int]
    scheme_hash: Mapped[str]
    period: Mapped[str]
    county_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    score: Mapped[Decimal | None] = mapped_column(Exact(6))
    full: Mapped[Decimal] = mapped_column(Exact(6))
    grade: Mapped[str]
    lines: Mapped[list[Any]] = mapped_column(Json)
    facts: Mapped[dict[str, Any]] = mapped_column(Json)
    computed_at: Mapped[datetime]
    computed_by_id: Mapped[int | None]

    county: Mapped[Region] = relationship()
