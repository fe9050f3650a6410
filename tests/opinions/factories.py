"""Restricted papers for tests."""

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from inspect_app.access.actor import SYSTEM, Actor
from inspect_app.opinions.kinds import Kind
from inspect_app.opinions.models import Opinion
from inspect_app.opinions.rules import Paper
from inspect_app.opinions.service import keep
from inspect_app.regions.queries import by_code

WORD = "青鸾"


def paper(**over: Any) -> Paper:  # noqa: ANN401 - any field
    """Return a monthly consultation of early June."""
    given: dict[str, Any] = {
        "kind": Kind.MONTHLY,
        "held_on": date(2026, 6, 5),
        "title": f"{WORD}台网六月会商",
        "text": f"{WORD}一带近期无明显异常。",
        "covers_from": date(2026, 6, 1),
        "covers_until": date(2026, 6, 30),
        "receivers": (f"{WORD}办公室",),
        **over,
    }
    return Paper(**given)


def make_opinion(session: Session, actor: Actor = SYSTEM, region: str = "6542", **over: Any) -> Opinion:  # noqa: ANN401
    """Keep a paper."""
    return keep(session, actor, by_code(session, region), paper(**over))
