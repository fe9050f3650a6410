"""What falls due over a year, for each kind, against tables computed by hand."""

from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inspect_app.core.workdays import Calendar
from inspect_app.workplans.library.definition import Measure, Obligation
from inspect_app.workplans.library.dues import Due, dues
from inspect_app.workplans.library.loading import library
from inspect_app.workplans.library.places import Place
from inspect_app.workplans.library.words import Condition, Kind, Level, Moves, Of, Period, Role, Trigger
from tests.workplans.library.making import HOLIDAYS, PLAIN, county, numbers, obligation

KNOWN = library().obligations
ZHANGYE = Place(("6207", "62"), Level.PREFECTURE, {})
LIAOCHENG = Place(("3715", "37"), Level.PREFECTURE, {})
WUSU = Place(("654202", "6542", "65"), Level.COUNTY, {Condition.KEY_COUNTY: True, Condition.OTHER_COUNTY: False})
EMIN = Place(("654221", "6542", "65"), Level.COUNTY, {Condition.KEY_COUNTY: False, Condition.OTHER_COUNTY: True})
LITONG = Place(("640302", "6403", "64"), Level.COUNTY, {Condition.HAS_SCHOOLS: True})

PLACES = {"Zhangye": ZHANGYE, "Wusu": WUSU, "Emin": EMIN, "Litong": LITONG}

UNHURRIED = settings(deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow])


def made(asked: Obligation, place: Place, year: int, calendar: Calendar = PLAIN) -> tuple[Due, ...]:
    found = dues(asked, place, year, calendar)
    assert found.why_none is None, found.why_none
    return found.instances


def days(asked: Obligation, year: int, calendar: Calendar = PLAIN) -> list[date]:
    return [each.due_on for each in made(asked, county(), year, calendar)]


# once_by_date


@pytest.mark.parametrize(("code", "day"), [("TC-00a", date(2024, 6, 7)), ("TC-00b", date(2024, 11, 8))])
def test_a_report_with_a_day_is_due_once(code: str, day: date) -> None:
    (due,) = made(KNOWN[code], EMIN, 2024)
    assert (due.starts_on, due.ends_on, due.due_on, due.dated) == (date(2024, 1, 1), day, day, True)
    assert due.by is Role.RESPONSIBLE


def test_a_day_that_is_set_each_year_is_not_carried_over() -> None:
    found = dues(KNOWN["TC-00a"], EMIN, 2025, PLAIN)
    assert found.instances == ()
    assert str(found.why_none) == "2025 年的日期还没有确定，请在参数中填写。"


def test_without_a_day_the_end_of_the_year_stands_in() -> None:
    (due,) = made(KNOWN["ZY-13a"], ZHANGYE, 2028)
    assert (due.starts_on, due.ends_on, due.due_on, due.dated) == (
        date(2028, 1, 1), date(2028, 12, 31), date(2028, 12, 31), False,
    )  # fmt: skip


@pytest.mark.parametrize(("year", "day"), [(2028, date(2028, 2, 29)), (2027, date(2027, 2, 28))])
def test_a_leap_day_is_the_28th_in_other_years(year: int, day: date) -> None:
    assert days(obligation(Kind.ONCE, Measure("报告", "份", numbers=numbers(due_on="02-29"))), year) == [day]


@pytest.mark.parametrize(
    ("moves", "day"),
    [(None, date(2026, 10, 3)), (Moves.BEFORE, date(2026, 9, 30)), (Moves.AFTER, date(2026, 10, 5))],
)
def test_a_day_off_moves_where_the_rule_says_so(moves: Moves | None, day: date) -> None:
    measure = Measure("报告", "份", moves=moves, numbers=numbers(due_on="10-03"))
    assert days(obligation(Kind.ONCE, measure), 2026, HOLIDAYS) == [day]


def test_a_worked_saturday_does_not_move() -> None:
    measure = Measure("报告", "份", moves=Moves.BEFORE, numbers=numbers(due_on="10-10"))
    assert days(obligation(Kind.ONCE, measure), 2026, HOLIDAYS) == [date(2026, 10, 10)]


def test_a_day_never_moves_before_its_period() -> None:
    closed = Calendar({date(2027, 1, 1): False}, None)
    measure = Measure("报告", "份", moves=Moves.BEFORE, numbers=numbers(due_on="01-01"))
    assert days(obligation(Kind.ONCE, measure), 2027, closed) == [date(2027, 1, 1)]


