"""The bulletins of the sample: a round and a month told of, a month corrected, and the present one still a draft."""

from datetime import date, timedelta
from functools import partial

from sqlalchemy import select

from inspect_app.bulletins import service
from inspect_app.bulletins.models import Bulletin
from inspect_app.bulletins.service import Wish
from inspect_app.core import clock
from inspect_app.demo.campaigns import SPRING_ENDS
from inspect_app.demo.cast import PREFECTURE
from inspect_app.demo.stage import Stage
from inspect_app.documents import service as documents
from inspect_app.regions.queries import by_code

MONTHLY, ROUND = "monthly", "campaign"
FIFTH = 5
MORE = "对逾期三十天以上的隐患，地区将派员现场督办。"


def stage_bulletins(stage: Stage) -> None:
    """Put the bulletins on stage: one of the round that is over, and those of the last months on the fifth."""
    today = stage.today
    stage.then(stage.at(today - timedelta(days=SPRING_ENDS - 24), 0.5), partial(_round, stage))
    this = today.replace(day=1)
    last = (this - timedelta(days=1)).replace(day=1)
    before = (last - timedelta(days=1)).replace(day=1)
    stage.then(stage.at(last.replace(day=FIFTH), 0.6), partial(_month, stage, before))
    stage.then(stage.at(last.replace(day=FIFTH + 1), 0.6), partial(_correct, stage))
    stage.then(stage.at(this.replace(day=FIFTH), 0.6), partial(_month, stage, last))
    stage.then(stage.present, partial(_draft, stage, this))


def _round(stage: Stage) -> None:
    """Tell of the round that was closed some days ago."""
    region = by_code(stage.session, PREFECTURE)
    wish = Wish(ROUND, region, campaign=stage.campaigns[0])
    _issue(stage, service.begin(stage.session, stage.actor("officer"), wish))


def _month(stage: Stage, month: date) -> None:
    region = by_code(stage.session, PREFECTURE)
    _issue(stage, service.begin(stage.session, stage.actor("officer"), Wish(MONTHLY, region, month)))


def _correct(stage: Stage) -> None:
    """Correct the last one: a sentence had been left out."""
    old = _latest(stage)
    officer = stage.actor("officer")
    new = service.correct(stage.session, officer, old, "漏写了现场督办的要求。")
    told = {**new.texts, "requirement": f"{new.texts['requirement']}\n{MORE}"}
    service.write(stage.session, officer, new, new.version, told)
    _issue(stage, new)


def _draft(stage: Stage, month: date) -> None:
    region = by_code(stage.session, PREFECTURE)
    service.begin(stage.session, stage.actor("officer2"), Wish(MONTHLY, region, month))


def _issue(stage: Stage, bulletin: Bulletin) -> None:
    document = service.send(stage.session, stage.actor("officer"), bulletin, bulletin.version)
    with clock.set_to(clock.now() + timedelta(minutes=20)):
        documents.issue(stage.session, stage.actor("leader"), document, document.version)


def _latest(stage: Stage) -> Bulletin:
    return stage.session.scalars(select(Bulletin).order_by(Bulletin.id.desc()).limit(1)).one()
