"""Work plans (工作要点): what official notices ask for, and the obligations that come of it."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask


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
    _init_feedback(app)


def _init_feedback(app: "Flask") -> None:
    """Enter what people owe and review into the navigation and the home page, and guard its files."""
    from inspect_app.access.permissions import Permission  # noqa: PLC0415 - on demand
    from inspect_app.core.labels import mark  # noqa: PLC0415 - on demand
    from inspect_app.evidence.queries import guard  # noqa: PLC0415 - on demand
    from inspect_app.web import navigation, slots  # noqa: PLC0415 - on demand
    from inspect_app.workplans.feedback import desk  # noqa: PLC0415 - on demand
    from inspect_app.workplans.feedback.queries import files_of_dues  # noqa: PLC0415 - on demand

    own, review = mark("我的应报事项"), mark("报送审核")
    navigation.register(app, own, "workplans.mine", Permission.REPORT_WORK, count=desk.open_for, order=28)
    may_review = (Permission.ACCEPT_WORK, Permission.WAIVE_WORK)
    navigation.register(app, review, "workplans.inbox", *may_review, count=desk.waiting_for, order=29)
    slots.fill(app, "home", "workplans/home_card.html", desk.on_home, order=20)
    guard("work_due", files_of_dues)
