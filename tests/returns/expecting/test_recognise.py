"""What a file says of its own period."""

from datetime import date

from inspect_app.returns.expecting.recognise import days_said, months_said


def test_whole_dates_of_title_lines_are_found_in_every_writing() -> None:
    texts = ["截至2026年6月30日", "填报日期：2026.7.1", "2026-07-02", "2026/7/3", "2026年13月1日", "（6月）"]
    assert days_said(texts) == [date(2026, 6, 30), date(2026, 7, 1), date(2026, 7, 2), date(2026, 7, 3)]


def test_months_of_titles_and_names_are_found_and_those_of_dates_are_not() -> None:
    assert months_said(["甘州区6月隐患台账"]) == {6}
    assert months_said(["2026年12月份隐患整改台账"]) == {12}
    assert months_said(["填报日期：2026年7月1日"]) == set()
    assert months_said(["隐患台账"]) == set()
