"""`flask demo load`."""

from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from inspect_app.access.permissions import ROLE_LABELS
from inspect_app.commands import seed
from inspect_app.demo.cast import PASSWORD, SHOWN, people
from inspect_app.migrating import upgrade

demo = AppGroup("demo", help="演示数据：塔城地区七个县市虚构的一年。")
TRIALS = (
    "用 inspector 登录，在“现场检查”里打开今天乌苏市正在进行的检查，答完各题、拍照、提交，看自动生成的隐患。",
    "用 clerk 登录，在“隐患清单”里打开一条整改中的隐患，传整改后照片并报告完成；换 inspector 复查，由 officer 销号。",
    "用 clerk 登录，在“县区报表”里上传数据目录“示例报表”中的“乌苏市隐患台账（待上传）.xlsx”，看系统怎样逐行说明问题。",
)


@demo.command("load", help="在空库中载入演示数据；已载入时不做任何改动。")
def load_command() -> None:
    """Load the sample into an empty installation and say how to sign in."""
    from inspect_app.demo.loading import load  # noqa: PLC0415 - draws, composes and reads: no worker needs it

    upgrade()
    seed()
    if not load(click.echo, Path(current_app.config["DATA_DIR"]) / "示例报表"):
        click.echo("演示数据已经在这里，未作改动。")
    click.echo(f"\n演示账号（密码都是 {PASSWORD}）：")
    for person in people():
        if person.login in SHOWN:
            click.echo(f"  {person.login:<10} {ROLE_LABELS[person.role]}　{person.name}")
    click.echo("\n可以试三件事：")
    for number, trial in enumerate(TRIALS, 1):
        click.echo(f"  {number}. {trial}")


commands = (demo,)
