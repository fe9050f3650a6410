"""Reporting after an earthquake: the server takes the time, clocks stop, faults are found, receivers are ticked off."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.access.permissions import Permission
from inspect_app.core import clock as time
from inspect_app.core.errors import Conflict, Forbidden, Invalid, NotFound
from inspect_app.core.labels import mark
from inspect_app.quakes import clocks, faults
from inspect_app.quakes.definition import Starts
from inspect_app.quakes.lifecycle import CANCELLED, OPEN, RECORDED, REVIEWED
from inspect_app.quakes.models import Quake, QuakeClock, QuakeDelivery, QuakeReport
from inspect_app.quakes.rules import figures_of
from inspect_app.quakes.service import ENDED, add_report, hold, note, step
from inspect_app.quakes.words import FaultKind, ReportKind, Side, Standing
from inspect_app.regions.models import Region
from inspect_app.regions.queries import covers

LONGEST = 5000
GREATEST = 10_000_000
OVERTAKEN = "没有初报，直接报了续报或终报"


@dataclass(frozen=True)
class Wish:
    """What is to be reported; without `clock_id` it stops the first clock of its kind that waits."""

    kind: ReportKind
    text: str
    clock_id: int | None = None
    side: Side = Side.SEISMIC
    figures: Mapping[str, int | None] = field(default_factory=dict)


def report(session: Session, actor: Actor, quake: Quake, wish: Wish) -> QuakeReport:
    """Make a report now; raises Invalid, Forbidden, or Conflict where it was made already or the event is closed."""
    hold(session, quake)
    _check(wish)
    if wish.kind is ReportKind.FINAL and quake.ended_at is None and quake.state in OPEN:
        _end_first(session, actor, quake)
    clock, region = _clock_and_region(session, actor, quake, wish)
    _check_open(quake, wish, clock)
    made = add_report(
        session, actor, quake, wish.kind, clock, region, text=wish.text, side=wish.side,
        figures=figures_of(wish.figures), receivers=clock.receivers if clock else (),
    )  # fmt: skip
    _judge(session, clock)
    _move_on(session, actor, quake, made)
    note(session, actor, "report", quake, {"kind": [None, wish.kind.value], "clock": [None, clock and clock.code]})
    return made


def correct_report(session: Session, actor: Actor, quake: Quake, key: int, wish: Wish) -> QuakeReport:
    """Report anew what an earlier report said wrongly; that stays as it was, and a rule finds a wrong report (错报)."""
    hold(session, quake)
    _check(wish)
    old = report_of(quake, key)
    if quake.state == CANCELLED:
        raise Conflict(mark("这次地震已撤销，不能再报。"))
    _check_reporter(session, actor, old.region)
    if any(each.corrects_id == old.id for each in quake.reports):
        raise Conflict(mark("这份报告已经更正过，请更正最新的一份。"))
    made = add_report(
        session, actor, quake, old.kind, old.clock, old.region, text=wish.text, side=old.side,
        figures=figures_of(wish.figures), receivers=old.receivers, corrects=old,
    )  # fmt: skip
    if old.clock is not None:
        faults.find(session, old.clock, FaultKind.WRONG)
    note(session, actor, "correct_report", quake, {"report": [old.id, made.id]})
    return made


def tick(session: Session, actor: Actor, quake: Quake, key: int, receiver: str, *, acknowledged: bool) -> QuakeDelivery:
    """Note that a receiver has a report, or has acknowledged it; what is noted already is left as it is."""
    hold(session, quake)
    made = report_of(quake, key)
    _check_reporter(session, actor, made.region)
    if receiver not in made.receivers:
        raise NotFound
    known = [each for each in made.deliveries if (each.receiver, each.acknowledged) == (receiver, acknowledged)]
    if known:
        return known[0]
    done = QuakeDelivery(
        receiver=receiver, acknowledged=acknowledged, at=time.now(), by_id=actor.id, by_name=actor.name
    )
    made.deliveries.append(done)
    session.flush()
    note(session, actor, "deliver", quake, {"receiver": [None, receiver], "acknowledged": [None, acknowledged]})
    return done


def report_of(quake: Quake, key: int) -> QuakeReport:
    """Return a report of an earthquake; NotFound when it has no such."""
    found = next((each for each in quake.reports if each.id == key), None)
    if found is None:
        raise NotFound
    return found


def may_report(session: Session, actor: Actor, region: Region) -> bool:
    """Tell whether a person reports for a region."""
    if actor.role is None:
        return True
    top = actor.capture_region_id
    return actor.can(Permission.REPORT_QUAKE) and top is not None and covers(session, top, region.id)


def _end_first(session: Session, actor: Actor, quake: Quake) -> None:
    """A final report ends the response as well, but only that of the desk may."""
    if not may_report(session, actor, quake.region):
        raise Conflict(mark("处置还没有宣布结束，请先报续报；地级宣布结束后再报终报。"))
    clocks.conclude(session, quake, ENDED)


def _check(wish: Wish) -> None:
    found: dict[str, list[str]] = {}
    if not wish.text.strip():
        found["text"] = [mark("请写内容：时间、地点、震级、震感和已知的情况；不知道的写明“正在核实”。")]
    elif len(wish.text) > LONGEST:
        found["text"] = [mark("太长了，请精简到五千字以内。")]
    for name, value in wish.figures.items():
        if value is not None and not 0 <= value <= GREATEST:
            found[name] = [mark("应填不小于 0 的整数；不知道的请留空，不要填 0。")]
    if found:
        raise Invalid(found)


def _clock_and_region(session: Session, actor: Actor, quake: Quake, wish: Wish) -> tuple[QuakeClock | None, Region]:
    if wish.clock_id is not None:
        chosen = next((each for each in quake.clocks if each.id == wish.clock_id), None)
        if chosen is None or chosen.kind is not wish.kind:
            raise NotFound
        _check_reporter(session, actor, chosen.region)
        return chosen, chosen.region
    mine = [place for place in (quake.region, quake.county) if place and may_report(session, actor, place)]
    if not mine:
        raise Forbidden(mark("您只能为本地区报送。"))
    waiting = [each for place in mine for each in clocks.running(quake, wish.kind, region_id=place.id)]
    return (waiting[0], waiting[0].region) if waiting else (None, mine[0])


def _check_reporter(session: Session, actor: Actor, region: Region) -> None:
    if not may_report(session, actor, region):
        raise Forbidden(mark("您只能为本地区报送。"))


def _check_open(quake: Quake, wish: Wish, clock: QuakeClock | None) -> None:
    if quake.state in (CANCELLED, REVIEWED):
        raise Conflict(mark("这次地震已撤销或已复盘，不能再报。"))
    if wish.kind is ReportKind.REVIEW:
        raise Conflict(mark("复盘请用“处置复盘”一栏完成。"))
    if clock is not None and (clock.done_at or clock.cancelled_at or clock.omitted_at):
        raise Conflict(mark("这一项已经报过或已结束；内容有误请用“更正”。"))
    once = wish.kind in (ReportKind.FIRST, ReportKind.FINAL)
    if clock is None and once and any(each.kind is wish.kind for each in quake.reports):
        raise Conflict(mark("这一项已经报过或已结束；内容有误请用“更正”。"))


def _judge(session: Session, clock: QuakeClock | None) -> None:
    if clock is not None and faults.standing_of(clock) is Standing.LATE:
        faults.find(session, clock, FaultKind.LATE)


def _move_on(session: Session, actor: Actor, quake: Quake, made: QuakeReport) -> None:
    """Take the step of the event that a report makes, and start or stop what follows from it."""
    later = made.kind in (ReportKind.FOLLOWUP, ReportKind.FINAL)
    if later:
        for each in clocks.running(quake, ReportKind.FIRST, region_id=made.region_id):
            clocks.stop(session, each, OVERTAKEN)
    if made.kind is ReportKind.FIRST and quake.state == RECORDED:
        step(session, actor, quake, "report_first", {})
    if made.kind is ReportKind.FOLLOWUP and quake.state in OPEN:
        step(session, actor, quake, "follow_up", {})
    if made.kind is ReportKind.FINAL and quake.state in OPEN and _closes(quake, made):
        step(session, actor, quake, "report_final", {})
        _stop_open_ones(session, quake)
    goes_on = made.kind in (ReportKind.FIRST, ReportKind.FOLLOWUP) and quake.ended_at is None
    if goes_on and not clocks.running(quake, ReportKind.FOLLOWUP, region_id=made.region_id):
        clocks.start_after(session, quake, Starts.REPORT, [made.region_id])


def _closes(quake: Quake, made: QuakeReport) -> bool:
    """Tell whether a final report closes the event: that of the desk, or any where the desk itself owes none."""
    owed_by_desk: Sequence[QuakeClock] = clocks.running(quake, ReportKind.FINAL, region_id=quake.region_id)
    return made.region_id == quake.region_id or not owed_by_desk


def _stop_open_ones(session: Session, quake: Quake) -> None:
    for each in clocks.running(quake, ReportKind.FIRST, ReportKind.FOLLOWUP):
        clocks.stop(session, each, ENDED)
