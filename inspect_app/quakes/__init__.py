"""Earthquakes (震情): the clocks that an event starts, what is reported on them, and anomalies that are verified."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from inspect_app.access.actor import Actor


def init_app(app: "Flask") -> None:
    """Enter the pages into the navigation, the clocks among the definitions; name actions and tell what waits."""
    from inspect_app.access.permissions import Permission  # noqa: PLC0415 - on demand
    from inspect_app.audit.labels import name_actions, name_steps  # noqa: PLC0415 - on demand
    from inspect_app.core.labels import mark  # noqa: PLC0415 - on demand
    from inspect_app.core.waiting import Sort, tell  # noqa: PLC0415 - on demand
    from inspect_app.quakes import queries  # noqa: PLC0415 - on demand
    from inspect_app.quakes.lifecycle import ANOMALY_LIFE, QUAKE_LIFE, RECEIVED  # noqa: PLC0415 - on demand
    from inspect_app.quakes.loading import check_definitions  # noqa: PLC0415 - on demand
    from inspect_app.quakes.views import api  # noqa: PLC0415 - on demand
    from inspect_app.web import navigation  # noqa: PLC0415 - on demand

    app.register_blueprint(api.blueprint)
    app.extensions.setdefault("definition_readers", {})["quakes"] = check_definitions
    navigation.register(app, mark("震情报送"), "quakes.index", Permission.VIEW_QUAKES, count=_open, order=28)
    name_steps("quake", QUAKE_LIFE)
    name_steps("anomaly", ANOMALY_LIFE)
    reports = {"report": mark("报送"), "correct_report": mark("更正报告"), "deliver": mark("登记送达")}
    judged = {"fault": mark("认定违规报送"), "revoke_fault": mark("撤销违规报送"), "measure": mark("列整改措施")}
    name_actions("quake", {"record": mark("登记地震"), **reports, **judged})
    name_actions("anomaly", {"receive": mark("接报")})
    name_actions("quake_token", {"make": mark("发放"), "end": mark("停用")})
    waits = Sort(mark("等待报送的震情"), Permission.REPORT_QUAKE, queries.clocks_waiting, "quakes.index", "quakes.show")
    tell("quake_reports", waits)
    pages, values = ("quakes.anomalies", "quakes.anomaly"), {"state": RECEIVED}
    unverified = Sort(mark("等待核实的异常"), Permission.VERIFY_ANOMALY, queries.anomalies_waiting, *pages, values)
    tell("anomalies", unverified)


def _open(actor: "Actor") -> int:
    from inspect_app.core.database import db  # noqa: PLC0415 - on demand
    from inspect_app.quakes.queries import open_count  # noqa: PLC0415 - on demand

    return open_count(db.session(), actor)
