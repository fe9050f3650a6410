"""Periods cover a year; days exist."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inspect_app.workplans.library.spans import day_in, day_of, spans_of
from inspect_app.workplans.library.words import Period

UNHURRIED = settings(deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow])
YEARS = st.integers(1949, 2200)


def test_the_halves_of_a_year() -> None:
    first, second = (date(2026, 1, 1), date(2026, 6, 30)), (date(2026, 7, 1), date(2026, 12, 31))
    assert spans_of(Period.HALF, 2026) == (first, second)


def test_quarters_end_with_their_months() -> None:
    ends = [end for _, end in spans_of(Period.QUARTER, 2026)]
    assert ends == [date(2026, 3, 31), date(2026, 6, 30), date(2026, 9, 30), date(2026, 12, 31)]


@pytest.mark.parametrize(("year", "last"), [(2026, 28), (2028, 29), (2100, 28), (2000, 29)])
def test_february_ends_as_the_year_has_it(year: int, last: int) -> None:
    assert spans_of(Period.MONTH, year)[1] == (date(year, 2, 1), date(year, 2, last))


def test_a_short_week_at_either_end_joins_its_neighbour() -> None:
    # 2027 begins on a Friday and ends on one
    weeks = spans_of(Period.WEEK, 2027)
    assert weeks[0] == (date(2027, 1, 1), date(2027, 1, 10))
    assert weeks[-1] == (date(2027, 12, 27), date(2027, 12, 31))
    assert len(weeks) == 52


def test_a_year_that_begins_on_a_thursday_has_53_weeks() -> None:
    weeks = spans_of(Period.WEEK, 2026)
    assert (weeks[0], len(weeks)) == ((date(2026, 1, 1), date(2026, 1, 4)), 53)


@UNHURRIED
@given(st.sampled_from(Period), YEARS)
def test_periods_cover_the_year_without_gap_or_overlap(period: Period, year: int) -> None:
    spans = spans_of(period, year)
    assert (spans[0][0], spans[-1][1]) == (date(year, 1, 1), date(year, 12, 31))
    assert all(start <= end for start, end in spans)
    assert all(later[0] - earlier[1] == timedelta(days=1) for earlier, later in pairwise(spans))


@UNHURRIED
@given(YEARS)
def test_weeks_are_those_of_the_iso_calendar(year: int) -> None:
    weeks = spans_of(Period.WEEK, year)
    assert len(weeks) == date(year, 12, 28).isocalendar().week
    assert [start.isoweekday() for start, _ in weeks[1:]] == [1] * (len(weeks) - 1)


@pytest.mark.parametrize(
    ("text", "year", "day"),
    [
        ("06-07", 2024, date(2024, 6, 7)),
        ("02-29", 2028, date(2028, 2, 29)),
        ("02-29", 2027, date(2027, 2, 28)),
        ("12-31", 2026, date(2026, 12, 31)),
    ],
)
def test_a_day_of_the_year(text: str, year: int, day: date) -> None:
    assert day_of(text, year) == day


def test_a_day_of_the_month_stops_at_its_end() -> None:
    days = [day_in(span, 30) for span in spans_of(Period.MONTH, 2028)[:4]]
    assert days == [date(2028, 1, 30), date(2028, 2, 29), date(2028, 3, 30), date(2028, 4, 30)]


def test_a_day_of_a_quarter_lies_in_its_last_month() -> None:
    days = [day_in(span, 25) for span in spans_of(Period.QUARTER, 2026)]
    assert days == [date(2026, 3, 25), date(2026, 6, 25), date(2026, 9, 25), date(2026, 12, 25)]


@UNHURRIED
@given(st.sampled_from(Period), YEARS, st.integers(1, 31))
def test_a_numbered_day_lies_in_its_period(period: Period, year: int, number: int) -> None:
    assert all(span[0] <= day_in(span, number) <= span[1] for span in spans_of(period, year))
