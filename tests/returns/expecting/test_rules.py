"""Periods, due days and how a county stands."""

from datetime import date
from itertools import pairwise
from typing import ClassVar

import pytest

from inspect_app.returns.expecting.rules import (
    Every,
    Owed,
    Sent,
    Standing,
    due_on,
    period_of,
    periods_of,
    proposed_period,
    stand,
)


class Rests:
    """A calendar with a few days of rest."""

    days: ClassVar = {date(2026, 7, 4), date(2026, 7, 5), date(2026, 10, 1)}

    def is_working(self, day: date) -> bool:
        return day not in self.days


@pytest.mark.parametrize(
    ("every", "day", "code", "start", "end"),
    [
        (Every.MONTH, date(2026, 2, 28), "2026-02", date(2026, 2, 1), date(2026, 2, 28)),
        (Every.MONTH, date(2024, 2, 29), "2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        (Every.MONTH, date(2026, 12, 31), "2026-12", date(2026, 12, 1), date(2026, 12, 31)),
        (Every.QUARTER, date(2026, 5, 1), "2026Q2", date(2026, 4, 1), date(2026, 6, 30)),
        (Every.HALF_YEAR, date(2026, 7, 1), "2026H2", date(2026, 7, 1), date(2026, 12, 31)),
        (Every.YEAR, date(2026, 7, 1), "2026", date(2026, 1, 1), date(2026, 12, 31)),
    ],
)
def test_a_day_lies_in_one_period(every: Every, day: date, code: str, start: date, end: date) -> None:
    found = period_of(every, day)
    assert (found.code, found.start, found.end) == (code, start, end)


@pytest.mark.parametrize(
    ("every", "number"), [(Every.MONTH, 12), (Every.QUARTER, 4), (Every.HALF_YEAR, 2), (Every.YEAR, 1)]
)
def test_the_periods_of_a_year_join_without_a_gap(every: Every, number: int) -> None:
    found = list(periods_of(every, 2026))
    assert len(found) == number
    assert found[0].start == date(2026, 1, 1)
    assert found[-1].end == date(2026, 12, 31)
    assert all((later.start - earlier.end).days == 1 for earlier, later in pairwise(found))


def test_a_due_day_of_rest_moves_to_the_next_working_day() -> None:
    assert due_on(period_of(Every.MONTH, date(2026, 6, 1)), 5, Rests()) == date(2026, 7, 6)
    assert due_on(period_of(Every.MONTH, date(2026, 5, 1)), 5, Rests()) == date(2026, 6, 5)


@pytest.mark.parametrize(
    ("report_on", "code"),
    [
        (date(2026, 6, 30), "2026-06"),
        (date(2026, 7, 1), "2026-06"),
        (date(2026, 7, 6), "2026-06"),
        (date(2026, 7, 7), "2026-07"),
        (date(2026, 1, 3), "2025-12"),
    ],
)
def test_a_report_within_the_time_for_the_month_before_is_about_that_month(report_on: date, code: str) -> None:
    assert proposed_period(Every.MONTH, 5, report_on, Rests()).code == code


def test_a_place_may_have_a_due_day_of_its_own_the_nearest_first() -> None:
    owed = Owed("x", "hazards", "台账", Every.MONTH, 5, date(2026, 1, 1), {"6542": 8, "654202": 10})
    assert [owed.day_for(codes) for codes in (("654202", "6542"), ("654221", "6542"), ("620702", "6207"))] == [10, 8, 5]


DUE = date(2026, 7, 6)
ON_TIME, LATE = (
    Sent("BB-1", date(2026, 7, 6), zero=False, done=True),
    Sent("BB-2", date(2026, 7, 8), zero=False, done=True),
)
ZERO, WAITING = (
    Sent("BB-3", date(2026, 7, 1), zero=True, done=True),
    Sent("BB-4", date(2026, 7, 1), zero=False, done=False),
)


@pytest.mark.parametrize(
    ("sent", "today", "standing", "days", "reference"),
    [
        ([ON_TIME], date(2026, 8, 1), Standing.ON_TIME, 0, "BB-1"),
        ([LATE], date(2026, 8, 1), Standing.LATE, 2, "BB-2"),
        ([LATE, ON_TIME], date(2026, 8, 1), Standing.ON_TIME, 0, "BB-1"),
        ([ZERO], date(2026, 8, 1), Standing.ZERO, 0, "BB-3"),
        ([WAITING], date(2026, 7, 9), Standing.WAITING, 3, "BB-4"),
        ([WAITING, LATE], date(2026, 8, 1), Standing.LATE, 2, "BB-2"),
        ([], DUE, Standing.NOT_DUE, 0, None),
        ([], date(2026, 7, 7), Standing.MISSING, 1, None),
    ],
)
def test_how_a_county_stands(
    sent: list[Sent], today: date, standing: Standing, days: int, reference: str | None
) -> None:
    cell = stand(sent, DUE, today)
    assert (cell.standing, cell.days, cell.sent and cell.sent.reference) == (standing, days, reference)


def test_what_was_not_owed_yet_is_not_missing_but_counts_when_it_came() -> None:
    assert stand([], DUE, date(2026, 9, 1), asked=False).standing == Standing.NOT_ASKED
    assert stand([ON_TIME], DUE, date(2026, 9, 1), asked=False).standing == Standing.ON_TIME
