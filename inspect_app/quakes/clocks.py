"""Starting the clocks of an earthquake, and stopping those that nothing more is asked of."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from sqlalchemy.orm import Session

from inspect_app.core import clock as time
from inspect_app.core.workdays import load_calendar
from inspect_app.quakes import faults
from inspect_app.quakes.definition import Clock, Rule, Starts
from inspect_app.quakes.loading import definitions
from inspect_app.quakes.models import Quake, QuakeClock
from inspect_app.quakes.places import places_of
from inspect_app.quakes.starting import begins, due, rule_for
from inspect_app.quakes.words import FaultKind, ReportKind, Standing
from inspect_app.regions.models import Region
from inspect_app.workplans.library.places import Place

WEAKER = "更正后的震级不到起算震级"
Started = tuple[Clock, Rule, Region, Place]


def settle(session: Session, quake: Quake, since: datetime) -> tuple[list[QuakeClock], list[QuakeClock]]:
    """Start the clocks that the magnitude asks for and that do not run yet, at `since`; cancel those it no longer does.

    Returns what was started and what was cancelled. A clock that was cancelled and is asked for again starts anew.
    """
    asked = list(_asked(quake))
    known = {(clock.code, clock.region_id) for clock in quake.clocks if clock.cancelled_at is None}
    wanted = {(each.code, region.id) for each, _rule, region, _place in asked}
    gone = [one for one in quake.clocks if one.cancelled_at is None and (one.code, one.region_id) not in wanted]
    for one in gone:
        cancel(one, WEAKER)
    fresh = [
        started
        for started in asked
        if started[0].starts is Starts.QUAKE and (started[0].code, started[2].id) not in known
    ]
    return [start(session, quake, each, since) for each in fresh], gone


def start_after(session: Session, quake: Quake, starts: Starts, regions: Iterable[int] | None = None) -> None:
    """Start the clocks that begin now: after a report of these regions, or at the end of the response everywhere."""
    now = time.now()
    for each in list(_asked(quake)):
        if each[0].starts is starts and (regions is None or each[2].id in regions):
            start(session, quake, each, now)


def start(session: Session, quake: Quake, started: Started, at: datetime) -> QuakeClock:
    """Start one clock at an instant."""
    definition, rule, region, place = started
    numbers = [one.number for one in quake.clocks if (one.code, one.region_id) == (definition.code, region.id)]
    made = QuakeClock(
        code=definition.code, kind=definition.kind, number=max(numbers, default=0) + 1, region=region,
        region_id=region.id, obligation=rule.obligation, owed_by=list(rule.owed_by), receivers=list(rule.receivers),
        starts_at=at, due_at=due(rule, place, at, quake.magnitude, load_calendar(session)),
    )  # fmt: skip
    quake.clocks.append(made)
    session.flush()
    return made


def conclude(session: Session, quake: Quake, reason: str) -> None:
    """Let the response be over: nobody follows up any more, and what is owed at its end is owed from now on."""
    quake.ended_at = time.now()
    for each in running(quake, ReportKind.FOLLOWUP):
        stop(session, each, reason)
    start_after(session, quake, Starts.END)


def cancel(clock: QuakeClock, reason: str) -> None:
    """Take a clock away; its faults count no longer."""
    clock.cancelled_at, clock.reason = time.now(), reason


def stop(session: Session, clock: QuakeClock, reason: str) -> None:
    """End a clock that nothing came of: what was owed by now was omitted, the rest is taken away."""
    if clock.kind is ReportKind.FIRST or faults.standing_of(clock) is Standing.LATE:
        clock.omitted_at, clock.reason = time.now(), reason
        faults.find(session, clock, FaultKind.OMITTED)
    else:
        cancel(clock, reason)


def running(quake: Quake, *kinds: ReportKind, region_id: int | None = None) -> list[QuakeClock]:
    """List the clocks of these kinds that still wait, of one region or of all."""
    return [
        one
        for one in quake.clocks
        if one.kind in kinds
        and one.done_at is None
        and one.cancelled_at is None
        and one.omitted_at is None
        and region_id in (None, one.region_id)
    ]


def _asked(quake: Quake) -> Iterator[Started]:
    year = time.local(quake.occurred_at).year
    for region, place in places_of(quake):
        for definition in definitions().clocks.values():
            rule = rule_for(definition.rules, place)
            if rule is not None and begins(rule, place, quake.magnitude, year):
                yield definition, rule, region, place
