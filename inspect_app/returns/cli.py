"""`flask returns read|apply`: what scripts use. A file that cannot be used is an answer, a wrong command is not."""

import json
import re
from collections.abc import Mapping
from datetime import date
from hashlib import file_digest
from pathlib import Path
from typing import Any

import click
from flask import current_app
from flask.cli import AppGroup

from inspect_app.access.actor import Actor
from inspect_app.accounts.queries import user_by_login
from inspect_app.accounts.sessions import actor_of
from inspect_app.core.database import db, transaction
from inspect_app.core.errors import DomainError, Forbidden
from inspect_app.evidence.rules import WORKBOOKS
from inspect_app.evidence.service import prepare_file
from inspect_app.regions.levels import Level
from inspect_app.regions.models import Region
from inspect_app.regions.queries import by_code
from inspect_app.returns import queries, service
from inspect_app.returns.choosing.queries import choices_of
from inspect_app.returns.jobs.folder import Folder
from inspect_app.returns.jobs.work import work
from inspect_app.returns.matching import content_digest
from inspect_app.returns.plan import GROUP_LABELS, Group
from inspect_app.returns.reading import Sent, read_in_turn, read_return
from inspect_app.returns.result import USABLE, ReadResult

group = AppGroup("returns", help="县区报表：读取、导入。")
commands = (group,)
NAMES = {
    "created": Group.CREATE,
    "updated": Group.UPDATE,
    "conflicts": Group.CONFLICTS,
    "unchanged": Group.UNCHANGED,
    "refused": Group.REFUSED,
    "duplicates": Group.DUPLICATES,
    "ignored": Group.IGNORED,
}
TAKEN_IN = (Group.CREATE, Group.UPDATE, Group.CONFLICTS, Group.UNCHANGED)
APPLIED = {"batch": "批次", **{name: GROUP_LABELS[each] for name, each in NAMES.items()}}
READ = {"rows": "合格", "rejected": "不合格", "duplicates": "重复", "ignored": "略过"}
COUNTY_FILE = re.compile(r"\d{6}(?!\d)")
FILE = click.argument("file", required=False)
REGION = click.option("--region", metavar="CODE", help="报送县（市、区）的区划代码。")
REPORT_DATE = click.option("--report-date", metavar="YYYY-MM-DD", help="报送日期。")
AS_JSON = click.option("--json", "as_json", is_flag=True, help="输出一行 JSON。")


@group.command("read", help="读取台账文件并说明每一行的判断；不改变任何数据。")
@FILE
@REGION
@REPORT_DATE
@AS_JSON
def read(file: str | None, region: str | None, report_date: str | None, as_json: bool) -> None:  # noqa: FBT001 - a flag of click
    """Print what a file says; whatever it is, an answer was given."""
    path, county, day = _path(file), _county(region), _day(report_date)
    answer = _read(path, county, day).as_json()
    _print(answer, as_json=as_json, told=_told(answer))


@group.command("apply", help="导入台账文件。同一文件重复导入不产生任何改变。")
@FILE
@REGION
@REPORT_DATE
@click.option("--as", "login", metavar="USER", help="以哪个账号的身份导入（登录名）。")
@click.option("--accept-good-rows", is_flag=True, help="有不合格的行时，只导入合格的行。")
@AS_JSON
def apply(
    file: str | None,
    region: str | None,
    report_date: str | None,
    login: str | None,
    accept_good_rows: bool,  # noqa: FBT001 - a flag of click
    as_json: bool,  # noqa: FBT001 - a flag of click
) -> None:
    """Import a file, or say which earlier return has done so."""
    path, county, day, actor = _path(file), _county(region), _day(report_date), _actor(login)
    service.require_sender(actor, county)
    read = _read(path, county, day)
    answer = _earlier(county, path, day, read)
    if answer is None:
        answer = _import(actor, county, path, day, read, accept_good_rows=accept_good_rows)
    _print(answer, as_json=as_json, told=_imported(answer))


@group.command("apply-all", help="导入一个文件夹里各县（市、区）的台账；文件名须以县级区划代码开头。")
@click.argument("folder", required=False)
@REPORT_DATE
@click.option("--as", "login", metavar="USER", help="以哪个账号的身份导入（登录名）。")
@click.option("--accept-good-rows", is_flag=True, help="有不合格的行时，只导入合格的行。")
@AS_JSON
def apply_all(
    folder: str | None,
    report_date: str | None,
    login: str | None,
    accept_good_rows: bool,  # noqa: FBT001 - a flag of click
    as_json: bool,  # noqa: FBT001 - a flag of click
) -> None:
    """Import file after file, each on its own: one that is refused does not keep the others out, and is told."""
    files, day, actor = [_sent(path) for path in _files(folder)], _day(report_date), _actor(login)
    refused = 0
    for sent, read in read_in_turn(files, day):
        try:
            county = _county(sent.county)
            service.require_sender(actor, county)
            answer = _earlier(county, sent.path, day, read)
            answer = answer or _import(actor, county, sent.path, day, read, accept_good_rows=accept_good_rows)
        except DomainError as error:
            refused += 1
            answer = {"message": str(error)}
        _print({"file": sent.path.name, **answer}, as_json=as_json, told=f"{sent.path.name}：{_imported(answer)}")
    if refused:
        raise DomainError("%(count)s 个文件没有导入，原因见上；其余文件已经导入。", count=refused)


