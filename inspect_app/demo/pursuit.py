"""What is chased in the sample: letters that went out, a hazard that is listed, samples that are looked back at."""

import random
from datetime import timedelta
from functools import partial

from sqlalchemy import select

from inspect_app.chasing import looking_back
from inspect_app.chasing.ladder import Ladder
from inspect_app.chasing.listings import Wish, follow_up
from inspect_app.chasing.loading import chasing
from inspect_app.chasing.looking_back import TaskFilter
from inspect_app.chasing.models import Listing
from inspect_app.chasing.rungs import take_many, take_rung
from inspect_app.chasing.samples import Period, draw_sample, pool_of
from inspect_app.core import clock
from inspect_app.demo.cast import PREFECTURE
from inspect_app.demo.stage import Stage
from inspect_app.hazards.service import take_step
from inspect_app.regions.queries import by_code

ROUND, MONTH = timedelta(days=5), timedelta(days=30)
FIRST, CHASED_FROM, LAST = timedelta(days=300), timedelta(days=120), timedelta(days=4)
CHASED = 0.7
LISTED_FOR = timedelta(days=120)
SEED = "塔城2026"


def stage_pursuit(stage: Stage) -> None:
    """Let the office chase what is late every few days, and draw and do look backs every month."""
    rng = random.Random(stage.seed)
    day = stage.today - CHASED_FROM
    while day <= stage.today - LAST:
        stage.then(stage.at(day, 0.95), partial(_chase, stage, rng))
        day += ROUND
    day = stage.today - FIRST
    while day <= stage.today:
        stage.then(stage.at(day, 0.97), partial(_look_back, stage))
        day += MONTH
    stage.then(stage.present - timedelta(hours=1), partial(_list_one, stage))


def _chase(stage: Stage, rng: random.Random) -> None:
    """Take most of what is due; some of it is left for another day, as it is in offices."""
    officer, ladder = stage.actor("officer"), Ladder(stage.session)
    for rung in chasing().rungs:
        if officer.can(rung.permission):
            due = ladder.page(officer, rung, None).rows
            chosen = [hazard.reference for hazard in due if rng.random() < CHASED]
            take_many(stage.session, officer, chosen, rung, note="请抓紧整改并书面说明原因。")


def _look_back(stage: Stage) -> None:
    officer, region, today = stage.actor("officer"), by_code(stage.session, PREFECTURE), clock.today()
    period = Period(today - MONTH, today)
    if pool_of(stage.session, region, period):
        draw_sample(stage.session, officer, region, period, f"{SEED}-{today:%m%d}")
    for task in looking_back.page(stage.session, officer, TaskFilter(until=today)).rows:
        if looking_back.is_open(task):
            facts = {"rebounded": False, "finding": "现场复看，没有反弹"}
            take_step(stage.session, stage.actor("inspector4"), task.hazard, "look_back", facts)


def _list_one(stage: Stage) -> None:
    """List the longest overdue hazard, publish the notice, and leave the report open."""
    leader, ladder = stage.actor("leader"), Ladder(stage.session)
    rung = next(rung for rung in chasing().rungs if rung.lists)
    hazards = ladder.page(leader, rung, None, size=1).rows
    if not hazards:
        return
    wish = Wish("prefecture", "长期逾期，督办、约谈后仍未整改", stage.today + LISTED_FOR)
    take_rung(stage.session, leader, hazards[0], rung, wish=wish)
    listing = stage.session.scalars(select(Listing).where(Listing.hazard_id == hazards[0].id)).one()
    follow_up(stage.session, leader, listing, "publish", clock.today(), "地区行署门户网站“挂牌督办”专栏")
