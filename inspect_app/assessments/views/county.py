"""The scorecard of one county, line by line."""

from functools import partial

from flask import render_template
from markupsafe import Markup

from inspect_app.access.guard import current_actor, requires
from inspect_app.access.permissions import Permission
from inspect_app.assessments import queries
from inspect_app.assessments.leaders.board import Board
from inspect_app.assessments.leaders.card import Card, scorecard
from inspect_app.assessments.leaders.movement import NOT_KNOWN, moves, turned_red
from inspect_app.assessments.leaders.published import published
from inspect_app.assessments.presentation import pill
from inspect_app.assessments.views.asking import (
    Asked,
    board_of,
    county_schemes,
    parent_of,
    period_asked,
    remembered,
    scheme_asked,
    sees,
    years,
)
from inspect_app.assessments.views.overview import kept_before
from inspect_app.assessments.views.place import blueprint
from inspect_app.assessments.views.rows import rows_href
from inspect_app.core.database import db
from inspect_app.regions.models import Region
from inspect_app.web import language


@blueprint.get("/<code>")
@requires(Permission.VIEW_ASSESSMENTS)
def county(code: str) -> str:
    """Explain the score of one county on one page."""
    region = queries.county_in_scope(db.session(), current_actor(), code)
    asking = Asked(scheme_asked(), period_asked(), region)
    ranked = sees(parent_of(region))
    key = ("sheet", code, asking.scheme.code, asking.scheme.version, asking.period, ranked, language.chosen())
    sheet = remembered(key, parent_of(region), lambda: _sheet(asking, region))
    return render_template("assessments/county.html", asked=asking, county=region, sheet=sheet, ranked=ranked)


def card_of(board: Board, code: str) -> Card:
    """Lay out the score of a county of a board."""
    address = partial(rows_href, code, board.period)
    return scorecard(board.of(code), board.scheme.modules, address)


def _sheet(asking: Asked, region: Region) -> tuple[Markup, Markup]:
    """Draw what changes with the data alone: how the score stands, and the sheet itself."""
    board, code = board_of(asking, [region]), region.code
    before = kept_before(board)
    history = queries.history(db.session(), asking.scheme.code, asking.period.code, region.id)
    content = render_template(
        "assessments/sheet.html",
        asked=asking,
        county=region,
        board=board,
        card=card_of(board, code),
        move=moves(board, before).get(code, NOT_KNOWN),
        reds={red.code: red for red in turned_red(board, before)},
        history=history,
        result=published(db.session(), asking.period.code, [region.id]).get(region.id),
        schemes=county_schemes(),
        years=years(),
        pill=pill,
    )
    return Markup(render_template("assessments/standing.html", board=board)), Markup(content)  # noqa: S704 - drawn by us
