"""Commands about the inventory."""

import json
from collections.abc import Mapping
from typing import Any

import click
from flask.cli import AppGroup

from inspect_app.access.actor import SYSTEM
from inspect_app.core import clock
from inspect_app.core.database import db, transaction
from inspect_app.core.errors import DomainError
from inspect_app.hazards import summary, text_index, verifying
from inspect_app.hazards.words import GRADE_LABELS, STATE_LABELS
from inspect_app.regions.models import Region
from inspect_app.regions.queries import by_code, region_label

hazards = AppGroup("hazards", help="隐患清单。")
commands = (hazards,)
NO_INDEX = (
    "没有检索索引，检索将逐条查找。SQLite 须带 FTS5（3.34 以上），"
    "PostgreSQL 须装 pg_trgm 扩展（一般在 postgresql-contrib 包中）；备好后执行 flask hazards search-index --rebuild。"
)


@hazards.command("summary")
@click.option("--region", "code", default="", help="区划代码；不填为全部。")
@click.option("--verify", is_flag=True, help="与逐条数据核对，不一致时列出并以 1 退出。")
@click.option("--rebuild", is_flag=True, help="先按逐条数据重新汇总。")
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出。")
@click.pass_context
def show_summary(context: click.Context, code: str, *, verify: bool, rebuild: bool, as_json: bool) -> None:
    """按状态和等级统计隐患数、逾期数。"""  # noqa: D400 - help text in Chinese
    session = db.session()
    if rebuild:
        with transaction():
            summary.rebuild(session)
    try:
        region = by_code(session, code) if code else None
    except DomainError as error:
        raise click.UsageError(str(error)) from error
    differences = summary.verify(session, region) if verify else None
    result = _result(region, summary.counts(session, region or SYSTEM, clock.today()), differences)
    click.echo(json.dumps(result, ensure_ascii=False) if as_json else _text(result))
    if differences:
        context.exit(1)


@hazards.command("verify", help="逐条核对隐患的状态、经过、佐证与审计记录；有改动时列出，退出码为 1。")
@click.pass_context
def show_disagreements(context: click.Context) -> None:
    """Name what was altered past the steps, and exit 1."""
    problems = verifying.verify(db.session())
    click.echo("\n".join(problems) or "隐患的状态、经过、佐证与审计记录一致。")
    if problems:
        context.exit(1)


@hazards.command("search-index")
@click.option("--rebuild", is_flag=True, help="重新建立索引。")
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出。")
def show_search_index(*, rebuild: bool, as_json: bool) -> None:
    """检索索引的情况；没有索引时仍可检索，只是逐条查找，较慢。"""  # noqa: D400 - help text in Chinese
    if rebuild:
        with transaction():
            text_index.remove(db.session.connection())
            text_index.build(db.session.connection())
    built = text_index.is_built(db.session.connection())
    sentence = "检索索引可用。" if built else NO_INDEX
    click.echo(json.dumps({"built": built}) if as_json else sentence)


def _result(region: Region | None, found: summary.Summary, differences: list[str] | None) -> dict[str, Any]:
    result: dict[str, Any] = {
        "region": region.code if region else None,
        "name": region_label(region) if region else None,
        "as_of": clock.today().isoformat(),
        "total": found.total,
        "open": found.open,
        "closed": found.closed,
        "overdue": found.overdue,
        "by_state": {state: found.by_state.get(state, 0) for state in STATE_LABELS},
        "by_grade": {grade: found.by_grade.get(grade, 0) for grade in (*GRADE_LABELS, "")},
        "overdue_by_grade": {grade: found.overdue_by_grade.get(grade, 0) for grade in (*GRADE_LABELS, "")},
    }
    return result if differences is None else {**result, "verified": not differences, "differences": differences}


def _text(result: Mapping[str, Any]) -> str:
    states = "，".join(f"{STATE_LABELS[state]} {number}" for state, number in result["by_state"].items() if number)
    lines = [
        f"{result['name'] or '全部地区'}，截至 {result['as_of']}",
        f"共 {result['total']} 条，未办结 {result['open']} 条，",
        f"已销号 {result['closed']} 条，逾期 {result['overdue']} 条",
        states,
    ]
    if "differences" in result:
        lines += result["differences"] or ["汇总与逐条数据一致。"]
    return "\n".join(line for line in lines if line)
