"""What the page of an earthquake shows: clocks with what is left, both sides' figures, what happened in order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.core import clock as time
from inspect_app.core.labels import Sentence, mark, say
from inspect_app.quakes.faults import in_force
from inspect_app.quakes.lifecycle import QUAKE_LIFE
from inspect_app.quakes.loading import definitions
from inspect_app.quakes.models import Quake, QuakeClock, QuakeFault, QuakeReport
from inspect_app.quakes.reporting import may_report
from inspect_app.quakes.rules import differing, standing
from inspect_app.quakes.words import FAULT_LABELS, FIGURES, REPORT_LABELS, ReportKind, Side, Standing

MINUTE, HOUR, DAY = 60, 3600, 86_400
IN_DAYS = 2 * DAY
TOLD_BY_REPORTS = ("report_first", "follow_up", "report_final", "review")
NAMES = {
    "magnitude": mark("震级"),
    "depth_km": mark("震源深度"),
    "longitude": mark("经度"),
    "latitude": mark("纬度"),
    "place": mark("参考位置"),
}
OWED = (Standing.RUNNING, Standing.LATE, Standing.NO_LIMIT)


@dataclass(frozen=True)
class Dial:
    """A clock as it is shown; `left` is in seconds, negative once it ran out, None without a limit or when done."""

    clock: QuakeClock
    title: str
    text: str
    standing: Standing
    left: int | None
    mine: bool

    @property
    def waits(self) -> bool:
        """Tell whether something is still to be done on it."""
        return self.standing in OWED and self.clock.done_at is None

    @property
    def told(self) -> Sentence | None:
        """Say how much is left, for those whose page does not tick."""
        return None if self.left is None else remaining(self.left)


@dataclass(frozen=True)
class Compared:
    """A figure as both bureaus tell it."""

    label: str
    unit: str
    seismic: int | None
    emergency: int | None
    differs: bool


@dataclass(frozen=True)
class Happened:
    """A line of the timeline."""

    at: datetime
    label: str | Sentence
    by: str
    note: str | Sentence = ""


def dials_of(session: Session, actor: Actor, quake: Quake) -> list[Dial]:
    """Show the clocks of an earthquake, those that wait first and the nearest limit at the top."""
    now, mine = time.now(), {}
    for place in (quake.region, quake.county):
        if place is not None:
            mine[place.id] = may_report(session, actor, place)
    found = [_dial(each, now, mine=mine.get(each.region_id, False)) for each in quake.clocks]
    return sorted(found, key=lambda each: (not each.waits, each.left is None, each.left or 0, each.clock.id))


def owed(quake: Quake) -> Dial | None:
    """Return the clock that runs out next, for a line of the list."""
    found = [_dial(each, time.now(), mine=False) for each in quake.clocks]
    waiting = [each for each in found if each.waits and each.left is not None]
    return min(waiting, key=lambda each: each.left or 0, default=None)


def remaining(seconds: int) -> Sentence:
    """Write how much is left, or by how much it ran out."""
    if abs(seconds) >= IN_DAYS:
        days, rest = divmod(abs(seconds), DAY)
        told = mark("已超 %(days)s 天 %(hours)s 时") if seconds < 0 else mark("还剩 %(days)s 天 %(hours)s 时")
        return say(told, days=days, hours=rest // HOUR)
    hours, rest = divmod(abs(seconds), HOUR)
    figures = {"hours": hours, "minutes": rest // MINUTE, "seconds": rest % MINUTE}
    if seconds < 0:
        return say(mark("已超 %(hours)s 时 %(minutes)s 分"), **figures)
    return say(mark("还剩 %(hours)s 时 %(minutes)s 分 %(seconds)s 秒"), **figures)


def cross_check(quake: Quake) -> list[Compared]:
    """Put the latest figures of both bureaus side by side; nothing where neither told any."""
    sides = {side: latest(quake.reports, side) for side in Side}
    seismic, emergency = sides[Side.SEISMIC], sides[Side.EMERGENCY]
    apart = differing(seismic, emergency)
    return [
        Compared(label, unit, seismic.get(name), emergency.get(name), name in apart)
        for name, (label, unit) in FIGURES.items()
        if seismic.get(name) is not None or emergency.get(name) is not None
    ]


def latest(reports: Sequence[QuakeReport], side: Side) -> dict[str, int | None]:
    """Return each figure as one side told it last."""
    found: dict[str, int | None] = {}
    for report in reports:
        if report.side is side:
            found |= {name: value for name, value in report.figures.items() if value is not None}
    return found


def counted_faults(quake: Quake) -> list[tuple[QuakeFault, bool]]:
    """List all faults ever noted, each with whether it counts."""
    counting = {each.id for each in in_force(quake)}
    return [(each, each.id in counting) for each in quake.faults if each.revokes_id is None]


def timeline(quake: Quake) -> list[Happened]:
    """Tell what happened, the latest first."""
    found = [Happened(quake.received_at, mark("接收登记"), quake.source)]
    for event in (each for each in quake.events if each.action not in TOLD_BY_REPORTS):
        step = QUAKE_LIFE.step(event.action, event.source)
        note = str(event.facts.get("reason") or event.facts.get("conclusion") or "")
        found.append(Happened(event.at, step.label if step else event.action, event.actor_name, note + _changed(event)))
    for report in quake.reports:
        label = REPORT_LABELS[report.kind]
        told = say(mark("更正%(kind)s"), kind=label) if report.corrects_id else label
        found.append(Happened(report.made_at, told, f"{report.region.name} {report.made_by_name}", report.text))
    for fault in quake.faults:
        label = FAULT_LABELS[fault.kind]
        told = say(mark("撤销“%(kind)s”"), kind=label) if fault.revokes_id else label
        found.append(Happened(fault.at, told, f"{fault.region.name} {fault.by_name}", fault.reason))
    return sorted(found, key=lambda each: each.at, reverse=True)


def kinds_without_clock(quake: Quake) -> list[ReportKind]:
    """List the reports that may be made though no clock waits for them."""
    waiting = {each.kind for each in quake.clocks if each.done_at is None and each.cancelled_at is None}
    made = {each.kind for each in quake.reports}
    once = {ReportKind.FIRST, ReportKind.FINAL} & made
    return [kind for kind in REPORT_LABELS if kind not in waiting | once | {ReportKind.REVIEW}]


def _dial(clock: QuakeClock, now: datetime, *, mine: bool) -> Dial:
    known = definitions().clocks.get(clock.code)
    title, text = (known.title, known.text) if known else (REPORT_LABELS[clock.kind], "")
    how = standing(clock, now)
    running = how in (Standing.RUNNING, Standing.LATE) and clock.done_at is None and clock.due_at is not None
    left = int((clock.due_at - now).total_seconds()) if running and clock.due_at else None
    return Dial(clock, title, text, how, left, mine)


def _changed(event: Any) -> str:  # noqa: ANN401 - an event
    before: Mapping[str, Any] = event.facts.get("before") or {}
    after: Mapping[str, Any] = event.facts.get("after") or {}
    return "".join(f"　{NAMES[name]} {before[name] or '—'} → {after.get(name) or '—'}" for name in before)
