"""Scores kept at the end of each month of the year, by the assessor of the sample."""

from datetime import date, timedelta

from inspect_app.assessments.service import run
from inspect_app.demo.cast import PREFECTURE
from inspect_app.demo.stage import Stage
from inspect_app.regions.queries import by_code

SCHEME = "DEFAULT"


def stage_scores(stage: Stage) -> None:
    """Let the assessor keep the scores of every county on the last day of each month that has ended this year."""
    for month in range(2, stage.today.month + 1):
        last = date(stage.today.year, month, 1) - timedelta(days=1)
        stage.then(stage.at(last, 1), lambda: _keep(stage))


def _keep(stage: Stage) -> None:
    run(stage.session, stage.actor("assessor"), SCHEME, str(stage.today.year), by_code(stage.session, PREFECTURE).id)
