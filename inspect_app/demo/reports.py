"""Months in which counties found nothing new and said so: mostly in time, some late, some not at all."""

import random
from datetime import date, timedelta

from inspect_app.core.workdays import Calendar, load_calendar
from inspect_app.demo.cast import COUNTIES
from inspect_app.demo.imports import MESSY, SENT
from inspect_app.demo.stage import Stage
from inspect_app.regions.queries import by_code
from inspect_app.returns.expecting.loading import HAZARDS, owed_of
from inspect_app.returns.expecting.rules import Every, Period, due_on, period_of, proposed_period, stand
from inspect_app.returns.expecting.service import report_zero

MONTHS = 10
LATEST = 9


def stage_reports(stage: Stage) -> None:
    """Let the counties report months without new hazards, as far as they did not send a workbook."""
    what, calendar = owed_of(HAZARDS), load_calendar(stage.session)
    if what is None or what.every != Every.MONTH:
        return
    rng = random.Random(stage.seed)
    for temper in COUNTIES:
        for period in _months(stage.today):
            due, share = due_on(period, what.due_day, calendar), rng.random()
            on = _day(period, due, rng, late=share >= temper.prompt)
            reports = share < temper.prompt + temper.late and on < stage.today
            if reports and not _sent(stage, temper.code, period, what.due_day, calendar):
                stage.then(
                    stage.at(on, rng.random()),
                    lambda code=temper.code, period=period: _report(stage, code, period),  # type: ignore[misc]
                )


def _months(today: date) -> list[Period]:
    months, day = [], today
    for _ in range(MONTHS):
        day = day.replace(day=1) - timedelta(days=1)
        months.append(period_of(Every.MONTH, day))
    return months


def _day(period: Period, due: date, rng: random.Random, *, late: bool) -> date:
    if late:
        return due + timedelta(days=rng.randint(1, LATEST))
    return period.end + timedelta(days=rng.randint(1, (due - period.end).days))


def _sent(stage: Stage, code: str, period: Period, due_day: int, calendar: Calendar) -> bool:
    days = SENT.get(code)
    on = stage.today - timedelta(days=days) if days else None
    return on is not None and proposed_period(Every.MONTH, due_day, on, calendar) == period


def _report(stage: Stage, code: str, period: Period) -> None:
    cell = stand((), period.end, period.end)
    clerk = stage.actor("clerk" if code == MESSY else f"clerk-{code}")
    report_zero(stage.session, clerk, by_code(stage.session, code), period, cell, sure=True)
