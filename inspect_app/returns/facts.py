"""Figures for assessments of what counties sent: on time or late, and handed back (domain reference §6.2, M10).

A return belongs to the period in which it was due, or for the quality of its data received.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from inspect_app.core import clock
from inspect_app.core.counted import Counted, Thing
from inspect_app.core.labels import Sentence, mark, say
from inspect_app.regions.models import Region
from inspect_app.registers.loading import registers
from inspect_app.registers.models import RegisterImport
from inspect_app.returns.expecting.loading import owed
from inspect_app.returns.expecting.queries import Duty, matrix, periods_asked
from inspect_app.returns.expecting.rules import FULFILLED, STANDINGS, Period, Standing
from inspect_app.returns.lifecycle import DISCARDED, UNDONE
from inspect_app.returns.models import ReturnBatch
from inspect_app.returns.result import Outcome

Ratio = tuple[int, int]
Sent = TypeVar("Sent", ReturnBatch, RegisterImport)
LATEST_DUE = timedelta(days=62)
UNREADABLE = frozenset({Outcome.REFUSE, Outcome.NOT_A_LEDGER})
LEDGER = mark("隐患台账")
HANDED_BACK = mark("有 %(count)s 行退回更正")
NOT_READ = mark("不能识别，整份退回")
TAKEN_BACK = mark("导入后撤销")


@dataclass(frozen=True)
class Came:
    """A return or a register that came from a county, and why it went back ("" when it did not)."""

    county_id: int
    thing: Thing
    reference: str
    title: str
    why: str | Sentence


def returns_on_time(
    session: Session, county_ids: Collection[int], start: date, end: date, today: date
) -> dict[int, Ratio]:
    """Count, for each county, what came on time of what was due in the period and before today."""
    found = dict.fromkeys(county_ids, (0, 0))
    for duty in duties(session, county_ids, start, _passed(end, today), today):
        kept, due = found[duty.county.id]
        found[duty.county.id] = (kept + (duty.cell.standing in FULFILLED), due + 1)
    return found


def returns_sent_back(
    session: Session, county_ids: Collection[int], start: date, end: date, _today: date
) -> dict[int, Ratio]:
    """Count, for each county, the returns and registers received in the period that went back, and all of them."""
    found = dict.fromkeys(county_ids, (0, 0))
    for came in _came(session, county_ids, start, end):
        back, sent = found[came.county_id]
        found[came.county_id] = (back + bool(came.why), sent + 1)
    return found


def duties(session: Session, county_ids: Collection[int], start: date, end: date, today: date) -> Iterator[Duty]:
    """Give what these counties owed with a due date between two days, in the order of what is owed."""
    above = joinedload(Region.parent).joinedload(Region.parent)
    counties = session.scalars(
        select(Region).where(Region.id.in_(county_ids)).options(above).order_by(Region.code)
    ).all()
    for what in owed():
        years = range(start.year - 1, end.year + 1)
        periods = [each for year in years for each in periods_asked(what, year) if _may_be_due(each, start, end)]
        for row in matrix(session, what, counties, periods, today).rows:
            for period, cell in zip(periods, row.cells, strict=True):
                if cell.standing != Standing.NOT_ASKED and start <= cell.due_on <= end:
                    yield Duty(what, row.county, period, cell, ())


def rows(
    session: Session, name: str, county_id: int, start: date, end: date, today: date, part: str
) -> list[Counted]:  # fmt: skip
    """Return what stands behind a part of a figure; KeyError when there is no such figure."""
    return {"returns_on_time": _duty_rows, "returns_sent_back": _came_rows}[name](
        session, county_id, start, end, today, whole=part == "denominator"
    )


def _duty_rows(
    session: Session, county_id: int, start: date, end: date, today: date, *, whole: bool
) -> list[Counted]:  # fmt: skip
    return [
        Counted(Thing.DUTY, duty.reference, f"{duty.owed.name} {duty.period.code}", 1, STANDINGS[duty.cell.standing][0])
        for duty in duties(session, [county_id], start, _passed(end, today), today)
        if whole or duty.cell.standing in FULFILLED
    ]


def _came_rows(
    session: Session, county_id: int, start: date, end: date, _today: date, *, whole: bool
) -> list[Counted]:  # fmt: skip
    return [
        Counted(came.thing, came.reference, came.title, 1, came.why)
        for came in _came(session, [county_id], start, end)
        if whole or came.why
    ]


def _came(session: Session, county_ids: Collection[int], start: date, end: date) -> Iterator[Came]:
    """Give what was received in the period; what was put aside without a fault was never sent."""
    for batch in _received(session, ReturnBatch, county_ids, start, end):
        why = _why_back(batch.counts, batch.state, batch.outcome)
        if why or batch.state != DISCARDED:
            yield Came(batch.county_id, Thing.RETURN, batch.reference, LEDGER, why)
    for each in _received(session, RegisterImport, county_ids, start, end):
        why = _why_back(each.counts, each.state)
        if why or each.state != DISCARDED:
            yield Came(each.county_id, Thing.REGISTER_IMPORT, each.reference, registers()[each.register].title, why)


def _received(session: Session, model: type[Sent], county_ids: Collection[int], start: date, end: date) -> list[Sent]:
    first, after = clock.start_of(start), clock.start_of(end + timedelta(days=1))
    when = (model.received_at >= first, model.received_at < after)
    return list(session.scalars(select(model).where(model.county_id.in_(county_ids), *when).order_by(model.reference)))


def _why_back(counts: Mapping[str, int] | None, state: str, outcome: str = "") -> str | Sentence:
    if refused := (counts or {}).get("refused", 0):
        return say(HANDED_BACK, count=refused)
    if outcome in UNREADABLE:
        return NOT_READ
    return TAKEN_BACK if state == UNDONE else ""


def _may_be_due(period: Period, start: date, end: date) -> bool:
    return period.end <= end and period.end + LATEST_DUE >= start


def _passed(end: date, today: date) -> date:
    return min(end, today - timedelta(days=1))
