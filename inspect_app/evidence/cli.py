"""`flask evidence verify` and `fingerprint`."""

import click
from flask.cli import AppGroup, with_appcontext

from inspect_app.core.database import db, transaction
from inspect_app.evidence.service import fill_likeness, verify_files

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


@group.command("fingerprint", help="为早先入库、还没有画面指纹的照片补算指纹，供疑点核查比对。")
@with_appcontext
def fingerprint() -> None:
    """Fill in the fingerprints of older photos."""
    with transaction():
        count = fill_likeness(db.session())
    click.echo(f"已补算 {count} 张照片的画面指纹。")
