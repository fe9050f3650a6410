"""Commands of the year's course: the daily run, and checking what was published."""

import click

from inspect_app.assessments.course.daily import run_day
from inspect_app.assessments.course.verifying import verify
from inspect_app.core.database import db


@click.command("daily", help="按日办理：重算未冻结的考核，到期冻结数据、结束自评。可重复执行，宜每天零点后运行一次。")
def daily() -> None:
    """Bring open assessments up to the day."""
    click.echo("\n".join(run_day()) or "没有正在办理的考核。")


@click.command("verify", help="核对已发布的考核表与发布时的摘要、审计记录；有改动时列出，退出码为 1。")
@click.pass_context
def show_disagreements(context: click.Context) -> None:
    """Name what was altered past the steps, and exit 1."""
    problems = verify(db.session())
    click.echo("\n".join(problems) or "已发布的考核表与发布时一致。")
    if problems:
        context.exit(1)