def _imported(answer: Mapping[str, Any]) -> str:
    if "message" in answer:
        return str(answer["message"])
    return "；".join(f"{APPLIED[name]} {value}" for name, value in answer.items())


def _files(folder: str | None) -> list[Path]:
    if not folder or not Path(folder).is_dir():
        raise DomainError("请给出存放各县台账的文件夹，文件名以县级区划代码开头，例如“654202 乌苏市.xlsx”。")
    files = sorted(path for path in Path(folder).iterdir() if COUNTY_FILE.match(path.name))
    if not files:
        raise DomainError("文件夹“%(folder)s”里没有以县级区划代码开头的文件。", folder=folder)
    return files


def _sent(path: Path) -> Sent:
    session = db.session()
    county = _county(path.name[:6])
    return Sent(path, county.code, queries.places_for(session, county), choices_of(session, county.id))


def _read(path: Path, county: Region, day: date) -> ReadResult:
    session = db.session()
    return read_return(path, queries.places_for(session, county), day, choices=choices_of(session, county.id))


@group.command("work", help="完成一项报表处理任务；由系统启动，也可在任务中断后手工执行。")
@click.argument("uuid")
def work_on(uuid: str) -> None:
    """Do the job with this key, which waits to be done."""
    work(uuid, Folder.of(current_app.config["DATA_DIR"], uuid))


def _earlier(county: Region, path: Path, day: date, read: ReadResult) -> dict[str, Any] | None:
    """Return the answer for a file whose bytes or content the county has applied before: nothing changes."""
    with path.open("rb") as stream:
        sha256 = file_digest(stream, "sha256").hexdigest()
    digest = content_digest(read.rows, read.rejected, day) if read.outcome in USABLE else ""
    batch = queries.applied_before(db.session(), county.id, sha256, digest)
    if batch is None:
        return None
    known = sum(batch.counts.get(group, 0) for group in TAKEN_IN)
    return _answer(batch.reference, {**batch.counts, **dict.fromkeys(TAKEN_IN, 0), Group.UNCHANGED: known})


def _import(
    actor: Actor, county: Region, path: Path, day: date, read: ReadResult, *, accept_good_rows: bool
) -> dict[str, Any]:
    service.screen(db.session(), actor, county, day, read)
    with path.open("rb") as stream:
        prepared = prepare_file(stream, path.name, WORKBOOKS)
    with transaction():
        here = by_code(db.session(), county.code)
        batch = service.import_at_once(
            db.session(), actor, prepared, here, day, read, accept_good_rows=accept_good_rows
        )
        return _answer(batch.reference, batch.counts)


def _answer(reference: str, counts: Mapping[str, int]) -> dict[str, Any]:
    return {"batch": reference, **{name: counts[group] for name, group in NAMES.items()}}


def _path(file: str | None) -> Path:
    if not file:
        raise DomainError(
            "请给出台账文件的路径，例如：flask returns read 台账.xlsx --region 654202 --report-date 2026-06-30"
        )
    path = Path(file)
    if not path.is_file():
        raise DomainError("没有找到文件“%(file)s”。请核对路径。", file=file)
    return path


def _county(code: str | None) -> Region:
    if not code:
        raise DomainError("请用 --region 给出报送县（市、区）的区划代码，例如 --region 654202。")
    region = by_code(db.session(), code)
    if region.level is not Level.COUNTY:
        raise DomainError("“%(name)s”不是县（市、区）。请用 --region 给出县级区划代码。", name=region.name)
    return region


def _day(text: str | None) -> date:
    if not text:
        raise DomainError("请用 --report-date 给出报送日期，例如 --report-date 2026-06-30。")
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise DomainError("“%(text)s”不是日期。请按 2026-06-30 的格式填写 --report-date。", text=text) from error


def _actor(login: str | None) -> Actor:
    if not login:
        raise DomainError("请用 --as 给出导入人的登录名。")
    user = user_by_login(db.session(), login)
    if not user.active:
        raise Forbidden("账号“%(login)s”已停用。", login=login)
    return actor_of(user)


def _told(answer: Mapping[str, Any]) -> str:
    if "message" in answer:
        return str(answer["message"])
    return "；".join(f"{label} {len(answer[name])}" for name, label in READ.items())


def _print(answer: Mapping[str, Any], *, as_json: bool, told: str) -> None:
    click.echo(json.dumps(answer, ensure_ascii=False) if as_json else told)
