"""How commands speak (a domain error is one sentence and exit status 2), and `flask init`."""

from collections.abc import Callable, Iterable
from functools import cached_property, wraps
from importlib import import_module
from typing import Any

import click
from flask import Flask
from flask.cli import with_appcontext

from inspect_app.access.actor import SYSTEM
from inspect_app.access.permissions import Role
from inspect_app.core.database import db, transaction
from inspect_app.core.errors import DomainError
from inspect_app.migrating import upgrade


class Refusal(click.ClickException):
    """A domain error as the command line says it."""

    exit_code = 2

    def show(self, file: Any = None) -> None:  # noqa: ANN401 - click's signature
        """Print the sentence alone."""
        click.echo(self.message, err=True, file=file)


def add_commands(app: Flask, commands: Iterable[click.Command]) -> None:
    """Add commands to the application, each answering domain errors with their sentence."""
    for command in commands:
        _speak(command)
        app.cli.add_command(command)


class PackageCommand(click.Command):
    """A command that a package has in its `cli` module, loaded when it is called or told about."""

    def __init__(self, package: str, name: str) -> None:
        super().__init__(name)
        self._package = package

    @cached_property
    def real(self) -> click.Command:
        """The command itself, which answers domain errors with their sentence."""
        commands = import_module(f"inspect_app.{self._package}.cli").commands
        found: click.Command = next(command for command in commands if command.name == self.name)
        _speak(found)
        return found

    def get_short_help_str(self, limit: int = 45) -> str:
        """Say what the command is for."""
        return self.real.get_short_help_str(limit)

    def make_context(
        self,
        info_name: str | None,
        args: list[str],
        parent: click.Context | None = None,
        **extra: Any,  # noqa: ANN401 - click's own
    ) -> click.Context:
        """Let the command itself read the arguments and run."""
        return self.real.make_context(info_name, args, parent, **extra)


def _speak(command: click.Command) -> None:
    if isinstance(command, click.Group):
        for child in command.commands.values():
            _speak(child)
    elif command.callback and not getattr(command.callback, "speaks", False):
        command.callback = _spoken(command.callback)


def _spoken(callback: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(callback)
    def answer(*args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - passes everything through
        try:
            return callback(*args, **kwargs)
        except DomainError as error:
            raise Refusal(str(error)) from error

    answer.speaks = True  # type: ignore[attr-defined]
    return answer


@click.command("init", help="建库：升级数据库结构，载入区划、工作日历和检查表，建立首个安全管理员。可重复执行。")
@click.option("--admin", default="security", show_default=True, help="首个安全管理员的登录名。")
@with_appcontext
def init(admin: str) -> None:
    """Make the database ready for use; safe to repeat."""
    upgrade()
    for line in seed():
        click.echo(line)
    if password := first_administrator(admin):
        click.echo(f"首个安全管理员：{admin}，初始密码：{password}（首次登录须修改；只显示这一次）")
    click.echo("初始化完成。")


def seed() -> list[str]:
    """Load regions, calendar and published checklists; safe to repeat. Returns a Chinese line for each."""
    from inspect_app.checklists.service import publish_definitions  # noqa: PLC0415 - needs the models loaded
    from inspect_app.core.workdays import seed_calendar  # noqa: PLC0415 - needs the models loaded
    from inspect_app.regions.seeding import seed as seed_regions  # noqa: PLC0415 - needs the models loaded

    with transaction():
        regions = seed_regions(db.session())
        days = seed_calendar(db.session())
        lists = publish_definitions(db.session(), SYSTEM)
    return [f"行政区划：新增 {regions} 个", f"工作日历：新增 {days} 天", f"检查表：发布 {len(lists)} 个新版本"]


def first_administrator(login: str) -> str | None:
    """Create the first security administrator when no account exists; returns the initial password, or None."""
    from inspect_app.accounts import passwords, service  # noqa: PLC0415 - needs the models loaded
    from inspect_app.accounts.models import User  # noqa: PLC0415 - needs the models loaded

    if db.session.query(User.id).first():
        return None
    first = passwords.random_password()
    with transaction():
        profile = service.Profile(login, "安全管理员", Role.SECURITY_ADMINISTRATOR)
        service.create_user(db.session(), SYSTEM, profile, first)
    return first
