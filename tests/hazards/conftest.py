"""A stage for hazards, on a pinned clock."""

from datetime import datetime

import pytest
from sqlalchemy.orm import Session

from inspect_app.core.database import transaction
from tests.hazards.stories import Story, stage


@pytest.fixture
def story(session: Session, clock: datetime) -> Story:
    """Give people and a county in which hazards happen, on 15 June 2026."""
    assert clock.year == 2026
    with transaction():
        return stage(session)
