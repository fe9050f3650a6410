"""The inventory of hidden hazards and their closure."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from inspect_app.access.actor import Actor


def init_app(app: "Flask") -> None:
    """Enter the inventory into the navigation, with the number of open hazards beside it."""
    from inspect_app.access.permissions import Permission  # noqa: PLC0415 - on demand
    from inspect_app.core.labels import mark  # noqa: PLC0415 - on demand
    from inspect_app.web import navigation  # noqa: PLC0415 - on demand

    navigation.register(app, mark("隐患清单"), "hazards.index", Permission.VIEW_HAZARDS, count=_open_ones, order=10)


def _open_ones(actor: "Actor") -> int:
    from inspect_app.core.database import db  # noqa: PLC0415 - on demand
    from inspect_app.hazards.filters import HazardFilter  # noqa: PLC0415 - on demand
    from inspect_app.hazards.queries import count  # noqa: PLC0415 - on demand
    from inspect_app.hazards.rules import OPEN_STATES  # noqa: PLC0415 - on demand

    return count(db.session(), actor, HazardFilter(states=frozenset(OPEN_STATES))).number