# times_a_period


def test_twelve_consultations_a_year() -> None:
    found = made(KNOWN["ZY-06a"], ZHANGYE, 2028)
    assert [(each.number, each.due_on.month, each.due_on.day, each.needed) for each in found] == [
        (1, 1, 31, 1), (2, 2, 29, 1), (3, 3, 31, 1), (4, 4, 30, 1), (5, 5, 31, 1), (6, 6, 30, 1),
        (7, 7, 31, 1), (8, 8, 31, 1), (9, 9, 30, 1), (10, 10, 31, 1), (11, 11, 30, 1), (12, 12, 31, 1),
    ]  # fmt: skip


def test_one_or_two_special_inspections_a_year() -> None:
    (due,) = made(KNOWN["ZY-16b"], ZHANGYE, 2026)
    assert (due.needed, due.at_most, due.due_on, due.by) == (1, 2, date(2026, 12, 31), Role.LEAD)


def test_each_school_practises_once_a_year() -> None:
    (due,) = made(KNOWN["LT-04b"], LITONG, 2026)
    assert (due.needed, due.per) == (1, Of.SCHOOLS)


def test_the_proposed_oversight_falls_due_each_quarter() -> None:
    found = made(KNOWN["ZY-03b"], ZHANGYE, 2026)
    assert [(each.starts_on.month, each.ends_on.month, each.needed) for each in found] == [
        (1, 3, 1), (4, 6, 1), (7, 9, 1), (10, 12, 1),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("period", "count"),
    [(Period.YEAR, 1), (Period.HALF, 2), (Period.QUARTER, 4), (Period.MONTH, 12), (Period.WEEK, 53)],
)
def test_a_period_makes_as_many_instances_as_2026_has(period: Period, count: int) -> None:
    asked = obligation(Kind.TIMES, Measure("会议", "次", period=period, numbers=numbers(at_least=2)))
    assert [each.needed for each in made(asked, county(), 2026)] == [2] * count


def test_the_fifth_of_each_month_moves_to_the_working_day_before() -> None:
    measure = Measure("月报", "份", period=Period.MONTH, moves=Moves.BEFORE, numbers=numbers(at_least=1, due_day=5))
    found = days(obligation(Kind.TIMES, measure), 2026, HOLIDAYS)
    assert [each.day for each in found] == [5, 5, 5, 3, 5, 5, 3, 5, 4, 5, 5, 4]
    assert all(each.dated for each in made(obligation(Kind.TIMES, measure), county(), 2026))


def test_where_nobody_set_a_number_none_is_invented() -> None:
    (due,) = made(KNOWN["TC-03b"], Place(("6542", "65"), Level.PREFECTURE, {}), 2026)
    assert due.needed is None


def test_elsewhere_the_number_of_a_notice_does_not_hold() -> None:
    (due,) = made(KNOWN["ZY-16b"], LIAOCHENG, 2026)
    assert (due.needed, due.at_most) == (None, None)


# share_covered


def test_all_counties_within_the_year() -> None:
    (due,) = made(KNOWN["ZY-16e"], ZHANGYE, 2026)
    assert (due.share, due.needed, due.due_on) == (Decimal(1), None, date(2026, 12, 31))


def test_of_aspects_all_are_needed() -> None:
    assert [due.needed for code in ("TC-02a", "TC-12c") for due in made(KNOWN[code], WUSU, 2026)] == [3, 3]
    assert [due.needed for due in made(KNOWN["LC-02a"], county(), 2026)] == [4]


def test_a_share_that_nobody_set_is_unknown() -> None:
    (due,) = made(KNOWN["TC-09e"], WUSU, 2026)
    assert (due.share, due.needed) == (None, None)


# threshold


def test_an_observer_in_each_village() -> None:
    (due,) = made(KNOWN["TC-11b"], EMIN, 2026)
    assert (due.needed, due.per, due.due_on) == (1, Of.VILLAGES, date(2026, 12, 31))


def test_forces_of_key_counties() -> None:
    found = [made(KNOWN[code], WUSU, 2026)[0] for code in ("TC-14g", "TC-14h")]
    assert [(each.needed, each.at_most, each.per) for each in found] == [
        (30, 50, Of.TOWNSHIPS), (20, 30, Of.VILLAGES),
    ]  # fmt: skip


# standing


