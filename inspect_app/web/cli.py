"""Commands for the second language of the interface."""

import click
from flask.cli import AppGroup

group = AppGroup("translations", help="界面英文译文的维护。")


@group.command("update", help="从代码和模板收集文字，更新译文文件；列出还没有译文的条目。")
def update() -> None:
    """Bring the catalogue up to date."""
    from inspect_app.web import translations  # noqa: PLC0415 - the collector of messages is no part of serving

    catalogue = translations.update(translations.ENGLISH)
    missing = list(translations.untranslated(catalogue))
    for message in missing:
        click.echo(message)
    click.echo(f"共 {len(catalogue)} 条，未翻译 {len(missing)} 条。")


@group.command("compile", help="由译文文件生成页面使用的二进制文件。")
def compile_catalogue() -> None:
    """Write what pages read."""
    from inspect_app.web import translations  # noqa: PLC0415 - the same

    translations.compile_file(translations.ENGLISH)
    click.echo("已生成。")


commands = (group,)
