"""Visits to sites (检查): planned, filled on a tablet, scored, submitted, reviewed."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from inspect_app.access.actor import Actor


def init_app(app: "Flask") -> None:
    """Enter the visits into the navigation, their actions into the trail, their definitions among those to check."""
    from inspect_app.access.permissions import Permission  # noqa: PLC0415 - on demand
    from inspect_app.audit.labels import name_actions, name_steps  # noqa: PLC0415 - on demand
    from inspect_app.core.labels import mark  # noqa: PLC0415 - on demand
    from inspect_app.inspections.combinations import check_combinations  # noqa: PLC0415 - on demand
    from inspect_app.inspections.coverage_definition import check_definitions  # noqa: PLC0415 - on demand
    from inspect_app.inspections.lifecycle import INSPECTION_LIFE  # noqa: PLC0415 - on demand
    from inspect_app.inspections.papers import register_papers  # noqa: PLC0415 - on demand
    from inspect_app.web import navigation  # noqa: PLC0415 - on demand

    readers = {"coverage": check_definitions, "combinations": check_combinations}
    app.extensions.setdefault("definition_readers", {}).update(readers)
    register_papers()
    view = Permission.VIEW_INSPECTIONS
    navigation.register(app, mark("现场检查"), "inspections.index", view, count=_waiting, order=20)
    name_steps("inspection", INSPECTION_LIFE)
    own = {"plan": mark("安排检查"), "answer": mark("作答"), "attach": mark("上传文件"), "withdraw": mark("撤下文件")}
    name_actions("inspection", own)
    name_actions("inspection", {"try_answer": mark("试填"), "try_again": mark("重新试填")})


def _waiting(actor: "Actor") -> int:
    from inspect_app.core.database import db  # noqa: PLC0415 - on demand
    from inspect_app.inspections.queries import waiting_for  # noqa: PLC0415 - on demand

    return waiting_for(db.session(), actor)
