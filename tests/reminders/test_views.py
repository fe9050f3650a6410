from datetime import datetime
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.access.permissions import Role
from inspect_app.accounts.models import User
from inspect_app.audit.models import AuditEntry
from inspect_app.core import clock as core_clock
from inspect_app.core.database import transaction
from inspect_app.hazards.words import State
from inspect_app.regions.models import Region
from inspect_app.reminders import queries, service
from inspect_app.reminders.models import ReminderChoice
from tests.accounts.factories import make_user, sign_in
from tests.hazards.stories import Story, stage


@pytest.fixture
def settings(settings: dict[str, Any]) -> dict[str, Any]:
    opened = {"SMTP_HOST": "127.0.0.1", "WEBHOOK_URL": "", "MAIL_DOMAINS": ["example.gov.cn"]}
    return {**settings, **opened}


@pytest.fixture
def story(session: Session, clock: datetime) -> Story:
    assert clock.year == 2026
    with transaction():
        story = stage(session)
        story.reach(State.ASSIGNED)
    return story


def enter(client: FlaskClient, session: Session, person: Actor) -> None:
    sign_in(client, session.get_one(User, person.id))


def text_of(client: FlaskClient, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def make_digests(session: Session) -> None:
    with transaction():
        today = core_clock.today()
        service.make_digests(session, today, service.missing_digests(session, today))


def test_the_page_shows_what_waits_now_with_the_way_to_it(client: FlaskClient, session: Session, story: Story) -> None:
    enter(client, session, story.cast.clerk)
    page = text_of(client, "/reminders")
    assert "等待签收" in page
    assert 'href="/hazards?state=assigned"' in page
    assert "晨光小学" in page


def test_whoever_has_nothing_to_do_is_told_so(client: FlaskClient, session: Session, story: Story) -> None:
    with transaction():
        idle = make_user(session, Role.COUNTY_HEAD, session.get_one(Region, story.cast.other_clerk.view_region_id))
    sign_in(client, idle)
    page = text_of(client, "/reminders")
    assert "现在没有等您办理的事项。" in page
    assert "YH-" not in page


def test_todays_digest_stands_on_the_home_page_until_it_was_read(
    client: FlaskClient, session: Session, story: Story
) -> None:
    make_digests(session)
    enter(client, session, story.cast.clerk)
    home = text_of(client, "/")
    assert "今天的提醒" in home
    assert "<span>我的提醒</span>" in home
    assert "<b>1</b>" in home
    answer = client.post("/reminders/read")
    assert (answer.status_code, answer.location) == (302, "/reminders")
    assert "今天的提醒" not in text_of(client, "/")
    assert client.post("/reminders/read").status_code == 302


def test_reading_ones_own_digest_leaves_those_of_others(client: FlaskClient, session: Session, story: Story) -> None:
    with transaction():
        story.reach(State.REGISTERED)
    make_digests(session)
    enter(client, session, story.cast.clerk)
    client.post("/reminders/read")
    assert queries.unread(session, story.cast.head, core_clock.today())
    assert not queries.unread(session, story.cast.clerk, core_clock.today())


def test_a_choice_is_kept_and_the_trail_does_not_learn_the_address(
    client: FlaskClient, session: Session, story: Story
) -> None:
    enter(client, session, story.cast.clerk)
    data = {"by_mail": "y", "mail_address": "zhang.san@example.gov.cn", "by_webhook": "y"}
    assert client.post("/reminders/choice", data=data).status_code == 302
    kept = session.scalars(select(ReminderChoice)).one()
    assert (kept.user_id, kept.by_mail, kept.by_webhook) == (story.cast.clerk.id, True, False)
    entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "reminder.choose")).one()
    assert "zhang.san" not in str(entry.changes)
    assert 'value="zhang.san@example.gov.cn"' in text_of(client, "/reminders/choice")


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("", "请填写正确的邮箱地址"),
        ("zhang@", "请填写正确的邮箱地址"),
        ("a@b.cn\r\nBcc: c@d.cn", "请填写正确的邮箱地址"),
        ("a@example.gov.cn, c@d.cn", "请填写正确的邮箱地址"),
        ("zhang@elsewhere.example", "提醒只能发到单位邮箱"),
        ("a" * 250 + "@example.gov.cn", "邮箱地址太长"),
    ],
)
def test_an_address_that_cannot_be_used_is_refused_with_a_sentence(
    client: FlaskClient, session: Session, story: Story, address: str, sentence: str
) -> None:
    enter(client, session, story.cast.clerk)
    answer = client.post("/reminders/choice", data={"by_mail": "y", "mail_address": address})
    assert answer.status_code == 422
    assert sentence in answer.get_data(as_text=True)
    assert session.scalar(select(ReminderChoice)) is None


def test_the_domains_of_mail_may_be_given_as_text_with_commas(
    app: Flask, client: FlaskClient, session: Session, story: Story
) -> None:
    app.config["MAIL_DOMAINS"] = "elsewhere.example, example.gov.cn"
    enter(client, session, story.cast.clerk)
    for address, status in (("a@example.gov.cn", 302), ("a@third.example", 422)):
        answer = client.post("/reminders/choice", data={"by_mail": "y", "mail_address": address})
        assert answer.status_code == status


def test_mail_may_be_switched_off_and_the_address_removed(client: FlaskClient, session: Session, story: Story) -> None:
    enter(client, session, story.cast.clerk)
    client.post("/reminders/choice", data={"by_mail": "y", "mail_address": "a@example.gov.cn"})
    assert client.post("/reminders/choice", data={"mail_address": ""}).status_code == 302
    kept = session.scalars(select(ReminderChoice)).one()
    assert (kept.by_mail, kept.mail_address) == (False, "")


def test_the_rules_are_checked_with_the_other_definitions(app: Flask) -> None:
    assert "reminders" in app.extensions["definition_readers"]
