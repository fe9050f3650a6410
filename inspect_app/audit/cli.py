"""`flask audit verify` and `flask audit seal`."""

import click
from flask import current_app
from flask.cli import AppGroup, with_appcontext
from sqlalchemy import select

from inspect_app.audit.models import AuditSeal
from inspect_app.audit.service import seal_all, unsealed
from inspect_app.audit.service import verify as find_problems
from inspect_app.core.database import db, transaction

group = AppGroup("audit", help="审计记录。")
commands = (group,)


@group.command(
    "verify",
    help="核对全部封存块、审计记录和已发出的文书；有改动时从最早的一条起列出，退出码为 1。请把最新摘要抄存到系统之外。",
)
@click.option("--digest", help="以前抄存的封存摘要：核对它仍在链中。")
@with_appcontext
def verify(digest: str | None) -> None:
    """Name what was altered, as the verifiers of other packages see it too, and exit 1.

    When all is well, show the digest to keep elsewhere, and how many entries are unsealed.
    """
    session = db.session()
    problems = find_problems(session)
    problems += [sentence for find in current_app.extensions.get("verifiers", ()) for sentence in find(session)]
    if digest and session.scalar(select(AuditSeal.id).where(AuditSeal.digest == digest)) is None:
        problems.append(f"链中没有摘要 {digest}：之后的封存可能被整块删除或重做。")
    for problem in problems:
        click.echo(problem)
    if problems:
        raise SystemExit(1)
    last = session.scalar(select(AuditSeal).order_by(AuditSeal.id.desc()).limit(1))
    click.echo("审计记录核对无误。" + (f"最新封存：第 {last.id} 块，摘要 {last.digest}。" if last else "尚无封存。"))
    click.echo(f"未封存：{unsealed(session)} 条。")


@group.command("seal", help="把尚未封存的审计记录全部封存。")
@with_appcontext
def seal() -> None:
    """Seal every entry that waits."""
    with transaction():
        count = seal_all(db.session())
    click.echo(f"已封存 {count} 条。")
