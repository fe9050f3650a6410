"""The emergency of the sample, led through in the drill, and the consultations of the last three months."""

from datetime import date, timedelta
from functools import partial

from sqlalchemy import select

from inspect_app.core import clock
from inspect_app.demo.cast import PREFECTURE
from inspect_app.demo.quakes import DRILL_DAYS
from inspect_app.demo.stage import Stage
from inspect_app.emergencies import service as emergencies
from inspect_app.emergencies.models import Emergency
from inspect_app.opinions import service as opinions
from inspect_app.opinions.kinds import Kind
from inspect_app.opinions.rules import Paper
from inspect_app.quakes.models import Quake
from inspect_app.regions.queries import by_code

CONSULTED_DAYS = (78, 47, 17)
AXIS = 60


def stage_emergencies(stage: Stage) -> None:
    """Put the emergency and the consultations on stage."""
    drilled = stage.at(stage.today - timedelta(days=DRILL_DAYS), 0.3)
    stage.then(drilled, partial(_open, stage))
    stage.then(drilled + timedelta(hours=4), partial(_end, stage))
    for days in CONSULTED_DAYS:
        stage.then(stage.at(stage.today - timedelta(days=days), 0.4), partial(_consult, stage))


def _open(stage: Stage) -> None:
    quake = stage.session.scalars(select(Quake).where(Quake.exercise)).one()
    wish = emergencies.Wish(6, clock.today() + timedelta(days=15), AXIS)
    emergencies.open_emergency(stage.session, stage.actor("officer"), quake, wish)


def _end(stage: Stage) -> None:
    emergency = stage.session.scalars(select(Emergency)).one()
    emergencies.finish(stage.session, stage.actor("officer"), emergency, "end", "演练结束，先查名单已发各县核对。")


def _consult(stage: Stage) -> None:
    """Keep the consultation of a month and note that people were told."""
    session, officer, today = stage.session, stage.actor("officer"), clock.today()
    first = today.replace(day=1)
    paper = Paper(
        Kind.MONTHLY,
        today,
        f"{today.year} 年 {today.month} 月震情会商意见（示例）",
        "示例内容，不代表任何真实震情：本月地震活动水平平稳，未发现需要通报的异常。",
        first,
        _last_of(first),
        ("地区行署办公室（示例）", "地区应急管理局（示例）"),
    )
    opinion = opinions.keep(session, officer, by_code(session, PREFECTURE), paper)
    opinions.notify(session, officer, opinion, opinion.version)


def _last_of(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
