from datetime import date

import pytest
from sqlalchemy.orm import Session

from inspect_app.core.database import transaction
from inspect_app.core.workdays import Calendar, CalendarDay, load_calendar, seed_calendar


@pytest.fixture
def calendar(session: Session) -> Calendar:
    return load_calendar(session)


@pytest.mark.parametrize(
    ("day", "working"),
    [
        (date(2026, 10, 1), False),
        (date(2026, 10, 10), True),
        (date(2026, 11, 22), False),
        (date(2026, 11, 23), True),
        (date(2024, 2, 29), True),
    ],
)
def test_official_holidays_and_worked_weekends_count_as_published(calendar: Calendar, day: date, working: bool) -> None:  # noqa: FBT001
    assert calendar.is_working(day) is working


def test_working_days_pass_over_the_autumn_holiday(calendar: Calendar) -> None:
    assert calendar.add_working_days(date(2026, 9, 30), 1) == date(2026, 10, 8)
    assert calendar.add_working_days(date(2026, 10, 8), -1) == date(2026, 9, 30)
    assert calendar.add_working_days(date(2026, 9, 30), 0) == date(2026, 9, 30)
    assert calendar.working_days_between(date(2026, 9, 30), date(2026, 10, 10)) == 3
    assert calendar.working_days_between(date(2026, 10, 10), date(2026, 9, 30)) == 0


def test_days_after_the_published_arrangement_are_provisional(calendar: Calendar) -> None:
    assert not calendar.is_provisional(date(2026, 12, 31))
    assert calendar.is_provisional(date(2027, 1, 1))
    assert Calendar({}, None).is_provisional(date(2020, 1, 1))


def test_what_the_office_loaded_is_not_overwritten_by_the_library(session: Session) -> None:
    with transaction():
        session.get_one(CalendarDay, date(2026, 10, 1)).working = True
    with transaction():
        assert seed_calendar(session) == 0
    assert load_calendar(session).is_working(date(2026, 10, 1))
