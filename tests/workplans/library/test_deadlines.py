"""Up to when a response is in time: minutes, hours, working days, the same day; where no clock starts."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from inspect_app.workplans.library.deadlines import Deadline, Event, deadline
from inspect_app.workplans.library.definition import Measure
from inspect_app.workplans.library.loading import library
from inspect_app.workplans.library.places import Place
from inspect_app.workplans.library.words import Kind, Level, Trigger
from tests.workplans.library.making import HOLIDAYS, PLAIN, county, numbers, obligation

KNOWN = library().obligations
ZHANGYE = Place(("6207", "62"), Level.PREFECTURE, {})
LIAOCHENG = Place(("3715", "37"), Level.PREFECTURE, {})
LITONG = Place(("640302", "6403", "64"), Level.COUNTY, {})
NIGHT = datetime(2026, 6, 15, 15, 50, tzinfo=UTC)  # 23:50 local


def quake(magnitude: str | None) -> Event:
    return Event(NIGHT, Decimal(magnitude) if magnitude else None)


def after(at: datetime, **values: int | str) -> Deadline:
    measure = Measure("报告", "次", trigger=Trigger.ANOMALY, numbers=numbers(**values))
    return deadline(obligation(Kind.RESPONSE, measure), county(), Event(at), HOLIDAYS)


@pytest.mark.parametrize("magnitude", ["3.0", "3.4", "7"])
def test_zhangye_reports_within_15_minutes_from_magnitude_3(magnitude: str) -> None:
    found = deadline(KNOWN["ZY-08a"], ZHANGYE, quake(magnitude), PLAIN)
    assert found == Deadline(datetime(2026, 6, 15, 16, 5, tzinfo=UTC))


def test_a_weaker_quake_starts_no_clock() -> None:
    found = deadline(KNOWN["ZY-08a"], ZHANGYE, quake("2.9"), PLAIN)
    assert (found.at, str(found.why_none)) == (None, "震级 2.9 低于 3.0，不计时。")


def test_without_a_magnitude_nobody_can_tell() -> None:
    assert str(deadline(KNOWN["ZY-08a"], ZHANGYE, quake(None), PLAIN).why_none) == "没有震级，无法判断是否计时。"


def test_the_15_minutes_are_those_of_zhangye_alone() -> None:
    found = deadline(KNOWN["ZY-08a"], LIAOCHENG, quake("5.0"), PLAIN)
    assert (found.at, str(found.why_none)) == (None, "这个地方没有规定从几级起计时。")


def test_an_anomaly_is_verified_before_midnight_of_the_local_day() -> None:
    found = deadline(KNOWN["LC-06a"], LIAOCHENG, Event(NIGHT), PLAIN)
    assert found == Deadline(datetime(2026, 6, 15, 16, 0, tzinfo=UTC))
    later = Event(datetime(2026, 6, 15, 16, 0, tzinfo=UTC))
    assert deadline(KNOWN["LC-06a"], LIAOCHENG, later, PLAIN) == Deadline(datetime(2026, 6, 16, 16, 0, tzinfo=UTC))


def test_on_a_leap_day_the_same_day_ends_on_the_first_of_march() -> None:
    leap = Event(datetime(2028, 2, 29, 1, 0, tzinfo=UTC))
    assert deadline(KNOWN["LC-06a"], LIAOCHENG, leap, PLAIN) == Deadline(datetime(2028, 2, 29, 16, 0, tzinfo=UTC))


def test_where_no_time_is_set_there_is_no_deadline() -> None:
    found = deadline(KNOWN["LT-05a"], LITONG, Event(NIGHT), PLAIN)
    assert (found.at, str(found.why_none)) == (None, "这个地方没有规定时限。")


def test_at_once_is_no_number_of_minutes() -> None:
    assert str(deadline(KNOWN["ZY-05a"], ZHANGYE, quake("4.0"), PLAIN).why_none) == "要求立即办理，没有写明多长时间。"


def test_litong_reports_what_magnitude_3_did_at_once() -> None:
    assert "立即" in str(deadline(KNOWN["LT-11d"], LITONG, quake("3.0"), PLAIN).why_none)
    assert "不计时" in str(deadline(KNOWN["LT-11d"], LITONG, quake("2.9"), PLAIN).why_none)


def test_the_proposed_half_hour_of_litong() -> None:
    found = deadline(KNOWN["LT-11c"], LITONG, quake("4.0"), PLAIN)
    assert found.at == datetime(2026, 6, 15, 16, 20, tzinfo=UTC)


def test_a_prefecture_does_not_owe_what_counties_do() -> None:
    assert "不适用" in str(deadline(KNOWN["LT-05a"], ZHANGYE, Event(NIGHT), PLAIN).why_none)


def test_what_falls_due_by_date_has_no_clock() -> None:
    assert "按日期到期" in str(deadline(KNOWN["ZY-13a"], ZHANGYE, Event(NIGHT), PLAIN).why_none)


def test_a_review_after_a_quake_has_no_time_limit() -> None:
    assert str(deadline(KNOWN["ZY-10a"], ZHANGYE, Event(NIGHT), PLAIN).why_none) == "这个地方没有规定时限。"


def test_hours_run_through_the_night() -> None:
    assert after(NIGHT, hours=4) == Deadline(datetime(2026, 6, 15, 19, 50, tzinfo=UTC))


def test_working_days_skip_holidays_and_end_with_the_day() -> None:
    # received on Wednesday 30 September: Thursday and Friday are holidays, Monday is the first day, Tuesday the second
    received = datetime(2026, 9, 30, 2, 0, tzinfo=UTC)
    assert after(received, working_days=2) == Deadline(datetime(2026, 10, 6, 16, 0, tzinfo=UTC))


def test_a_worked_saturday_counts() -> None:
    friday = datetime(2026, 10, 9, 2, 0, tzinfo=UTC)
    assert after(friday, working_days=1) == Deadline(datetime(2026, 10, 10, 16, 0, tzinfo=UTC))
