"""The overview of everything a person sees, and the scorecard of one county."""

from typing import Any

from flask import redirect, render_template, url_for
from werkzeug.wrappers import Response

from inspect_app.access.guard import current_actor, requires
from inspect_app.access.permissions import Permission
from inspect_app.assessments import queries as assessments
from inspect_app.assessments.leaders.board import Board
from inspect_app.assessments.leaders.movement import moves
from inspect_app.assessments.period import period_of
from inspect_app.assessments.presentation import heat_table
from inspect_app.assessments.views.asking import Asked, board_of, stands_above
from inspect_app.assessments.views.county import card_of
from inspect_app.assessments.views.overview import kept_before
from inspect_app.assessments.views.province import whole_of
from inspect_app.core import clock
from inspect_app.core.database import db
from inspect_app.hazards import changes
from inspect_app.hazards.lifecycle import HAZARD_LIFE
from inspect_app.regions.levels import Level
from inspect_app.regions.models import Region
from inspect_app.reporting.overview import coverage, picture
from inspect_app.reporting.views.charts import charts
from inspect_app.reporting.views.links import hazards_href, ledger_href
from inspect_app.reporting.views.place import blueprint


@blueprint.get("/overview")
@requires(Permission.VIEW_OVERVIEW)
def overview() -> str | Response:
    """Show the region a person sees; who sees one county only is sent to its scorecard."""
    region = _own_region()
    if region is not None and region.level is Level.COUNTY:
        return redirect(url_for("reporting.county", code=region.code))
    asking = _asking(region)
    board, above = board_of(asking), stands_above(region)
    return render_template(
        "reporting/overview.html",
        region=region,
        table=heat_table(board, moves(board, kept_before(board))),
        whole=whole_of(asking) if above else None,
        coverage=coverage(board),
        **_shown(None, board),
    )


@blueprint.get("/overview/<code>")
@requires(Permission.VIEW_OVERVIEW)
def county(code: str) -> str:
    """Show one county on one page."""
    found = assessments.county_in_scope(db.session(), current_actor(), code)
    board = board_of(_asking(found))
    return render_template("reporting/county.html", county=found, card=card_of(board, code), **_shown(found, board))


def _own_region() -> Region | None:
    region_id = current_actor().view_region_id
    return db.session.get(Region, region_id) if region_id else None


def _asking(region: Region | None) -> Asked:
    today = clock.today()
    scheme = assessments.scheme_of(assessments.DEFAULT_SCHEME)
    return Asked(scheme, period_of(str(today.year), today), region)


def _shown(region: Region | None, board: Board) -> dict[str, Any]:
    session, actor = db.session(), current_actor()
    counted = picture(session, actor, region, clock.today())
    return {
        "board": board,
        "picture": counted,
        "charts": charts(counted, hazards_href),
        "changes": changes.latest(session, actor, region),
        "life": HAZARD_LIFE,
        "hazards_href": hazards_href,
        "ledger_href": ledger_href,
    }