def test_a_standing_duty_runs_all_year() -> None:
    (due,) = made(KNOWN["TC-16a"], EMIN, 2028)
    assert (due.starts_on, due.ends_on, due.needed) == (date(2028, 1, 1), date(2028, 12, 31), None)


# response_within


def test_a_response_waits_for_its_trigger() -> None:
    found = dues(KNOWN["ZY-08a"], ZHANGYE, 2026, PLAIN)
    assert found.instances == ()
    assert str(found.why_none) == "不按日期到期：地震发生后才产生。"


@pytest.mark.parametrize("code", ["ZY-08b", "ZY-09b", "ZY-10a", "ZY-10b", "ZY-10c"])
def test_in_a_year_without_quakes_nobody_owes_what_follows_one(code: str) -> None:
    found = dues(KNOWN[code], ZHANGYE, 2026, PLAIN)
    assert (found.instances, "后才产生" in str(found.why_none)) == ((), True)


# where it does not apply


@pytest.mark.parametrize(
    "code", sorted(code for code, each in KNOWN.items() if Condition.KEY_COUNTY in each.conditions)
)
def test_what_key_counties_owe_does_not_apply_elsewhere(code: str) -> None:
    assert dues(KNOWN[code], WUSU, 2026, PLAIN).instances
    found = dues(KNOWN[code], EMIN, 2026, PLAIN)
    assert found.instances == ()
    assert "当年的重点县" in str(found.why_none)


def test_what_other_counties_owe_does_not_apply_to_key_counties() -> None:
    assert dues(KNOWN["TC-07b"], WUSU, 2026, PLAIN).instances == ()
    assert dues(KNOWN["TC-07b"], EMIN, 2026, PLAIN).instances


def test_a_county_without_villages_owes_no_observers() -> None:
    place = Place(EMIN.path, Level.COUNTY, {Condition.HAS_VILLAGES: False})
    found = dues(KNOWN["TC-11b"], place, 2026, PLAIN)
    assert (found.instances, str(found.why_none)) == ((), "不适用：只对符合以下条件的地方提出：有村（社区）。")


def test_what_nobody_knows_is_a_doubt_and_no_excuse() -> None:
    found = dues(KNOWN["TC-11b"], county(), 2026, PLAIN)
    assert len(found.instances) == 1
    assert [str(each) for each in found.doubts] == ["不清楚是否符合条件：有村（社区）。"]


def test_a_county_does_not_owe_what_the_prefecture_does() -> None:
    found = dues(KNOWN["ZY-06a"], Place(("620721", "6207", "62"), Level.COUNTY, {}), 2026, PLAIN)
    assert (found.instances, str(found.why_none)) == ((), "不适用：这项由地市承担。")


# every obligation, every year


@UNHURRIED
@given(st.sampled_from(sorted(KNOWN)), st.integers(2000, 2100), st.sampled_from(sorted(PLACES)))
def test_instances_lie_in_the_year_in_order_without_overlap(code: str, year: int, place: str) -> None:
    found = dues(KNOWN[code], PLACES[place], year, PLAIN)
    assert bool(found.instances) != (found.why_none is not None)
    assert [each.number for each in found.instances] == list(range(1, len(found.instances) + 1))
    assert all(date(year, 1, 1) <= each.starts_on <= each.due_on <= date(year, 12, 31) for each in found.instances)
    assert all(earlier.ends_on < later.starts_on for earlier, later in pairwise(found.instances))


@UNHURRIED
@given(st.sampled_from(Period), st.integers(2000, 2100), st.integers(1, 31), st.sampled_from([None, *Moves]))
def test_what_is_due_so_often_covers_the_year(period: Period, year: int, day: int, moves: Moves | None) -> None:
    measure = Measure("会议", "次", period=period, moves=moves, numbers=numbers(at_least=1, due_day=day))
    found = made(obligation(Kind.TIMES, measure), county(), year)
    assert (found[0].starts_on, found[-1].ends_on) == (date(year, 1, 1), date(year, 12, 31))
    assert all((later.starts_on - earlier.ends_on).days == 1 for earlier, later in pairwise(found))
    assert all(PLAIN.is_working(each.due_on) or each.due_on == each.starts_on for each in found if moves)


def test_a_response_made_for_a_test_has_its_trigger() -> None:
    asked = obligation(Kind.RESPONSE, Measure("报告", "次", trigger=Trigger.ANOMALY, immediately=True))
    assert str(dues(asked, county(), 2026, PLAIN).why_none) == "不按日期到期：接到异常报告后才产生。"
