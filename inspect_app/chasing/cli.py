"""`flask chasing due|look-back|replay`: what is due to be done, and samples that anybody can repeat."""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import click
from flask.cli import AppGroup
from sqlalchemy import select

from inspect_app.access.actor import SYSTEM, Actor
from inspect_app.accounts.queries import user_by_login
from inspect_app.accounts.sessions import actor_of
from inspect_app.chasing import listing_lists, looking_back, samples
from inspect_app.chasing.definition import LEVEL_LABELS, Rung
from inspect_app.chasing.ladder import Ladder
from inspect_app.chasing.listing_lists import Shown, Which
from inspect_app.chasing.listings import FOLLOW_UPS
from inspect_app.chasing.looking_back import TaskFilter
from inspect_app.chasing.models import LookBackSample, LookBackTask
from inspect_app.chasing.rules import falls_on
from inspect_app.chasing.samples import Period, draw_sample, pool_in, pool_of
from inspect_app.core import clock
from inspect_app.core.database import db, transaction
from inspect_app.core.errors import DomainError, Invalid
from inspect_app.core.labels import mark
from inspect_app.hazards.models import Hazard
from inspect_app.regions.levels import Level
from inspect_app.regions.models import Region
from inspect_app.regions.queries import by_code, covers

chasing = AppGroup("chasing", help="督办：到期应办的措施、挂牌后续、回头看抽样。")
commands = (chasing,)
AS_JSON = click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
DAY = click.DateTime(["%Y-%m-%d"])
MONTH = timedelta(days=30)
PORTION = 500


@chasing.command("due", help="列出今天到期应办的督办措施、挂牌后的报备和公布、回头看。什么都不改变。")
@click.option("--region", "code", help="区划代码；不写为全部。")
@AS_JSON
def due(code: str | None, *, as_json: bool) -> None:
    """Print what is due."""
    session = db.session()
    region = by_code(session, code) if code else None
    ladder, key = Ladder(session), region.id if region else None
    told = {
        "as_of": ladder.today.isoformat(),
        "region": region.code if region else None,
        "rungs": [_rung(ladder, rung, key) for rung in ladder.definition.rungs],
        "listings": [_listing(each) for each in _awaited() if key is None or _lies_in(each, key)],
        "look_backs": [_task(each) for each in _tasks(key, ladder.today)],
    }
    click.echo(json.dumps(told, ensure_ascii=False, indent=2) if as_json else _due_text(told))


@chasing.command("look-back", help="从销号的隐患中抽取回头看的：重大的全部，一般的按比例。同样的种子再抽，结果不变。")
@click.option("--seed", default="", help="随机种子；不写则由系统生成并公布。")
@click.option("--region", "code", help="区划代码；不写则每个有销号隐患的地市各抽一份。")
@click.option("--from", "start", type=DAY, help="销号日期自；不写为 30 天前。")
@click.option("--to", "end", type=DAY, help="销号日期至；不写为今天。")
@click.option("--as", "login", metavar="USER", help="以哪个账号的身份抽取（登录名）；不写则记为系统。")
@AS_JSON
def look_back(seed: str, code: str | None, start: Any, end: Any, login: str | None, *, as_json: bool) -> None:  # noqa: ANN401 - options
    """Draw, keep everything, and print the sample."""
    last = end.date() if end else clock.today()
    period = Period(start.date() if start else last - MONTH, last)
    with transaction():
        session, actor = db.session(), _actor(login)
        regions = [by_code(session, code)] if code else _prefectures(period, seed)
        if not regions:
            raise Invalid({"": [mark("这段时间没有销号的隐患可抽：没有销号，或都已进过以前的抽样。请改换起止日期。")]})
        made = [_sample(draw_sample(session, actor, region, period, seed)) for region in regions]
    click.echo(json.dumps({"samples": made}, ensure_ascii=False, indent=2) if as_json else _samples_text(made))


@chasing.command("replay", help="按存档的抽样库和种子重新抽取一次；与任务不符则说明并以 1 退出。")
@click.argument("reference")
@AS_JSON
def replay(reference: str, *, as_json: bool) -> None:
    """Repeat a sample."""
    kept = samples.by_reference(db.session(), SYSTEM, reference)
    problems = [str(each) for each in samples.replay(db.session(), kept)]
    told = {"sample": reference, "same": not problems, "problems": problems}
    click.echo(json.dumps(told, ensure_ascii=False, indent=2) if as_json else "\n".join(problems) or "复演一致。")
    if problems:
        raise SystemExit(1)


