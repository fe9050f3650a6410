"""Reminders: one digest a day for each person, of what is theirs."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask import Flask

    from inspect_app.access.actor import Actor
    from inspect_app.core.definitions import Problems


def init_app(app: "Flask") -> None:
    """Enter the reminders into navigation, home page and trail, and let their rules be checked."""
    from inspect_app.access.permissions import Permission  # noqa: PLC0415 - on demand
    from inspect_app.audit.labels import name_actions  # noqa: PLC0415 - on demand
    from inspect_app.core.labels import mark  # noqa: PLC0415 - on demand
    from inspect_app.web import navigation, slots  # noqa: PLC0415 - on demand

    view = (Permission.VIEW_HAZARDS, Permission.VIEW_WORKPLANS)
    navigation.register(app, mark("我的提醒"), "reminders.index", *view, count=_unread_count, order=5)
    slots.fill(app, "home", "reminders/home.html", _unread, order=10)
    name_actions("reminder", {"choose": mark("修改提醒设置")})
    app.extensions.setdefault("definition_readers", {})["reminders"] = check_rules


def check_rules(problems: "Problems") -> list[str]:
    """Read the rules for `flask definitions check`."""
    from inspect_app.reminders.definition import FILE, read_rules  # noqa: PLC0415 - on demand

    read_rules(FILE, problems)
    return []


def _unread_count(actor: "Actor") -> int:
    shown = _unread(actor)
    number: int = shown["total"] if shown else 0
    return number


def _unread(actor: "Actor") -> "Mapping[str, Any] | None":
    """Return what the home page shows of today's digest until it was read; one query."""
    from inspect_app.core import clock  # noqa: PLC0415 - on demand
    from inspect_app.core.database import db  # noqa: PLC0415 - on demand
    from inspect_app.reminders import queries  # noqa: PLC0415 - on demand
    from inspect_app.reminders.composing import unkept  # noqa: PLC0415 - on demand
    from inspect_app.reminders.sections import TONES, total  # noqa: PLC0415 - on demand

    digest = queries.unread(db.session(), actor, clock.today())
    if digest is None:
        return None
    sections = unkept(digest.content)
    return {"sections": sections, "total": total(sections), "tones": TONES}
