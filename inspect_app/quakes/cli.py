"""`flask quakes`: recording an earthquake from a shell, and keys for systems that post them."""

from datetime import datetime
from decimal import Decimal, InvalidOperation

import click
from flask.cli import AppGroup, with_appcontext

from inspect_app.access.actor import SYSTEM
from inspect_app.core import clock as time
from inspect_app.core.database import db, transaction
from inspect_app.quakes import service, tokens
from inspect_app.quakes.service import Told
from inspect_app.regions.queries import by_code

quakes = AppGroup("quakes", help="震情：登记地震，给速报系统发放令牌。")
commands = (quakes,)


@quakes.command("record", help="登记一次地震，规定的时限立即开始计时。--id 相同的再次登记不改变任何内容。")
@click.option("--region", required=True, help="登记到哪个地级，写区划代码，如 6542。")
@click.option("--county", help="震中所在县（市、区）的区划代码；在外地的不写。")
@click.option("--at", required=True, help="发震时刻，北京时间，如 2026-06-15T10:00:00。")
@click.option("--longitude", required=True, help="东经，十进制度。")
@click.option("--latitude", required=True, help="北纬，十进制度。")
@click.option("--magnitude", required=True, help="震级，一位小数。")
@click.option("--depth", help="震源深度，千米。")
@click.option("--place", required=True, help="参考位置。")
@click.option("--source", required=True, help="参数来源。")
@click.option("--exercise", is_flag=True, help="演练，不计入统计。")
@click.option("--id", "external_id", help="来源系统中的编号。")
@with_appcontext
def record(  # noqa: PLR0913 - one argument an option
    *,
    region: str,
    county: str | None,
    at: str,
    longitude: str,
    latitude: str,
    magnitude: str,
    depth: str | None,
    place: str,
    source: str,
    exercise: bool,
    external_id: str | None,
) -> None:
    """Record an earthquake and name its clocks."""
    session = db.session()
    with transaction():
        told = Told(
            by_code(session, region), _instant(at), _number(longitude), _number(latitude), place, _number(magnitude),
            source, _number(depth) if depth else None,
            by_code(session, county) if county else None, exercise, external_id,
        )  # fmt: skip
        quake, fresh = service.record(session, SYSTEM, told)
        click.echo(f"{quake.reference}　{'已登记' if fresh else '以前登记过，没有改动'}")
        for clock in quake.clocks:
            limit = f"{time.local(clock.due_at):%Y-%m-%d %H:%M:%S}" if clock.due_at else "没有规定时限"
            click.echo(f"{clock.code}　{clock.region.name}　{limit}")


@quakes.command("token", help="给一个速报系统发放令牌；只显示这一次。")
@click.option("--region", required=True, help="登记到哪个地级，写区划代码。")
@click.option("--name", required=True, help="给哪个系统用。")
@with_appcontext
def token(region: str, name: str) -> None:
    """Make a key and show it."""
    with transaction():
        made = tokens.make(db.session(), SYSTEM, by_code(db.session(), region), name)
    click.echo(f"{made}\n请立即保存，系统只存摘要。用法：POST /api/quakes，Authorization: Bearer 令牌。")


@quakes.command("tokens", help="列出发放过的令牌。")
@with_appcontext
def listed() -> None:
    """List the keys without what opens them."""
    for each in tokens.listed(db.session()):
        standing = f"{time.local(each.ended_at):%Y-%m-%d} 停用" if each.ended_at else "在用"
        click.echo(f"{each.id}　{each.region.name}　{each.name}　{time.local(each.made_at):%Y-%m-%d} 发放　{standing}")


@quakes.command("end-token", help="停用一个令牌，写 flask quakes tokens 列出的编号。")
@click.argument("number", type=int)
@with_appcontext
def end_token(number: int) -> None:
    """End a key for good."""
    with transaction():
        name = tokens.end(db.session(), SYSTEM, number).name
    click.echo(f"已停用：{name}")


def _instant(text: str) -> datetime:
    try:
        told = datetime.fromisoformat(text)
    except ValueError:
        raise click.BadParameter("应写成 2026-06-15T10:00:00", param_hint="--at") from None
    return told if told.tzinfo else told.replace(tzinfo=time.LOCAL)


def _number(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:
        msg = f"{text} 不是数"
        raise click.BadParameter(msg) from None
