"""Earthquake mode (震后应急): which sites may be hit, what is checked first, what stands still."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from flask import Flask

    from inspect_app.access.actor import Actor
    from inspect_app.quakes.models import Quake


def init_app(app: "Flask") -> None:
    """Enter the pages into the navigation and the home page, the files among the definitions; name the actions."""
    from inspect_app.access.permissions import Permission  # noqa: PLC0415 - on demand
    from inspect_app.audit.labels import name_actions, name_steps  # noqa: PLC0415 - on demand
    from inspect_app.core.labels import mark  # noqa: PLC0415 - on demand
    from inspect_app.emergencies.lifecycle import EMERGENCY_LIFE  # noqa: PLC0415 - on demand
    from inspect_app.emergencies.loading import check_definitions  # noqa: PLC0415 - on demand
    from inspect_app.web import navigation, slots  # noqa: PLC0415 - on demand

    app.extensions.setdefault("definition_readers", {})["attenuation"] = check_definitions
    navigation.register(app, mark("震后应急"), "emergencies.index", Permission.VIEW_QUAKES, order=28)
    slots.fill(app, "home", "emergencies/active.html", _active, order=5)
    slots.fill(app, "quake", "emergencies/of_quake.html", _of_quake)
    name_steps("emergency", EMERGENCY_LIFE)
    done = {"hold": mark("停止计时"), "let_run": mark("恢复计时"), "check": mark("派人核查")}
    name_actions("emergency", {"open": mark("启动应急"), **done})


def _of_quake(actor: "Actor", quake: "Quake") -> "Mapping[str, Any] | None":
    """Give the emergency of an earthquake, or the way to open one; nothing for those who can do neither."""
    from inspect_app.core.database import db  # noqa: PLC0415 - on demand
    from inspect_app.emergencies.presentation import of_quake  # noqa: PLC0415 - on demand

    return of_quake(db.session(), actor, quake)


def _active(actor: "Actor") -> "Mapping[str, Any] | None":
    """Give the active emergencies for the home page; nothing where there is none."""
    from inspect_app.access.permissions import Permission  # noqa: PLC0415 - on demand
    from inspect_app.core.database import db  # noqa: PLC0415 - on demand
    from inspect_app.emergencies.queries import active  # noqa: PLC0415 - on demand

    found = active(db.session(), actor) if actor.can(Permission.VIEW_QUAKES) else []
    return {"emergencies": found} if found else None
