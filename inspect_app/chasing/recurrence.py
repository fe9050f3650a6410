"""Recurrence (复发): the same object fails the same item again, within a set time after it was put right."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased, joinedload

from inspect_app.access.actor import Actor
from inspect_app.chasing.loading import chasing
from inspect_app.chasing.rules import is_recurrence
from inspect_app.core import clock
from inspect_app.hazards.models import Hazard
from inspect_app.hazards.queries import visible_to
from inspect_app.hazards.words import State

UNTRUE = (State.MERGED, State.UNFOUNDED)
CANDIDATES = 2_000
SIBLINGS = 50


@dataclass(frozen=True)
class Recurrence:
    """Two hazards of one object and one item: the one that was closed, and the one that came after."""

    earlier: Hazard
    later: Hazard


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


def latest(session: Session, actor: Actor, limit: int = 100) -> list[Recurrence]:
    """List the recurrences among the hazards found last, the latest first, each with the closure it follows.

    Only what was found within the set time is looked at, and of it the last `CANDIDATES`.
    """
    within = timedelta(days=chasing().look_back.recurrence_days)
    since = clock.today() - within
    recent = (
        select(Hazard.id)
        .where(visible_to(actor), Hazard.found_on >= since)
        .order_by(Hazard.found_on.desc(), Hazard.id.desc())
        .limit(CANDIDATES)
    )
    earlier = aliased(Hazard)
    again = select(earlier.id).where(
        earlier.site_id == Hazard.site_id,
        earlier.item_code == Hazard.item_code,
        earlier.id != Hazard.id,
        earlier.closed_on.between(since - within, Hazard.found_on),
        earlier.state.not_in(UNTRUE),
    )
    found = select(Hazard).where(
        Hazard.id.in_(recent), Hazard.item_code != "", Hazard.state.not_in(UNTRUE), again.exists()
    )
    ordered = found.order_by(Hazard.found_on.desc(), Hazard.id.desc()).options(joinedload(Hazard.county)).limit(limit)
    return [pair for hazard in session.scalars(ordered) for pair in _before(session, actor, hazard)]


def _before(session: Session, actor: Actor, hazard: Hazard) -> list[Recurrence]:
    """Return the last closure that a hazard follows, as a list of one or none."""
    return [pair for pair in of_hazard(session, actor, hazard) if pair.later is hazard][-1:]


def _counts(earlier: Hazard, later: Hazard) -> bool:
    within = chasing().look_back.recurrence_days
    rebound = later.reopened_from_id == earlier.id
    return not rebound and is_recurrence(earlier.closed_on, later.found_on, within)
