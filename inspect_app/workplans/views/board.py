"""The matrix of a plan: tasks by counties or departments, and the rows behind each of its figures."""

from typing import Any
from urllib.parse import urlencode

from flask import render_template, request, url_for

from inspect_app.access.guard import current_actor, requires
from inspect_app.access.permissions import Permission
from inspect_app.core.database import db
from inspect_app.web.language import said
from inspect_app.workplans.boards import wishing
from inspect_app.workplans.boards.files import files_of
from inspect_app.workplans.boards.matrix import GROUPS, TRENDS, Group, chosen, matrix_of
from inspect_app.workplans.boards.owed import Owed
from inspect_app.workplans.boards.reading import Known, read
from inspect_app.workplans.library.words import TOPIC_LABELS
from inspect_app.workplans.queries import plan_of
from inspect_app.workplans.rules import days_late
from inspect_app.workplans.views.place import blueprint
from inspect_app.workplans.words import LOOKS, PART_LABELS

SIZE = 100


@blueprint.get("/<reference>/board")
@requires(Permission.VIEW_WORKPLANS)
def board(reference: str) -> str:
    """Show the worst look of every task and unit, where it is going, and sums."""
    known = _known(reference)
    by, columns = wishing.columns_of(request.args, known)
    wish = wishing.wish_from(request.args, known)
    matrix = matrix_of(wishing.within(known, columns).owed, wish, known.dates, known.today)
    shown = [each for each in columns if each.place in matrix.columns]
    return render_template(
        "workplans/board.html",
        matrix=matrix,
        by=by,
        columns=shown,
        tasks=[task for task in known.tasks if task.id in matrix.rows],
        **surroundings(known, "workplans.board", by),
    )


@blueprint.get("/<reference>/owed")
@requires(Permission.VIEW_WORKPLANS)
def owed(reference: str) -> str:
    """List what is owed behind a cell, a sum or a rate, with its evidence."""
    known = _known(reference)
    found, after = _behind(known), _after()
    page = found[after : after + SIZE]
    return render_template(
        "workplans/owed.html",
        rows=page,
        count=len(found),
        after=after,
        next_href=_address(reference, after + SIZE) if len(found) > after + SIZE else None,
        files=files_of(db.session(), current_actor(), [each.id for each in page]),
        days_late=days_late,
        **surroundings(known, "workplans.owed"),
    )


def _behind(known: Known) -> list[Owed]:
    """Return what the address asks for: a cell, a sum, or what a rate counts."""
    if request.args.get("by"):
        known = wishing.within(known, wishing.columns_of(request.args, known)[1])
    found = chosen(known.owed, wishing.wish_from(request.args, known), known.dates, known.today)
    decided = request.args.get("timely") == wishing.DECIDED
    return [each for each in found if each.on_time(known.today) is not None] if decided else found


def surroundings(known: Known, endpoint: str, by: str = "") -> dict[str, Any]:
    """Return what every board of a plan shows besides its own: filters, labels, addresses of rows."""
    given = {name: request.args.get(name, "") for name in wishing.NAMES}
    rows_at, here_at = (url_for(each, reference=known.plan.reference) for each in ("workplans.owed", endpoint))

    def rows(**over: object) -> str:
        return f"{rows_at}?{urlencode(wishing.kept(given, **{'by': by, **over}))}"

    def here(**over: object) -> str:
        return f"{here_at}?{urlencode(wishing.kept(given, **over))}"

    topics = {str(task.topic) for task in known.tasks if task.topic} | {each.topic for each in known.owed if each.topic}
    return {
        "known": known,
        "plan": known.plan,
        "wish": wishing.wish_from(request.args, known),
        "args": given,
        "rows_at": rows,
        "here": here,
        "groups": GROUPS,
        "Group": Group,
        "trends": {trend: (sign, said(label)) for trend, (sign, label) in TRENDS.items()},
        "looks": {look: (said(label), sign, tone) for look, (label, sign, tone) in LOOKS.items()},
        "parts": PART_LABELS,
        "topics": {key: label for key, label in TOPIC_LABELS.items() if key in topics},
    }


def _known(reference: str) -> Known:
    session, actor = db.session(), current_actor()
    return read(session, actor, plan_of(session, actor, reference))


def _address(reference: str, after: int) -> str:
    return url_for("workplans.owed", reference=reference, after=after, **wishing.kept(request.args))


def _after() -> int:
    given = request.args.get("after", "")
    return int(given) if given.isascii() and given.isdigit() else 0
