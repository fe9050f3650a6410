"""Holding up due dates and planned visits of the sites inside, and letting them run again; a portion to a transaction.

Every hazard goes its own way by the rules of its life: one that may not stand still is kept with the reason and stops
no other. Visits move behind the last held day, and back when all is over.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.campaigns.kinds import EMERGENCY
from inspect_app.campaigns.models import Campaign
from inspect_app.core import clock
from inspect_app.core.database import lock
from inspect_app.core.errors import DomainError, Invalid, StepRefused
from inspect_app.core.labels import mark
from inspect_app.core.workdays import load_calendar
from inspect_app.emergencies.estimate import Estimate
from inspect_app.emergencies.lifecycle import HoldState
from inspect_app.emergencies.models import Emergency, EmergencyMove, EmergencyPause
from inspect_app.emergencies.service import check_leads, check_real, record
from inspect_app.hazards.models import Hazard
from inspect_app.hazards.rules import is_paused
from inspect_app.hazards.service import take_step
from inspect_app.hazards.words import State
from inspect_app.inspections.lifecycle import PLANNED
from inspect_app.inspections.models import Inspection
from inspect_app.inspections.service import reschedule

PORTION, AT_ONCE = 50, 500
T = TypeVar("T", Hazard, Inspection, EmergencyPause, EmergencyMove)
LET_RUN = mark("震后应急结束，恢复计时。")


def hazards_to_hold(session: Session, emergency: Emergency, told: Estimate) -> list[int]:
    """Return the hazards in treatment at the sites inside that were not asked yet, the most pressing sites first."""
    known = set(session.scalars(select(EmergencyPause.hazard_id).where(EmergencyPause.emergency_id == emergency.id)))
    treated = (each for site in told.affected for each in site.hazards if each.state == State.RECTIFYING)
    return [each.id for each in treated if each.id not in known]


def visits_to_hold(session: Session, emergency: Emergency, told: Estimate) -> list[int]:
    """Return the ordinary visits to sites inside that are planned for the held days and were not asked yet."""
    known = select(EmergencyMove.inspection_id).where(EmergencyMove.emergency_id == emergency.id)
    rows = (
        select(Inspection.id, Inspection.site_id)
        .outerjoin(Campaign, Campaign.id == Inspection.campaign_id)
        .where(
            Inspection.state == PLANNED,
            Inspection.planned_on <= emergency.pause_until,
            Inspection.id.not_in(known),
            (Campaign.id.is_(None)) | (Campaign.kind != EMERGENCY),
        )
        .order_by(Inspection.planned_on, Inspection.id)
    )
    inside = {each.site.id for each in told.affected}
    return [key for key, site_id in session.execute(rows).tuples() if site_id in inside]


def portions(keys: Sequence[int], most: int = AT_ONCE) -> Iterator[Sequence[int]]:
    """Cut keys into portions, one transaction each; at most so many keys in one request."""
    for start in range(0, min(len(keys), most), PORTION):
        yield keys[start : min(start + PORTION, most)]


def hold_hazards(session: Session, actor: Actor, emergency: Emergency, keys: Sequence[int]) -> int:
    """Stop the clocks of a portion of hazards; returns how many stand still now."""
    _begin(session, actor, emergency)
    made = [_hold_hazard(session, actor, emergency, hazard) for hazard in _in_order(session, Hazard, keys)]
    return _kept(session, actor, emergency, "hazards", made)


def hold_visits(session: Session, actor: Actor, emergency: Emergency, keys: Sequence[int]) -> int:
    """Move a portion of visits behind the held days; returns how many were moved."""
    _begin(session, actor, emergency)
    after = load_calendar(session).add_working_days(emergency.pause_until, 1)
    made = [_hold_visit(session, actor, emergency, visit, after) for visit in _in_order(session, Inspection, keys)]
    return _kept(session, actor, emergency, "visits", made)


def held_hazards(session: Session, emergency: Emergency) -> list[int]:
    """Return the keys of what holds hazards up."""
    rows = select(EmergencyPause.id).where(EmergencyPause.emergency_id == emergency.id)
    return list(session.scalars(rows.where(EmergencyPause.outcome == HoldState.HELD).order_by(EmergencyPause.id)))


def held_visits(session: Session, emergency: Emergency) -> list[int]:
    """Return the keys of what holds visits up."""
    rows = select(EmergencyMove.id).where(EmergencyMove.emergency_id == emergency.id)
    return list(session.scalars(rows.where(EmergencyMove.outcome == HoldState.HELD).order_by(EmergencyMove.id)))


def let_hazards_run(session: Session, actor: Actor, emergency: Emergency, keys: Sequence[int]) -> int:
    """Let a portion of clocks run again and return how many do; what has gone on meanwhile is left as it is."""
    _begin(session, actor, emergency, real=False)
    rows = _in_order(session, EmergencyPause, keys)
    for row in rows:
        lock(session, row.hazard)
        gone_on = _gone_on(row.hazard)
        _settle(row, gone_on, () if gone_on else _run_again(session, actor, row.hazard))
    return _let_run(session, actor, emergency, "hazards", rows)


def let_visits_run(session: Session, actor: Actor, emergency: Emergency, keys: Sequence[int]) -> int:
    """Move a portion of visits back to their day and return how many are done with; see `let_hazards_run`."""
    _begin(session, actor, emergency, real=False)
    rows = _in_order(session, EmergencyMove, keys)
    for row in rows:
        moved_on = _moved_on(row, clock.today())
        _settle(row, moved_on, () if moved_on else _move_back(session, actor, row))
    return _let_run(session, actor, emergency, "visits", rows)


def _hold_hazard(session: Session, actor: Actor, emergency: Emergency, hazard: Hazard) -> EmergencyPause:
    facts = {"pause_until": emergency.pause_until, "reason": _why(emergency)}
    outcome, reason = _tried(session, lambda: take_step(session, actor, hazard, "pause_clock", facts))
    return EmergencyPause(
        emergency_id=emergency.id, hazard_id=hazard.id, at=clock.now(), outcome=outcome, reason=reason
    )


def _hold_visit(session: Session, actor: Actor, emergency: Emergency, visit: Inspection, after: date) -> EmergencyMove:
    before = visit.planned_on
    outcome, reason = _tried(session, lambda: reschedule(session, actor, visit, after, _why(emergency)))
    return EmergencyMove(
        emergency_id=emergency.id,
        inspection_id=visit.id,
        at=clock.now(),
        outcome=outcome,
        reason=reason,
        before=before,
        after=after if outcome is HoldState.HELD else None,
    )


def _kept(
    session: Session, actor: Actor, emergency: Emergency, what: str, made: Sequence[EmergencyPause | EmergencyMove]
) -> int:
    session.add_all(made)
    held = sum(each.outcome is HoldState.HELD for each in made)
    record(session, actor, "hold", emergency, {what: [None, held], "refused": [None, len(made) - held]})
    return held


def _settle(row: EmergencyPause | EmergencyMove, gone_on: str, refused: Sequence[str]) -> None:
    """Note that a row is done with, or why it still stands still."""
    row.reason = gone_on or "".join(refused)
    if not refused:
        row.outcome, row.undone_at = HoldState.RUNNING, clock.now()


def _let_run(
    session: Session, actor: Actor, emergency: Emergency, what: str, rows: Sequence[EmergencyPause | EmergencyMove]
) -> int:
    done = sum(row.outcome is HoldState.RUNNING for row in rows)
    record(session, actor, "let_run", emergency, {what: [len(rows), len(rows) - done]})
    return done


def _begin(session: Session, actor: Actor, emergency: Emergency, *, real: bool = True) -> None:
    lock(session, emergency)
    check_leads(actor, emergency)
    if real:
        check_real(emergency)


def _in_order(session: Session, table: type[T], keys: Sequence[int]) -> list[T]:
    """Read rows in the order of their keys as given."""
    found = {row.id: row for row in session.scalars(select(table).where(table.id.in_(keys)))}
    return [found[key] for key in keys if key in found]


def _tried(session: Session, do: Callable[[], object]) -> tuple[HoldState, str]:
    try:
        with session.begin_nested():
            do()
    except DomainError as error:
        return HoldState.REFUSED, _said(error)
    return HoldState.HELD, ""


def _said(error: DomainError) -> str:
    if isinstance(error, StepRefused):
        return "".join(str(each) for each in error.missing)
    if isinstance(error, Invalid):
        return "".join(str(each) for sentences in error.problems.values() for each in sentences)
    return str(error)


def _why(emergency: Emergency) -> str:
    quake = emergency.quake
    return f"震后应急 {emergency.reference}：{quake.place} {quake.magnitude} 级地震，先做应急核查。"


def _gone_on(hazard: Hazard) -> str:
    if hazard.state != State.RECTIFYING:
        return str(mark("应急期间已进入下一步，不需要恢复。"))
    return "" if is_paused(hazard.paused_until, clock.today()) else str(mark("停止计时已期满，自行恢复。"))


def _run_again(session: Session, actor: Actor, hazard: Hazard) -> tuple[str, ...]:
    outcome, reason = _tried(session, lambda: take_step(session, actor, hazard, "run_clock", {"reason": LET_RUN}))
    return (reason,) if outcome is HoldState.REFUSED else ()


def _moved_on(row: EmergencyMove, today: date) -> str:
    if row.inspection.state != PLANNED:
        return str(mark("应急期间已经开始或作废。"))
    if row.inspection.planned_on != row.after:
        return str(mark("应急期间又改过日期，保持现在的日期。"))
    return str(mark("原定日期已过，保持现在的日期。")) if row.before < today else ""


def _move_back(session: Session, actor: Actor, row: EmergencyMove) -> tuple[str, ...]:
    outcome, reason = _tried(session, lambda: reschedule(session, actor, row.inspection, row.before, LET_RUN))
    return (reason,) if outcome is HoldState.REFUSED else ()
