from datetime import UTC, date, datetime

from inspect_app.core import clock


def test_the_local_day_begins_at_sixteen_hours_utc() -> None:
    with clock.set_to(datetime(2026, 11, 22, 15, 59, tzinfo=UTC)):
        assert clock.today() == date(2026, 11, 22)
    with clock.set_to(datetime(2026, 11, 22, 16, 0, tzinfo=UTC)):
        assert clock.today() == date(2026, 11, 23)


def test_the_present_is_aware_and_in_utc() -> None:
    assert clock.now().tzinfo is UTC
