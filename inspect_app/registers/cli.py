"""`flask registers check|facts|template|import`: definitions, figures and files of the registers."""

import json
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import click
from flask.cli import AppGroup

from inspect_app.access.actor import SYSTEM, Actor
from inspect_app.accounts.queries import user_by_login
from inspect_app.accounts.sessions import actor_of
from inspect_app.core import clock
from inspect_app.core.database import db, transaction
from inspect_app.core.definitions import Problems
from inspect_app.core.errors import DomainError, Forbidden
from inspect_app.evidence.rules import WORKBOOKS
from inspect_app.evidence.service import prepare_file
from inspect_app.regions.models import Region
from inspect_app.regions.queries import by_code, counties_of, county_of
from inspect_app.registers import facts as every_fact
from inspect_app.registers.figures import Figure
from inspect_app.registers.importing.reading import read_register
from inspect_app.registers.importing.service import Parcel, apply, receive
from inspect_app.registers.loading import FOLDER, fact_names, read_registers, register_of, registers
from inspect_app.registers.sheet import write_template
from inspect_app.workbooks.listkinds import GROUP_LABELS

group = AppGroup("registers", help="底数台账：核对定义、计算指标、写模板、导入。")
commands = (group,)
AS_JSON = click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
DAY = click.DateTime(["%Y-%m-%d"])


@group.command("check", help="核对 reports/registers 中的全部定义，一次列出所有错误；有错误时退出码为 1。")
@AS_JSON
def check(*, as_json: bool) -> None:
    """Read every definition and tell what is wrong."""
    noted = Problems()
    found = read_registers(FOLDER, noted)
    told = {
        "registers": {
            code: {"title": each.title, "columns": len(each.columns), "facts": [fact.code for fact in each.facts]}
            for code, each in found.items()
        },
        "problems": noted.found,
    }
    lines = [f"{code}　{each.title}：{len(each.columns)} 栏，{len(each.facts)} 项指标" for code, each in found.items()]
    text = "\n".join([*lines, *noted.found, f"共 {len(noted.found)} 个问题。" if noted.found else "没有问题。"])
    click.echo(json.dumps(told, ensure_ascii=False, indent=2) if as_json else text)
    if noted.found:
        raise SystemExit(1)


@group.command("facts", help="计算各县的台账指标；没有报过的为 null（NA），不是零。")
@click.option("--region", "code", required=True, metavar="CODE", help="区划代码；县级以上则列出其下各县。")
@click.option("--on", "on", type=DAY, help="截至哪一天；不写为今天。")
@click.option("--register", "chosen", metavar="CODE", help="只算这一种台账。")
@AS_JSON
def facts(code: str, on: datetime | None, chosen: str | None, *, as_json: bool) -> None:
    """Print every declared figure."""
    session, day = db.session(), on.date() if on else clock.today()
    region = by_code(session, code)
    counties = counties_of(session, region.id) or [county_of(session, region.id)]
    wanted = [register_of(chosen)] if chosen else list(registers().values())
    found = every_fact.figures(session, [county.id for county in counties], day, wanted)
    told = {
        "on": day.isoformat(),
        "region": region.code,
        "counties": [_county(county, found[county.id]) for county in counties],
    }
    click.echo(json.dumps(told, ensure_ascii=False, indent=2) if as_json else _facts_text(told))


@group.command("template", help="写出一种台账的模板（.xlsx）：填表说明、下拉选项，加上这个县现有的条目。")
@click.argument("code")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--region", "county", required=True, metavar="CODE", help="县级区划代码。")
@click.option("--blank", is_flag=True, help="不带现有的条目。")
def template(code: str, file: Path, county: str, *, blank: bool) -> None:
    """Write the workbook of a county."""
    session = db.session()
    register, region = register_of(code), county_of(session, by_code(session, county).id)
    try:
        with file.open("wb") as out:
            write_template(session, SYSTEM, register, region, out, filled=not blank)
    except OSError as error:
        raise DomainError("不能写入 %(file)s：%(why)s。", file=file, why=error.strerror or error) from error
    click.echo(f"已写出{region.name}{register.title}的模板：{file}")


@group.command("import", help="核对一份台账；加 --apply 才导入。有不合格的行时什么都不导入。")
@click.argument("code")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--region", "county", required=True, metavar="CODE", help="县级区划代码。")
@click.option("--as", "login", required=True, metavar="LOGIN", help="以哪个账号的身份导入（登录名）。")
@click.option("--on", "on", type=DAY, help="数据截至哪一天；不写为今天。")
@click.option("--apply", "applied", is_flag=True, help="核对后导入。")
@AS_JSON
def import_file(
    code: str, file: Path, county: str, login: str, on: datetime | None, *, applied: bool, as_json: bool
) -> None:
    """Say what a file would change, and change it when asked to."""
    if not file.is_file():
        raise DomainError("没有找到文件“%(file)s”。请核对路径。", file=file)
    session, actor, as_of = db.session(), _actor(login), on.date() if on else clock.today()
    region = county_of(session, by_code(session, county).id)
    read = read_register(file, register_of(code), clock.today())
    with file.open("rb") as stream:
        prepared = prepare_file(stream, file.name, WORKBOOKS)
    with transaction():
        batch = receive(session, actor, Parcel(register_of(code), region, as_of, read), prepared)
        if applied:
            apply(session, actor, batch, version=batch.version)
        answer: dict[str, Any] = {"batch": batch.reference, **batch.counts}
    shown = {"batch": "批次", **GROUP_LABELS}
    told = "；".join(f"{shown[name]} {value}" for name, value in answer.items())
    click.echo(json.dumps(answer, ensure_ascii=False) if as_json else told)


def _county(county: Region, figures: dict[str, Figure]) -> dict[str, Any]:
    return {
        "code": county.code,
        "name": county.name,
        "facts": {name: _figure(name, figure) for name, figure in figures.items()},
    }


def _figure(name: str, figure: Figure) -> dict[str, Any]:
    fact = fact_names()[name]
    return {
        "title": fact.title,
        "unit": fact.unit,
        "value": _number(figure.value),
        "numerator": _number(figure.numerator) if figure.known else None,
        "denominator": _number(figure.denominator) if figure.known else None,
        "known": figure.known,
    }


def _number(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else round(float(value), 6)


def _facts_text(told: dict[str, Any]) -> str:
    lines = [f"截至 {told['on']}"]
    for county in told["counties"]:
        lines.append(f"{county['name']}（{county['code']}）")
        for fact in county["facts"].values():
            of = f"（{fact['numerator']}/{fact['denominator']}）" if fact["denominator"] is not None else ""
            value = "NA" if fact["value"] is None else fact["value"]
            lines.append(f"  {fact['title']}：{value} {fact['unit'] if not of else ''}{of}".rstrip())
    return "\n".join(lines)


def _actor(login: str) -> Actor:
    user = user_by_login(db.session(), login)
    if not user.active:
        raise Forbidden("账号“%(login)s”已停用。", login=login)
    return actor_of(user)
