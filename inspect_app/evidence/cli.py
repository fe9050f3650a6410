"""`flask evidence verify`."""

import click
from flask.cli import AppGroup, with_appcontext

from inspect_app.core.database import db
from inspect_app.evidence.service import verify_files

group = AppGroup("evidence", help="照片与附件。")
commands = (group,)


@group.command("verify", help="逐个核对已保存文件的内容；有缺失或改动时逐一列出，退出码为 1。")
@with_appcontext
def verify() -> None:
    """List the files that are missing or altered, and exit 1 when there are any."""
    problems = verify_files(db.session())
    for problem in problems:
        click.echo(problem)
    if problems:
        raise SystemExit(1)
    click.echo("全部文件与入库时一致。")
