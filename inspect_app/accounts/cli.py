"""`flask user ...`: accounts from the command line."""

import click
from flask.cli import AppGroup

from inspect_app.access.actor import SYSTEM
from inspect_app.access.permissions import Role
from inspect_app.accounts import passwords, queries, service
from inspect_app.core.database import db, transaction
from inspect_app.regions.queries import by_code, resolve_unit

user = AppGroup("user", help="账号：新建、重置密码、解锁。")


@user.command("create", help="新建账号，打印一次性的初始密码。")
@click.argument("login")
@click.option("--name", required=True, help="姓名。")
@click.option("--role", required=True, type=click.Choice([role.value for role in Role]), help="角色。")
@click.option("--region", help="可查看区域的区划代码（业务角色必填）。")
@click.option(
    "--capture-region", help="可填报区域的区划代码；不填则与可查看区域相同，领导与考核员可用 none 表示不填报。"
)
@click.option("--credential", help="执法（检查）证号。")
@click.option("--unit", help="所属单位的名称（成员单位填报员必填）。")
def create(
    login: str,
    name: str,
    role: str,
    region: str | None,
    capture_region: str | None,
    credential: str | None,
    unit: str | None,
) -> None:
    """Create an account and print its initial password once."""
    first = passwords.random_password()
    with transaction():
        view = by_code(db.session(), region).id if region else None
        capture = (
            view
            if capture_region is None
            else None
            if capture_region == "none"
            else by_code(db.session(), capture_region).id
        )
        units = resolve_unit(db.session(), view, unit) if view and unit else []
        if unit and len(units) != 1:
            raise click.BadParameter(f"可查看的区域内没有名为“{unit}”的唯一单位。", param_hint="--unit")
        profile = service.Profile(
            login, name, Role(role), view, capture, units[0].id if units else None, credential_number=credential
        )
        service.create_user(db.session(), SYSTEM, profile, first)
    click.echo(f"账号 {login} 已建立，初始密码：{first}（首次登录须修改）")


@user.command("reset-password", help="重置密码，打印一次性的初始密码，并结束该账号的全部登录。")
@click.argument("login")
def reset_password(login: str) -> None:
    """Give an account a new initial password, printed once."""
    with transaction():
        first = service.reset_password(db.session(), SYSTEM, queries.user_by_login(db.session(), login))
    click.echo(f"账号 {login} 的新初始密码：{first}（首次登录须修改）")


@user.command("unlock", help="解除登录失败造成的锁定。")
@click.argument("login")
def unlock(login: str) -> None:
    """Forget the failed tries of an account."""
    with transaction():
        service.unlock(db.session(), SYSTEM, queries.user_by_login(db.session(), login))
    click.echo(f"账号 {login} 已解锁")


commands = (user,)
