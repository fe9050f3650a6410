"""A run of sending: once a day and person, failed ones again, never twice, quiet when nobody works."""

import json
import time
from datetime import date, datetime, timedelta
from email import message_from_string, policy
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import insert, inspect, select
from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.accounts.models import User
from inspect_app.core import clock as core_clock
from inspect_app.core.database import transaction
from inspect_app.hazards.words import State
from inspect_app.reminders import sending, service
from inspect_app.reminders.channels import Channel
from inspect_app.reminders.models import Delivery, Digest
from tests.hazards.stories import Story, stage
from tests.reminders.letter_samples import address
from tests.reminders.servers import Parcels, Post

MONDAY = date(2026, 6, 15)
DRAGON_BOAT = date(2026, 6, 19)


@pytest.fixture
def settings(settings: dict[str, Any], post: Post, parcels: Parcels) -> dict[str, Any]:
    return {
        **settings,
        "PUBLIC_URL": "https://inspect.example.gov.cn/hazards-office/",
        "SMTP_HOST": "127.0.0.1",
        "SMTP_PORT": post.port,
        "SMTP_SECURITY": "none",
        "SMTP_FROM": "noreply@example.gov.cn",
        "WEBHOOK_URL": f"http://127.0.0.1:{parcels.port}/hook",
        "WEBHOOK_SECRET": "secret",
    }


@pytest.fixture
def story(session: Session, clock: datetime) -> Story:
    assert clock.date() == MONDAY
    with transaction():
        story = stage(session)
        story.reach(State.ASSIGNED)
        choose(session, story.cast.clerk, by_mail=True)
    return story


def choose(session: Session, person: Actor, *, by_mail: bool = False, by_webhook: bool = False) -> None:
    wanted = {Channel.MAIL: by_mail, Channel.WEBHOOK: by_webhook}
    service.choose(session, person, wanted, f"person{person.id}@example.gov.cn", ())


def make_digests(session: Session) -> int:
    return service.make_digests(session, MONDAY, service.missing_digests(session, MONDAY))


def send(app: Flask, *options: str) -> tuple[int, str]:
    answer = app.test_cli_runner().invoke(args=["reminders", "send", *options])
    return answer.exit_code, answer.output


def outcomes(session: Session) -> list[tuple[str, int]]:
    session.rollback()
    return list(session.execute(select(Delivery.outcome, Delivery.tries).order_by(Delivery.id)).tuples())


def test_a_digest_is_made_and_sent_once_a_day_and_person(
    app: Flask, session: Session, story: Story, post: Post
) -> None:
    code, output = send(app)
    assert (code, "已发送 1" in output) == (0, True)
    assert send(app)[0] == 0
    assert [to for to, _text in post.letters] == [f"person{story.cast.clerk.id}@example.gov.cn"]
    assert outcomes(session) == [("sent", 1)]
    digests = session.scalars(select(Digest)).all()
    assert len({digest.user_id for digest in digests}) == len(digests)
    with core_clock.set_to(core_clock.now() + timedelta(days=1)):
        send(app)
    assert len(post.letters) == 2


def test_links_lead_to_the_address_that_people_use(app: Flask, story: Story, post: Post) -> None:
    send(app)
    text = message_from_string(post.letters[0][1], policy=policy.default).get_content()
    assert "https://inspect.example.gov.cn/hazards-office/hazards?state=assigned" in text
    assert "https://inspect.example.gov.cn/hazards-office/hazards/YH-" in text
    assert story.cast.clerk.name not in text


def test_a_webhook_is_told_of_those_who_chose_it(
    app: Flask, session: Session, story: Story, post: Post, parcels: Parcels
) -> None:
    with transaction():
        choose(session, story.cast.clerk, by_webhook=True)
    send(app)
    send(app)
    logins = [json.loads(body)["login"] for _headers, body in parcels.got]
    assert logins == [session.get_one(User, story.cast.clerk.id).login]
    assert post.letters == []


def test_whoever_chose_nothing_gets_the_digest_in_the_application_alone(
    app: Flask, session: Session, story: Story, post: Post
) -> None:
    send(app)
    officer = session.scalar(select(Digest).where(Digest.user_id == story.cast.officer.id))
    assert officer is None or len(post.letters) == 1
    with transaction():
        story.reach(State.REGISTERED)
    send(app)
    assert session.scalar(select(Digest).where(Digest.user_id == story.cast.head.id)) is not None
    assert len(post.letters) == 1


