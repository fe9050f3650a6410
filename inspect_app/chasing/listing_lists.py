"""Lists of listings, with what must still follow each and by when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, func, or_, select, true
from sqlalchemy.orm import Session, joinedload

from inspect_app.access.actor import Actor
from inspect_app.chasing.loading import chasing
from inspect_app.chasing.models import Listing
from inspect_app.chasing.rules import ListingDays, WorkingDays, listing_days
from inspect_app.core import clock
from inspect_app.core.labels import mark
from inspect_app.core.workdays import load_calendar
from inspect_app.hazards.models import Hazard
from inspect_app.hazards.queries import visible_to


class Which(StrEnum):
    """Which listings a list shows."""

    ACTIVE = "active"
    FOLLOW_UP = "follow_up"
    ENDED = "ended"


WHICH_LABELS = {
    Which.ACTIVE: mark("挂牌中"),
    Which.FOLLOW_UP: mark("待报备或公布"),
    Which.ENDED: mark("已摘牌"),
}


@dataclass(frozen=True)
class Awaited:
    """Something that must follow a listing: a key of `listings.FOLLOW_UPS`, the day it is due, whether that passed."""

    what: str
    by: date
    late: bool


@dataclass(frozen=True)
class Shown:
    """A listing with its days and what is awaited."""

    listing: Listing
    days: ListingDays
    awaited: tuple[Awaited, ...]
    overdue: bool


def page(session: Session, actor: Actor, which: Which, before: int | None = None, size: int = 50) -> list[Shown]:
    """Return up to `size` + 1 listings, the latest first; `before` is the key after which to go on."""
    older = Listing.id < before if before else true()
    rows = select(Listing).join(Hazard).where(visible_to(actor), _condition(which), older)
    ordered = rows.order_by(Listing.id.desc()).limit(size + 1).options(joinedload(Listing.hazard))
    return shown_many(session, session.scalars(ordered).all())


def count(session: Session, actor: Actor, which: Which) -> int:
    """Count listings."""
    rows = select(func.count()).select_from(Listing).join(Hazard).where(visible_to(actor), _condition(which))
    return session.scalar(rows) or 0


def shown_many(session: Session, listings: Sequence[Listing]) -> list[Shown]:
    """Say of each listing what must still follow."""
    calendar, today = load_calendar(session), clock.today()
    return [_shown(each, calendar, today) for each in listings]


def _shown(listing: Listing, calendar: WorkingDays, today: date) -> Shown:
    days = listing_days(chasing().listing, listing.listed_on, listing.delisted_on, calendar)
    wanted = [
        ("report", days.report_by, listing.reported_on),
        ("publish", days.publish_by, listing.published_on),
        ("publish_delisting", days.publish_delisting_by, listing.delisting_published_on),
    ]
    awaited = tuple(Awaited(what, by, by < today) for what, by, done in wanted if by and done is None)
    return Shown(listing, days, awaited, listing.delisted_on is None and listing.due_on < today)


def _condition(which: Which) -> ColumnElement[bool]:
    ended = Listing.delisted_on.is_not(None)
    if which == Which.FOLLOW_UP:
        unpublished_end = and_(ended, Listing.delisting_published_on.is_(None))
        return or_(Listing.reported_on.is_(None), Listing.published_on.is_(None), unpublished_end)
    return ended if which == Which.ENDED else ~ended
