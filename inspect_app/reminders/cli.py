"""`flask reminders send`: the daily digests, made and sent; meant for cron, safe to repeat."""

import json
from collections.abc import Mapping
from typing import Any

import click
from flask import current_app
from flask.cli import AppGroup

from inspect_app.core import clock
from inspect_app.core.database import db
from inspect_app.core.workdays import load_calendar
from inspect_app.reminders import sending
from inspect_app.reminders.channels import ways
from inspect_app.reminders.outcomes import FAILED, SENT, UNCLEAR
from inspect_app.tablet import clearing

reminders = AppGroup("reminders", help="每日提醒。")


@reminders.command("send", help="生成当日提醒并发送邮件、消息；可重复执行，同一提醒不会发第二次。非工作日不发送。")
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出。")
def send(*, as_json: bool) -> None:
    """Send what is to be sent; exit status 1 when something did not go out. Uploads that were given up go first."""
    clearing.clear(current_app.config["TABLET_UPLOAD_DAYS"])
    today = clock.today()
    if not load_calendar(db.session()).is_working(today):
        click.echo(json.dumps({"working_day": False}) if as_json else "今天不是工作日，不发送提醒。")
        return
    report = sending.run(ways(current_app.config), _address, today)
    click.echo(json.dumps(_as_json(report), ensure_ascii=False) if as_json else _told(report))
    if report.problems:
        click.get_current_context().exit(1)


def _address(endpoint: str, values: Mapping[str, Any]) -> str:
    """Return the full address of a page as people outside the house open it."""
    path = current_app.url_map.bind("localhost").build(endpoint, values)
    return f"{str(current_app.config['PUBLIC_URL']).rstrip('/')}{path}"


def _told(report: sending.Report) -> str:
    sent, failed, unclear = (report.outcomes[outcome] for outcome in (SENT, FAILED, UNCLEAR))
    head = f"新生成提醒 {report.made} 份；已发送 {sent}，失败 {failed}（下次重试），结果不明 {unclear}（不再重发）。"
    return "\n".join([head, *report.problems])


def _as_json(report: sending.Report) -> dict[str, Any]:
    return {"working_day": True, "made": report.made, **report.outcomes, "problems": report.problems}


commands = (reminders,)
