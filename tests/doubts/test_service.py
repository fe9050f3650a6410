"""A doubt that somebody looked into is settled with words that stay."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from inspect_app.access.permissions import Role
from inspect_app.core import clock
from inspect_app.core.database import transaction
from inspect_app.core.errors import Forbidden, Invalid, NotFound
from inspect_app.doubts import queries, service
from inspect_app.doubts.kinds import Kind
from inspect_app.regions.queries import by_code
from tests.accounts.factories import actor_of, make_user
from tests.hazards.stories import Story, stage

KIND = Kind.DUE_BEFORE_FOUND


@pytest.fixture
def story(session: Session, clock: datetime) -> Story:
    assert clock.year == 2026
    with transaction():
        return stage(session)


@pytest.fixture
def subject(story: Story) -> str:
    with transaction():
        story.register().due_on = clock.today() - timedelta(days=3)
    return queries.found(story.session, story.cast.officer, (KIND,))[0].doubt.subject


def test_a_settled_doubt_keeps_who_said_what(story: Story, subject: str) -> None:
    with transaction():
        service.settle(story.session, story.cast.officer, KIND, subject, "  电话核实：期限写错，已通知改正 ")
    known = queries.one(story.session, story.cast.officer, KIND, subject)
    assert known.note is not None
    assert (known.note.text, known.note.noted_by_name) == ("电话核实：期限写错，已通知改正", story.cast.officer.name)


@pytest.mark.usefixtures("story")
def test_too_few_words_settle_nothing(story: Story, subject: str) -> None:
    with pytest.raises(Invalid, match="核实"), transaction():
        service.settle(story.session, story.cast.officer, KIND, subject, "好")


def test_a_county_cannot_settle_its_own_doubts(story: Story, subject: str) -> None:
    with pytest.raises(Forbidden), transaction():
        service.settle(story.session, story.cast.head, KIND, subject, "没有问题，请放心")


def test_a_doubt_out_of_sight_or_gone_cannot_be_settled(story: Story, subject: str) -> None:
    with transaction():
        stranger = actor_of(make_user(story.session, Role.PREFECTURE_OFFICER, by_code(story.session, "6543")))
    for actor, key in ((stranger, subject), (story.cast.officer, "0" * 32)):
        with pytest.raises(NotFound), transaction():
            service.settle(story.session, actor, KIND, key, "电话核实：属实")
