"""`flask campaigns draw|replay|coverage`: what an office puts on record, and anybody can check."""

import json
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import click
from flask.cli import AppGroup

from inspect_app.access.actor import SYSTEM, Actor
from inspect_app.accounts.queries import user_by_login
from inspect_app.accounts.sessions import actor_of
from inspect_app.campaigns import draws, queries, year, year_workbook
from inspect_app.campaigns.draw_limits import draw_limits
from inspect_app.campaigns.drawing import WHY_LABELS, Pool
from inspect_app.campaigns.models import Draw
from inspect_app.core import clock
from inspect_app.core.database import db, transaction
from inspect_app.core.errors import DomainError, Invalid
from inspect_app.core.frozen import thaw
from inspect_app.core.labels import mark
from inspect_app.regions.queries import by_code

campaigns = AppGroup("campaigns", help="督导方案：随机抽取、复演、覆盖情况。")
commands = (campaigns,)
AS_JSON = click.option("--json", "as_json", is_flag=True, help="输出 JSON。")


@campaigns.command("draw", help="为双随机方案抽取检查对象和检查人员；结果连同抽样库、规则和种子一起存档。")
@click.argument("campaign")
@click.option("--seed", default="", help="随机种子；不写则由系统生成并公布。")
@click.option("--share", help="抽取比例，如 0.1 或 10%；不写用定义文件中的比例。")
@click.option("--per-county", type=int, help="每县至少抽几个对象。")
@click.option("--reason", default="", help="重抽的原因；第一次抽取不用写。")
@click.option("--as", "login", metavar="USER", help="以哪个账号的身份抽取（登录名）；不写则记为系统。")
@AS_JSON
def draw_for(
    campaign: str,
    seed: str,
    share: str | None,
    per_county: int | None,
    reason: str,
    login: str | None,
    *,
    as_json: bool,
) -> None:
    """Draw and keep everything."""
    actor = _actor(login)
    rules = draw_limits().rules(clock.today(), _share(share), per_county)
    with transaction():
        found = queries.by_reference(db.session(), actor, campaign)
        kept = draws.make_draw(db.session(), actor, found, rules, seed=seed, reason=reason)
        told = draws.as_json(kept)
        lines = _told(kept)
    click.echo(json.dumps(told, ensure_ascii=False, indent=2) if as_json else lines)


@campaigns.command(
    "replay", help="复演一次抽取。抽样库、规则、种子不变则结果相同；库变了就拒绝并说明变在哪里（退出码 1）。"
)
@click.argument("draw")
@click.option(
    "--pool", "pool_file", type=click.Path(path_type=Path), help="用这个文件里的抽样库（公布的 JSON）来核对。"
)
@click.option("--kept", is_flag=True, help="只按存档的抽样库复演，不与现在的名录比较。")
@AS_JSON
def replay(draw: str, pool_file: Path | None, *, kept: bool, as_json: bool) -> None:
    """Repeat a draw, or refuse and say why."""
    known = draws.by_reference(db.session(), SYSTEM, draw)
    done = draws.replay(db.session(), known)
    changed = draws.replay_from(known, _pool(pool_file)) if pool_file else () if kept else done.changed
    problems = [str(each) for each in (*done.tampered, *changed)]
    if as_json:
        told = {"draw": draw, "same": not problems, "problems": problems, "result": known.result}
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(problems) if problems else f"复演一致。\n{_told(known)}")
    if problems:
        raise SystemExit(1)


@campaigns.command("coverage", help="一个地区一年的覆盖情况：专项检查次数，县、乡镇、检查对象各自的覆盖率。")
@click.option("--region", "region_code", required=True, help="区划代码，如 3715。")
@click.option("--year", "number", required=True, type=int, help="年份，如 2026。")
@click.option("--excel", "target", type=click.Path(path_type=Path), help="同时写出 Excel 文件。")
@AS_JSON
def coverage(region_code: str, number: int, target: Path | None, *, as_json: bool) -> None:
    """Print the figures that the page shows, and write the workbook that it gives."""
    session = db.session()
    known = year.year_of(session, by_code(session, region_code), number)
    if target:
        with target.open("wb") as out:
            year_workbook.write_year(known, SYSTEM, out)
    told = year.as_json(known, year.uncovered(session, known))
    click.echo(json.dumps(told, ensure_ascii=False, indent=2) if as_json else _figures(told))


def _share(text: str | None) -> Decimal | None:
    if text is None:
        return None
    try:
        number = Decimal(text.removesuffix("%")) / (100 if text.endswith("%") else 1)
    except InvalidOperation:
        number = Decimal(0)
    if not 0 < number <= 1:
        raise Invalid({"share": [mark("抽取比例应大于 0、不超过 100%，如 0.1 或 10%。")]})
    return number


def _actor(login: str | None) -> Actor:
    if login is None:
        return SYSTEM
    user = user_by_login(db.session(), login)
    if user is None or not user.active:
        raise DomainError("没有登录名为 %(login)s 的账号，或账号已停用。", login=login)
    return actor_of(user)


def _pool(path: Path) -> Pool:
    try:
        data: Any = json.loads(path.read_text("utf-8"))
        return thaw(Pool, data.get("pool", data))
    except (OSError, UnicodeDecodeError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise DomainError("文件 %(path)s 打不开，或不是公布的抽样库 JSON。", path=path) from error


def _told(kept: Draw) -> str:
    names = {each.key: each.name for each in draws.pool_in(kept).people}
    lines = [f"{kept.reference}　种子 {kept.seed}　校验码 {kept.pool_hash}"]
    for number, each in enumerate(draws.result_of(kept).drawn, 1):
        team = "、".join(names[key] for key in each.team) or "无可派人员"
        lines.append(f"{number}\t{each.reference}\t{WHY_LABELS[each.why]}\t{team}")
    return "\n".join(lines)


def _figures(told: dict[str, Any]) -> str:
    lines = [f"{told['name']} {told['year']} 年，截至 {told['until']}，专项检查 {told['special_inspections']} 次"]
    for name, label in (("counties", "县"), ("townships", "乡镇"), ("sites", "检查对象"), ("key_objects", "重点对象")):
        share = told[name]
        rate = "—" if share["rate"] is None else f"{Decimal(share['rate']) * 100:.1f}%"
        lines.append(f"{label}：{share['covered']} / {share['all']}（{rate}）")
    return "\n".join(lines)
