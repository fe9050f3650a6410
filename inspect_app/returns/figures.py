"""Compare what a table of figures says with what the inventory holds of the county, figure by figure."""

from calendar import monthrange
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import extract, func, select
from sqlalchemy.orm import Session

from inspect_app.core.database import db
from inspect_app.hazards.models import Hazard
from inspect_app.hazards.words import Grade, State
from inspect_app.regions.queries import townships_of
from inspect_app.returns.models import ReturnBatch
from inspect_app.returns.statistics import MEASURE_LABELS

UNCOUNTED = frozenset({State.MERGED, State.UNFOUNDED, State.WITHDRAWN})
DONE = frozenset({State.DONE, State.RECHECKING, State.ACCEPTANCE, State.CLOSURE_PENDING, State.CLOSED})


class Heap(NamedTuple):
    """Hazards of one place, state, grade and month of finding."""

    region_id: int
    state: str
    grade: str | None
    year: int
    month: int
    hazards: int


ALL = frozenset(State) - UNCOUNTED
COUNTED: Mapping[str, frozenset[State]] = {
    "found": ALL,
    "done": DONE,
    "closed": frozenset({State.CLOSED}),
    "open": ALL - DONE - {State.TRANSFERRED},
    "major": ALL,
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
        rows = _filter(figure, batch)
        compared.append({**figure, "held": held, "difference": figure["said"] - held, "filter": rows})
    return compared


def part(_actor: object, batch: ReturnBatch) -> Mapping[str, Any] | None:
    """What the page of a return shows of its figures; None where it has none."""
    found = compared(db.session(), batch)
    if not found:
        return None
    return {"figures": found, "different": sum(bool(each["difference"]) for each in found), "labels": MEASURE_LABELS}


def _filter(figure: Mapping[str, Any], batch: ReturnBatch) -> dict[str, Any]:
    """The conditions of the list of hazards whose length is the figure."""
    year, month = batch.report_on.year, figure["month"]
    last = date(year, month, monthrange(year, month)[1]) if month else batch.report_on
    return {
        "region": figure["township"] or batch.county.code,
        "state": sorted(COUNTED[figure["measure"]]),
        "found_to": min(last, batch.report_on).isoformat(),
        **({"found_from": date(year, month, 1).isoformat()} if month else {}),
        **({"grade": Grade.MAJOR.value} if figure["measure"] == "major" else {}),
    }


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
    states, major = COUNTED[figure["measure"]], figure["measure"] == "major"
    return sum(
        heap.hazards
        for heap in heaps
        if heap.state in states
        and (not major or heap.grade == Grade.MAJOR)
        and (not figure["township"] or heap.region_id == region_id)
        and (not figure["month"] or (heap.year, heap.month) == (year, figure["month"]))
    )
