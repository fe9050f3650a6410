"""A stage for chasing: people of a county and its prefecture, on 15 June 2026."""

from datetime import datetime

import pytest
from sqlalchemy.orm import Session

from inspect_app.core.database import transaction
from tests.hazards.stories import Story, stage


@pytest.fixture
def story(session: Session, clock: datetime) -> Story:
    assert clock.year == 2026
    with transaction():
        return stage(session)
