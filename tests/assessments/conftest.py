from datetime import datetime

import pytest
from sqlalchemy.orm import Session

from inspect_app.core.database import transaction
from tests.assessments.course import Year, open_year, people
from tests.reporting.stock import fill


@pytest.fixture
def year(session: Session, clock: datetime) -> Year:
    """Open the assessment of 2026 in 塔城地区 by the small scheme: 乌苏市 uneven, 沙湾市 spotless, the others empty."""
    assert clock.year == 2026
    with transaction():
        fill(session)
        users = people(session)
    return open_year(session, users)
