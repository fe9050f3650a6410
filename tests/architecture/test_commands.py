"""Commands are known by name before the modules that hold them are loaded."""

from importlib import import_module
from importlib.util import find_spec

from flask import Flask

from inspect_app.factory import COMMANDS, PACKAGES


def test_the_factory_names_every_command_of_every_package() -> None:
    held = {package: f"inspect_app.{package}.cli" for package in PACKAGES if find_spec(f"inspect_app.{package}.cli")}
    named = {package: tuple(each.name for each in import_module(module).commands) for package, module in held.items()}
    assert named == dict(COMMANDS)


def test_the_help_tells_what_each_command_is_for(app: Flask) -> None:
    told = app.test_cli_runner().invoke(args=["--help"]).output
    assert all(name in told for names in COMMANDS.values() for name in names)
    assert "义务" in told
