"""Reading digests, deliveries and choices."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.access.permissions import GRANTS, Permission
from inspect_app.accounts.models import User
from inspect_app.accounts.sessions import actor_of
from inspect_app.reminders.channels import Channel
from inspect_app.reminders.definition import Rules
from inspect_app.reminders.models import Delivery, Digest, ReminderChoice
from inspect_app.reminders.outcomes import FAILED, WAITING

REMINDED = (Permission.VIEW_HAZARDS, Permission.VIEW_WORKPLANS)


def people(session: Session) -> list[Actor]:
    """List everybody with work in this system: active accounts that may see hazards or work plans."""
    roles = [role for role, granted in GRANTS.items() if granted & set(REMINDED)]
    users = select(User).where(User.active, User.role.in_(roles)).order_by(User.id)
    return [actor_of(user) for user in session.scalars(users)]


def digest_of(session: Session, actor: Actor, day: date) -> Digest | None:
    """Return the digest of a person and day, if one was made."""
    return session.scalar(select(Digest).where(Digest.user_id == actor.id, Digest.on == day))


def unread(session: Session, actor: Actor, day: date) -> Digest | None:
    """Return the digest of a day as long as the person has not read it."""
    found = digest_of(session, actor, day)
    return found if found and found.read_at is None else None


def have_digests(session: Session, day: date) -> set[int]:
    """Return the accounts whose digest of a day is made."""
    return set(session.scalars(select(Digest.user_id).where(Digest.on == day)))


def choice_of(session: Session, user_id: int | None) -> ReminderChoice | None:
    """Return how a person wants to be reminded; None stands for in the application only."""
    return session.get(ReminderChoice, user_id) if user_id else None


def chosen(session: Session, day: date) -> list[tuple[int, Channel]]:
    """List the digests of a day that are to be delivered, with each channel its person chose, delivered or not."""
    rows = session.execute(
        select(Digest.id, ReminderChoice.by_mail, ReminderChoice.by_webhook)
        .join(ReminderChoice, ReminderChoice.user_id == Digest.user_id)
        .join(User, User.id == Digest.user_id)
        .where(Digest.on == day, User.active)
        .order_by(Digest.id)
    ).tuples()
    return [
        (key, channel)
        for key, by_mail, by_webhook in rows
        for channel, wanted in ((Channel.MAIL, by_mail), (Channel.WEBHOOK, by_webhook))
        if wanted
    ]


def known_deliveries(session: Session, day: date) -> set[tuple[int, str]]:
    """Return the deliveries of the digests of a day that are on record."""
    rows = select(Delivery.digest_id, Delivery.channel).join(Digest, Digest.id == Delivery.digest_id)
    return set(session.execute(rows.where(Digest.on == day)).tuples())


def to_send(session: Session, day: date, rules: Rules, channels: Collection[Channel]) -> list[int]:
    """List the deliveries to be tried: new ones and failed ones, as long as they are wanted and nothing newer is."""
    latest = select(func.max(Digest.on)).where(Digest.user_id == User.id).correlate(User).scalar_subquery()
    wanted = or_(
        and_(Delivery.channel == Channel.MAIL, ReminderChoice.by_mail),
        and_(Delivery.channel == Channel.WEBHOOK, ReminderChoice.by_webhook),
    )
    rows = (
        select(Delivery.id)
        .join(Digest, Digest.id == Delivery.digest_id)
        .join(User, User.id == Digest.user_id)
        .join(ReminderChoice, ReminderChoice.user_id == User.id)
        .where(Delivery.outcome.in_((WAITING, FAILED)), Delivery.tries < rules.tries)
        .where(Delivery.channel.in_([channel.value for channel in channels]), wanted, User.active)
        .where(Digest.on >= day - timedelta(days=rules.retry_days), Digest.on == latest)
        .order_by(Delivery.id)
    )
    return list(session.scalars(rows))


def deliveries_of(session: Session, actor: Actor, size: int = 10) -> Sequence[tuple[Digest, Delivery]]:
    """List the last deliveries to a person."""
    rows = select(Digest, Delivery).join(Delivery, Delivery.digest_id == Digest.id).where(Digest.user_id == actor.id)
    return list(session.execute(rows.order_by(Delivery.id.desc()).limit(size)).tuples())
