"""County workbooks, from bytes to applied rows."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask


def init_app(app: "Flask") -> None:
    """Enter the returns into the navigation."""
    from inspect_app.access.permissions import Permission  # noqa: PLC0415 - on demand
    from inspect_app.core.labels import mark  # noqa: PLC0415 - on demand
    from inspect_app.web import navigation  # noqa: PLC0415 - on demand

    navigation.register(app, mark("县区报表"), "returns.index", Permission.VIEW_RETURNS, order=40)
