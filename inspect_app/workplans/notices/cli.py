"""`flask workplans read FILE`."""

import json
from pathlib import Path
from typing import Any

import click
from flask.cli import AppGroup

from inspect_app.core.database import db
from inspect_app.core.errors import FileRefused
from inspect_app.core.labels import mark
from inspect_app.regions.queries import by_code
from inspect_app.workplans.notices.as_json import notice_as_json
from inspect_app.workplans.notices.bytes import text_of_file
from inspect_app.workplans.notices.reading import read_notice
from inspect_app.workplans.notices.resolving import place_of, register_names

workplans = AppGroup("workplans", help="工作要点：读取通知。")
NO_FILE = mark("没有文件 %(path)s。请核对路径。")
PARTS = {"lead": "牵头", "cooperating": "配合", "responsible": "责任", "unassigned": "角色不明"}


@workplans.command("read", help="读取通知（.docx、.txt、.html），列出任务、单位和可量化的要求；什么都不改变。")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--region", "code", metavar="CODE", help="发文地区的区划代码；不写则由发文机关的名称判断。")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
def read(file: Path, code: str | None, *, as_json: bool) -> None:
    """Print what a notice says."""
    told = _read(file, code)
    click.echo(json.dumps(told, ensure_ascii=False, indent=2) if as_json else _text(told))


def _read(file: Path, code: str | None) -> dict[str, Any]:
    if not file.is_file():
        raise FileRefused("E_MISSING", NO_FILE, path=str(file))
    notice = read_notice(text_of_file(file))
    session = db.session()
    region = by_code(session, code) if code else place_of(session, notice)
    told = notice_as_json(notice, register_names(session, region, notice))
    return {**told, "region": region.code if region else None}


def _text(told: dict[str, Any]) -> str:
    lines = [
        f"{told['number'] or '（没有文号）'}　{told['title']}",
        f"发文：{'、'.join(told['issuers'])}　{told['date'] or ''}",
    ]
    lines += [_demand(each) for each in told["requirements"]]
    for task in told["tasks"]:
        lines.append(f"{task['number']}　{task['title']}")
        lines += [f"    {name}：{'、'.join(task[part])}" for part, name in PARTS.items() if task[part]]
        lines += [_demand(each) for each in task["requirements"]]
        lines += [f"    ？{doubt}" for doubt in (*task["doubts"], *_doubts(task))]
    return "\n".join([*lines, *(f"？{doubt}" for doubt in told["doubts"]), f"共 {len(told['tasks'])} 项任务。"])


def _demand(each: dict[str, Any]) -> str:
    unit = "" if each["due_on"] else each["unit"]
    return f"    ※ {each['quote']}　{each['value']}{unit}"


def _doubts(task: dict[str, Any]) -> list[str]:
    return [f"{unit['text']}：{unit['doubt']}" for unit in task["units"] if unit["doubt"]]
