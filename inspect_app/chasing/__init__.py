"""Chasing (督办): rungs of escalation, listing and delisting, looking back after closure."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask import Flask

    from inspect_app.access.actor import Actor
    from inspect_app.hazards.models import Hazard


def init_app(app: "Flask") -> None:
    """Enter chasing into the navigation and the page of a hazard, hear of look backs, name the actions in the trail."""
    from inspect_app.access.permissions import Permission  # noqa: PLC0415 - on demand
    from inspect_app.audit.labels import name_actions  # noqa: PLC0415 - on demand
    from inspect_app.chasing.circulars import register_papers  # noqa: PLC0415 - on demand
    from inspect_app.chasing.loading import check_definitions  # noqa: PLC0415 - on demand
    from inspect_app.chasing.looking_back import looked_back  # noqa: PLC0415 - on demand
    from inspect_app.core.labels import mark  # noqa: PLC0415 - on demand
    from inspect_app.hazards.listening import listen  # noqa: PLC0415 - on demand
    from inspect_app.web import navigation, slots  # noqa: PLC0415 - on demand

    navigation.register(app, mark("督办"), "chasing.index", Permission.VIEW_HAZARDS, order=12)
    slots.fill(app, "hazard", "chasing/panel.html", _panel)
    slots.fill(app, "hazards.many", "chasing/urge_button.html", _urging)
    app.extensions.setdefault("definition_readers", {})["chasing"] = check_definitions
    listen("look_back", looked_back)
    register_papers()
    name_actions("look_back", {"draw": mark("抽取回头看")})
    name_actions(
        "hazard",
        {
            "urge": mark("督办"),
            "list_level": mark("挂牌督办"),
            "delist_level": mark("摘牌"),
            "listing_report": mark("挂牌报备"),
            "listing_publish": mark("公布挂牌"),
            "listing_publish_delisting": mark("公布摘牌"),
            "look_back_done": mark("完成回头看任务"),
            "look_back_waive": mark("免去回头看"),
        },
    )


def _panel(actor: "Actor", hazard: "Hazard") -> "Mapping[str, object] | None":
    from inspect_app.chasing.panel import panel_of  # noqa: PLC0415 - on demand
    from inspect_app.core.database import db  # noqa: PLC0415 - on demand

    return panel_of(db.session(), actor, hazard)


def _urging(actor: "Actor") -> "Mapping[str, object] | None":
    from inspect_app.chasing.views.place import TAKERS  # noqa: PLC0415 - on demand

    return {} if any(actor.can(permission) for permission in TAKERS) else None
