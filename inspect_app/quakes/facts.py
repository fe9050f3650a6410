"""The numbers that an assessment may use of earthquakes and anomalies, for many places at once, and their rows.

A period is inclusive, by the local day of the earthquake, or on which an anomaly was received or a fault was found.
Drills and cancelled events count nowhere; what has no limit is in no figure of time. Whatever came after `until` had
not come yet. A place appears where it owed something; no earthquake is no figure, which is not zero.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, contains_eager, selectinload

from inspect_app.core import clock as time
from inspect_app.core.counted import Counted, Thing
from inspect_app.core.labels import Sentence, mark, say
from inspect_app.quakes.lifecycle import CANCELLED, FINAL_REPORTED, REVIEWED
from inspect_app.quakes.loading import definitions
from inspect_app.quakes.models import Anomaly, Quake, QuakeClock, QuakeFault
from inspect_app.quakes.rules import same_day
from inspect_app.quakes.words import FAULT_LABELS, FaultKind, ReportKind

CLOSED = (FINAL_REPORTED, REVIEWED)
WHOLE = frozenset({ReportKind.FIRST, ReportKind.FOLLOWUP, ReportKind.FINAL})
TOOK = mark("用时 %(minutes)s 分钟，时限 %(limit)s 分钟")
NOT_MADE = mark("没有报，时限 %(limit)s 分钟")
MADE = mark("已报：%(kinds)s")
KINDS = {ReportKind.FIRST: "初报", ReportKind.FOLLOWUP: "续报", ReportKind.FINAL: "终报"}
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Within:
    """Days from first to last that count."""

    start: date
    end: date

    @property
    def until(self) -> datetime:
        """The instant up to which things count: the end of the last day, or now."""
        return min(time.now(), time.start_of(self.end + timedelta(days=1)))

    def holds(self, instant: datetime) -> bool:
        """Tell whether an instant lies within."""
        return time.start_of(self.start) <= instant < time.start_of(self.end + timedelta(days=1))


@dataclass(frozen=True)
class Part:
    """One thing of a figure: whose, its row, and whether it stands above the line as well as below."""

    region_id: int
    row: Counted
    fulfilled: bool = True
    fault: FaultKind | None = None


def first_reports(session: Session, region_ids: Collection[int], within: Within) -> Iterator[Part]:
    """Give the first reports that had a limit: made or due by now, and whether they were in time."""
    for clock in _clocks(session, region_ids, within, ReportKind.FIRST):
        if clock.due_at is None:
            continue
        done = _by(clock.done_at, within)
        if done is None and clock.omitted_at is None and clock.due_at >= within.until:
            continue
        limit = (clock.due_at - clock.starts_at) // MINUTE
        took = (
            say(TOOK, minutes=(done - clock.starts_at) // MINUTE, limit=limit) if done else say(NOT_MADE, limit=limit)
        )
        yield Part(clock.region_id, _row(clock.quake, took), done is not None and done <= clock.due_at)


def reports_complete(session: Session, region_ids: Collection[int], within: Within) -> Iterator[Part]:
    """Give the events that are over and of which a place owed a first report: whether it made all three kinds."""
    for clock in _clocks(session, region_ids, within, ReportKind.FIRST):
        if clock.quake.state not in CLOSED:
            continue
        made = {
            each.kind
            for each in clock.quake.reports
            if each.region_id == clock.region_id and each.made_at < within.until
        }
        kinds = "、".join(label for kind, label in KINDS.items() if kind in made) or "—"
        yield Part(clock.region_id, _row(clock.quake, say(MADE, kinds=kinds)), made >= WHOLE)


def report_faults(session: Session, region_ids: Collection[int], within: Within) -> Iterator[Part]:
    """Give the forbidden ways of reporting with their penalties; what is overdue and not made counts as late so far."""
    revoked = select(QuakeFault.revokes_id).where(QuakeFault.revokes_id.is_not(None))
    loaded = (contains_eager(QuakeFault.quake), selectinload(QuakeFault.clock))
    theirs = (QuakeFault.region_id.in_(region_ids), QuakeFault.revokes_id.is_(None), QuakeFault.id.not_in(revoked))
    query = select(QuakeFault).join(QuakeFault.quake).options(*loaded).where(*theirs, *_counting())
    for fault in session.scalars(query.order_by(QuakeFault.id)):
        taken_away = fault.clock is not None and fault.clock.cancelled_at is not None
        if within.holds(fault.at) and not taken_away:
            yield _fault(fault.region_id, fault.quake, fault.kind, fault.penalty)
    for clock in _clocks(session, region_ids, within, *WHOLE):
        late = clock.due_at is not None and clock.due_at < within.until
        if late and clock.done_at is None and clock.omitted_at is None:
            yield _fault(clock.region_id, clock.quake, FaultKind.LATE, definitions().penalty(FaultKind.LATE))


def anomalies_verified(session: Session, region_ids: Collection[int], within: Within) -> Iterator[Part]:
    """Give the anomalies whose day is over or that were verified: whether that was on the same day."""
    rows = select(Anomaly).where(
        Anomaly.county_id.in_(region_ids),
        Anomaly.received_at >= time.start_of(within.start),
        Anomaly.received_at < within.until,
    )
    today = time.local(within.until - timedelta(microseconds=1)).date()
    for each in session.scalars(rows.order_by(Anomaly.id)):
        verified = _by(each.verified_at, within)
        if verified is not None or time.local(each.received_at).date() < today:
            row = Counted(Thing.ANOMALY, each.reference, each.place)
            yield Part(each.county_id, row, same_day(each.received_at, verified))


def summed(parts: Iterable[Part]) -> Mapping[int, tuple[Decimal, Decimal, tuple[tuple[str, int], ...]]]:
    """Add up what stands above and below the line by place, and count the kinds of faults."""
    found: dict[int, list[Part]] = defaultdict(list)
    for part in parts:
        found[part.region_id].append(part)
    return {key: _sum(each) for key, each in found.items()}


def _sum(parts: Collection[Part]) -> tuple[Decimal, Decimal, tuple[tuple[str, int], ...]]:
    above = sum((Decimal(each.row.amount) for each in parts if each.fulfilled), Decimal(0))
    below = sum((Decimal(each.row.amount) for each in parts), Decimal(0))
    kinds = [each.fault for each in parts if each.fault is not None]
    return above, below, tuple((FAULT_LABELS[kind], kinds.count(kind)) for kind in FaultKind if kind in kinds)


def _clocks(session: Session, region_ids: Collection[int], within: Within, *kinds: ReportKind) -> Iterator[QuakeClock]:
    query = select(QuakeClock).join(QuakeClock.quake).options(
        contains_eager(QuakeClock.quake).selectinload(Quake.reports)
    )  # fmt: skip
    query = query.where(
        QuakeClock.region_id.in_(region_ids),
        QuakeClock.kind.in_(kinds),
        QuakeClock.cancelled_at.is_(None),
        *_counting(),
        Quake.occurred_at >= time.start_of(within.start),
        Quake.occurred_at < within.until,
    )
    yield from session.scalars(query.order_by(QuakeClock.id))


def _counting() -> tuple[ColumnElement[bool], ...]:
    return Quake.exercise.is_(False), Quake.state != CANCELLED


def _by(instant: datetime | None, within: Within) -> datetime | None:
    """Return an instant unless it lies after everything that counts."""
    return instant if instant is not None and instant <= within.until else None


def _row(quake: Quake, note: Sentence, amount: int | Decimal = 1) -> Counted:
    return Counted(Thing.QUAKE, quake.reference, f"M{quake.magnitude} {quake.place}", amount, note)


def _fault(region_id: int, quake: Quake, kind: FaultKind, penalty: Decimal) -> Part:
    return Part(region_id, _row(quake, say(FAULT_LABELS[kind]), penalty), fault=kind)
