"""The prefecture at a glance, and keeping scores by hand."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from inspect_app.access.guard import current_actor, requires
from inspect_app.access.permissions import Permission
from inspect_app.assessments import queries, service
from inspect_app.assessments.leaders.board import Board
from inspect_app.assessments.leaders.kept import Kept, newest
from inspect_app.assessments.leaders.movement import moves, since, turned_red
from inspect_app.assessments.leaders.published import published
from inspect_app.assessments.presentation import distribution, heat_table
from inspect_app.assessments.views.asking import asked, board_of, county_schemes, stands_above, years
from inspect_app.assessments.views.place import blueprint
from inspect_app.assessments.views.province import province_page
from inspect_app.core import clock
from inspect_app.core.database import db, transaction
from inspect_app.regions.queries import by_code


@blueprint.get("")
@requires(Permission.VIEW_ASSESSMENTS)
def index() -> str:
    """Show the counties a person sees, best first; above prefectures, the prefectures."""
    asking = asked()
    if stands_above(asking.region):
        return province_page(asking)
    return render_template(
        "assessments/index.html",
        asked=asking,
        schemes=county_schemes(),
        years=years(),
        may_store=current_actor().can(Permission.RUN_ASSESSMENT),
        **_glance(board_of(asking)),
    )


@blueprint.post("/run")
@requires(Permission.RUN_ASSESSMENT)
def run() -> Response:
    """Keep a snapshot of every county a person sees."""
    period, region = request.form.get("period", ""), request.form.get("region", "")
    scheme = request.form.get("scheme") or queries.DEFAULT_SCHEME
    with transaction():
        region_id = by_code(db.session(), region).id if region else None
        kept = len(service.run(db.session(), current_actor(), scheme, period, region_id))
    flash(_("已存档 %(count)s 个县（市、区）的得分。", count=kept), "success")
    return redirect(url_for("assessments.index", period=period, region=region or None))


def kept_before(board: Board) -> dict[int, Kept]:
    """Return what was kept of the counties of a board up to the first day of this month."""
    county_ids = [each.place.id for each in board.standings]
    return newest(db.session(), board.scheme, board.period.code, county_ids, since(clock.today()))


def _glance(board: Board) -> dict[str, Any]:
    """Lay counties side by side: how they stand, how they moved, what turned red, what was published."""
    before = kept_before(board)
    return {
        "board": board,
        "table": heat_table(board, moves(board, before)),
        "reds": turned_red(board, before),
        "kept_of": max((kept.of for kept in before.values()), default=""),
        "results": published(db.session(), board.period.code, [each.place.id for each in board.standings]),
        "grades": distribution(board),
    }
