"""`flask sites export|import`: the register from the command line."""

import json
from pathlib import Path

import click
from flask.cli import AppGroup

from inspect_app.access.actor import SYSTEM, Actor
from inspect_app.accounts.queries import user_by_login
from inspect_app.accounts.sessions import actor_of
from inspect_app.core import clock
from inspect_app.core.database import db, transaction
from inspect_app.core.errors import DomainError, Forbidden
from inspect_app.evidence.rules import WORKBOOKS
from inspect_app.evidence.service import prepare_file
from inspect_app.regions.queries import by_code
from inspect_app.sites.exporting import export
from inspect_app.sites.importing.plan import GROUP_LABELS
from inspect_app.sites.importing.reading import ReadRegister, read_register
from inspect_app.sites.importing.service import apply, plan_for, receive
from inspect_app.sites.queries import SiteFilter

group = AppGroup("sites", help="检查对象名册：导出、导入。")
commands = (group,)


@group.command("export", help="导出检查对象名册（.xlsx），改好后可以再导入。")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--region", "code", metavar="CODE", help="只导出这个区划及其以下；不写则导出全部。")
def export_register(file: Path, code: str | None) -> None:
    """Write the register beside the target, and put it in place once it is whole."""
    wanted = SiteFilter(region_id=by_code(db.session(), code).id if code else None)
    part = file.with_name(f".{file.name}.part")
    try:
        with part.open("wb") as out:
            count = export(db.session(), SYSTEM, wanted, out)
        part.replace(file)
    except OSError as error:
        raise DomainError("不能写入 %(file)s：%(why)s。", file=file, why=error.strerror or error) from error
    finally:
        part.unlink(missing_ok=True)
    click.echo(f"已导出 {count} 个检查对象：{file}")


@group.command("import", help="核对检查对象名册；加 --apply 才导入。同一文件重复导入不产生任何改变。")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--as", "login", required=True, metavar="LOGIN", help="以哪个账号的身份导入（登录名）。")
@click.option("--apply", "applied", is_flag=True, help="核对后导入；有不合格的行时什么都不导入。")
@click.option("--json", "as_json", is_flag=True, help="输出一行 JSON。")
def import_register(file: Path, login: str, applied: bool, as_json: bool) -> None:  # noqa: FBT001 - flags of click
    """Say what a register would change, and change it when asked to."""
    if not file.is_file():
        raise DomainError("没有找到文件“%(file)s”。请核对路径。", file=file)
    actor = _actor(login)
    read = read_register(file, clock.today())
    answer = _import(actor, file, read) if applied else plan_for(db.session(), actor, read).counts
    shown = {"batch": "批次", **GROUP_LABELS}
    told = "；".join(f"{shown[name]} {value}" for name, value in answer.items())
    click.echo(json.dumps(answer, ensure_ascii=False) if as_json else told)


def _import(actor: Actor, file: Path, read: ReadRegister) -> dict[str, object]:
    with file.open("rb") as stream:
        prepared = prepare_file(stream, file.name, WORKBOOKS)
    with transaction():
        batch = receive(db.session(), actor, prepared, read)
        apply(db.session(), actor, batch, read, version=batch.version)
        return {"batch": batch.reference, **batch.counts}


def _actor(login: str) -> Actor:
    user = user_by_login(db.session(), login)
    if not user.active:
        raise Forbidden("账号“%(login)s”已停用。", login=login)
    return actor_of(user)
