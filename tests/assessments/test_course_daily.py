from datetime import timedelta

from flask import Flask

from inspect_app.assessments.course import daily
from inspect_app.assessments.course.blockers import blockers
from inspect_app.assessments.lifecycle import REVIEWING, SELF_REPORTING
from inspect_app.core import clock
from inspect_app.core.database import transaction
from inspect_app.hazards.words import State
from inspect_app.regions.queries import by_code
from tests.assessments.course import WUSU, Year, dates, open_year, small_scheme
from tests.reporting.stock import closed, days, put


def later(year: Year) -> Year:
    """Open a second assessment, whose dates lie ahead: self-report in 2 days, data frozen in 4."""
    from dataclasses import replace

    return open_year(year.session, year.users, dates(clock.today(), 2, 4, 9), replace(small_scheme(), code="LATER"))


def test_until_the_freeze_date_every_day_brings_newer_figures(year: Year) -> None:
    ahead = later(year)
    before = dict(ahead.line("A-1").computed or {})
    with transaction():
        closed(year.session, by_code(year.session, WUSU))
    with clock.set_to(clock.start_of(days(1))):
        said = daily.run_day()
    assert f"{ahead.reference}：已按今天的数据重新计算" in said
    now = ahead.line("A-1").computed or {}
    assert (now["numerator"], now["denominator"]) == (before["numerator"] + 1, before["denominator"] + 1)


def test_the_self_report_ends_and_the_data_freeze_by_the_days_alone(year: Year) -> None:
    ahead = later(year)
    ahead.step("assessor", "begin")
    with clock.set_to(clock.start_of(days(2))):
        daily.run_day()
        assert ahead.assessment.state == SELF_REPORTING
    with clock.set_to(clock.start_of(days(3))):
        daily.run_day()
        assert ahead.assessment.state == REVIEWING
        assert ahead.assessment.frozen_at is None
    with clock.set_to(clock.start_of(days(5))):
        assert f"{ahead.reference}：数据已冻结" in daily.run_day()
        assert ahead.assessment.frozen_at == clock.now()


def test_what_comes_after_freezing_is_not_counted(year: Year) -> None:
    ahead = later(year)
    with clock.set_to(clock.start_of(days(5))):
        daily.run_day()
        frozen = dict(ahead.line("A-1").computed or {})
        with transaction():
            put(year.session, by_code(year.session, WUSU), State.RECTIFYING, due_on=days(-1))
        daily.run_day()
        assert ahead.line("A-1").computed == frozen


def test_the_daily_command_may_be_repeated(app: Flask, year: Year) -> None:
    runner = app.test_cli_runner()
    first, second = (runner.invoke(args=["assessments", "daily"]) for _ in range(2))
    assert first.exit_code == second.exit_code == 0
    assert year.reference in first.output
    assert [each.kind for each in blockers(year.session, year.assessment)].count("unsent") == 7
    with clock.set_to(clock.now() + timedelta(days=30)):
        runner.invoke(args=["assessments", "daily"])
        assert "重新计算" not in runner.invoke(args=["assessments", "daily"]).output
