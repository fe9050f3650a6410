"""`flask documents verify` and `flask documents templates`."""

from pathlib import Path

import click
from flask.cli import AppGroup, with_appcontext

from inspect_app.core.database import db
from inspect_app.core.definitions import Problems
from inspect_app.documents.loading import FOLDER, read_library, register
from inspect_app.documents.pdf import fonts_in_use
from inspect_app.documents.verifying import verify as find_problems
from inspect_app.documents.word_templates import make_template

documents = AppGroup("documents", help="文书：核对已发出的文书、生成模板。")
commands = (documents,)
FONT_ROLES = {"song": "标题（小标宋）", "fang": "正文（仿宋）", "kai": "二级标题（楷体）", "hei": "一级标题（黑体）"}


@documents.command("verify", help="核对全部已发出文书的内容、文件、文号与审计记录；有改动时逐条列出，退出码为 1。")
@with_appcontext
def verify() -> None:
    """Name what was altered and exit 1."""
    problems = find_problems(db.session())
    for problem in problems:
        click.echo(problem)
    if problems:
        raise SystemExit(1)
    click.echo("文书核对无误。")


@documents.command("templates", help="按定义生成 Word 模板；已有的模板会被覆盖，办公室改过的内容将丢失。")
@click.option("--write", is_flag=True, help="确实写入；不写则只列出将生成哪些文件。")
@click.option("--only", metavar="KIND", help="只生成一种文书的模板。")
@click.option("--folder", type=click.Path(path_type=Path, file_okay=False), default=FOLDER, help="写到哪个文件夹。")
def templates(folder: Path, only: str | None, *, write: bool) -> None:
    """Make the templates from the `body` of the definitions."""
    known = read_library(FOLDER, Problems(), register()).kinds
    kinds = [kind for code, kind in known.items() if only in (None, code)]
    if not kinds:
        message = f"没有文书种类 {only}。可用：{'、'.join(known)}"
        raise click.ClickException(message)
    for kind in kinds:
        path = folder / f"{kind.code}.docx"
        if write:
            path.write_bytes(make_template(kind))
        click.echo(f"{'已写入' if write else '将写入'} {path}")


@documents.command("fonts", help="列出 PDF 各处实际使用的字体；放进数据目录 fonts 文件夹的字体优先。")
@with_appcontext
def fonts() -> None:
    """Name the font in use for titles, text and headings."""
    for role, name in fonts_in_use().items():
        click.echo(f"{FONT_ROLES[role]}：{name}")
