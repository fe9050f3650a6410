"""The tablet in the field: packs to take along, what comes back, and the devices that may send it."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask


def init_app(app: "Flask") -> None:
    """Open the API, and name what is done with devices in the trail."""
    from inspect_app.access.permissions import Permission  # noqa: PLC0415 - on demand
    from inspect_app.audit.labels import name_actions  # noqa: PLC0415 - on demand
    from inspect_app.core.labels import mark  # noqa: PLC0415 - on demand
    from inspect_app.inspections.obstacles import ask_before_submission  # noqa: PLC0415 - on demand
    from inspect_app.tablet import disagreements  # noqa: PLC0415 - on demand
    from inspect_app.tablet.api import views as api  # noqa: PLC0415 - on demand
    from inspect_app.tablet.office import parts  # noqa: PLC0415 - on demand
    from inspect_app.tablet.office import views as pages  # noqa: PLC0415 - on demand
    from inspect_app.web import navigation, slots  # noqa: PLC0415 - on demand

    app.register_blueprint(api.blueprint)
    app.register_blueprint(pages.blueprint)
    navigation.register(app, mark("平板登记"), "office.devices", Permission.MANAGE_DEVICES, order=92)
    slots.fill(app, "inspection", "tablet/visit_card.html", parts.on_visit)
    slots.fill(app, "home", "tablet/home_card.html", parts.on_home, order=5)
    slots.fill(app, "hazard", "tablet/hazard_card.html", parts.on_hazard)
    slots.fill(app, "account", "tablet/own_devices.html", parts.on_account)
    slots.fill(app, "sites", "tablet/sites_link.html", parts.on_sites)
    inspects = Permission.CARRY_OUT_INSPECTION
    navigation.register(app, mark("外业检查"), "tablet.shell", inspects, order=2)
    office = (Permission.CARRY_OUT_INSPECTION, Permission.REVIEW_INSPECTION)
    navigation.register(app, mark("外业平板"), "tablet.bags", *office, order=22)
    slots.fill(app, "fill", "tablet/reduced.html", lambda _actor: {})
    ask_before_submission(disagreements.hinder)
    own = {"disagree": mark("答案不一致"), "settle_disagreement": mark("选择采用的答案"), "sign": mark("签名")}
    name_actions("inspection", own)
    name_actions("device", {"register": mark("登记"), "revoke": mark("注销"), "end_key": mark("停用本人")})
    name_actions("upload", {"give_up": mark("清理未传完的文件")})
    name_actions("tls", {"make": mark("制作根证书和服务器证书"), "renew": mark("换发服务器证书")})
