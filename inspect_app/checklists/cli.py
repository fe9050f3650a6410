"""`flask definitions check`: every definition file read, all mistakes named; `flask checklists`: the lists kept."""

import json
from collections.abc import Callable, Mapping
from typing import Any

import click
from flask import current_app
from flask.cli import AppGroup, with_appcontext

from inspect_app.checklists.bases import Citing, Entry, Standing, entries
from inspect_app.checklists.loading import FOLDER, Library, read_library
from inspect_app.checklists.workbook import cli as workbook
from inspect_app.core import clock
from inspect_app.core.definitions import Problems

Reader = Callable[[Problems], list[str]]
EXTENSION = "definition_readers"

definitions = AppGroup("definitions", help="检查表、考核方案等定义文件。")
checklists = AppGroup("checklists", help="检查表：导出、导入。")
commands = (definitions, checklists)
for command in workbook.commands:
    checklists.add_command(command)


@definitions.command("check", help="核对全部定义文件，一次列出所有错误；有错误时退出码为 1。")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
@with_appcontext
def check(*, as_json: bool) -> None:
    """Read everything and tell what is wrong."""
    problems = Problems()
    library = read_library(FOLDER, problems)
    counts = {code: len(checklist.items) for code, checklist in sorted(library.checklists.items())}
    others = {kind: sorted(read(problems)) for kind, read in _readers().items()}
    totals = {"checklists": len(counts), "items": sum(counts.values())}
    report = {"checklists": counts, "totals": totals, **others, "problems": problems.found, "lapsed": _lapsed(library)}
    click.echo(json.dumps(report, ensure_ascii=False, indent=2) if as_json else _told(report))
    if problems.found:
        raise SystemExit(1)


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
