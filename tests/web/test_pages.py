from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from flask import Flask, render_template_string
from jinja2 import UndefinedError

from inspect_app.web import pages


def test_days_are_written_as_in_tables() -> None:
    assert pages.day(date(2026, 11, 19)) == "2026-11-19"
    assert pages.day(None) == "—"


def test_an_instant_is_shown_in_local_time() -> None:
    late = datetime(2026, 11, 19, 17, 30, tzinfo=UTC)
    assert pages.instant(late) == "2026-11-20 01:30"
    assert pages.day(late) == "2026-11-20"
    assert pages.instant(None) == "—"


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (Decimal("5.5135"), "5.51"),
        (Decimal("2.825"), "2.83"),
        (18, "18.0"),
        (Decimal("9.40"), "9.4"),
        (0, "0.0"),
        (None, "—"),
    ],
)
def test_points_are_rounded_half_up_when_shown(value: Decimal | int | None, shown: str) -> None:
    assert pages.points(value) == shown


@pytest.mark.parametrize(
    ("value", "shown"), [(Decimal("0.8"), "80.0%"), (1, "100.0%"), (Decimal(1) / 12, "8.3%"), (None, "—")]
)
def test_an_unknown_rate_is_a_dash_never_a_hundred(value: Decimal | int | None, shown: str) -> None:
    assert pages.percent(value) == shown


def test_amounts_and_counts(app: Flask) -> None:
    with app.test_request_context():
        assert pages.money(Decimal("18.60")) == "18.6 万元"
        assert pages.money(1200) == "1,200 万元"
    assert pages.whole(12345) == "12,345"


@pytest.mark.usefixtures("clock")
def test_the_frame_tells_the_day_of_the_week(app: Flask) -> None:
    with app.test_request_context():
        assert render_template_string("{{ chrome.today|long_day }} {{ chrome.weekday }}") == "2026 年 6 月 15 日 星期一"


def test_a_name_that_no_view_gave_may_be_tested_but_not_shown(app: Flask) -> None:
    with app.test_request_context():
        assert render_template_string("{% if refusal %}x{% endif %}") == ""
        with pytest.raises(UndefinedError):
            render_template_string("{{ refusal }}")
