"""`flask definitions check`: every definition file read, all mistakes named; `flask checklists`: the lists kept."""

import json
from collections.abc import Callable, Mapping
from typing import Any

import click
from flask import current_app
from flask.cli import AppGroup, with_appcontext

from inspect_app.access.actor import SYSTEM
from inspect_app.checklists import queries
from inspect_app.checklists.bases import Citing, Entry, Standing, entries
from inspect_app.checklists.lifecycle import STATES
from inspect_app.checklists.loading import FOLDER, Library, read_library
from inspect_app.checklists.models import ChecklistVersion
from inspect_app.checklists.service import problems
from inspect_app.checklists.workbook import cli as workbook
from inspect_app.core import clock
from inspect_app.core.database import db
from inspect_app.core.definitions import Problems
from inspect_app.core.frozen import plain

Reader = Callable[[Problems], list[str]]
EXTENSION = "definition_readers"

definitions = AppGroup("definitions", help="检查表、考核方案等定义文件。")
checklists = AppGroup("checklists", help="检查表：列出、查看、导出、导入。")
commands = (definitions, checklists)
for command in workbook.commands:
    checklists.add_command(command)


@definitions.command("check", help="核对全部定义文件，一次列出所有错误；有错误时退出码为 1。")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
@with_appcontext
def check(*, as_json: bool) -> None:
    """Read everything and tell what is wrong."""
    noted = Problems()
    library = read_library(FOLDER, noted)
    counts = {code: len(checklist.items) for code, checklist in sorted(library.checklists.items())}
    others = {kind: sorted(read(noted)) for kind, read in _readers().items()}
    totals = {"checklists": len(counts), "items": sum(counts.values())}
    report = {"checklists": counts, "totals": totals, **others, "problems": noted.found, "lapsed": _lapsed(library)}
    click.echo(json.dumps(report, ensure_ascii=False, indent=2) if as_json else _told(report))
    if noted.found:
        raise SystemExit(1)


@checklists.command("list", help="列出检查表的各个版本：编号、版本、状态、归属、名称。")
@click.option("--all", "everything", is_flag=True, help="连同草稿、试用和停用的版本。")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
@with_appcontext
def list_versions(*, everything: bool, as_json: bool) -> None:
    """List the versions kept."""
    rows = [_row(version) for version in queries.every(db.session(), published_only=not everything)]
    lines = ("　".join(str(value) for value in row.values()) for row in rows)
    click.echo(json.dumps(rows, ensure_ascii=False, indent=2) if as_json else "\n".join(lines))


def _row(version: ChecklistVersion) -> dict[str, object]:
    owner = version.owner.name if version.owner else "系统自带"
    state = STATES[version.state]
    told = {"code": version.code, "number": version.number, "state": state, "owner": owner}
    return {**told, "title": version.title, "items": len(queries.content(version).items)}


@checklists.command("show", help="显示一个版本的全部检查项，默认已发布的版本；--json 输出完整定义。")
@click.argument("code")
@click.option("--number", type=int, help="版本号。")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
@with_appcontext
def show(*, code: str, number: int | None, as_json: bool) -> None:
    """Tell what a version asks."""
    version = queries.seen(db.session(), SYSTEM, code, number)
    click.echo(json.dumps(version.content, ensure_ascii=False, indent=2) if as_json else _asked(version))


def _asked(version: ChecklistVersion) -> str:
    checklist = queries.content(version)
    lines = [f"{version.code} 第 {version.number} 版（{STATES[version.state]}） {checklist.title}"]
    for section in checklist.sections:
        lines.append(f"【{section.title}】")
        lines += [f"{item.code}　{plain(item.weight)} 分　{item.text}" for item in section.items]
    return "\n".join([*lines, *(f"▲ {flaw}" for flaw in problems(db.session(), version))])


def _lapsed(library: Library) -> list[dict[str, str]]:
    """Tell which items cite a basis that is no longer in force: a warning, since the list may still be right."""
    lists = [library.checklists[code] for code in sorted(library.checklists)]
    found = entries(library.register, lists, clock.today())
    return [_warning(each, item) for each in found if Standing.LAPSED in each.standings for item in each.citing]


def _warning(entry: Entry, citing: Citing) -> dict[str, str]:
    text = entry.basis.cite("、".join(citing.articles))
    return {"item": citing.item.code, "basis": entry.basis.code, "text": text, "why": str(entry.doubts[0])}


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
    return "\n".join(
        [*lines, *found, f"共 {len(found)} 个问题。" if found else "没有问题。", *_told_at_the_end(report)]
    )


def _told_at_the_end(report: Mapping[str, Any]) -> list[str]:
    totals, lapsed = report["totals"], report["lapsed"]
    lines = [f"{each['item']}：{each['text']}（{each['why'].rstrip('。')}）" for each in lapsed]
    head = f"提醒：{len(lapsed)} 处引用了已失效的依据，请复核：" if lapsed else "没有检查项引用已失效的依据。"
    return [f"{totals['checklists']} 张检查表 {totals['items']} 项。", head, *lines]
