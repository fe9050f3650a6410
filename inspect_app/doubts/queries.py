"""All doubts that a person may see, with what was found about those that somebody looked into."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.core import clock
from inspect_app.core.errors import NotFound
from inspect_app.doubts.doubt import Doubt, Search
from inspect_app.doubts.finding import FINDERS
from inspect_app.doubts.kinds import Kind
from inspect_app.doubts.limits import load_limits
from inspect_app.doubts.models import DoubtNote
from inspect_app.regions.models import Region
from inspect_app.regions.queries import visible


@dataclass(frozen=True)
class Found:
    """A doubt with its county and the last note that settles it, None while it is open."""

    doubt: Doubt
    county: Region
    note: DoubtNote | None


def found(session: Session, actor: Actor, kinds: Iterable[Kind] = tuple(Kind), days: int | None = None) -> list[Found]:
    """List the doubts of these kinds that the person sees and the last days raise, the latest first.

    Without `days` the office's shortest window is looked through.
    """
    limits, today = load_limits(), clock.today()
    since = today - timedelta(days=days or limits.recent_days)
    search = Search(session, actor, today - timedelta(days=limits.period_days), since, today, limits)
    doubts = [doubt for kind in kinds for doubt in FINDERS[kind](search)]
    doubts.sort(key=lambda doubt: (doubt.on, doubt.subject), reverse=True)
    counties = _counties(session, {doubt.county_id for doubt in doubts})
    notes = _notes(session, actor)
    return [Found(each, counties[each.county_id], notes.get((each.kind, each.subject))) for each in doubts]


def one(session: Session, actor: Actor, kind: Kind, subject: str) -> Found:
    """Find a doubt by its key, the recent ones first; NotFound when it is not there (any more), or out of sight."""
    for days in load_limits().windows:
        for each in found(session, actor, (kind,), days):
            if each.doubt.subject == subject:
                return each
    raise NotFound


def _counties(session: Session, keys: Iterable[int]) -> dict[int, Region]:
    return {region.id: region for region in session.scalars(select(Region).where(Region.id.in_(keys)))}


def _notes(session: Session, actor: Actor) -> dict[tuple[str, str], DoubtNote]:
    seen = visible(actor, DoubtNote.county_id, DoubtNote.county_id)
    rows: Sequence[DoubtNote] = session.scalars(select(DoubtNote).where(seen).order_by(DoubtNote.id)).all()
    return {(row.kind, row.subject): row for row in rows}
