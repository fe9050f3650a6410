"""Versioned checklists: definitions, judging and scoring, and the versions that were published."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask


def init_app(app: "Flask") -> None:
    """Enter the lists into the navigation, and name their actions in the trail."""
    from inspect_app.access.permissions import Permission  # noqa: PLC0415 - on demand
    from inspect_app.audit.labels import name_actions, name_steps  # noqa: PLC0415 - on demand
    from inspect_app.checklists.lifecycle import VERSION_LIFE  # noqa: PLC0415 - on demand
    from inspect_app.core.labels import mark  # noqa: PLC0415 - on demand
    from inspect_app.web import navigation  # noqa: PLC0415 - on demand

    navigation.register(app, mark("检查表"), "checklists.index", Permission.VIEW_CHECKLISTS, order=28)
    name_actions("checklist", {"create": mark("新建草稿")})
    name_steps("checklist", VERSION_LIFE)