def test_nothing_is_made_or_sent_when_nobody_works(app: Flask, session: Session, story: Story, post: Post) -> None:
    for day in (DRAGON_BOAT, date(2026, 6, 20)):
        with core_clock.set_to(core_clock.start_of(day) + timedelta(hours=9)):
            assert send(app) == (0, "今天不是工作日，不发送提醒。\n")
    assert post.letters == []
    assert session.scalar(select(Digest.id)) is None
    assert story.cast.clerk.id


def test_a_failed_one_is_tried_again_until_it_goes_out(app: Flask, session: Session, story: Story, post: Post) -> None:
    post.refuse = ("RCPT",)
    code, output = send(app, "--json")
    assert (code, json.loads(output)["failed"]) == (1, 1)
    assert outcomes(session) == [("failed", 1)]
    post.refuse = ()
    assert send(app)[0] == 0
    assert outcomes(session) == [("sent", 2)]
    assert len(post.letters) == 1
    assert story.cast.clerk.id


def test_a_failed_one_is_given_up_after_some_tries(app: Flask, session: Session, story: Story, post: Post) -> None:
    post.refuse = ("RCPT",)
    for _ in range(7):
        send(app)
    assert outcomes(session) == [("failed", 5)]
    assert story.cast.clerk.id


def test_a_newer_digest_takes_the_place_of_a_failed_one(app: Flask, session: Session, story: Story, post: Post) -> None:
    post.refuse = ("RCPT",)
    send(app)
    post.refuse = ()
    with core_clock.set_to(core_clock.now() + timedelta(days=1)):
        send(app)
    assert outcomes(session) == [("failed", 1), ("sent", 1)]
    assert len(post.letters) == 1
    assert story.cast.clerk.id


def test_what_may_have_arrived_is_never_sent_again(app: Flask, session: Session, story: Story, post: Post) -> None:
    post.hang_up_after_text = True
    assert send(app)[0] == 1
    post.hang_up_after_text = False
    assert send(app)[0] == 0
    assert outcomes(session) == [("unclear", 1)]
    assert post.letters == []
    assert story.cast.clerk.id


def test_a_run_that_dies_while_sending_is_not_repeated(session: Session, story: Story, post: Post) -> None:
    class Dying:
        def send(self, letter: object) -> None:
            raise KeyboardInterrupt(str(letter))

        def close(self) -> None:
            pass

    with pytest.raises(KeyboardInterrupt):
        sending.run({Channel.MAIL: Dying()}, address, MONDAY)
    assert outcomes(session) == [("sending", 1)]
    report = sending.run({Channel.MAIL: Dying()}, address, MONDAY)
    assert (report.made, sum(report.outcomes.values())) == (0, 0)
    assert post.letters == []
    assert story.cast.clerk.id


def test_two_runs_do_not_take_the_same_delivery_in_hand(session: Session, story: Story) -> None:
    with transaction():
        make_digests(session)
        assert service.plan_deliveries(session, MONDAY, [Channel.MAIL]) == 1
    key = session.scalars(select(Delivery.id)).one()
    with transaction():
        assert service.claim(session, key)
    with transaction():
        assert service.claim(session, key) is None
    assert story.cast.clerk.id


def test_a_digest_that_another_run_made_meanwhile_is_left(session: Session, story: Story) -> None:
    composed = service.missing_digests(session, MONDAY)
    with transaction():
        made = make_digests(session)
        assert made == len([each for each in composed.values() if each])
        assert service.make_digests(session, MONDAY, composed) == 0
    assert story.cast.clerk.id


def test_whoever_changes_their_mind_or_leaves_gets_nothing_more(
    app: Flask, session: Session, story: Story, post: Post
) -> None:
    with transaction():
        choose(session, story.cast.head, by_mail=True)
        story.reach(State.REGISTERED)
    post.refuse = ("RCPT",)
    send(app)
    post.refuse = ()
    with transaction():
        choose(session, story.cast.clerk, by_mail=False)
        session.get_one(User, story.cast.head.id).active = False
    send(app)
    assert post.letters == []


def test_a_thousand_people_have_their_digests_in_seconds(session: Session, story: Story) -> None:
    one = session.get_one(User, story.cast.head.id)
    columns = {column.key: getattr(one, column.key) for column in inspect(User).columns if column.key != "id"}
    with transaction():
        for _ in range(40):
            story.register()
        session.execute(insert(User), [{**columns, "login": f"head-{number}"} for number in range(1000)])
    begun = time.perf_counter()
    with transaction():
        assert make_digests(session) > 1000
    assert time.perf_counter() - begun < 5
