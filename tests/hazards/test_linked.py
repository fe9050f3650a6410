"""The page of a hazard tells how it belongs together with others."""

import re
from datetime import datetime

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from inspect_app.accounts.models import User
from inspect_app.core.database import transaction
from tests.accounts.factories import sign_in
from tests.hazards.stories import Story, stage


@pytest.fixture
def story(session: Session, clock: datetime) -> Story:
    assert clock.year == 2026
    with transaction():
        return stage(session)


def test_a_whole_and_its_part_name_each_other(client: FlaskClient, story: Story) -> None:
    with transaction():
        whole, part = story.register(), story.register()
        part.parent_id = whole.id
    officer = story.session.get(User, story.cast.officer.id)
    assert officer
    sign_in(client, officer)
    for shown, word, other in ((whole, "拆分出", part), (part, "拆分自", whole)):
        page = client.get(f"/hazards/{shown.reference}").get_data(as_text=True)
        assert re.search(rf'{word}\s*<a href="/hazards/{other.reference}"', page)
