"""`flask definitions check`: every definition file read, all mistakes named."""

import json
from collections.abc import Callable, Mapping

import click
from flask import current_app
from flask.cli import AppGroup, with_appcontext

from inspect_app.checklists.loading import FOLDER, read_library
from inspect_app.core.definitions import Problems

Reader = Callable[[Problems], list[str]]
EXTENSION = "definition_readers"

definitions = AppGroup("definitions", help="检查表、考核方案等定义文件。")
commands = (definitions,)


@definitions.command("check", help="核对全部定义文件，一次列出所有错误；有错误时退出码为 1。")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
@with_appcontext
def check(*, as_json: bool) -> None:
    """Read everything and tell what is wrong."""
    problems = Problems()
    checklists = read_library(FOLDER, problems).checklists
    counts = {code: len(checklist.items) for code, checklist in sorted(checklists.items())}
    others = {kind: sorted(read(problems)) for kind, read in _readers().items()}
    report = {"checklists": counts, **others, "problems": problems.found}
    click.echo(json.dumps(report, ensure_ascii=False, indent=2) if as_json else _told(report))
    if problems.found:
        raise SystemExit(1)


def _readers() -> Mapping[str, Reader]:
    """Return who else reads definitions: a package above enters its reader in `app.extensions` by kind."""
    nobody: Reader = lambda _problems: []  # noqa: E731 - one expression
    return {"schemes": nobody, "registers": nobody, **current_app.extensions.get(EXTENSION, {})}


def _told(report: Mapping[str, object]) -> str:
    counts, problems = report["checklists"], report["problems"]
    lines = [f"{code}：{number} 项" for code, number in counts.items()] if isinstance(counts, dict) else []
    for kind, label in (("schemes", "考核方案"), ("registers", "登记表")):
        names = report[kind]
        lines.append(f"{label}：{'、'.join(names) if isinstance(names, list) and names else '无'}")
    found = [str(each) for each in problems] if isinstance(problems, list) else []
    return "\n".join([*lines, *found, f"共 {len(found)} 个问题。" if found else "没有问题。"])
