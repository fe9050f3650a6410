"""Reading earthquakes and anomalies: which a person sees, pages of them, and what waits."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, false, func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from inspect_app.access.actor import Actor
from inspect_app.access.permissions import Permission
from inspect_app.access.scope import capturable, visible
from inspect_app.core import clock as time
from inspect_app.core.errors import NotFound
from inspect_app.core.waiting import Waiting
from inspect_app.quakes.lifecycle import OPEN, RECEIVED
from inspect_app.quakes.models import Anomaly, Quake, QuakeClock, QuakeReport

PLACE = func.coalesce(Quake.county_id, Quake.region_id)
REPORTS = ("first", "followup", "final")


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Return the condition on Quake rows that this person may see: those of their county, or of a desk below them."""
    return visible(actor, PLACE, PLACE)


def anomalies_visible_to(actor: Actor) -> ColumnElement[bool]:
    """Return the condition on Anomaly rows that this person may see."""
    return visible(actor, Anomaly.county_id, Anomaly.region_id)


def by_reference(session: Session, actor: Actor, reference: str) -> Quake:
    """Find an earthquake with all that belongs to it; one out of sight is not found."""
    loaded = (
        joinedload(Quake.region),
        joinedload(Quake.county),
        selectinload(Quake.events),
        selectinload(Quake.clocks).joinedload(QuakeClock.region),
        selectinload(Quake.reports).selectinload(QuakeReport.deliveries),
        selectinload(Quake.faults),
        selectinload(Quake.measures),
    )
    found = session.scalar(select(Quake).where(Quake.reference == reference, visible_to(actor)).options(*loaded))
    if found is None:
        raise NotFound
    return found


def page(
    session: Session, actor: Actor, *, before: int | None = None, state: str = "", size: int = 50
) -> Sequence[Quake]:
    """Return up to `size` + 1 earthquakes, the last entered first: the one more tells that there is more."""
    rows = select(Quake).where(visible_to(actor))
    if state:
        rows = rows.where(Quake.state == state)
    if before is not None:
        rows = rows.where(Quake.id < before)
    loaded = (joinedload(Quake.region), joinedload(Quake.county), selectinload(Quake.clocks))
    return session.scalars(rows.options(*loaded).order_by(Quake.id.desc()).limit(size + 1)).all()


def open_count(session: Session, actor: Actor) -> int:
    """Count the earthquakes that this person sees and that are not reported to the end, drills included."""
    rows = select(func.count()).select_from(Quake).where(Quake.state.in_(OPEN), visible_to(actor))
    return session.scalar(rows) or 0


def anomaly(session: Session, actor: Actor, reference: str) -> Anomaly:
    """Find an anomaly; one out of sight is not found."""
    loaded = (joinedload(Anomaly.county), joinedload(Anomaly.region), selectinload(Anomaly.events))
    query = select(Anomaly).where(Anomaly.reference == reference, anomalies_visible_to(actor))
    found = session.scalar(query.options(*loaded))
    if found is None:
        raise NotFound
    return found


def anomalies(
    session: Session, actor: Actor, *, before: int | None = None, state: str = "", size: int = 50
) -> Sequence[Anomaly]:
    """Return up to `size` + 1 anomalies, the last received first."""
    rows = select(Anomaly).where(anomalies_visible_to(actor))
    if state:
        rows = rows.where(Anomaly.state == state)
    if before is not None:
        rows = rows.where(Anomaly.id < before)
    return session.scalars(rows.options(joinedload(Anomaly.region)).order_by(Anomaly.id.desc()).limit(size + 1)).all()


def to_verify(session: Session, actor: Actor) -> int:
    """Count the anomalies that wait for this person to verify them."""
    waits = capturable(actor, Anomaly.county_id, Anomaly.region_id)
    shown = waits if actor.can(Permission.VERIFY_ANOMALY) else false()
    return session.scalar(select(func.count()).select_from(Anomaly).where(Anomaly.state == RECEIVED, shown)) or 0


def clocks_waiting(session: Session) -> list[Waiting]:
    """List the earthquakes of which a place still owes a first, follow-up or final report; drills are no work."""
    owed = (
        select(Quake.id, Quake.reference, QuakeClock.region_id, Quake.occurred_at)
        .join(QuakeClock, QuakeClock.quake_id == Quake.id)
        .where(
            QuakeClock.code.in_(REPORTS),
            QuakeClock.done_at.is_(None),
            QuakeClock.cancelled_at.is_(None),
            QuakeClock.omitted_at.is_(None),
            Quake.exercise.is_(False),
        )
        .distinct()
    )
    return [
        Waiting(key, reference, place, time.local(at).date())
        for key, reference, place, at in session.execute(owed).tuples()
    ]


def anomalies_waiting(session: Session) -> list[Waiting]:
    """List the anomalies that nobody has verified."""
    columns = select(Anomaly.id, Anomaly.reference, Anomaly.county_id, Anomaly.received_at)
    return [
        Waiting(key, reference, county, time.local(at).date())
        for key, reference, county, at in session.execute(columns.where(Anomaly.state == RECEIVED)).tuples()
    ]
