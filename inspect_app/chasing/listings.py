"""Listing (挂牌督办) and delisting, and what must follow each: report, publication, publication of the end (§5.6)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from inspect_app.access.actor import Actor
from inspect_app.access.permissions import Permission
from inspect_app.audit.service import record
from inspect_app.chasing import papers
from inspect_app.chasing.definition import LEVEL_LABELS, LEVELS
from inspect_app.chasing.loading import chasing
from inspect_app.chasing.models import Listing
from inspect_app.core import clock
from inspect_app.core.database import lock
from inspect_app.core.errors import Conflict, Forbidden, Invalid, NotFound, StepRefused
from inspect_app.core.labels import Sentence, mark, say
from inspect_app.hazards.circumstances import standing_of
from inspect_app.hazards.models import Hazard
from inspect_app.hazards.queries import visible_to
from inspect_app.hazards.rules import FINAL_STATES, OPEN_STATES
from inspect_app.hazards.service import mark_listed
from inspect_app.hazards.standing import judges
from inspect_app.hazards.words import State

FOLLOW_UPS = {
    "report": mark("报备"),
    "publish": mark("公布"),
    "publish_delisting": mark("公布摘牌"),
}
DELISTABLE = FINAL_STATES | {State.CLOSURE_PENDING}
SHORTEST_REASON, LONGEST_REASON = 4, 500


@dataclass(frozen=True)
class Wish:
    """How to list: `due_on` ends the listed period; `listed_on` None is today, an earlier day enters an old notice."""

    level: str
    reason: str
    due_on: date | None
    listed_on: date | None = None

    @classmethod
    def blank(cls) -> "Wish":
        """Return a wish that says nothing and is refused with what is missing."""
        return cls("", "", None)


def list_hazard(session: Session, actor: Actor, hazard: Hazard, wish: Wish) -> Listing:
    """Put a hazard on the list of a level; one that is listed may only be raised to a higher level.

    Raises Forbidden, StepRefused for a hazard that is ended, Invalid for an unfit wish.
    """
    lock(session, hazard)
    _check_person(session, actor, hazard)
    if hazard.state not in OPEN_STATES:
        raise StepRefused([mark("这条隐患已经办结，不能挂牌。")])
    listed_on = wish.listed_on or clock.today()
    if problems := _problems(wish, listed_on, hazard, active(session, hazard)):
        raise Invalid({name: [str(sentence)] for name, sentence in problems.items()})
    assert wish.due_on is not None  # noqa: S101 - a missing one is a problem
    made = Listing(
        hazard=hazard, level=wish.level, reason=wish.reason.strip(), listed_on=listed_on, due_on=wish.due_on,
        created_at=clock.now(), created_by_id=actor.id,
    )  # fmt: skip
    kind = chasing().listing.document
    made.document_uuid = papers.draw_up(session, actor, hazard, kind, papers.of_listing(made))
    session.add(made)
    mark_listed(session, actor, hazard, wish.level)
    _record(session, actor, made, "list_level", _told(made))
    return made


def follow_up(session: Session, actor: Actor, listing: Listing, what: str, on: date, where: str = "") -> Listing:
    """Record that a listing was reported or published, or its end published; `what` is a key of FOLLOW_UPS.

    Raises Invalid for a day that cannot be true or a publication without its place, Conflict when it is recorded.
    """
    lock(session, listing)
    _check_person(session, actor, listing.hazard)
    begins = listing.delisted_on if what == "publish_delisting" else listing.listed_on
    if begins is None:
        raise StepRefused([mark("还没有摘牌，不能公布摘牌。")])
    if _recorded(listing, what):
        raise Conflict(mark("这一项已经登记过了。"))
    if not begins <= on <= clock.today():
        raise Invalid({"on": [str(say(mark("日期应在 %(first)s 至今天之间。"), first=begins))]})
    if what == "publish" and not where.strip():
        raise Invalid({"where": [mark("请写明在哪里公布，如网站栏目、报纸或公示栏。")]})
    if what == "report":
        listing.reported_on = on
    elif what == "publish":
        listing.published_on, listing.published_where = on, where.strip()
    else:
        listing.delisting_published_on = on
    _record(session, actor, listing, f"listing_{what}", {"on": on.isoformat(), "where": where.strip()})
    return listing


def delist(session: Session, actor: Actor, listing: Listing, reason: str) -> Listing:
    """Take a hazard off the list of one level, once it has passed recheck and acceptance, or is ended otherwise."""
    hazard = listing.hazard
    lock(session, hazard)
    lock(session, listing)
    _check_person(session, actor, hazard)
    if listing.delisted_on:
        raise Conflict(mark("已经摘牌，不必重复。"))
    if hazard.state not in DELISTABLE:
        raise StepRefused([mark("整改还没有通过复查、验收，不能摘牌。请在隐患到“销号待批”后先摘牌，再销号。")])
    if not SHORTEST_REASON <= len(reason.strip()) <= LONGEST_REASON:
        raise Invalid({"reason": [mark("请写明摘牌的依据（复查、验收结论），4 至 500 字。")]})
    listing.delisted_on, listing.delisting_reason = clock.today(), reason.strip()
    session.flush()
    left = [each.level for each in active(session, hazard)]
    mark_listed(session, actor, hazard, max(left, key=LEVELS.index, default=""))
    kind = chasing().listing.delisting_document
    listing.delisting_document_uuid = papers.draw_up(session, actor, hazard, kind, papers.of_delisting(listing))
    _record(session, actor, listing, "delist_level", _told(listing))
    return listing


def active(session: Session, hazard: Hazard) -> Sequence[Listing]:
    """List the listings of a hazard that have not ended."""
    rows = select(Listing).where(Listing.hazard_id == hazard.id, Listing.delisted_on.is_(None))
    return session.scalars(rows.order_by(Listing.id)).all()


def of_hazard(session: Session, hazard: Hazard) -> Sequence[Listing]:
    """List every listing of a hazard, the latest first."""
    return session.scalars(select(Listing).where(Listing.hazard_id == hazard.id).order_by(Listing.id.desc())).all()


def by_key(session: Session, actor: Actor, key: int) -> Listing:
    """Find a listing; NotFound when its hazard does not exist for this person."""
    rows = select(Listing).join(Hazard).where(Listing.id == key, visible_to(actor))
    found = session.scalar(rows.options(joinedload(Listing.hazard)))
    if found is None:
        raise NotFound
    return found


def _problems(wish: Wish, listed_on: date, hazard: Hazard, now: Sequence[Listing]) -> dict[str, Sentence]:
    problems: dict[str, Sentence] = {}
    if wish.level not in LEVELS:
        problems["level"] = say(mark("请选择挂牌层级。"))
    elif any(LEVELS.index(each.level) >= LEVELS.index(wish.level) for each in now if each.level in LEVELS):
        problems["level"] = say(mark("已在同级或更高层级挂牌。升级挂牌请选择更高的层级。"))
    if not SHORTEST_REASON <= len(wish.reason.strip()) <= LONGEST_REASON:
        problems["reason"] = say(mark("请写明挂牌的理由，4 至 500 字。"))
    if listed_on > clock.today() or (hazard.found_on and listed_on < hazard.found_on):
        problems["listed_on"] = say(mark("挂牌日期应在发现隐患之后、不晚于今天。"))
    last = listed_on + timedelta(days=chasing().listing.longest_days)
    if wish.due_on is None or not listed_on < wish.due_on <= last:
        problems["due_on"] = say(mark("挂牌整改期限应晚于挂牌日期，不晚于 %(last)s。"), last=last)
    return problems


def _check_person(session: Session, actor: Actor, hazard: Hazard) -> None:
    if not actor.can(Permission.LIST_HAZARD) or not judges(hazard, standing_of(session, actor, hazard)):
        raise Forbidden(mark("挂牌、摘牌由上级负责人办理，整改人员不能办理。"))


def _recorded(listing: Listing, what: str) -> bool:
    days = {
        "report": listing.reported_on,
        "publish": listing.published_on,
        "publish_delisting": listing.delisting_published_on,
    }
    return days[what] is not None


def _told(listing: Listing) -> dict[str, str]:
    told = {
        "level": LEVEL_LABELS[listing.level],
        "reason": listing.reason,
        "listed_on": listing.listed_on.isoformat(),
        "due_on": listing.due_on.isoformat(),
    }
    ended = listing.delisted_on and {"delisted_on": listing.delisted_on.isoformat()}
    return told | (ended or {}) | ({"delisting_reason": listing.delisting_reason} if ended else {})


def _record(session: Session, actor: Actor, listing: Listing, action: str, told: dict[str, str]) -> None:
    hazard = listing.hazard
    changes = {name: [None, value] for name, value in told.items()}
    record(session, actor, f"hazard.{action}", kind="hazard", id=hazard.id, reference=hazard.reference,
           region_id=hazard.region_id, changes=changes)  # fmt: skip
