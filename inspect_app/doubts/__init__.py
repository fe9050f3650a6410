"""Doubts (疑点): entries that look untrue, each with the rows behind it and where to mend it."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from inspect_app.core.definitions import Problems


def init_app(app: "Flask") -> None:
    """Enter the doubts into the navigation, name their action in the trail, and let their limits be checked."""
    from inspect_app.access.permissions import Permission  # noqa: PLC0415 - on demand
    from inspect_app.audit.labels import name_actions  # noqa: PLC0415 - on demand
    from inspect_app.core.labels import mark  # noqa: PLC0415 - on demand
    from inspect_app.web import navigation  # noqa: PLC0415 - on demand

    navigation.register(app, mark("疑点核查"), "doubts.index", Permission.VIEW_DOUBTS, order=75)
    name_actions("doubt", {"settle": mark("认定疑点")})
    app.extensions.setdefault("definition_readers", {})["limits"] = check_limits


def check_limits(problems: "Problems") -> list[str]:
    """Read the limits for `flask definitions check`."""
    from inspect_app.doubts.limits import FILE, read_limits  # noqa: PLC0415 - on demand

    read_limits(FILE, problems)
    return []
