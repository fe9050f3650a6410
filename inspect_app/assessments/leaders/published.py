"""What was published of counties for a year; pages of today's figures name it beside them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspect_app.assessments.lifecycle import PUBLISHED
from inspect_app.assessments.models import Assessment, ScoreSnapshot
from inspect_app.assessments.presentation import Pill, pill


@dataclass(frozen=True)
class Published:
    """The published result of a county: what counts, whatever the data say since."""

    reference: str
    at: datetime | None
    points: Decimal | None
    full: Decimal
    rank: int | None
    grade: Pill | None


def published(session: Session, period: str, county_ids: Collection[int]) -> dict[int, Published]:
    """Return the result that stands of each county that has one; a corrected one gives way to its correction."""
    rows = (
        select(ScoreSnapshot, Assessment)
        .join(Assessment, Assessment.id == ScoreSnapshot.assessment_id)
        .where(
            Assessment.state == PUBLISHED,
            Assessment.period == period,
            ScoreSnapshot.county_id.in_(county_ids),
        )
        .order_by(ScoreSnapshot.id)
    )
    return {each.county_id: _published(each, whole) for each, whole in session.execute(rows).tuples()}


def _published(each: ScoreSnapshot, whole: Assessment) -> Published:
    return Published(whole.reference, whole.published_at, each.score, each.full, each.rank, pill(each.grade))
