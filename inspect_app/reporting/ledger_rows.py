"""Hazards as rows of the unified ledger (domain reference §5.3): one value for each named column."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
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

Value = Callable[[Row[Any], date], Cell]
COUNTY, PLACE = aliased(Region), aliased(Region)
YES, NO = "是", "否"
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


def ledger_rows(rows: Iterator[Row[Any]], sources: Sequence[str], today: date) -> Iterator[list[Cell]]:
    """Turn selected hazards into ledger rows, numbered from 1; `sources` are names out of VALUES or "serial"."""
    values = [VALUES[source] for source in sources]
    serial = sources.index(SERIAL)
    for number, row in enumerate(rows, 1):
        cells = [value(row, today) for value in values]
        cells[serial] = number
        yield cells


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
    return lambda row, _today: getattr(row, column)


def _masked(column: str) -> Value:
    return lambda row, _today: mask(getattr(row, column))


def _control(row: Row[Any], _today: date) -> str:
    return mask("；".join(dict.fromkeys(text for text in (row.interim_control, row.emergency_plan) if text)))


def _answer(holds: Callable[[Row[Any], date], bool | None]) -> Value:
    def value(row: Row[Any], today: date) -> str:
        held = holds(row, today)
        return "" if held is None else YES if held else NO

    return value


def _counted(column: str) -> Value:
    def value(row: Row[Any], _today: date) -> str:
        count = getattr(row, column)
        return f"{count} 张" if count else ""

    return value


def _region(row: Row[Any], _today: date) -> str:
    return row.county_name if row.region_id == row.county_id else f"{row.county_name}{row.place_name}"


def _kind_of_check(row: Row[Any], _today: date) -> str:
    return KINDS.get(row.inspection_kind) or row.inspection_kind or ORIGIN_LABELS.get(row.origin, row.origin)


def _place(row: Row[Any], _today: date) -> str:
    return mask(" ".join(dict.fromkeys(text for text in (row.site_name, row.location) if text)))


def _first_due(row: Row[Any], _today: date) -> Cell:
    due_on: date | None = row.original_due_on or row.due_on
    return due_on


def _overdue_days(row: Row[Any], today: date) -> int | None:
    return overdue_days(row.state, row.due_on, today) or None


SERIAL = "serial"
VALUES: Mapping[str, Value] = {
    SERIAL: _plain("id"),
    "reference": _plain("reference"),
    "region": _region,
    "responsible_unit": lambda row, _today: mask(row.responsible_unit_name or row.site_name),
    "category": lambda row, _today: CATEGORIES.get(row.category, row.category),
    "place": _place,
    "longitude": _plain("longitude"),
    "latitude": _plain("latitude"),
    "inspection_kind": _kind_of_check,
    "origin_reference": _plain("origin_reference"),
    "found_on": _plain("found_on"),
    "found_unit": _masked("found_unit"),
    "found_by": _masked("found_by"),
    "description": _masked("description"),
    "hazard_kind": _masked("hazard_kind"),
    "grade": lambda row, _today: GRADE_LABELS[row.grade] if row.grade else "",
    "basis": _masked("basis"),
    "requirement": _masked("requirement"),
    "measures": _masked("measures"),
    "responsible_person": _masked("responsible_person"),
    "responsible_leader": _masked("responsible_leader"),
    "fund_amount": _plain("fund_amount"),
    "original_due_on": _first_due,
    "control": _control,
    "supervising_unit": _masked("supervising_unit_name"),
    "supervising_person": _masked("supervising_person"),
    "listed": _answer(lambda row, _today: row.listed),
    "listed_level": _masked("listed_level"),
    "extension_count": _plain("extension_count"),
    "extended_due_on": lambda row, _today: row.due_on if row.extension_count else None,
    "progress": _masked("progress"),
    "done_on": _plain("done_on"),
    "photos_before": _counted("photos_before"),
    "photos_after": _counted("photos_after"),
    "rechecked_on": _plain("rechecked_on"),
    "recheck_result": _masked("recheck_result"),
    "rechecked_by": _masked("rechecked_by"),
    "accepted_by_unit": _masked("accepted_by_unit"),
    "closed": _answer(lambda row, _today: row.state == State.CLOSED),
    "closed_on": _plain("closed_on"),
    "closed_by": _masked("closed_by"),
    "looked_back": _answer(lambda row, _today: row.looked_back_on is not None if row.state == State.CLOSED else None),
    "looked_back_on": _plain("looked_back_on"),
    "rebounded": _answer(lambda row, _today: row.rebounded),
    "overdue": _answer(lambda row, today: is_overdue(row.state, row.due_on, today)),
    "overdue_days": _overdue_days,
    "remark": _masked("remark"),
}
