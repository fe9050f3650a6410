"""The scorecard of one county, line by line."""

from functools import partial

from flask import render_template

from inspect_app.access.guard import current_actor, requires
from inspect_app.access.permissions import Permission
from inspect_app.assessments import queries
from inspect_app.assessments.leaders.board import Board
from inspect_app.assessments.leaders.card import Card, scorecard
from inspect_app.assessments.leaders.movement import NOT_KNOWN, moves, turned_red
from inspect_app.assessments.presentation import pill
from inspect_app.assessments.views.asking import Asked, board_of, county_schemes, period_asked, scheme_asked, years
from inspect_app.assessments.views.overview import kept_before
from inspect_app.assessments.views.place import blueprint
from inspect_app.assessments.views.rows import rows_href
from inspect_app.core.database import db


@blueprint.get("/<code>")
@requires(Permission.VIEW_ASSESSMENTS)
def county(code: str) -> str:
    """Explain the score of one county on one page."""
    asking = asked_of(code)
    board = board_of(asking)
    before = kept_before(board)
    return render_template(
        "assessments/county.html",
        asked=asking,
        county=asking.region,
        board=board,
        card=card_of(board, code),
        move=moves(board, before).get(code, NOT_KNOWN),
        reds={red.code: red for red in turned_red(board, before)},
        history=queries.history(db.session(), asking.scheme.code, asking.period.code, board.of(code).place.id),
        schemes=county_schemes(),
        years=years(),
        pill=pill,
    )


def asked_of(code: str) -> Asked:
    """Read scheme and year from the address, for a county that the person sees."""
    return Asked(scheme_asked(), period_asked(), queries.county_in_scope(db.session(), current_actor(), code))


def card_of(board: Board, code: str) -> Card:
    """Lay out the score of a county of a board."""
    address = partial(rows_href, code, board.period)
    return scorecard(board.of(code), board.scheme.modules, address)
