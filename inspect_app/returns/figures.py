"""Compare what a table of figures says with what the inventory holds of the county, figure by figure."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any, NamedTuple

from sqlalchemy import extract, func, select
from sqlalchemy.orm import Session

from inspect_app.core.database import db
from inspect_app.hazards.models import Hazard
from inspect_app.hazards.words import Grade, State
from inspect_app.regions.queries import townships_of
from inspect_app.returns.models import ReturnBatch
from inspect_app.returns.statistics import MEASURE_LABELS

UNCOUNTED = (State.MERGED, State.UNFOUNDED, State.WITHDRAWN)
DONE = frozenset({State.DONE, State.RECHECKING, State.ACCEPTANCE, State.CLOSURE_PENDING, State.CLOSED})


class Heap(NamedTuple):
    """Hazards of one place, state, grade and month of finding."""

    region_id: int
    state: str
    grade: str | None
    year: int
    month: int
    hazards: int


COUNTED: Mapping[str, Callable[[Heap], bool]] = {
    "found": lambda _heap: True,
    "done": lambda heap: heap.state in DONE,
    "closed": lambda heap: heap.state == State.CLOSED,
    "open": lambda heap: heap.state not in DONE and heap.state != State.TRANSFERRED,
    "major": lambda heap: heap.grade == Grade.MAJOR,
}


def compared(session: Session, batch: ReturnBatch) -> list[dict[str, Any]]:
    """Every figure of the file with what is held now of hazards found up to the report date, and the difference."""
    figures = batch.plan.get("figures", ())
    if not figures:
        return []
    keys = {region.code: region.id for region in townships_of(session, batch.county_id)}
    heaps = _heaps(session, batch)
    compared = []
    for figure in figures:
        held = _held(heaps, figure, keys.get(figure["township"]), batch.report_on.year)
        compared.append({**figure, "held": held, "difference": figure["said"] - held})
    return compared


def part(_actor: object, batch: ReturnBatch) -> Mapping[str, Any] | None:
    """What the page of a return shows of its figures; None where it has none."""
    found = compared(db.session(), batch)
    if not found:
        return None
    return {"figures": found, "different": sum(bool(each["difference"]) for each in found), "labels": MEASURE_LABELS}


def _heaps(session: Session, batch: ReturnBatch) -> list[Heap]:
    year, month = extract("year", Hazard.found_on), extract("month", Hazard.found_on)
    columns = (Hazard.region_id, Hazard.state, Hazard.grade, year, month)
    query = select(*columns, func.count()).where(
        Hazard.county_id == batch.county_id,
        Hazard.state.not_in(UNCOUNTED),
        Hazard.found_on < batch.report_on + timedelta(days=1),
    )
    rows = session.execute(query.group_by(*columns)).tuples()
    return [Heap(*row) for row in rows]


def _held(heaps: list[Heap], figure: Mapping[str, Any], region_id: int | None, year: int) -> int:
    counts = COUNTED[figure["measure"]]
    return sum(
        heap.hazards
        for heap in heaps
        if counts(heap)
        and (not figure["township"] or heap.region_id == region_id)
        and (not figure["month"] or (heap.year, heap.month) == (year, figure["month"]))
    )
