"""The cast of 乌苏市 and its prefecture, and what a month brought them."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from inspect_app.core import clock as core_clock
from inspect_app.core.database import transaction
from tests.hazards.stories import Story, stage


@pytest.fixture
def story(session: Session, clock: datetime) -> Story:
    assert clock.year == 2026
    with transaction():
        return stage(session)


@pytest.fixture
def month(story: Story) -> Story:
    """Let 乌苏市 find hazards on 10 May, due on 30 May, and one on 10 June; two of them are closed by now."""
    with transaction():
        with core_clock.set_to(core_clock.now() - timedelta(days=36)):
            closed = [story.reach("closed", description=f"外廊抗震墙开洞{number}") for number in range(2)]
            story.reach("rectifying", description="楼梯间填充墙开裂")
            story.reach("suspended", description="女儿墙未拉结")
            story.reach("transferred", description="场地边坡失稳")
        with core_clock.set_to(core_clock.now() - timedelta(days=5)):
            story.reach("rectifying", description="构造柱钢筋外露")
    assert len(closed) == 2
    return story
