"""`flask bulletins verify`."""

import click
from flask.cli import AppGroup, with_appcontext

from inspect_app.bulletins.verifying import verify as find_problems
from inspect_app.core.database import db

bulletins = AppGroup("bulletins", help="通报：核对已发出的通报。")
commands = (bulletins,)


@bulletins.command("verify", help="核对全部已发出通报的文字、数字、名单与审计记录；有改动时逐条列出，退出码为 1。")
@with_appcontext
def verify() -> None:
    """Name what was altered and exit 1."""
    problems = find_problems(db.session())
    for problem in problems:
        click.echo(problem)
    if problems:
        raise SystemExit(1)
    click.echo("通报核对无误。")
