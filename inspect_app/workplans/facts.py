"""The numbers that an assessment may use of what counties owe those above them, for many counties at once.

A period is inclusive, by the due day. What came after its end had not come yet. A county's own plans and what its
departments owe count nowhere but in `own_plans`.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from inspect_app.core import clock
from inspect_app.core.counted import Counted, Thing
from inspect_app.core.labels import Sentence, mark, say
from inspect_app.evidence.models import Evidence
from inspect_app.regions.levels import Level as Rung
from inspect_app.regions.models import Region
from inspect_app.workplans.library.definition import Obligation
from inspect_app.workplans.library.loading import library
from inspect_app.workplans.library.words import Level, Topic
from inspect_app.workplans.lifecycle import ACCEPTED, WAIVED
from inspect_app.workplans.models import WorkDue, WorkDueEvent, WorkObligation, WorkPlan
from inspect_app.workplans.queries import SHOWN
from inspect_app.workplans.records.loading import fulfilment
from inspect_app.workplans.records.service import fulfilments
from inspect_app.workplans.rules import look_of, on_time
from inspect_app.workplans.words import LOOKS

DAY = timedelta(days=1)
RETURNS, UNDONE = ("send_back", "reopen"), ("undo_report", "undo_again")
BY = mark("%(day)s 到期，%(look)s")
ACCEPTED_OF = mark("%(done)s 项已认可，有佐证")
NO_PLAN = mark("没有发布本级工作要点")
NO_PROOF = mark("为 0：还没有认可，或没有佐证。")
NOT_THE_MOST = mark("为 0：同一内容已在另一项中计过。")


@dataclass(frozen=True)
class Within:
    """Days from first to last that count."""

    start: date
    end: date

    @property
    def until(self) -> date:
        """The last day that has come."""
        return min(self.end, clock.today())

    @property
    def over(self) -> datetime:
        """The instant at which that day is over."""
        return clock.start_of(self.until + DAY)


@dataclass(frozen=True)
class Piece:
    """One row of a figure: whose, what stands below the line, and how much of it above."""

    region_id: int
    row: Counted
    above: Decimal
    below: Decimal

    def side(self, part: str) -> Counted:
        """Return the row with the amount of one side."""
        amount = self.above if part == "numerator" else self.below
        return Counted(self.row.thing, self.row.reference, self.row.label, amount, self.row.note)


Figure = Callable[[Session, Collection[int], Within], Iterator[Piece]]


def feedback_on_time(
    session: Session, region_ids: Collection[int], within: Within, topic: str | None = None
) -> Iterator[Piece]:
    """Give the reports by reporting dates of which it is decided whether they came in time."""
    for due in _dues(session, region_ids, within, topic):
        decided = None if due.date_id is None else _in_time(due, within, met=False)
        if decided is not None:
            yield _piece(due, within, above=decided)


def tasks_completed(
    session: Session, region_ids: Collection[int], within: Within, topic: str | None = None
) -> Iterator[Piece]:
    """Give everything owed by now: accepted, or shown done by records, against all that was not waived."""
    owed = [
        each
        for each in _dues(session, region_ids, within, topic)
        if each.due_on <= within.until and each.state != WAIVED
    ]
    shown = fulfilments(session, owed, within.until)
    for due in owed:
        met = due.id in shown and bool(shown[due.id].met)
        yield _piece(due, within, above=met or _is_accepted(due, within), met=met)


def returned_rate(session: Session, region_ids: Collection[int], within: Within) -> Iterator[Piece]:
    """Give how often something was sent back, against how often it was reported, both by the day of the step."""
    counts = _steps(session, region_ids, within)
    for due in session.scalars(_loaded().where(WorkDue.id.in_(counts)).order_by(WorkDue.id)):
        steps = counts[due.id]
        back = sum(steps.get(action, 0) for action in RETURNS)
        said = steps.get("report", 0) - sum(steps.get(action, 0) for action in UNDONE)
        yield Piece(due.region_id, _row(due, within), Decimal(back), Decimal(max(said, 0)))


def inclusions(session: Session, region_ids: Collection[int], within: Within) -> Iterator[Piece]:
    """Give the aspects in which the work was included, as accepted with evidence; the greatest of several counts.

    What is owed by the end of the year counts as soon as it is accepted.
    """
    best: dict[int, Piece] = {}
    running = WorkDue.starts_on <= within.end, WorkDue.ends_on >= within.start
    dues = _obliged(session.scalars(_theirs(region_ids).where(*running)), _codes(_asks_inclusion))
    proved = _proved(session, [due.id for due in dues], within)
    pieces = [_included(due, within, proved=due.id in proved) for due in dues]
    for piece in pieces:
        if piece.region_id not in best or piece.above > best[piece.region_id].above:
            best[piece.region_id] = piece
    for piece in pieces:
        if piece is best[piece.region_id]:
            yield piece
        else:
            row = Counted(piece.row.thing, piece.row.reference, piece.row.label, 0, NOT_THE_MOST)
            yield Piece(piece.region_id, row, Decimal(0), Decimal(0))


def monthly_reports(session: Session, region_ids: Collection[int], within: Within) -> Iterator[Piece]:
    """Give the monthly reports of observation points: those in time against months times points.

    A month tells its points as the whole of its figures; one that said nothing has as many as the county named most,
    or counts as one report.
    """
    dues = _obliged(_dues(session, region_ids, within), fulfilment().monthly_reports)
    points: dict[int, Decimal] = {}
    for due in dues:
        points[due.region_id] = max(points.get(due.region_id, Decimal(1)), _figure(due, "whole") or Decimal(1))
    for due in dues:
        decided = _in_time(due, within, met=False)
        if decided is not None:
            whole = _figure(due, "whole") or points[due.region_id]
            done = _figure(due, "done")
            came = (whole if done is None else min(done, whole)) if decided else Decimal(0)
            yield Piece(due.region_id, _row(due, within), came, whole)


def own_plans(session: Session, region_ids: Collection[int], within: Within) -> Iterator[Piece]:
    """Give the work plans of the year that counties published themselves.

    A county without one has none once the plan of a neighbour below the same prefecture is kept here; before that
    nothing is known of it.
    """
    beside = dict(session.execute(select(Region.id, Region.parent_id).where(Region.id.in_(region_ids))).tuples().all())
    rows = (
        select(WorkPlan)
        .join(Region, Region.id == WorkPlan.region_id)
        .options(contains_eager(WorkPlan.region))
        .where(Region.parent_id.in_(set(beside.values())), Region.level == Rung.COUNTY, WorkPlan.state.in_(SHOWN))
        .where(WorkPlan.year.between(within.start.year, within.end.year), WorkPlan.published_at < within.over)
    )
    plans = session.scalars(rows.order_by(WorkPlan.id)).all()
    for plan in plans:
        if plan.region_id in beside:
            row = Counted(Thing.WORK_PLAN, plan.reference, plan.title, 1, plan.number)
            yield Piece(plan.region_id, row, Decimal(1), Decimal(0))
    own, kept = {plan.region_id for plan in plans}, {plan.region.parent_id for plan in plans}
    for key, above in beside.items():
        if above in kept and key not in own:
            yield Piece(key, Counted(Thing.NUMBER, "", NO_PLAN, 0), Decimal(0), Decimal(0))


FACTS: Mapping[str, Figure] = {
    "feedback_on_time": feedback_on_time,
    "tasks_completed": tasks_completed,
    "returned_rate": returned_rate,
    "inclusions": inclusions,
    "monthly_reports": monthly_reports,
    "own_plans": own_plans,
}
BY_TOPIC: Mapping[str, Callable[[Session, Collection[int], Within, str], Iterator[Piece]]] = {
    "feedback_on_time": feedback_on_time,
    "tasks_completed": tasks_completed,
}


def pieces_of(session: Session, name: str, region_ids: Collection[int], within: Within) -> list[Piece]:
    """Return what a fact counts, by name ("tasks_completed", or "tasks_completed.DRILL" for one topic)."""
    fact, _dot, topic = name.partition(".")
    if topic:
        return list(BY_TOPIC[fact](session, region_ids, within, Topic(topic).value))
    return list(FACTS[fact](session, region_ids, within))


def summed(pieces: Collection[Piece]) -> dict[int, tuple[Decimal, Decimal]]:
    """Add up both sides by region."""
    found: dict[int, tuple[Decimal, Decimal]] = {}
    for each in pieces:
        above, below = found.get(each.region_id, (Decimal(0), Decimal(0)))
        found[each.region_id] = (above + each.above, below + each.below)
    return found


def _loaded() -> Select[tuple[WorkDue]]:
    told = (joinedload(WorkDue.task), joinedload(WorkDue.obligation), joinedload(WorkDue.reporting_date))
    return select(WorkDue).options(*told)


def _theirs(region_ids: Collection[int]) -> Select[tuple[WorkDue]]:
    rows = _loaded().join(WorkPlan, WorkPlan.id == WorkDue.plan_id).where(*_owed_above(region_ids))
    return rows.order_by(WorkDue.due_on, WorkDue.id)


def _dues(session: Session, region_ids: Collection[int], within: Within, topic: str | None = None) -> Sequence[WorkDue]:
    rows = _theirs(region_ids).where(WorkDue.due_on.between(within.start, within.end))
    return session.scalars(rows if topic is None else rows.where(WorkDue.topic == topic)).all()


def _steps(session: Session, region_ids: Collection[int], within: Within) -> dict[int, dict[str, int]]:
    """Count the steps of each due by action."""
    rows = (
        select(WorkDueEvent.subject_id, WorkDueEvent.action, func.count())
        .join(WorkDue, WorkDue.id == WorkDueEvent.subject_id)
        .join(WorkPlan, WorkPlan.id == WorkDue.plan_id)
        .where(*_owed_above(region_ids), WorkDueEvent.action.in_(("report", *RETURNS, *UNDONE)))
        .where(WorkDueEvent.at >= clock.start_of(within.start), WorkDueEvent.at < within.over)
        .group_by(WorkDueEvent.subject_id, WorkDueEvent.action)
    )
    counts: dict[int, dict[str, int]] = {}
    for key, action, count in session.execute(rows).tuples():
        counts.setdefault(key, {})[action] = count
    return counts


def _obliged(dues: Iterable[WorkDue], codes: Collection[str]) -> Sequence[WorkDue]:
    """Leave what obligations of the library ask for and nobody waived."""
    return [
        each
        for each in dues
        if each.obligation is not None and each.obligation.library_code in codes and each.state != WAIVED
    ]


def _owed_above(region_ids: Collection[int]) -> list[ColumnElement[bool]]:
    return [WorkDue.region_id.in_(region_ids), WorkDue.unit_id.is_(None), WorkPlan.region_id != WorkDue.region_id]


def _codes(asks: Callable[[Obligation], bool]) -> Collection[str]:
    return {code for code, each in library().obligations.items() if asks(each)}


def _asks_inclusion(obligation: Obligation) -> bool:
    return Level.COUNTY in obligation.levels and obligation.measure.number("inclusions") is not None


def _proved(session: Session, keys: Collection[int], within: Within) -> Collection[int]:
    """Return which of the dues have evidence that stands."""
    rows = select(Evidence.subject_id).where(
        Evidence.subject_kind == "work_due",
        Evidence.subject_id.in_(keys),
        Evidence.withdrawn_at.is_(None),
        Evidence.uploaded_at < within.over,
    )
    return set(session.scalars(rows))


def _included(due: WorkDue, within: Within, *, proved: bool) -> Piece:
    told = Decimal(len(due.figures.get("aspects", ()))) or _figure(due, "done") or Decimal(0)
    counted = told if proved and _is_accepted(due, within) else Decimal(0)
    note: str | Sentence = say(ACCEPTED_OF, done=counted) if counted else NO_PROOF
    row = Counted(Thing.WORK_DUE, due.reference, _label(due), 1, note)
    return Piece(due.region_id, row, min(counted, Decimal(due.needed)) if due.needed else counted, Decimal(0))


def _in_time(due: WorkDue, within: Within, *, met: bool) -> bool | None:
    return on_time(due.state, due.due_on, due.reported_at, within.until, excused=due.excused, met=met)


def _is_accepted(due: WorkDue, within: Within) -> bool:
    return due.state == ACCEPTED and due.accepted_at is not None and due.accepted_at < within.over


def _figure(due: WorkDue, name: str) -> Decimal | None:
    told = due.figures.get(name)
    return None if told is None else Decimal(str(told))


def _piece(due: WorkDue, within: Within, *, above: bool, met: bool = False) -> Piece:
    return Piece(due.region_id, _row(due, within, met=met), Decimal(above), Decimal(1))


def _row(due: WorkDue, within: Within, *, met: bool = False) -> Counted:
    look = look_of(due.state, due.due_on, due.reported_at, within.until, excused=due.excused, met=met)
    note = say(BY, day=due.due_on.isoformat(), look=LOOKS[look][0])
    return Counted(Thing.WORK_DUE, due.reference, _label(due), 1, note)


def _label(due: WorkDue) -> str:
    named: WorkObligation | None = due.obligation
    what = str(named.definition.get("title", named.code)) if named is not None else ""
    when = due.reporting_date.title if due.reporting_date is not None else ""
    task = f"{due.task.number}{due.task.title}" if due.task is not None else ""
    return "　".join(each for each in (task, what, when) if each) or due.reference
