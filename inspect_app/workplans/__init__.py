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
