"""Names of a notice against the unit register: only what means one unit there is resolved, nothing is guessed."""

from collections.abc import Iterable

from sqlalchemy import inspect, literal, select, union
from sqlalchemy.orm import Session

from inspect_app.regions.levels import Level
from inspect_app.regions.models import Region, RegionAlias, Unit
from inspect_app.regions.queries import resolve_units
from inspect_app.workplans.notices.model import Notice

PLACED = (Level.PREFECTURE, Level.COUNTY)


def place_of(session: Session, notice: Notice) -> Region | None:
    """Return the prefecture or county whose name the first issuer begins with; None when none or several."""
    if not is_ready(session):
        return None
    for text in (*notice.head.issuers, notice.head.number or ""):
        if found := _begins(session, text):
            return found
    return None


def register_names(session: Session, region: Region | None, notice: Notice) -> dict[str, str]:
    """Map names as written to the names of the units they mean, as `regions.units.resolve_units` reads them."""
    if region is None:
        return {}
    written = {each.text for task in notice.tasks for each in task.named if not each.group}
    keys = resolve_units(session, region.id, written)
    names = dict(session.execute(select(Unit.id, Unit.name).where(Unit.id.in_(set(keys.values())))).tuples().all())
    return {text: names[key] for text, key in keys.items()}


def is_ready(session: Session) -> bool:
    """Tell whether the register is there: a notice can be read before the system was set up."""
    return inspect(session.get_bind()).has_table(Region.__tablename__)


def _begins(session: Session, text: str) -> Region | None:
    own = select(Region.id, Region.name).where(Region.level.in_(PLACED))
    other = select(RegionAlias.region_id, RegionAlias.name).join(Region, Region.id == RegionAlias.region_id)
    names = union(own, other.where(Region.level.in_(PLACED))).subquery()
    rows = (
        session.execute(select(names.c.id, names.c.name).where(literal(text).startswith(names.c.name))).tuples().all()
    )
    longest = max((len(name) for _, name in rows), default=0)
    return _one(session, {key for key, name in rows if len(name) == longest})


def _one(session: Session, keys: Iterable[int]) -> Region | None:
    found = list(keys)
    return session.get_one(Region, found[0]) if len(found) == 1 else None
