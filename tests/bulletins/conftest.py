"""The cast of 乌苏市 and its prefecture, what a month brought them, and a bulletin about it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from inspect_app.bulletins import service
from inspect_app.bulletins.models import Bulletin
from inspect_app.bulletins.service import Wish
from inspect_app.core import clock as core_clock
from inspect_app.core.database import transaction
from inspect_app.documents import service as documents
from inspect_app.documents.models import Document
from inspect_app.hazards.models import Hazard
from inspect_app.regions.queries import by_code
from tests.hazards.stories import Story, stage

PREFECTURE, MAY = "6542", date(2026, 5, 1)


@dataclass(frozen=True)
class Month:
    """Hazards of 乌苏市 by what became of them; every method makes a transaction of its own."""

    story: Story
    hazards: dict[str, Hazard]

    @property
    def session(self) -> Session:
        return self.story.session

    def begin(self, template: str = "monthly", month: date = MAY) -> Bulletin:
        with transaction():
            wish = Wish(template, by_code(self.session, PREFECTURE), month)
            return service.begin(self.session, self.story.cast.officer, wish)

    def send(self, bulletin: Bulletin | None = None) -> tuple[Bulletin, Document]:
        bulletin = bulletin or self.begin()
        with transaction():
            return bulletin, service.send(self.session, self.story.cast.officer, bulletin, bulletin.version)

    def issue(self, bulletin: Bulletin | None = None) -> tuple[Bulletin, Document]:
        bulletin, document = self.send(bulletin)
        with transaction():
            documents.issue(self.session, self.story.cast.leader, document, document.version)
        return bulletin, document


@pytest.fixture
def story(session: Session, clock: datetime) -> Story:
    assert clock.year == 2026
    with transaction():
        return stage(session)


@pytest.fixture
def month(story: Story) -> Month:
    """On 10 May five hazards are found, due on 30 May, and one on 10 June; it is 15 June now."""
    hazards = {}
    with transaction():
        with core_clock.set_to(core_clock.now() - timedelta(days=36)):
            hazards["closed"] = story.reach("closed", description="外廊抗震墙开洞")
            hazards["also_closed"] = story.reach("closed", description="门厅吊顶松动")
            hazards["overdue"] = story.reach("rectifying", description="楼梯间填充墙开裂")
            hazards["suspended"] = story.reach("suspended", description="女儿墙未拉结")
            hazards["transferred"] = story.reach("transferred", description="场地边坡失稳")
        with core_clock.set_to(core_clock.now() - timedelta(days=5)):
            hazards["june"] = story.reach("rectifying", description="构造柱钢筋外露")
    return Month(story, hazards)
