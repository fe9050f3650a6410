"""Campaigns (督导检查方案): scope, teams and visits of a round of inspections, coverage of the year, random draws."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from inspect_app.access.actor import Actor


def init_app(app: "Flask") -> None:
    """Enter the campaigns into the navigation, their file among the definitions, their actions into the trail."""
    from inspect_app.access.permissions import Permission  # noqa: PLC0415 - on demand
    from inspect_app.audit.labels import name_actions, name_steps  # noqa: PLC0415 - on demand
    from inspect_app.campaigns import draw_limits  # noqa: PLC0415 - on demand
    from inspect_app.campaigns.lifecycle import CAMPAIGN_LIFE  # noqa: PLC0415 - on demand
    from inspect_app.campaigns.loading import check_definitions  # noqa: PLC0415 - on demand
    from inspect_app.campaigns.papers import register_papers  # noqa: PLC0415 - on demand
    from inspect_app.core.labels import mark  # noqa: PLC0415 - on demand
    from inspect_app.web import navigation  # noqa: PLC0415 - on demand

    readers = {"campaigns": check_definitions, "draws": draw_limits.check_definitions}
    app.extensions.setdefault("definition_readers", {}).update(readers)
    register_papers()
    view = Permission.VIEW_CAMPAIGNS
    navigation.register(app, mark("督导方案"), "campaigns.index", view, count=_waiting, order=25)
    navigation.register(app, mark("覆盖情况"), "campaigns.coverage", view, order=26)
    name_steps("campaign", CAMPAIGN_LIFE)
    own = {"create": mark("拟制方案"), "update": mark("修改方案"), "plan": mark("生成检查"), "draw": mark("随机抽取")}
    name_actions("campaign", own)
    name_actions("avoidance", {"declare": mark("申报回避"), "end": mark("解除回避")})


def _waiting(actor: "Actor") -> int:
    from inspect_app.campaigns.queries import waiting_for  # noqa: PLC0415 - on demand
    from inspect_app.core.database import db  # noqa: PLC0415 - on demand

    return waiting_for(db.session(), actor)
