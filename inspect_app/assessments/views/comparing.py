"""Two counties line by line, and a draft scheme beside the valid one."""

from flask import render_template, request
from flask_babel import gettext as _

from inspect_app.access.guard import requires
from inspect_app.access.permissions import Permission
from inspect_app.assessments.definition import Scheme
from inspect_app.assessments.leaders.board import Board, Standing
from inspect_app.assessments.leaders.comparison import both_ways, line_by_line, only_in, shifts
from inspect_app.assessments.presentation import pill
from inspect_app.assessments.views.asking import (
    Asked,
    asked,
    board_of,
    county_schemes,
    scheme_asked,
    stands_above,
    years,
)
from inspect_app.assessments.views.place import blueprint
from inspect_app.core.errors import Invalid, NotFound

TWO = 2


@blueprint.get("/compare")
@requires(Permission.VIEW_ASSESSMENTS)
def compare() -> str:
    """Show two counties side by side, the first and the last in rank unless others are named."""
    asking = asked()
    board = None if stands_above(asking.region) else board_of(asking)
    pair = _pair(board) if board and len(board.standings) >= TWO else None
    return render_template(
        "assessments/compare.html",
        asked=asking,
        board=board,
        pair=pair,
        lines=line_by_line(pair[0].score, pair[1].score) if pair else {},
        schemes=county_schemes(),
        years=years(),
        pill=pill,
    )


@blueprint.get("/schemes")
@requires(Permission.VIEW_ASSESSMENTS)
def schemes() -> str:
    """Show what another scheme, a draft first of all, would have said of the same year."""
    asking = asked()
    other = _other(asking)
    boards = None if other is None or stands_above(asking.region) else _boards(asking, other)
    return render_template(
        "assessments/schemes.html",
        asked=asking,
        other=other,
        schemes=county_schemes(),
        years=years(),
        rows=both_ways(*boards) if boards else [],
        shifts=shifts(*boards) if boards else [],
        dropped=only_in(*boards) if boards else [],
        added=only_in(boards[1], boards[0]) if boards else [],
    )


def _pair(board: Board) -> tuple[Standing, Standing]:
    standings = board.standings
    one, other = (_named(board, name) for name in ("one", "other"))
    first = one or next(each for each in standings if each is not other)
    return first, other or next(each for each in reversed(standings) if each is not first)


def _named(board: Board, argument: str) -> Standing | None:
    code = request.args.get(argument, "")
    found = next((each for each in board.standings if each.place.code == code), None)
    if code and found is None:
        raise NotFound
    return found


def _boards(asking: Asked, other: Scheme) -> tuple[Board, Board]:
    return board_of(asking), board_of(Asked(other, asking.period, asking.region))


def _other(asking: Asked) -> Scheme | None:
    if request.args.get("other"):
        other = scheme_asked("other")
        if other not in county_schemes():
            raise Invalid({"other": [_("方案“%(title)s”不是考核县（市、区）的，请另选一个。", title=other.title)]})
        return other
    others = [scheme for scheme in county_schemes() if scheme.code != asking.scheme.code]
    return next((scheme for scheme in others if scheme.draft), others[0] if others else None)
