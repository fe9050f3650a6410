"""Recurrence (复发): the same object fails the same item again, within a set time after it was put right."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ScalarSelect, Select, or_, select, tuple_
from sqlalchemy.orm import Session, aliased, joinedload

from inspect_app.access.actor import Actor
from inspect_app.chasing.loading import chasing
from inspect_app.chasing.rules import is_recurrence
from inspect_app.core import clock
from inspect_app.hazards.filters import HazardFilter
from inspect_app.hazards.models import Hazard
from inspect_app.hazards.queries import conditions, visible_to
from inspect_app.hazards.words import State
from inspect_app.regions.queries import visible

UNTRUE = (State.MERGED, State.UNFOUNDED, State.WITHDRAWN)
CANDIDATES = 2_000
SIBLINGS = 50
CURSOR = re.compile(r"([1-9]\d{0,5})\.(\d{1,18})")


@dataclass(frozen=True)
class Recurrence:
    """Two hazards of one object and one item: the one that was closed, and the one that came after."""

    earlier: Hazard
    later: Hazard


@dataclass(frozen=True)
class RecurrencePage:
    """Recurrences of one page, perhaps none, and the cursor from which to go on comparing (None at the end)."""

    rows: Sequence[Recurrence]
    after: str | None


def of_hazard(session: Session, actor: Actor, hazard: Hazard) -> list[Recurrence]:
    """List the recurrences that a hazard has part in, as either of the two, as far as visible.

    What a look back opened anew is linked as a rebound and not told again here.
    """
    if hazard.site_id is None or not hazard.item_code or hazard.state in UNTRUE:
        return []
    same = (Hazard.site_id == hazard.site_id, Hazard.item_code == hazard.item_code, Hazard.id != hazard.id)
    others = select(Hazard).where(visible_to(actor), *same, Hazard.state.not_in(UNTRUE))
    others = others.order_by(Hazard.id.desc()).limit(SIBLINGS)
    pairs = [pair for other in reversed(session.scalars(others).all()) for pair in ((other, hazard), (hazard, other))]
    return [Recurrence(earlier, later) for earlier, later in pairs if _counts(earlier, later)]


def latest(session: Session, actor: Actor, after: str | None = None, size: int = 50) -> RecurrencePage:
    """List recurrences, those found last first, each with the last closure it follows.

    Of what was found within the set time, `CANDIDATES` are compared at once; the next page goes on from there. An
    unreadable cursor starts from the beginning.
    """
    recent = session.execute(_recent(session, actor, after)).tuples().all()
    if not recent:
        return RecurrencePage([], None)
    later, earlier = aliased(Hazard), aliased(Hazard)
    pairs = (
        select(earlier, later)
        .join_from(later, earlier, earlier.id == _closure_before(actor, later))
        .where(later.id.in_([key for key, _day in recent]))
        .options(joinedload(later.county))
        .order_by(later.found_on.desc(), later.id.desc())
        .limit(size + 1)
    )
    found = [Recurrence(one, other) for one, other in session.execute(pairs)]
    if len(found) > size:
        last = found[size - 1].later.id, found[size - 1].later.found_on
    else:
        last = recent[-1] if len(recent) == CANDIDATES else (0, None)
    shown = [pair for pair in found[:size] if _counts(pair.earlier, pair.later)]
    return RecurrencePage(shown, f"{last[1].toordinal()}.{last[0]}" if last[1] else None)


def _recent(session: Session, actor: Actor, after: str | None) -> Select[tuple[int, date | None]]:
    """Return keys and days of what was found of known objects and items, the latest first."""
    since = clock.today() - timedelta(days=chasing().look_back.recurrence_days)
    known = (Hazard.site_id.is_not(None), Hazard.item_code != "", Hazard.state.not_in(UNTRUE))
    seen = conditions(session, actor, HazardFilter(found_from=since), walking=True)
    query = select(Hazard.id, Hazard.found_on).where(*seen, *known)
    if place := CURSOR.fullmatch(after or ""):
        query = query.where(tuple_(Hazard.found_on, Hazard.id) < (date.fromordinal(int(place[1])), int(place[2])))
    return query.order_by(Hazard.found_on.desc(), Hazard.id.desc()).limit(CANDIDATES)


def _closure_before(actor: Actor, later: type[Hazard]) -> ScalarSelect[int]:
    """Return the key of the last hazard of the same object and item that was closed by the day of finding."""
    before = aliased(Hazard)
    return (
        select(before.id)
        .where(
            visible(actor, before.county_id + 0, before.region_id + 0),
            before.site_id == later.site_id,
            before.item_code == later.item_code,
            before.closed_on <= later.found_on,
            before.state.not_in(UNTRUE),
            before.id != later.id,
            or_(later.reopened_from_id.is_(None), later.reopened_from_id != before.id),
        )
        .order_by(before.closed_on.desc(), before.id.desc())
        .limit(1)
        .correlate(later)
        .scalar_subquery()
    )


def _counts(earlier: Hazard, later: Hazard) -> bool:
    within = chasing().look_back.recurrence_days
    rebound = later.reopened_from_id == earlier.id
    return not rebound and is_recurrence(earlier.closed_on, later.found_on, within)
