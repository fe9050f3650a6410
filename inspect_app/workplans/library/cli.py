"""`flask obligations list|due|check`: the obligations that come with the application, and when they fall due."""

import json

import click
from flask.cli import AppGroup

from inspect_app.core.database import db
from inspect_app.core.definitions import Problems
from inspect_app.core.errors import DomainError
from inspect_app.core.workdays import load_calendar
from inspect_app.regions.queries import by_code
from inspect_app.workplans.library import telling
from inspect_app.workplans.library.definition import Obligation, Source
from inspect_app.workplans.library.dues import dues
from inspect_app.workplans.library.loading import FOLDER, library, read_library
from inspect_app.workplans.library.surveying import place_of
from inspect_app.workplans.library.words import TOPIC_LABELS

obligations = AppGroup("obligations", help="义务库：五地文件中的防震减灾义务，编号、方式、参数、证据、计分。")
AS_JSON = click.option("--json", "as_json", is_flag=True, help="输出 JSON。")


@obligations.command("list", help="列出义务；--json 输出完整定义。")
@click.option("--topic", help="只列一个主题，写代码或名称，如 DRILL 或 演练。")
@click.option("--place", help="只列一个地方的，写前缀、地名或区划代码，如 TC、塔城地区、6542。")
@AS_JSON
def list_obligations(topic: str | None, place: str | None, *, as_json: bool) -> None:
    """Print the obligations that fit."""
    code = _topic(topic) if topic else None
    found = [
        (source, each)
        for source in _sources(place)
        for each in source.obligations
        if code is None or each.topic == code
    ]
    click.echo(_json(found) if as_json else _table(found))


@obligations.command("due", help="算出一个地方一年里各项义务何时到期、要多少；不适用的说明原因。")
@click.argument("region")
@click.option("--year", required=True, type=click.IntRange(1950, 2200), help="年份，如 2026。")
@click.option("--place", help="只算一个地方的义务，写前缀、地名或区划代码；不写为全部。")
@AS_JSON
def due(region: str, year: int, place: str | None, *, as_json: bool) -> None:
    """Print what falls due, and why the rest does not."""
    session = db.session()
    where, calendar = place_of(session, by_code(session, region), year), load_calendar(session)
    found = [(each, dues(each, where, year, calendar)) for source in _sources(place) for each in source.obligations]
    told = [telling.dues_as_json(each, its) for each, its in found]
    lines = (telling.dues_line(each, its) for each, its in found)
    click.echo(json.dumps(told, ensure_ascii=False, indent=2) if as_json else "\n".join(lines))


@obligations.command("check", help="核对义务文件，一次列出所有错误；有错误时退出码为 1。")
def check() -> None:
    """Name all mistakes, and exit 1."""
    problems = Problems()
    read = read_library(FOLDER, problems)
    for source in read.sources:
        click.echo(f"{source.code}　{source.place}　{len(source.obligations)} 条")
    click.echo("\n".join(problems.found) or f"共 {len(read.obligations)} 条，没有问题。")
    if problems.found:
        raise SystemExit(1)


def _topic(text: str) -> str:
    for code, label in TOPIC_LABELS.items():
        if text in (code, label):
            return code
    known = "、".join(f"{code}（{label}）" for code, label in TOPIC_LABELS.items())
    raise DomainError("没有主题 %(topic)s，应为以下之一：%(known)s。", topic=text, known=known)


def _sources(place: str | None) -> tuple[Source, ...]:
    sources = library().sources
    if place is None:
        return sources
    found = tuple(each for each in sources if place in (each.code, each.place, each.region))
    if not found:
        known = "、".join(f"{each.code}（{each.place}，{each.region}）" for each in sources)
        raise DomainError("义务库中没有 %(place)s，应为以下之一：%(known)s。", place=place, known=known)
    return found


def _json(found: list[tuple[Source, Obligation]]) -> str:
    return json.dumps([telling.as_json(source, each) for source, each in found], ensure_ascii=False, indent=2)


def _table(found: list[tuple[Source, Obligation]]) -> str:
    return "\n".join([*(telling.line(each) for _, each in found), f"共 {len(found)} 条。"])
