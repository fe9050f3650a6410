"""Inspected objects (检查对象) with their seismic card."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask


def init_app(app: "Flask") -> None:
    """Enter the register into the navigation, and name what is done to it."""
    from inspect_app.access.permissions import Permission  # noqa: PLC0415 - on demand
    from inspect_app.audit import labels  # noqa: PLC0415 - on demand
    from inspect_app.core.labels import mark  # noqa: PLC0415 - on demand
    from inspect_app.web import navigation  # noqa: PLC0415 - on demand

    navigation.register(app, mark("检查对象"), "sites.index", Permission.VIEW_SITES, order=30)
    labels.name_actions("site", {"keep_both": mark("判定不重复"), "retire_duplicate": mark("作为重复停用")})
    imported = {"receive": mark("接收"), "check": mark("重新核对"), "apply": mark("导入"), "discard": mark("放弃")}
    labels.name_actions("site_import", imported)
