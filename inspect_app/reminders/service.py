"""Making digests, keeping what became of their deliveries, and how a person wants to be reminded."""

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import date

from sqlalchemy import insert
from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.audit import service as audit
from inspect_app.core import clock
from inspect_app.core.database import lock
from inspect_app.core.errors import Invalid
from inspect_app.core.labels import mark
from inspect_app.reminders import queries
from inspect_app.reminders.channels import Channel
from inspect_app.reminders.composing import compose, kept
from inspect_app.reminders.models import Delivery, Digest, ReminderChoice
from inspect_app.reminders.outcomes import FAILED, SENDING, SENT, WAITING
from inspect_app.reminders.sections import Section

ADDRESS = re.compile(r"[A-Za-z0-9._%+-]{1,64}@(?P<domain>[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)")
LONGEST = 200
Composed = Mapping[int, Sequence[Section]]


def missing_digests(session: Session, today: date) -> Composed:
    """Compose what waits for everybody whose digest of a day is missing; reads only, and may take seconds."""
    have = queries.have_digests(session, today)
    return compose(session, [person for person in queries.people(session) if person.id not in have], today)


def make_digests(session: Session, today: date, composed: Composed) -> int:
    """Keep the digests of a day, for whom none was made meanwhile; whoever has nothing waiting gets none.

    Returns how many were made.
    """
    have = queries.have_digests(session, today)
    rows = [
        {"user_id": key, "on": today, "content": kept(sections), "made_at": clock.now()}
        for key, sections in composed.items()
        if sections and key not in have
    ]
    if rows:
        session.execute(insert(Digest), rows)
    return len(rows)


def plan_deliveries(session: Session, today: date, channels: Collection[Channel]) -> int:
    """Put the deliveries of the day's digests on record that are chosen and possible; returns how many are new."""
    known = queries.known_deliveries(session, today)
    rows = [
        {"digest_id": key, "channel": channel.value, "outcome": WAITING, "tries": 0, "error": ""}
        for key, channel in queries.chosen(session, today)
        if channel in channels and (key, channel.value) not in known
    ]
    if rows:
        session.execute(insert(Delivery), rows)
    return len(rows)


def claim(session: Session, delivery_id: int) -> Delivery | None:
    """Take a delivery in hand before it is sent: from now on it may have gone out. None when somebody else took it."""
    delivery = session.get_one(Delivery, delivery_id)
    lock(session, delivery)
    if delivery.outcome not in (WAITING, FAILED):
        return None
    delivery.outcome = SENDING
    delivery.tries += 1
    return delivery


def settle(session: Session, delivery_id: int, outcome: str, error: str = "") -> None:
    """Keep what became of a delivery in hand."""
    delivery = session.get_one(Delivery, delivery_id)
    delivery.outcome, delivery.error = outcome, error
    delivery.sent_at = clock.now() if outcome == SENT else None


def mark_read(session: Session, actor: Actor, today: date) -> None:
    """Note that a person has read the digest of a day; doing so again changes nothing."""
    if found := queries.unread(session, actor, today):
        found.read_at = clock.now()


def choose(
    session: Session, actor: Actor, wanted: Mapping[Channel, bool], address: str, domains: Sequence[str]
) -> None:
    """Keep how a person wants to be reminded; Invalid when mail is wanted and the address cannot be used."""
    address = address.strip()
    if wanted[Channel.MAIL] or address:
        _refuse_address(address, domains)
    choice = queries.choice_of(session, actor.id) or ReminderChoice(
        user_id=actor.id or 0, mail_address="", by_mail=False, by_webhook=False
    )
    session.add(choice)
    old_address = choice.mail_address
    before = {"by_mail": choice.by_mail, "by_webhook": choice.by_webhook, "mail_address": choice.mail_address}
    choice.by_mail, choice.by_webhook = wanted[Channel.MAIL], wanted[Channel.WEBHOOK]
    choice.mail_address = address
    after = {"by_mail": choice.by_mail, "by_webhook": choice.by_webhook, "mail_address": choice.mail_address}
    changes = {name: [before[name], after[name]] for name in after if before[name] != after[name]}
    if "mail_address" in changes:
        changes["mail_address"] = [_veiled(text) for text in (old_address, address)]
    if changes:
        audit.record(session, actor, "reminder.choose", kind="reminder", id=actor.id, changes=changes)


def _refuse_address(address: str, domains: Sequence[str]) -> None:
    found = ADDRESS.fullmatch(address) if len(address) <= LONGEST else None
    if found is None:
        raise Invalid({"mail_address": [mark("请填写正确的邮箱地址，如 name@example.gov.cn。")]})
    if domains and found["domain"].lower() not in {domain.lower() for domain in domains}:
        raise Invalid({"mail_address": [mark("提醒只能发到单位邮箱，请填写本单位的邮箱地址。")]})


def _veiled(address: str) -> str:
    """Leave the first sign and the domain of an address: the trail needs no more."""
    name, at, domain = address.partition("@")
    return f"{name[:1]}***{at}{domain}" if at else ""
