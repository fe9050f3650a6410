"""What is issued to a county, and the workbooks that were."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, defer, joinedload, undefer

from inspect_app.access.actor import Actor
from inspect_app.core.database import is_writing
from inspect_app.core.errors import NotFound
from inspect_app.hazards.models import Hazard
from inspect_app.hazards.rules import OPEN_STATES
from inspect_app.regions.models import Region, RegionPath, Unit
from inspect_app.regions.queries import visible
from inspect_app.returns.issuing.keeping import IssuedRow, restore
from inspect_app.returns.issuing.sources import MORE
from inspect_app.returns.models import IssuedWorkbook, ReturnBatch
from inspect_app.returns.queries import COMPARED

PORTION = 5_000
MOST_UNITS = 1_000


class County(NamedTuple):
    """A county to which workbooks are issued: how many hazards are open there, and what was issued last."""

    region: Region
    open_hazards: int
    last: IssuedWorkbook | None


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Return the condition on issued workbooks that exist for this person."""
    return visible(actor, IssuedWorkbook.county_id, IssuedWorkbook.county_id)


def by_code(session: Session, actor: Actor, code: str) -> IssuedWorkbook:
    """Find an issued workbook with its rows; one of another county is not found."""
    query = select(IssuedWorkbook).where(IssuedWorkbook.code == code, visible_to(actor))
    found = session.scalar(query.options(undefer(IssuedWorkbook.rows), joinedload(IssuedWorkbook.county)))
    if found is None:
        raise NotFound
    return found


def with_codes(session: Session, codes: Collection[str]) -> Sequence[IssuedWorkbook]:
    """Return the workbooks of any county that bear one of the codes, with their rows."""
    query = select(IssuedWorkbook).where(IssuedWorkbook.code.in_(codes)).order_by(IssuedWorkbook.id)
    return session.scalars(query.options(undefer(IssuedWorkbook.rows))).all()


def latest(session: Session, actor: Actor, size: int = 50) -> Sequence[IssuedWorkbook]:
    """Return the workbooks issued last that the person sees."""
    query = select(IssuedWorkbook).where(visible_to(actor)).options(joinedload(IssuedWorkbook.county))
    return session.scalars(query.order_by(IssuedWorkbook.id.desc()).limit(size)).all()


def returns_of(session: Session, books: Sequence[IssuedWorkbook]) -> dict[int, list[str]]:
    """Return the numbers of the returns that came back of issued workbooks, the latest first."""
    found: dict[int, list[str]] = {}
    query = select(ReturnBatch.issued_id, ReturnBatch.reference).where(ReturnBatch.issued_id.in_(b.id for b in books))
    for key, reference in session.execute(query.order_by(ReturnBatch.id.desc())).tuples():
        found.setdefault(key or 0, []).append(reference)
    return found


def counties(session: Session, regions: Sequence[Region]) -> list[County]:
    """Return counties with their figures, in two queries."""
    keys = [region.id for region in regions]
    counted = select(Hazard.county_id, func.count()).where(Hazard.county_id.in_(keys), Hazard.state.in_(OPEN_STATES))
    numbers: dict[int, int] = dict(session.execute(counted.group_by(Hazard.county_id)).tuples().all())
    newest = select(func.max(IssuedWorkbook.id)).where(IssuedWorkbook.county_id.in_(keys))
    query = select(IssuedWorkbook).where(IssuedWorkbook.id.in_(newest.group_by(IssuedWorkbook.county_id)))
    last = {book.county_id: book for book in session.scalars(query)}
    return [County(region, numbers.get(region.id, 0), last.get(region.id)) for region in regions]


def open_hazards(session: Session, county_id: int, most: int) -> Sequence[Hazard]:
    """Return the open hazards of a county, the most urgent first, at most so many."""
    query = select(Hazard).where(Hazard.county_id == county_id, Hazard.state.in_(OPEN_STATES))
    shown = query.options(defer(Hazard.treatment_plan), joinedload(Hazard.region))
    return session.scalars(shown.order_by(Hazard.urgency, Hazard.id).limit(most)).all()


def units_of(session: Session, county_id: int) -> list[str]:
    """Return the names of the units in force in a county."""
    inside = select(RegionPath.descendant_id).where(RegionPath.ancestor_id == county_id)
    query = select(Unit.name).where(Unit.region_id.in_(inside), Unit.valid_until.is_(None))
    return sorted(set(session.scalars(query.order_by(Unit.id).limit(MOST_UNITS))))


def rows_of(session: Session, issued_id: int | None) -> dict[str, IssuedRow]:
    """Return the rows of an issued workbook by their keys; none for a return that is none."""
    if issued_id is None:
        return {}
    kept: Mapping[str, Any] = session.scalars(select(IssuedWorkbook.rows).where(IssuedWorkbook.id == issued_id)).one()
    return {row.key: row for row in restore(kept)}


def hazards_of(session: Session, county_id: int, rows: Collection[IssuedRow]) -> dict[int, Any]:
    """Return what a plan compares of the hazards that rows of a workbook speak of; locked while writing."""
    keys = sorted({row.hazard_id for row in rows})
    columns = [getattr(Hazard, name) for name in sorted(COMPARED.union(MORE))]
    query = select(*columns).where(Hazard.county_id == county_id)
    query = query.with_for_update() if is_writing() else query
    return {
        hazard.id: hazard
        for start in range(0, len(keys), PORTION)
        for hazard in session.execute(query.where(Hazard.id.in_(keys[start : start + PORTION])))
    }
