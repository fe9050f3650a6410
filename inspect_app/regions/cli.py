"""`flask regions import FILE`."""

from pathlib import Path

import click
from flask.cli import AppGroup, with_appcontext

from inspect_app.access.actor import SYSTEM
from inspect_app.core.database import db, transaction
from inspect_app.core.errors import Invalid
from inspect_app.regions.importing import apply_rows, read_rows

group = AppGroup("regions", help="行政区划。")
commands = (group,)


@group.command(
    "import", help="导入区划 CSV（列 code,name,level,parent；乡镇、村）。可重复执行；有一处错误就什么都不改。"
)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@with_appcontext
def import_regions(file: Path) -> None:
    """Add, rename and move regions as the file says, or say every mistake and exit 2."""
    try:
        rows = read_rows(file.read_bytes())
        with transaction():
            done = apply_rows(db.session(), SYSTEM, rows)
    except Invalid as error:
        click.echo("\n".join([error.message, *error.problems[""]]), err=True)
        raise SystemExit(2) from error
    click.echo(f"新增 {done.added} 个，改名 {done.renamed} 个，调整上级 {done.moved} 个，未变 {done.unchanged} 个。")
