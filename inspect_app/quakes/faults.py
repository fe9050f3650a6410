"""Forbidden ways of reporting: found by a rule, named by an officer, revoked with a reason."""

from sqlalchemy.orm import Session

from inspect_app.access.actor import SYSTEM, Actor
from inspect_app.core import clock as time
from inspect_app.core.errors import Conflict, Invalid, NotFound
from inspect_app.core.labels import mark
from inspect_app.quakes.loading import definitions
from inspect_app.quakes.models import Quake, QuakeClock, QuakeFault
from inspect_app.quakes.rules import standing
from inspect_app.quakes.words import FaultKind, Standing
from inspect_app.regions.models import Region

REASONS = {
    FaultKind.LATE: mark("超过时限后才报。"),
    FaultKind.OMITTED: mark("应报而没有报。"),
    FaultKind.WRONG: mark("报出后又更正。"),
}


def standing_of(clock: QuakeClock) -> Standing:
    """Tell how a clock stands now."""
    return standing(clock, time.now())


def find(session: Session, clock: QuakeClock, kind: FaultKind) -> QuakeFault:
    """Note a fault that a rule found, once for each clock and kind."""
    known = [each for each in in_force(clock.quake) if each.clock_id == clock.id and each.kind is kind]
    return known[0] if known else _add(session, SYSTEM, clock.quake, clock.region, kind, REASONS[kind], clock)


def name(session: Session, actor: Actor, quake: Quake, region: Region, kind: FaultKind, reason: str) -> QuakeFault:
    """Let an officer name a fault of a place; Invalid without a reason."""
    if not reason.strip():
        raise Invalid({"reason": [mark("请写明依据：哪一份报告、错在哪里、从何得知。")]})
    return _add(session, actor, quake, region, kind, reason.strip(), None)


def revoke(session: Session, actor: Actor, quake: Quake, key: int, reason: str) -> QuakeFault:
    """Say of a fault that it was none; NotFound, Invalid without a reason, Conflict when that was said already."""
    old = next((each for each in quake.faults if each.id == key and each.revokes_id is None), None)
    if old is None:
        raise NotFound
    if not reason.strip():
        raise Invalid({"reason": [mark("请写明撤销的理由。")]})
    if old not in in_force(quake):
        raise Conflict(mark("这一条已经撤销。"))
    return _add(session, actor, quake, old.region, old.kind, reason.strip(), old.clock, old)


def in_force(quake: Quake) -> list[QuakeFault]:
    """List the faults that count: not revoked, and not of a clock that was taken away."""
    revoked = {each.revokes_id for each in quake.faults}
    return [
        each
        for each in quake.faults
        if each.revokes_id is None
        and each.id not in revoked
        and (each.clock is None or each.clock.cancelled_at is None)
    ]


def _add(  # noqa: PLR0913, PLR0917 - one argument a column
    session: Session, actor: Actor, quake: Quake, region: Region, kind: FaultKind, reason: str,
    clock: QuakeClock | None, revokes: QuakeFault | None = None,
) -> QuakeFault:  # fmt: skip
    made = QuakeFault(
        region=region, clock=clock, kind=kind, by_rule=actor is SYSTEM, reason=reason, at=time.now(), by_id=actor.id,
        by_name=actor.name, penalty=definitions().penalty(kind), revokes_id=revokes.id if revokes else None,
    )  # fmt: skip
    quake.faults.append(made)
    session.flush()
    return made
