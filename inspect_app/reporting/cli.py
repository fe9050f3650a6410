"""`flask ledger export`: the rectification ledger from the command line."""

from pathlib import Path

import click
from flask.cli import AppGroup

from inspect_app.access.actor import SYSTEM, Actor
from inspect_app.accounts.queries import user_by_login
from inspect_app.accounts.sessions import actor_of
from inspect_app.core.database import db
from inspect_app.core.errors import DomainError, Invalid, NotFound
from inspect_app.hazards.filters import HazardFilter
from inspect_app.hazards.words import STATE_LABELS, State
from inspect_app.regions.queries import by_code, covers
from inspect_app.reporting.ledger import export

ledger = AppGroup("ledger", help="整改台账。")


@ledger.command(
    "export", help="导出整改台账（.xlsx）。可写多个状态：--state closed rectifying，英文代号或中文名称均可。"
)
@click.option("--region", "region_code", required=True, help="区划代码：导出该区划及其以下的隐患。")
@click.option("--out", "target", required=True, type=click.Path(path_type=Path, dir_okay=False), help="写到哪个文件。")
@click.option("--state", "states", multiple=True, help="只导出这些状态，可重复；不写则导出全部。")
@click.option("--as", "login", help="以这个账号的可见范围导出；不写则不限范围。")
@click.argument("more_states", nargs=-1, metavar="[STATE]...")
def export_ledger(
    region_code: str, target: Path, states: tuple[str, ...], login: str | None, more_states: tuple[str, ...]
) -> None:
    """Write the ledger of a region beside the target, and put it in place once it is whole."""
    actor = actor_of(user_by_login(db.session(), login)) if login else SYSTEM
    if more_states and not states:
        raise Invalid({"": [f"多余的参数：{'、'.join(more_states)}。状态请写在 --state 之后。"]}, "命令写法有误。")
    wanted = HazardFilter(
        region_id=_region_id(actor, region_code), states=frozenset(_state(text) for text in states + more_states)
    )
    count = _write(actor, wanted, target)
    click.echo(f"已导出 {count} 项：{target}")


def _region_id(actor: Actor, code: str) -> int:
    region = by_code(db.session(), code)
    seen = actor.role is None or (actor.view_region_id and covers(db.session(), actor.view_region_id, region.id))
    if not seen:
        raise NotFound("该账号看不到 %(name)s 的数据。", name=region.name)
    return region.id


def _state(text: str) -> State:
    for state in State:
        if text in (state.value, STATE_LABELS[state]):
            return state
    known = "、".join(f"{state.value}（{STATE_LABELS[state]}）" for state in State)
    raise Invalid({"state": [f"没有“{text}”这个状态。可用的状态：{known}。"]}, "状态有误。")


def _write(actor: Actor, wanted: HazardFilter, target: Path) -> int:
    part = target.with_name(f".{target.name}.part")
    try:
        with part.open("wb") as file:
            count = export(db.session(), actor, wanted, file)
        part.replace(target)
    except OSError as error:
        raise DomainError("不能写入 %(target)s：%(why)s。", target=target, why=error.strerror or error) from error
    finally:
        part.unlink(missing_ok=True)
    return count


commands = (ledger,)
