"""Hazards as rows of the unified ledger (domain reference §5.3): one value for each named column."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import islice, repeat
from typing import Any

from sqlalchemy import ColumnElement, Row, ScalarSelect, Select, func, select
from sqlalchemy.orm import aliased

from inspect_app.evidence.models import Evidence, Purpose
from inspect_app.hazards.models import Hazard
from inspect_app.hazards.rules import is_overdue, overdue_days
from inspect_app.hazards.words import GRADE_LABELS, ORIGIN_LABELS, State
from inspect_app.inspections.kinds import KINDS
from inspect_app.regions.models import Region
from inspect_app.reporting.masking import mask
from inspect_app.sites.rules import CATEGORIES
from inspect_app.workbooks.write import Cell

Chunk = Mapping[str, Sequence[Any]]
"""Some hundred hazards, column by column."""
Value = Callable[[Chunk, date], Iterable[Cell]]
AT_ONCE = 1000
COUNTY, PLACE = aliased(Region), aliased(Region)
ANSWERS: Mapping[bool | None, str] = {None: "", True: "是", False: "否"}
COLUMNS = tuple(
    getattr(Hazard, name)
    for name in (
        "id",
        "reference",
        "county_id",
        "region_id",
        "site_name",
        "category",
        "location",
        "longitude",
        "latitude",
        "origin",
        "origin_reference",
        "inspection_kind",
        "found_on",
        "found_unit",
        "found_by",
        "description",
        "hazard_kind",
        "grade",
        "basis",
        "requirement",
        "measures",
        "responsible_unit_name",
        "responsible_person",
        "responsible_leader",
        "fund_amount",
        "due_on",
        "original_due_on",
        "interim_control",
        "emergency_plan",
        "supervising_unit_name",
        "supervising_person",
        "listed",
        "listed_level",
        "extension_count",
        "progress",
        "done_on",
        "rechecked_on",
        "recheck_result",
        "rechecked_by",
        "accepted_by_unit",
        "state",
        "closed_on",
        "closed_by",
        "looked_back_on",
        "rebounded",
        "remark",
    )
)


def ledger_query(condition: ColumnElement[bool]) -> Select[Any]:
    """Select what the ledger needs of the hazards that meet a condition, by reference."""
    return (
        select(
            *COLUMNS,
            COUNTY.name.label("county_name"),
            PLACE.name.label("place_name"),
            _photos(Purpose.BEFORE).label("photos_before"),
            _photos(Purpose.AFTER).label("photos_after"),
        )
        .join(COUNTY, COUNTY.id == Hazard.county_id)
        .join(PLACE, PLACE.id == Hazard.region_id)
        .where(condition)
        .order_by(Hazard.reference)
    )


def ledger_rows(rows: Iterator[Row[Any]], sources: Sequence[str], today: date) -> Iterator[Sequence[Cell]]:
    """Turn selected hazards into ledger rows, numbered from 1; `sources` are names out of VALUES or "serial"."""
    values = [VALUES[source] for source in sources]
    serial, first = sources.index(SERIAL), 1
    while block := list(islice(rows, AT_ONCE)):
        chunk = dict(zip(block[0]._fields, zip(*block, strict=True), strict=True))
        columns = [value(chunk, today) for value in values]
        columns[serial] = range(first, first + len(block))
        first += len(block)
        yield from zip(*columns, strict=True)


def _photos(purpose: Purpose) -> ScalarSelect[int]:
    return (
        select(func.count())
        .where(
            Evidence.subject_kind == "hazard",
            Evidence.subject_id == Hazard.id,
            Evidence.purpose == purpose,
            Evidence.withdrawn_at.is_(None),
        )
        .scalar_subquery()
    )


def _plain(column: str) -> Value:
    return lambda chunk, _today: chunk[column]


def _masked(column: str) -> Value:
    return lambda chunk, _today: map(mask, chunk[column])


def _of(tell: Callable[..., Cell], *columns: str) -> Value:
    """Tell a value from these columns of a hazard."""
    return lambda chunk, _today: map(tell, *(chunk[column] for column in columns))


def _on_the_day(tell: Callable[..., Cell], *columns: str) -> Value:
    """Tell a value from these columns of a hazard and the day."""
    return lambda chunk, today: map(tell, *(chunk[column] for column in columns), repeat(today))


def _control(interim_control: str, emergency_plan: str) -> str:
    return mask("；".join(dict.fromkeys(text for text in (interim_control, emergency_plan) if text)))


def _counted(count: int) -> str:
    return f"{count} 张" if count else ""


def _region(region_id: int, county_id: int, county_name: str, place_name: str) -> str:
    return county_name if region_id == county_id else f"{county_name}{place_name}"


def _kind_of_check(kind: str, origin: str) -> str:
    return KINDS.get(kind) or kind or ORIGIN_LABELS.get(origin, origin)


def _place(site_name: str, location: str) -> str:
    return mask(" ".join(dict.fromkeys(text for text in (site_name, location) if text)))


def _overdue_days(state: State, due_on: date | None, today: date) -> int | None:
    return overdue_days(state, due_on, today) or None


def _looked_back(state: State, looked_back_on: date | None) -> str:
    return ANSWERS[looked_back_on is not None if state == State.CLOSED else None]


SERIAL = "serial"
VALUES: Mapping[str, Value] = {
    SERIAL: _plain("id"),
    "reference": _plain("reference"),
    "region": _of(_region, "region_id", "county_id", "county_name", "place_name"),
    "responsible_unit": _of(lambda unit, site: mask(unit or site), "responsible_unit_name", "site_name"),
    "category": _of(lambda category: CATEGORIES.get(category, category), "category"),
    "place": _of(_place, "site_name", "location"),
    "longitude": _plain("longitude"),
    "latitude": _plain("latitude"),
    "inspection_kind": _of(_kind_of_check, "inspection_kind", "origin"),
    "origin_reference": _plain("origin_reference"),
    "found_on": _plain("found_on"),
    "found_unit": _masked("found_unit"),
    "found_by": _masked("found_by"),
    "description": _masked("description"),
    "hazard_kind": _masked("hazard_kind"),
    "grade": _of(lambda grade: GRADE_LABELS[grade] if grade else "", "grade"),
    "basis": _masked("basis"),
    "requirement": _masked("requirement"),
    "measures": _masked("measures"),
    "responsible_person": _masked("responsible_person"),
    "responsible_leader": _masked("responsible_leader"),
    "fund_amount": _plain("fund_amount"),
    "original_due_on": _of(lambda original, due_on: original or due_on, "original_due_on", "due_on"),
    "control": _of(_control, "interim_control", "emergency_plan"),
    "supervising_unit": _masked("supervising_unit_name"),
    "supervising_person": _masked("supervising_person"),
    "listed": _of(ANSWERS.__getitem__, "listed"),
    "listed_level": _masked("listed_level"),
    "extension_count": _plain("extension_count"),
    "extended_due_on": _of(lambda due_on, times: due_on if times else None, "due_on", "extension_count"),
    "progress": _masked("progress"),
    "done_on": _plain("done_on"),
    "photos_before": _of(_counted, "photos_before"),
    "photos_after": _of(_counted, "photos_after"),
    "rechecked_on": _plain("rechecked_on"),
    "recheck_result": _masked("recheck_result"),
    "rechecked_by": _masked("rechecked_by"),
    "accepted_by_unit": _masked("accepted_by_unit"),
    "closed": _of(lambda state: ANSWERS[state == State.CLOSED], "state"),
    "closed_on": _plain("closed_on"),
    "closed_by": _masked("closed_by"),
    "looked_back": _of(_looked_back, "state", "looked_back_on"),
    "looked_back_on": _plain("looked_back_on"),
    "rebounded": _of(ANSWERS.__getitem__, "rebounded"),
    "overdue": _on_the_day(lambda *of: ANSWERS[is_overdue(*of)], "state", "due_on"),
    "overdue_days": _on_the_day(_overdue_days, "state", "due_on"),
    "remark": _masked("remark"),
}
