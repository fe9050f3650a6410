"""What is kept of a score: only by a scheme in force for counties, with the full marks that applied."""

from datetime import datetime

import pytest
from sqlalchemy.orm import Session

from inspect_app.access.actor import SYSTEM
from inspect_app.assessments import queries, service
from inspect_app.core.database import transaction
from inspect_app.core.errors import Invalid
from inspect_app.regions.models import Region
from tests.reporting.stock import TODAY, fill


@pytest.fixture
def wusu(session: Session, clock: datetime) -> Region:
    assert clock.date() == TODAY
    with transaction():
        return fill(session)["wusu"]


@pytest.mark.parametrize("scheme", ["GX2011", "TOWNSHIP"])
def test_a_draft_and_a_scheme_of_townships_are_not_kept(session: Session, wusu: Region, scheme: str) -> None:
    with pytest.raises(Invalid, match="不能存档"):
        service.run(session, SYSTEM, scheme, "2026", wusu.id)


def test_the_full_marks_kept_are_those_that_applied(session: Session, wusu: Region) -> None:
    with transaction():
        (kept,) = service.run(session, SYSTEM, "DEFAULT", "2026", wusu.id)
    assert kept.full == 21
    assert kept.full < queries.scheme_of("DEFAULT").full
