"""The filter of lists of what is owed, as it stands in the address."""

from typing import Any

from flask import request, url_for
from flask_babel import gettext as _
from sqlalchemy import ColumnElement

from inspect_app.core import clock
from inspect_app.core.database import db
from inspect_app.core.errors import NotFound
from inspect_app.regions.models import Region
from inspect_app.regions.queries import by_code
from inspect_app.workplans.feedback import queries
from inspect_app.workplans.feedback.queries import PICK_LABELS, DueFilter, Pick
from inspect_app.workplans.library.words import TOPIC_LABELS, Topic
from inspect_app.workplans.words import PART_LABELS, Part

NAMES = ("plan", "part", "topic", "pick", "region")


def chosen(default: str = "") -> DueFilter:
    """Read the filter; what means nothing is not found."""
    given = request.args
    region = given.get("region", "")
    return DueFilter(
        plan=given.get("plan", ""),
        part=_among(given.get("part", ""), Part),
        topic=_among(given.get("topic", ""), Topic),
        pick=_among(given.get("pick", default), Pick),
        region_id=by_code(db.session(), region).id if region else None,
    )


def page_number() -> int:
    """Read which page is asked for."""
    text = request.args.get("page", "1")
    return int(text) if text.isascii() and text.isdecimal() and 0 < len(text) < 5 and int(text) else 1  # noqa: PLR2004


def listed(endpoint: str, scope: ColumnElement[bool], wanted: DueFilter) -> dict[str, Any]:
    """Return what a list of dues is drawn with: its page, its piles, its filter."""
    session, today, number = db.session(), clock.today(), page_number()
    rows = queries.page(session, scope, wanted, today, number)
    shown = rows[: queries.SIZE]
    return {
        "dues": shown,
        "counts": queries.counts(session, scope, wanted, today),
        "piles": PICK_LABELS,
        "parts": PART_LABELS,
        "topics": TOPIC_LABELS,
        "plans": queries.plans_owing(session, scope),
        "files": queries.files_counted(session, [due.id for due in shown]),
        "wanted": wanted,
        "address": lambda **over: address(endpoint, **over),
        "chips": chips(endpoint, wanted),
        "next_href": address(endpoint, page=str(number + 1)) if len(rows) > queries.SIZE else None,
        "first_href": address(endpoint) if number > 1 else None,
    }


def address(endpoint: str, **over: str | None) -> str:
    """Return an address under the same filter; None takes a condition out."""
    given: dict[str, Any] = {name: request.args.get(name) for name in NAMES} | over
    return url_for(endpoint, **{name: value for name, value in given.items() if value is not None})


def chips(endpoint: str, wanted: DueFilter) -> list[tuple[str, str]]:
    """Pair each condition in force, but for the pile, with the address of the list without it."""
    region = db.session.get(Region, wanted.region_id) if wanted.region_id else None
    shown = {
        "plan": wanted.plan,
        "part": _("角色：%(part)s", part=PART_LABELS[Part(wanted.part)]) if wanted.part else "",
        "topic": TOPIC_LABELS[Topic(wanted.topic)] if wanted.topic else "",
        "region": region.name if region else "",
    }
    return [(label, address(endpoint, **{name: None})) for name, label in shown.items() if label]


def _among(text: str, words: Any) -> str:  # noqa: ANN401 - an enumeration
    if text and text not in set(words):
        raise NotFound
    return text
