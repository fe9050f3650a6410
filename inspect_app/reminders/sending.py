"""One run of sending: what is due to leave goes out once, each delivery in transactions of its own.

A delivery is taken in hand and committed before it is sent. When the process dies in between, nobody knows whether it
went out, so it stays in hand and is never sent again: a missing reminder harms less than the same one again and again.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from inspect_app.accounts.models import User
from inspect_app.core.database import db, transaction
from inspect_app.core.errors import Conflict
from inspect_app.core.labels import mark
from inspect_app.reminders import queries, service
from inspect_app.reminders.channels import Channel, NotSent, Unclear, Way
from inspect_app.reminders.composing import unkept
from inspect_app.reminders.definition import load_rules
from inspect_app.reminders.letters import Address, Letter
from inspect_app.reminders.models import Delivery, Digest
from inspect_app.reminders.outcomes import FAILED, SENT, UNCLEAR


@dataclass
class Report:
    """What a run did: digests made, deliveries by outcome, and a line for each that did not go out."""

    made: int = 0
    outcomes: dict[str, int] = field(default_factory=lambda: {SENT: 0, FAILED: 0, UNCLEAR: 0})
    problems: list[str] = field(default_factory=list)


def run(ways: Mapping[Channel, Way], address: Address, today: date) -> Report:
    """Make the digests of the day that are missing, and send what is to be sent; safe to repeat.

    Raises Conflict when another run makes the same digests at this moment.
    """
    composed = service.missing_digests(db.session(), today)
    try:
        with transaction():
            report = Report(made=service.make_digests(db.session(), today, composed))
            service.plan_deliveries(db.session(), today, list(ways))
            waiting = queries.to_send(db.session(), today, load_rules(), list(ways))
    except IntegrityError as error:
        raise Conflict(mark("另一次发送正在进行，请稍后再试。")) from error
    try:
        for delivery_id in waiting:
            _deliver(delivery_id, ways, address, report)
    finally:
        for way in ways.values():
            way.close()
    return report


def _deliver(delivery_id: int, ways: Mapping[Channel, Way], address: Address, report: Report) -> None:
    with transaction():
        delivery = service.claim(db.session(), delivery_id)
        taken = (Channel(delivery.channel), _letter(db.session(), delivery, address)) if delivery else None
    if taken is None:
        return
    channel, letter = taken
    outcome, error = _sent(ways[channel], letter)
    with transaction():
        service.settle(db.session(), delivery_id, outcome, error)
    report.outcomes[outcome] += 1
    if error:
        report.problems.append(f"{letter.login} {channel}: {error}")


def _sent(way: Way, letter: Letter) -> tuple[str, str]:
    try:
        way.send(letter)
    except NotSent as error:
        return FAILED, str(error)
    except Unclear as error:
        return UNCLEAR, str(error)
    return SENT, ""


def _letter(session: Session, delivery: Delivery, address: Address) -> Letter:
    digest = session.get_one(Digest, delivery.digest_id)
    login, choice = session.get_one(User, digest.user_id).login, queries.choice_of(session, digest.user_id)
    key = f"digest-{digest.on.isoformat()}-{digest.user_id}-{delivery.channel}"
    to = choice.mail_address if choice else ""
    return Letter(key, to, login, digest.on, unkept(digest.content), address)
