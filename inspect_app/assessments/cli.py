"""`flask assessments run` and `keep`: score counties from the command line."""

import json
from typing import Any

import click
from flask.cli import AppGroup

from inspect_app.access.actor import SYSTEM
from inspect_app.assessments import monthly, service
from inspect_app.assessments.as_json import as_lines, grade_label, number, stored_points
from inspect_app.assessments.course.cli import daily, show_disagreements
from inspect_app.assessments.definition import SchemeLevel
from inspect_app.assessments.evaluation import Evaluation, evaluate
from inspect_app.assessments.period import period_of
from inspect_app.assessments.queries import DEFAULT_SCHEME, counties_in_scope, scheme_of, townships_below
from inspect_app.assessments.wording import shown
from inspect_app.core import clock
from inspect_app.core.database import db, transaction
from inspect_app.regions.models import Region
from inspect_app.regions.queries import by_code

assessments = AppGroup("assessments", help="考核评分。")


@assessments.command("run", help="按方案计算各县（市、区）或者乡镇得分，逐项说明；加 --store 才存档。")
@click.option("--scheme", "scheme_code", required=True, help="考核方案编号，例如 DEFAULT。")
@click.option("--period", "period_text", required=True, help="考核年份，例如 2026；当年算到今天为止。")
@click.option("--region", "region_code", help="区划代码：只算该区划及其以下的县（市、区）；不写则算全部。")
@click.option("--store", is_flag=True, help="同时存档；不写则只计算，不改动任何数据。")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
def run(scheme_code: str, period_text: str, region_code: str | None, *, store: bool, as_json: bool) -> None:
    """Score the counties, and keep snapshots only when asked to."""
    scheme, period = scheme_of(scheme_code), period_of(period_text, clock.today())
    region_id = by_code(db.session(), region_code).id if region_code else None
    if store:
        with transaction():
            service.run(db.session(), SYSTEM, scheme.code, period.code, region_id)
    regions = counties_in_scope(db.session(), SYSTEM, region_id)
    if scheme.level is SchemeLevel.TOWNSHIP:
        regions = townships_below(db.session(), regions)
    evaluation = evaluate(db.session(), scheme, period, regions)
    click.echo(json.dumps(_document(evaluation), ensure_ascii=False, indent=2) if as_json else _table(evaluation))


@assessments.command("keep", help="为刚结束的月份存档得分，供趋势使用；可重复执行，已存的不再存。")
@click.option("--scheme", "scheme_code", default=DEFAULT_SCHEME, show_default=True, help="考核方案编号。")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
def keep(scheme_code: str, *, as_json: bool) -> None:
    """Keep the scores of the month that ended last, one transaction for the counties ranked together."""
    scheme, today, kept = scheme_of(scheme_code), clock.today(), 0
    groups = [group.id for group in monthly.groups_in_use(db.session())]
    for group_id in groups:
        with transaction():
            session = db.session()
            kept += len(monthly.keep(session, SYSTEM, scheme, session.get_one(Region, group_id), today))
    month, _period = monthly.month_over(today)
    told = {"month": month, "scheme": scheme.code, "version": scheme.version, "kept": kept}
    click.echo(
        json.dumps(told) if as_json else f"{month}：{scheme.code} 第 {scheme.version} 版，新存 {kept} 个县（市、区）。"
    )


def _document(evaluation: Evaluation) -> dict[str, Any]:
    return {
        "scheme": evaluation.scheme.code,
        "version": evaluation.scheme.version,
        "period": evaluation.period.code,
        "counties": [
            {
                "code": each.county.code,
                "name": each.county.name,
                "score": number(stored_points(each.score)),
                "grade": grade_label(each.score),
                "lines": as_lines(each.score),
            }
            for each in evaluation.counties
        ],
    }


def _table(evaluation: Evaluation) -> str:
    lines = [f"{evaluation.scheme.title} {evaluation.period.code} 年（截至 {evaluation.period.end}）"]
    for each in evaluation.ranked:
        points = "—" if each.score.points is None else shown(each.score.points)
        figures = f"{points} / {shown(each.score.full)}"
        lines.append(f"{each.rank or '—'}\t{each.county.name}\t{figures}\t{grade_label(each.score) or '—'}")
        lines += [f"\t{line.indicator.code} {line.indicator.title}：{line.why}" for line in each.score.lines]
    return "\n".join(lines)


assessments.add_command(daily)
assessments.add_command(show_disagreements)
commands = (assessments,)
