"""How a county reaches the next grade (怎样升一等): the cheapest steps, each with the thing that it is about."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import render_template

from inspect_app.access.guard import current_actor, requires
from inspect_app.access.permissions import Permission
from inspect_app.assessments import queries
from inspect_app.assessments.leaders.board import Board
from inspect_app.assessments.places import places_of
from inspect_app.assessments.presentation import pill
from inspect_app.assessments.scoring import Line
from inspect_app.assessments.steps import Offer, offers
from inspect_app.assessments.views.asking import Asked, board_of, parent_of, period_asked, remembered, scheme_asked
from inspect_app.assessments.views.behind import href
from inspect_app.assessments.views.place import blueprint
from inspect_app.assessments.ways_up import WayUp, way_up
from inspect_app.core import clock
from inspect_app.core.database import db
from inspect_app.regions.models import Region


@dataclass(frozen=True)
class Climb:
    """A way up with what each of its steps is about, and the lines that gain by it."""

    way: WayUp
    steps: tuple[Offer, ...]
    offered: int
    gains: tuple[tuple[Line, Line], ...]


@blueprint.get("/<code>/ways-up")
@requires(Permission.VIEW_ASSESSMENTS)
def ways_up(code: str) -> str:
    """List the cheapest steps that bring a county to the next grade."""
    region = queries.county_in_scope(db.session(), current_actor(), code)
    asking = Asked(scheme_asked(), period_asked(), region)
    board = board_of(asking, [region])
    key = ("climb", code, asking.scheme.code, asking.scheme.version, asking.period)
    return render_template(
        "assessments/ways_up.html",
        asked=asking,
        county=region,
        board=board,
        climb=remembered(key, parent_of(region), lambda: _climb(board, asking, region)),
        href=href,
        pill=pill,
    )


def _climb(board: Board, asking: Asked, region: Region) -> Climb:
    session, facts = db.session(), board.of(region.code).facts
    place = places_of(session, [region])[region.id]
    offered = offers(session, asking.scheme, region, place, asking.period, facts.keys())
    steps = [offer.step for offer in offered]
    way = way_up(asking.scheme, facts, steps, place, today=clock.today())
    return Climb(way, tuple(_offers_of(way, offered)), len(offered), tuple(_gaining(way)))


def _offers_of(way: WayUp, offered: Sequence[Offer]) -> list[Offer]:
    known = {id(offer.step): offer for offer in offered}
    return [known[id(step)] for step in way.steps]


def _gaining(way: WayUp) -> list[tuple[Line, Line]]:
    pairs = zip(way.before.lines, way.after.lines, strict=True)
    return [(before, after) for before, after in pairs if before.indicator.code in way.gains]
