"""The inventory of hidden hazards and their closure."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from flask import Flask

    from inspect_app.access.actor import Actor
    from inspect_app.core.definitions import Problems
    from inspect_app.hazards.models import Hazard


def init_app(app: "Flask") -> None:
    """Enter the inventory into the navigation, with the number of open hazards, and name its actions in the trail."""
    from inspect_app.access.permissions import Permission  # noqa: PLC0415 - on demand
    from inspect_app.audit.labels import name_actions, name_steps  # noqa: PLC0415 - on demand
    from inspect_app.core.labels import mark  # noqa: PLC0415 - on demand
    from inspect_app.hazards.lifecycle import HAZARD_LIFE  # noqa: PLC0415 - on demand
    from inspect_app.hazards.papers import register_papers  # noqa: PLC0415 - on demand
    from inspect_app.hazards.verifying import verify  # noqa: PLC0415 - on demand
    from inspect_app.web import navigation, slots  # noqa: PLC0415 - on demand

    register_papers()
    navigation.register(app, mark("隐患清单"), "hazards.index", Permission.VIEW_HAZARDS, count=_open_ones, order=10)
    name_steps("hazard", HAZARD_LIFE)
    app.extensions.setdefault("verifiers", []).append(verify)
    app.extensions.setdefault("definition_readers", {})["hazard rules"] = check_limits
    name_actions("hazard", {"enter": mark("录入"), "register_many": mark("由报表登记")})
    name_actions("hazard", {"withdraw_many": mark("随报表撤回"), "put_back_many": mark("恢复报表改动前的内容")})
    name_actions("hazard", {"keep_both": mark("记为两条隐患")})
    slots.fill(app, "hazard", "hazards/_resembling.html", _resembling, order=200)
    name_actions("saved_filter", {"save": mark("保存筛选条件"), "forget": mark("删除筛选条件")})
    name_actions("hazard", {"list": mark("挂牌"), "delist": mark("摘牌")})


def check_limits(problems: "Problems") -> list[str]:
    """Read the limits for `flask definitions check`."""
    from inspect_app.hazards.definitions import FILE, read_limits  # noqa: PLC0415 - on demand

    read_limits(FILE, problems)
    return []


def _resembling(actor: "Actor", hazard: "Hazard") -> "Mapping[str, Any] | None":
    from inspect_app.access.permissions import Permission  # noqa: PLC0415 - on demand
    from inspect_app.core.database import db  # noqa: PLC0415 - on demand
    from inspect_app.hazards.doubles import resembling  # noqa: PLC0415 - on demand

    found = resembling(db.session(), actor, hazard) if actor.can(Permission.ASSIGN_HAZARD) else []
    others = [(each.other if each.one is hazard else each.one, each.why) for each in found]
    return {"others": others, "county": hazard.county.code} if others else None


def _open_ones(actor: "Actor") -> int:
    from inspect_app.core.database import db  # noqa: PLC0415 - on demand
    from inspect_app.hazards.filters import HazardFilter  # noqa: PLC0415 - on demand
    from inspect_app.hazards.queries import count  # noqa: PLC0415 - on demand
    from inspect_app.hazards.rules import OPEN_STATES  # noqa: PLC0415 - on demand

    return count(db.session(), actor, HazardFilter(states=frozenset(OPEN_STATES))).number
