"""The conditions that figures of coverage and the rows behind them share, so that they cannot drift apart."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, or_, select

from inspect_app.inspections.lifecycle import DONE_STATES
from inspect_app.inspections.models import Inspection
from inspect_app.regions.levels import Kind, Level
from inspect_app.regions.models import RegionPath


def done(start: date, end: date) -> list[ColumnElement[bool]]:
    """Visits that stand submitted or reviewed, submitted within the period."""
    return [Inspection.state.in_(DONE_STATES), Inspection.submitted_on.between(start, end)]


def counting(kinds: Iterable[str], start: date, end: date) -> list[ColumnElement[bool]]:
    """Visits of these kinds that count in the period."""
    return [Inspection.kind.in_(tuple(kinds)), *done(start, end)]


def county_level(region: Any, on: date) -> list[ColumnElement[bool]]:  # noqa: ANN401 - Region or an alias of it
    """County-level units in force on a day, development zones that are assessed on their own included."""
    return [region.level == Level.COUNTY, *_in_force(region, on)]


def civil_township(region: Any, on: date) -> list[ColumnElement[bool]]:  # noqa: ANN401 - the same
    """Townships and streets in force on a day; farms, prisons, corps and zones are left out (domain reference §7.2)."""
    return [region.level == Level.TOWNSHIP, region.kind == Kind.CIVIL, *_in_force(region, on)]


def other_township(region: Any, on: date) -> list[ColumnElement[bool]]:  # noqa: ANN401 - the same
    """Township-level units in force on a day that are no civil townships."""
    return [region.level == Level.TOWNSHIP, region.kind != Kind.CIVIL, *_in_force(region, on)]


def below(region_id: int) -> Select[tuple[int]]:
    """Regions at or below one."""
    return select(RegionPath.descendant_id).where(RegionPath.ancestor_id == region_id)


def _in_force(region: Any, on: date) -> list[ColumnElement[bool]]:  # noqa: ANN401 - the same
    return [
        or_(region.valid_from.is_(None), region.valid_from <= on),
        or_(region.valid_until.is_(None), region.valid_until >= on),
    ]
