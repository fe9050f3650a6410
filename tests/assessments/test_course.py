from datetime import datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from inspect_app.assessments.course import verifying
from inspect_app.assessments.lifecycle import ASSESSMENT_LIFE, PUBLISHED
from inspect_app.assessments.models import Assessment, ScoreSnapshot
from inspect_app.core.database import transaction
from tests.assessments.course import Year, bring_to, open_year, people
from tests.reporting.stock import fill


@pytest.fixture
def year(session: Session, clock: datetime) -> Year:
    assert clock.year == 2026
    with transaction():
        fill(session)
        users = people(session)
    return open_year(session, users)


def test_a_year_goes_from_computed_to_published(year: Year) -> None:
    assert year.assessment.reference == "KP-6542-2026-01"
    bring_to(year, PUBLISHED)
    assessment = year.assessment
    assert assessment.state == PUBLISHED
    assert ASSESSMENT_LIFE.replay(assessment.events) == PUBLISHED
    kept = year.session.scalars(select(ScoreSnapshot).where(ScoreSnapshot.assessment_id == assessment.id)).all()
    assert len(kept) == 7
    assert verifying.verify(year.session) == []
    assert year.session.scalars(select(Assessment)).one().published_by_name
