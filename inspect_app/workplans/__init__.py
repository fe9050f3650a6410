"""Work plans (工作要点): what official notices ask for, and the obligations that come of it."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask import Flask

    from inspect_app.access.actor import Actor


def init_app(app: "Flask") -> None:
    """Enter the library of obligations among the definitions, and name what the trail tells."""
    from inspect_app.audit.labels import name_actions, name_steps  # noqa: PLC0415 - on demand
    from inspect_app.core.labels import mark  # noqa: PLC0415 - on demand
    from inspect_app.workplans.library.loading import check_definitions  # noqa: PLC0415 - on demand
    from inspect_app.workplans.lifecycle import DUE_LIFE, PLAN_LIFE  # noqa: PLC0415 - on demand

    app.extensions.setdefault("definition_readers", {})["obligations"] = check_definitions
    name_steps("work_plan", PLAN_LIFE)
    name_steps("work_due", DUE_LIFE)
    name_actions("work_due", {"add_files": mark("上传佐证")})
    _init_intake(app)
    _init_owing(app)
    _init_feedback(app)
    _init_boards(app)


def _init_intake(app: "Flask") -> None:
    """Enter the plans into the navigation and their words among the definitions, and guard the notices."""
    from inspect_app.access.permissions import Permission  # noqa: PLC0415 - on demand
    from inspect_app.audit.labels import name_actions  # noqa: PLC0415 - on demand
    from inspect_app.core.labels import mark  # noqa: PLC0415 - on demand
    from inspect_app.evidence.queries import guard  # noqa: PLC0415 - on demand
    from inspect_app.web import navigation  # noqa: PLC0415 - on demand
    from inspect_app.workplans.intake.editing import ACTIONS, KIND  # noqa: PLC0415 - on demand
    from inspect_app.workplans.intake.queries import files_of_plans  # noqa: PLC0415 - on demand
    from inspect_app.workplans.intake.topics import check_definitions  # noqa: PLC0415 - on demand

    navigation.register(app, mark("工作要点"), "workplans.index", Permission.VIEW_WORKPLANS, order=15)
    app.extensions["definition_readers"]["topics"] = check_definitions
    name_actions(KIND, ACTIONS)
    guard(KIND, files_of_plans)


def _init_owing(app: "Flask") -> None:
    """Enter what fulfils obligations among the definitions, and name what changes what is owed."""
    from inspect_app.audit.labels import name_actions  # noqa: PLC0415 - on demand
    from inspect_app.core.labels import mark  # noqa: PLC0415 - on demand
    from inspect_app.workplans.records.loading import check_definitions  # noqa: PLC0415 - on demand

    app.extensions["definition_readers"]["fulfilment"] = check_definitions
    name_actions(
        "work_plan",
        {
            "owe": mark("产生应报事项"),
            "adopt": mark("采用义务"),
            "set_numbers": mark("修改义务的数字"),
            "choose_record": mark("选定台账指标"),
        },
    )


def _init_feedback(app: "Flask") -> None:
    """Enter what people owe and review into the navigation and the home page, and guard its files."""
    from inspect_app.access.permissions import Permission  # noqa: PLC0415 - on demand
    from inspect_app.audit.labels import name_actions, name_steps  # noqa: PLC0415 - on demand
    from inspect_app.core.labels import mark  # noqa: PLC0415 - on demand
    from inspect_app.evidence.queries import guard  # noqa: PLC0415 - on demand
    from inspect_app.web import navigation, slots  # noqa: PLC0415 - on demand
    from inspect_app.workplans.feedback import desk  # noqa: PLC0415 - on demand
    from inspect_app.workplans.feedback.books.lifecycle import WORK_RETURN_LIFE  # noqa: PLC0415 - on demand
    from inspect_app.workplans.feedback.books.queries import files_of_returns  # noqa: PLC0415 - on demand
    from inspect_app.workplans.feedback.queries import files_of_dues  # noqa: PLC0415 - on demand

    own, review = mark("我的应报事项"), mark("报送审核")
    navigation.register(app, own, "workplans.mine", Permission.REPORT_WORK, count=desk.open_for, order=16)
    may_review = (Permission.ACCEPT_WORK, Permission.WAIVE_WORK)
    navigation.register(app, review, "workplans.inbox", *may_review, count=desk.waiting_for, order=17)
    slots.fill(app, "home", "workplans/home_card.html", desk.on_home, order=20)
    guard("work_due", files_of_dues)
    guard("work_return", files_of_returns)
    name_steps("work_return", WORK_RETURN_LIFE)
    name_actions("work_return", {"receive": mark("接收")})


def _init_boards(app: "Flask") -> None:
    """Tell on the home page how far the plan in force is, and let documents be drawn up about plans."""
    from inspect_app.web import slots  # noqa: PLC0415 - on demand
    from inspect_app.workplans.papers import register_papers  # noqa: PLC0415 - on demand

    slots.fill(app, "home", "workplans/home_panel.html", _on_home, order=21)
    register_papers()


def _on_home(actor: "Actor") -> "Mapping[str, object] | None":
    from inspect_app.core.database import db  # noqa: PLC0415 - on demand
    from inspect_app.workplans.boards.panel import panel_of  # noqa: PLC0415 - on demand

    return panel_of(db.session(), actor)
