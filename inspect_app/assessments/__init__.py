"""Scoring counties: schemes as definitions, pure scoring that explains itself, snapshots, roll-up."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask


def init_app(app: "Flask") -> None:
    """Put the assessments into the side navigation, and their schemes among the definitions to check."""
    from inspect_app.access.permissions import Permission  # noqa: PLC0415 - needed when an app is built
    from inspect_app.assessments.queries import check_definitions  # noqa: PLC0415 - the same
    from inspect_app.core.labels import mark  # noqa: PLC0415 - the same
    from inspect_app.web.navigation import register  # noqa: PLC0415 - the same

    app.extensions.setdefault("definition_readers", {})["schemes"] = check_definitions
    register(app, mark("考核评分"), "assessments.index", Permission.VIEW_ASSESSMENTS, order=60)
