"""`flask checklists export|import`: lists to Excel, and from Excel or XLSForm into drafts."""

import json
from pathlib import Path
from typing import Any

import click
from flask.cli import with_appcontext

from inspect_app.access.actor import SYSTEM, Actor
from inspect_app.accounts.queries import user_by_login
from inspect_app.accounts.sessions import actor_of
from inspect_app.checklists import queries
from inspect_app.checklists.workbook import exporting, sending, service
from inspect_app.checklists.workbook.sending import Sent
from inspect_app.core import clock
from inspect_app.core.database import db, transaction
from inspect_app.core.errors import DomainError, Forbidden

AS_JSON = click.option("--json", "as_json", is_flag=True, help="输出一行 JSON。")
AS_USER = click.option("--as", "login", metavar="USER", default="", help="以哪个账号的身份（登录名）；不写为系统。")


@click.command("export", help="把检查表写成 Excel 文件。")
@click.argument("code")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--number", type=int, help="第几版；不写为已发布的版本。")
@AS_USER
@with_appcontext
def export_list(code: str, file: Path, number: int | None, login: str) -> None:
    """Write a version as a workbook."""
    version = queries.seen(db.session(), _actor(login), code, number)
    with file.open("wb") as out:
        exporting.write(out, queries.content(version), queries.register(), clock.today())
    click.echo(f"已导出 {version.code} 第 {version.number} 版：{file.name}")


@click.command("import", help="核对 Excel 或 XLSForm 文件，没有错误时导入为草稿；有错误时退出码为 1。")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--code", default="", help="改用这个编号。")
@click.option("--check", "check_only", is_flag=True, help="只核对，不导入。")
@AS_USER
@AS_JSON
@with_appcontext
def import_list(file: Path, code: str, login: str, *, check_only: bool, as_json: bool) -> None:
    """Read a file, tell everything about it, and make a draft of it."""
    if not file.is_file():
        raise DomainError("没有找到文件“%(file)s”。请核对路径。", file=file.name)
    actor = _actor(login)
    sent = _read(actor, file, code)
    answer = _answer(sent)
    if not sent.problems and not check_only:
        answer |= _imported(actor, sent, file, code)
    click.echo(json.dumps(answer, ensure_ascii=False) if as_json else _told(answer))
    if sent.problems:
        raise SystemExit(1)


def _read(actor: Actor, file: Path, code: str) -> Sent:
    session = db.session()
    return sending.read_file(file, queries.register(), lambda each: service.parent_content(session, actor, each), code)


def _imported(actor: Actor, sent: Sent, file: Path, code: str) -> dict[str, Any]:
    with file.open("rb") as stream:
        kept = sending.receive(stream, file.name, lambda path: _read(actor, path, code))
    with transaction():
        aim = service.aim_of(db.session(), actor, sent.checklist)
        seen = aim.version.version if aim.version else None
        version = service.import_list(db.session(), actor, sent, kept, seen)
        return {"imported": True, "code": version.code, "number": version.number, "way": aim.way.value}


def _answer(sent: Sent) -> dict[str, Any]:
    report = sent.report
    return {
        "form": sent.form.value,
        "imported": False,
        "code": sent.checklist.code,
        "title": sent.checklist.title,
        "items": len(sent.checklist.items),
        "problems": [{"place": each.place, "sentence": str(each.sentence)} for each in sent.problems],
        "remarks": [str(each) for each in sent.remarks],
        "to_complete": [str(each) for each in sent.flaws],
        "carried": [str(each) for each in report.carried] if report else [],
        "not_carried": [str(each) for each in report.not_carried] if report else [],
        "assumed": [str(each) for each in report.assumed] if report else [],
    }


def _told(answer: dict[str, Any]) -> str:
    problems = [f"{each['place']}：{each['sentence']}" for each in answer["problems"]]
    lists = {"没有带过来": "not_carried", "系统代为设定": "assumed", "要在草稿中补写": "to_complete", "提示": "remarks"}
    told = [f"{head}：{line}" for head, name in lists.items() for line in answer[name]]
    if problems:
        return "\n".join([*problems, *told, f"共 {len(problems)} 处错误，什么都没有导入。"])
    if answer["imported"]:
        return "\n".join([*told, f"已导入 {answer['code']} 第 {answer['number']} 版草稿，{answer['items']} 项。"])
    return "\n".join([*told, f"没有错误，{answer['items']} 项；没有导入。"])


def _actor(login: str) -> Actor:
    if not login:
        return SYSTEM
    user = user_by_login(db.session(), login)
    if not user.active:
        raise Forbidden("账号“%(login)s”已停用。", login=login)
    return actor_of(user)


commands = (export_list, import_list)
