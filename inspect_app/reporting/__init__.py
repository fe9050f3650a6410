"""What leaders and staff take away: home pages, overviews, county scorecards, ledgers."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask


def init_app(app: "Flask") -> None:
    """Put the home page and the overview into the side navigation."""
    from inspect_app.access.permissions import Permission  # noqa: PLC0415 - needed when an app is built
    from inspect_app.core.labels import mark  # noqa: PLC0415 - the same
    from inspect_app.web.navigation import register  # noqa: PLC0415 - the same

    register(app, mark("今日"), "reporting.home", order=0)
    register(app, mark("总览"), "reporting.overview", Permission.VIEW_OVERVIEW, order=70)
