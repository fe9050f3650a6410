"""Mail and webhook against servers that accept, refuse, hang up and are not there."""

from collections.abc import Iterator
from datetime import datetime
from email import message_from_string, policy
from typing import Any

import pytest

from inspect_app.core.errors import DomainError
from inspect_app.reminders.channels import Channel, Mail, MailSettings, NotSent, Unclear, Webhook, ways
from inspect_app.reminders.letters import signature
from tests.reminders.letter_samples import letter
from tests.reminders.servers import Parcels, Post

SENDER = "督导系统 <noreply@example.gov.cn>"
CLOSED_PORT = 1
SET = {
    "PUBLIC_URL": "https://inspect.example.gov.cn", "SMTP_HOST": "mail.example.gov.cn", "SMTP_PORT": 587,
    "SMTP_SECURITY": "starttls", "SMTP_USER": "", "SMTP_PASSWORD": "", "SMTP_FROM": SENDER,
    "WEBHOOK_URL": "https://im.example.gov.cn/hook", "WEBHOOK_SECRET": "secret",
}  # fmt: skip


@pytest.fixture
def mail(post: Post) -> Iterator[Mail]:
    way = Mail(settings(post.port))
    yield way
    way.close()


def settings(port: int, security: str = "none") -> MailSettings:
    return MailSettings("127.0.0.1", port, security, "", "", SENDER)


def hook(parcels: Parcels) -> Webhook:
    return Webhook(f"http://127.0.0.1:{parcels.port}/hook?room=1", "secret")


def test_letters_go_out_over_one_connection(post: Post, mail: Mail) -> None:
    mail.send(letter())
    mail.send(letter(to="b@example.gov.cn"))
    assert [to for to, _text in post.letters] == ["a@example.gov.cn", "b@example.gov.cn"]
    read = message_from_string(post.letters[0][1], policy=policy.default)
    assert read.get_content().replace("\r\n", "\n") == letter().text
    assert post.connections == 1


def test_a_connection_that_was_dropped_meanwhile_is_opened_again(post: Post, mail: Mail) -> None:
    post.hang_up_after_letter = True
    mail.send(letter())
    mail.send(letter())
    assert (len(post.letters), post.connections) == (2, 2)


@pytest.mark.parametrize("verb", ["MAIL", "RCPT", "DATA"])
def test_a_refusal_is_a_failure_and_the_next_letter_is_not_hurt(post: Post, mail: Mail, verb: str) -> None:
    post.refuse = (verb,)
    with pytest.raises(NotSent, match="550"):
        mail.send(letter())
    post.refuse = ()
    mail.send(letter())
    assert len(post.letters) == 1


def test_silence_after_the_text_leaves_the_outcome_open(post: Post, mail: Mail) -> None:
    post.hang_up_after_text = True
    with pytest.raises(Unclear):
        mail.send(letter())


def test_a_server_that_is_not_there_is_a_failure() -> None:
    with pytest.raises(NotSent):
        Mail(settings(CLOSED_PORT)).send(letter())
    with pytest.raises(NotSent):
        Webhook(f"http://127.0.0.1:{CLOSED_PORT}/", "secret").send(letter())


def test_nothing_goes_out_in_the_clear_when_encryption_is_wanted(post: Post) -> None:
    with pytest.raises(NotSent):
        Mail(settings(post.port, "starttls")).send(letter())
    assert post.letters == []


def test_a_parcel_is_signed_and_names_its_delivery(parcels: Parcels, clock: datetime) -> None:
    hook(parcels).send(letter())
    headers, body = parcels.got[0]
    assert headers["x-timestamp"] == str(int(clock.timestamp()))
    assert headers["x-signature"] == f"sha256={signature('secret', headers['x-timestamp'], body)}"
    assert headers["x-delivery"] == letter().key


@pytest.mark.parametrize("status", [302, 403, 500])
def test_any_answer_but_success_is_a_failure(parcels: Parcels, status: int) -> None:
    parcels.status = status
    with pytest.raises(NotSent, match=str(status)):
        hook(parcels).send(letter())
    assert len(parcels.got) == 1


def test_silence_after_a_parcel_leaves_the_outcome_open(parcels: Parcels) -> None:
    parcels.status = None
    with pytest.raises(Unclear):
        hook(parcels).send(letter())


def test_the_settings_open_the_ways() -> None:
    assert set(ways(SET)) == {Channel.MAIL, Channel.WEBHOOK}
    assert set(ways({**SET, "SMTP_HOST": ""})) == {Channel.WEBHOOK}
    assert not ways({**SET, "SMTP_HOST": "", "WEBHOOK_URL": "", "PUBLIC_URL": ""})


@pytest.mark.parametrize(
    ("over", "named"),
    [
        ({"PUBLIC_URL": ""}, "FLASK_PUBLIC_URL"),
        ({"SMTP_SECURITY": "ssl"}, "FLASK_SMTP_SECURITY"),
        ({"SMTP_FROM": ""}, "FLASK_SMTP_FROM"),
        ({"WEBHOOK_URL": "ftp://im.example.gov.cn"}, "FLASK_WEBHOOK_URL"),
        ({"WEBHOOK_SECRET": ""}, "FLASK_WEBHOOK_SECRET"),
    ],
)
def test_a_setting_that_is_missing_or_wrong_is_named(over: dict[str, Any], named: str) -> None:
    with pytest.raises(DomainError, match=named):
        ways({**SET, **over})
