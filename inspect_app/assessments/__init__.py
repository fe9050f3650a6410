"""Scoring counties: schemes as definitions, pure scoring that explains itself, snapshots, roll-up."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask import Flask

    from inspect_app.access.actor import Actor


def init_app(app: "Flask") -> None:
    """Enter the assessments and the year's course into navigation, home page and trail, and check their schemes."""
    from inspect_app.access.permissions import Permission  # noqa: PLC0415 - needed when an app is built
    from inspect_app.assessments.course.views import blueprint  # noqa: PLC0415 - the same
    from inspect_app.assessments.course.words import ACTIONS  # noqa: PLC0415 - the same
    from inspect_app.assessments.lifecycle import ASSESSMENT_LIFE  # noqa: PLC0415 - the same
    from inspect_app.assessments.queries import check_definitions  # noqa: PLC0415 - the same
    from inspect_app.audit.labels import name_actions, name_steps  # noqa: PLC0415 - the same
    from inspect_app.core.labels import mark  # noqa: PLC0415 - the same
    from inspect_app.web import slots  # noqa: PLC0415 - the same
    from inspect_app.web.navigation import register  # noqa: PLC0415 - the same

    app.extensions.setdefault("definition_readers", {})["schemes"] = check_definitions
    register(app, mark("考核评分"), "assessments.index", Permission.VIEW_ASSESSMENTS, order=60)
    app.register_blueprint(blueprint)
    register(app, mark("年度考核"), "course.index", Permission.VIEW_ASSESSMENTS, order=61)
    slots.fill(app, "home", "assessments/course/home.html", _on_home, order=20)
    name_steps("assessment", ASSESSMENT_LIFE)
    name_actions("assessment", ACTIONS)


def _on_home(actor: "Actor") -> "Mapping[str, object] | None":
    from inspect_app.assessments.course.tasks import on_home  # noqa: PLC0415 - on demand
    from inspect_app.core.database import db  # noqa: PLC0415 - on demand

    return on_home(db.session(), actor)
