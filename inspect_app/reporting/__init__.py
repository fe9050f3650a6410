"""What leaders and staff take away: home pages, overviews, county scorecards, ledgers."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask


def init_app(app: "Flask") -> None:
    """Put the home page and the overview into the side navigation, and the ledgers among the definitions to check."""
    from inspect_app.access.permissions import Permission  # noqa: PLC0415 - needed when an app is built
    from inspect_app.core.labels import mark  # noqa: PLC0415 - the same
    from inspect_app.reporting.ledger import check_definitions  # noqa: PLC0415 - the same
    from inspect_app.web.navigation import register  # noqa: PLC0415 - the same

    app.extensions.setdefault("definition_readers", {})["ledgers"] = check_definitions
    register(app, mark("今日"), "reporting.home", order=0)
    register(app, mark("总览"), "reporting.overview", Permission.VIEW_OVERVIEW, order=70)
