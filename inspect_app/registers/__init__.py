"""Registers (底数台账): what a county has, kept entry by entry with its history."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask


def init_app(app: "Flask") -> None:
    """Enter the registers into the navigation, have their definitions checked, and name what is done to them."""
    from inspect_app.access.permissions import Permission  # noqa: PLC0415 - on demand
    from inspect_app.audit.labels import name_actions, name_steps  # noqa: PLC0415 - on demand
    from inspect_app.core.labels import mark  # noqa: PLC0415 - on demand
    from inspect_app.registers.lifecycle import REGISTER_IMPORT_LIFE  # noqa: PLC0415 - on demand
    from inspect_app.registers.loading import check_definitions  # noqa: PLC0415 - on demand
    from inspect_app.web import navigation  # noqa: PLC0415 - on demand

    navigation.register(app, mark("底数台账"), "registers.index", Permission.VIEW_REGISTERS, order=35)
    app.extensions.setdefault("definition_readers", {})["registers"] = check_definitions
    name_steps("register_import", REGISTER_IMPORT_LIFE)
    name_actions("register_import", {"receive": mark("接收"), "zero": mark("零报告")})
    name_actions("register_entry", {"add": mark("登记"), "end": mark("结束")})