def _rung(ladder: Ladder, rung: Rung, region_id: int | None) -> dict[str, Any]:
    found = [_hazard(ladder, rung, hazard) for hazard in _every(ladder, rung, region_id)]
    return {"code": rung.code, "name": rung.name, "colour": rung.colour, "count": len(found), "hazards": found}


def _every(ladder: Ladder, rung: Rung, region_id: int | None) -> Iterator[Hazard]:
    after: str | None = ""
    while after is not None:
        part = ladder.page(SYSTEM, rung, region_id, after, PORTION)
        yield from part.rows
        after = part.after


def _hazard(ladder: Ladder, rung: Rung, hazard: Hazard) -> dict[str, Any]:
    assert hazard.due_on is not None  # noqa: S101 - a rung falls after a due date
    return {
        "reference": hazard.reference,
        "county": hazard.county.code,
        "state": hazard.state,
        "due_on": hazard.due_on.isoformat(),
        "overdue_days": (ladder.today - hazard.due_on).days,
        "falls_on": falls_on(rung, hazard.due_on, ladder.calendar).isoformat(),
    }


def _awaited() -> Iterator[Shown]:
    before: int | None = None
    while rows := listing_lists.page(db.session(), SYSTEM, Which.FOLLOW_UP, before, PORTION):
        yield from rows
        before = rows[-1].listing.id


def _lies_in(each: Shown, region_id: int) -> bool:
    return covers(db.session(), region_id, each.listing.hazard.county_id)


def _listing(each: Shown) -> dict[str, Any]:
    awaited = [{"what": one.what, "by": one.by.isoformat(), "late": one.late} for one in each.awaited]
    level = LEVEL_LABELS.get(each.listing.level, each.listing.level)
    return {"hazard": each.listing.hazard.reference, "level": level, "awaited": awaited}


def _tasks(region_id: int | None, today: date) -> Iterator[LookBackTask]:
    after: str | None = ""
    while after is not None:
        wanted = TaskFilter(until=today, region_id=region_id)
        part = looking_back.page(db.session(), SYSTEM, wanted, after, PORTION)
        yield from part.rows
        after = part.after


def _task(task: LookBackTask) -> dict[str, Any]:
    return {"hazard": task.hazard.reference, "after_days": task.after_days, "due_on": task.due_on.isoformat()}


def _sample(sample: LookBackSample) -> dict[str, Any]:
    rows = select(LookBackTask).join(Hazard).where(LookBackTask.sample_id == sample.id)
    tasks = db.session.scalars(rows.order_by(Hazard.reference, LookBackTask.after_days))
    return {
        "reference": sample.reference,
        "region": db.session.get_one(Region, sample.region_id).code,
        "from": sample.start.isoformat(),
        "to": sample.end.isoformat(),
        "seed": sample.seed,
        "rules": sample.rules,
        "pool": [each.reference for each in pool_in(sample)],
        "pool_hash": sample.pool_hash,
        "tasks": [_task(each) for each in tasks],
    }


def _prefectures(period: Period, seed: str) -> list[Region]:
    """Return the prefectures with something to draw from, or with this very sample kept already."""
    session = db.session()
    every = session.scalars(select(Region).where(Region.level == Level.PREFECTURE).order_by(Region.code)).all()
    return [each for each in every if pool_of(session, each, period) or samples.kept(session, each, period, seed)]


def _actor(login: str | None) -> Actor:
    if login is None:
        return SYSTEM
    user = user_by_login(db.session(), login)
    if not user.active:
        raise DomainError("账号 %(login)s 已停用。", login=login)
    return actor_of(user)


def _due_text(told: dict[str, Any]) -> str:
    lines = [f"截至 {told['as_of']}"]
    for rung in told["rungs"]:
        lines.append(f"{rung['name']}：{rung['count']} 条")
        lines += [f"  {each['reference']}　超期 {each['overdue_days']} 天" for each in rung["hazards"]]
    for each in told["listings"]:
        wanted = "，".join(f"{FOLLOW_UPS[one['what']]} {one['by']} 前" for one in each["awaited"])
        lines.append(f"{each['level']}挂牌 {each['hazard']}：{wanted}")
    lines += [f"回头看 {each['hazard']}：应于 {each['due_on']}" for each in told["look_backs"]]
    return "\n".join(lines)


def _samples_text(made: list[dict[str, Any]]) -> str:
    lines = []
    for each in made:
        lines.append(f"{each['reference']}　{each['region']}　种子 {each['seed']}　抽样库 {len(each['pool'])} 条")
        lines += [f"  {task['hazard']}　{task['due_on']}（销号后 {task['after_days']} 天）" for task in each["tasks"]]
    return "\n".join(lines)
