"""Which self-check stands beside which later visit, and how often the two differ: for one visit and for many counties.

Beside a list of an official visit stands the newest self-check of the same site with the same list, submitted before
the visit and at most a year earlier.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session, selectinload

from inspect_app.inspections.comparing import Comparison, Told, compare
from inspect_app.inspections.coverage_conditions import done
from inspect_app.inspections.kinds import SELF_CHECK
from inspect_app.inspections.models import Answer, Inspection, Sheet
from inspect_app.inspections.results import lines_of

REACH = timedelta(days=365)
Pair = tuple[Inspection, Sheet, Inspection, Sheet]


@dataclass(frozen=True)
class SideBySide:
    """One list of an official visit beside the county's own answers."""

    official: Inspection
    own: Inspection
    sheet: Sheet
    comparison: Comparison


def side_by_side(session: Session, inspection: Inspection) -> list[SideBySide]:
    """Compare a visit with the self-checks before it, list by list; empty before it is submitted."""
    if inspection.submitted_on is None:
        return []
    return _compared(session, [Inspection.id == inspection.id, *done(date.min, date.max)])


def differences(session: Session, county_ids: Collection[int], start: date, end: date) -> dict[int, tuple[int, int]]:
    """Count the items of each county on which self-check and later visit differ, and those that were compared."""
    found = dict.fromkeys(county_ids, (0, 0))
    for each in _compared(session, _officials(county_ids, start, end)):
        differing, compared = found[each.official.county_id]
        comparison = each.comparison
        found[each.official.county_id] = (differing + comparison.differing, compared + comparison.compared)
    return found


def comparisons(session: Session, county_id: int, start: date, end: date) -> list[SideBySide]:
    """Return every list of a visit of a county that is compared with a self-check."""
    return _compared(session, _officials([county_id], start, end))


def visits_compared(session: Session, county_id: int, start: date, end: date, *, differing: bool) -> Sequence[str]:
    """Return the references of the visits with a compared item, or with a differing one, in order."""
    found = {
        each.official.reference
        for each in comparisons(session, county_id, start, end)
        if (each.comparison.differing if differing else each.comparison.compared)
    }
    return sorted(found)


def _officials(county_ids: Collection[int], start: date, end: date) -> list[ColumnElement[bool]]:
    return [Inspection.county_id.in_(county_ids), *done(start, end)]


def _compared(session: Session, conditions: Sequence[ColumnElement[bool]]) -> list[SideBySide]:
    pairs = _pairs(session, conditions)
    values = _values(session, {visit.id for pair in pairs for visit in (pair[0], pair[2])})
    return [
        SideBySide(visit, own, sheet, compare(_told(own_sheet, values), _told(sheet, values)))
        for visit, sheet, own, own_sheet in pairs
    ]


def _pairs(session: Session, conditions: Sequence[ColumnElement[bool]]) -> list[Pair]:
    officials = session.scalars(_whole().where(Inspection.kind != SELF_CHECK, *conditions)).all()
    if not officials:
        return []
    earliest = min(visit.submitted_on for visit in officials if visit.submitted_on) - REACH
    sites = {visit.site_id for visit in officials}
    checks = _whole().where(Inspection.kind == SELF_CHECK, Inspection.site_id.in_(sites), *done(earliest, date.max))
    newest_first: dict[int, list[Inspection]] = {}
    for check in session.scalars(checks.order_by(Inspection.submitted_at.desc(), Inspection.id.desc())):
        newest_first.setdefault(check.site_id, []).append(check)
    return [pair for visit in officials for pair in _beside(visit, newest_first.get(visit.site_id, ()))]


def _beside(visit: Inspection, newest_first: Iterable[Inspection]) -> Iterator[Pair]:
    earlier = [check for check in newest_first if _before(check, visit)]
    for sheet in visit.sheets:
        if own := _newest(sheet, earlier):
            yield visit, sheet, *own


def _whole() -> Select[tuple[Inspection]]:
    return select(Inspection).options(selectinload(Inspection.sheets).joinedload(Sheet.checklist_version))


def _newest(sheet: Sheet, newest_first: Iterable[Inspection]) -> tuple[Inspection, Sheet] | None:
    code = sheet.checklist_version.code
    same = ((check, own) for check in newest_first for own in check.sheets if own.checklist_version.code == code)
    return next(same, None)


def _before(check: Inspection, visit: Inspection) -> bool:
    if not (check.submitted_at and check.submitted_on and visit.submitted_at and visit.submitted_on):
        return False
    return check.submitted_at < visit.submitted_at and visit.submitted_on - check.submitted_on <= REACH


def _told(sheet: Sheet, values: Mapping[tuple[int, str], Mapping[str, Any]]) -> list[Told]:
    return [
        Told(line.item, values.get((sheet.inspection_id, line.item.code), {}), line.result, line.why)
        for line in lines_of(sheet)
    ]


def _values(session: Session, visits: Collection[int]) -> dict[tuple[int, str], Mapping[str, Any]]:
    rows = select(Answer.inspection_id, Answer.item_code, Answer.value).where(Answer.inspection_id.in_(visits))
    return {
        (visit, code): {name: each for name, each in value.items() if name != "document_number"}
        for visit, code, value in session.execute(rows).tuples()
    }
