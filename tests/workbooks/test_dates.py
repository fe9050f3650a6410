"""The ways to write a date, and the ways not to."""

import math
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspect_app.workbooks.dates import DateContext, Doubt, Reading, next_year_fits, read_date, shifted

CONTEXT = DateContext(date(2024, 6, 28))
AHEAD = DateContext(date(2024, 6, 28), ahead=True)
SEVENTH = date(2024, 6, 7)

WRITTEN = """
    2024.6.7|2024-06-07|2024/6/7|2024年6月7日|2024年06月07号|20240607|24.6.7|24年6月7日|２０２４年６月７日|2024。6。7
    | 2024 年 6 月 7 日 |2024.06.07日|2024-06-07 00:00:00|2024/6/7 8:30|2024-06-07T08:30:00|2024年6月7日8时30分
    |2024年6月7日（星期五）|2024年6月7日前|2024年6月7日前完成|二〇二四年六月七日|45450|45450.5|2024. 6. 7|2024、6、7
"""


@pytest.mark.parametrize("text", WRITTEN.split("|"))
def test_every_usual_way_to_write_a_date_is_read(text: str) -> None:
    assert read_date(text, CONTEXT) == Reading(SEVENTH)


@pytest.mark.parametrize("cell", [SEVENTH, datetime(2024, 6, 7, 23, 59), 45450, 45450.5, 20240607, 20240607.0])  # noqa: DTZ001
def test_cells_that_are_no_texts_are_read(cell: object) -> None:
    assert read_date(cell, CONTEXT) == Reading(SEVENTH)


@pytest.mark.parametrize("text", ["6月7日", "6.7", "6/7", "6-7", "六月七日", "06月07日"])
def test_a_date_without_a_year_takes_the_reports_and_says_so(text: str) -> None:
    assert read_date(text, CONTEXT) == Reading(SEVENTH, Doubt.INFERRED)


def test_a_day_far_after_the_report_was_last_year() -> None:
    assert read_date("12月28日", CONTEXT).day == date(2023, 12, 28)
    assert read_date("7月29日", CONTEXT).day == date(2024, 7, 29)
    assert read_date("7月30日", CONTEXT).day == date(2023, 7, 30)


def test_a_deadline_may_lie_ahead() -> None:
    assert read_date("12月28日", AHEAD).day == date(2024, 12, 28)


IMPOSSIBLE = ["2024.4.31", "2024.13.5", "2024年2月30日", "20240631", "2月30日", "2024.6.5-6.7", "?"]


@pytest.mark.parametrize("text", [*IMPOSSIBLE, True, 0, -3, math.inf, math.nan])
def test_a_day_that_does_not_exist_is_invalid(text: object) -> None:
    assert read_date(text, CONTEXT) == Reading(doubt=Doubt.INVALID)


@pytest.mark.parametrize("cell", [6.1, 6.2, 12.3, 13.111, 240607, "12/7/24", 7, 61000.5])
def test_what_can_mean_two_days_means_none(cell: object) -> None:
    assert read_date(cell, CONTEXT) == Reading(doubt=Doubt.AMBIGUOUS)


@pytest.mark.parametrize(("cell", "day"), [(6.15, 15), (6.4, 4), (6.25, 25)])
def test_a_number_that_can_only_be_one_day_is_that_day(cell: float, day: int) -> None:
    assert read_date(cell, CONTEXT) == Reading(date(2024, 6, day), Doubt.INFERRED)


@pytest.mark.parametrize(
    "text", ["立行立改", "长期坚持", "六月底前", "6月底前", "收到通知后15日内", "每月1日", "2023年底"]
)
def test_words_are_no_date(text: str) -> None:
    assert read_date(text, CONTEXT) == Reading(doubt=Doubt.TEXT)


@pytest.mark.parametrize("cell", ["2024年6月", "2024-06", "2024.6", "202406", 202406])
def test_a_month_is_incomplete(cell: object) -> None:
    assert read_date(cell, CONTEXT) == Reading(doubt=Doubt.INCOMPLETE)


@pytest.mark.parametrize("text", ["", " ", "/", "—", "无", "\u3000"])
def test_nothing_is_nothing(text: str) -> None:
    assert read_date(text, CONTEXT) == Reading()


def test_the_1904_calendar_counts_from_another_day() -> None:
    assert read_date(45450 - 1462, DateContext(date(2024, 6, 28), date1904=True)).day == SEVENTH


FORMS = [
    "{0}-{1:02}-{2:02}",
    "{0}.{1}.{2}",
    "{0}/{1}/{2}",
    "{0}年{1}月{2}日",
    "{0}{1:02}{2:02}",
    " {0} 年 {1} 月 {2} 日",
]


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.sampled_from(FORMS))
def test_a_written_day_is_read_as_that_day(day: date, form: str) -> None:
    assert read_date(form.format(day.year, day.month, day.day), CONTEXT) == Reading(day)


@given(st.integers(0, 99), st.integers(0, 40), st.sampled_from(".-/"))
def test_an_impossible_day_is_never_read_as_another(month: int, day: int, mark: str) -> None:
    reading = read_date(f"2024{mark}{month}{mark}{day}", CONTEXT)
    assert reading.day is None or (reading.day.month, reading.day.day) == (month, day)


@given(st.text(max_size=12))
def test_no_text_breaks_the_reader(text: str) -> None:
    reading = read_date(text, CONTEXT)
    assert reading.day is None or any(letter.isnumeric() for letter in text)


def test_a_deadline_set_in_december_for_january_is_next_years() -> None:
    assert next_year_fits(date(2024, 1, 15), date(2024, 12, 20))
    assert not next_year_fits(date(2024, 5, 10), date(2024, 5, 20))
    assert not next_year_fits(date(2024, 5, 30), date(2024, 5, 20))


def test_the_leap_day_moves_to_the_28th() -> None:
    assert shifted(date(2024, 2, 29), 2023) == date(2023, 2, 28)


@pytest.mark.parametrize(
    ("text", "day", "doubt"),
    [
        ("6月底", date(2024, 6, 30), Doubt.INFERRED),
        ("六月底前", date(2024, 6, 30), Doubt.INFERRED),
        ("2025年2月底", date(2025, 2, 28), Doubt.MONTH_END),
        ("2024年12月末前完成", date(2024, 12, 31), Doubt.MONTH_END),
        ("13月底", None, Doubt.INVALID),
        ("6月中旬", None, Doubt.TEXT),
        ("年底", None, Doubt.TEXT),
    ],
)
def test_a_deadline_at_the_end_of_a_month_is_its_last_day(text: str, day: date | None, doubt: Doubt) -> None:
    assert read_date(text, AHEAD) == Reading(day, doubt)


def test_nothing_is_found_at_the_end_of_a_month() -> None:
    assert read_date("6月底", CONTEXT) == Reading(doubt=Doubt.TEXT)
    assert read_date("2024年6月底", CONTEXT) == Reading(doubt=Doubt.INCOMPLETE)
