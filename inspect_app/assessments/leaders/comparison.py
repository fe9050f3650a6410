"""Two counties line by line, and two schemes county by county."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from inspect_app.assessments.leaders.board import Board, Place, Standing
from inspect_app.assessments.presentation import Pill, pill
from inspect_app.assessments.scoring import Line, Score
from inspect_app.assessments.wording import rounded

MOST = 8


@dataclass(frozen=True)
class Pair:
    """One line of two counties; `gap` is what the first is ahead by, None where one of them has no points."""

    first: Line
    second: Line
    gap: Decimal | None


@dataclass(frozen=True)
class Side:
    """A county by one of two schemes."""

    points: Decimal | None
    rank: int | None
    grade: Pill | None


@dataclass(frozen=True)
class Both:
    """A county by two schemes: points by the second less those by the first, and places climbed."""

    place: Place
    first: Side
    second: Side
    points: Decimal | None
    places: int | None

    @property
    def size(self) -> Decimal:
        """Return how far the points differ, 0 where it cannot be said."""
        return abs(self.points or Decimal(0))


@dataclass(frozen=True)
class Shift:
    """A part of the scheme whose mean share of marks changed; None where one scheme has no such part or no points."""

    code: str
    title: str
    first: float | None
    second: float | None

    @property
    def size(self) -> float:
        """Return how far it shifted, 0 where it cannot be said."""
        return 0.0 if self.first is None or self.second is None else abs(self.second - self.first)


def line_by_line(first: Score, second: Score) -> dict[str, list[Pair]]:
    """Pair the lines of two counties by the same scheme, by module."""
    found: dict[str, list[Pair]] = {}
    for one, other in zip(first.lines, second.lines, strict=True):
        found.setdefault(one.module, []).append(Pair(one, other, _ahead(one, other)))
    return found


def both_ways(first: Board, second: Board) -> list[Both]:
    """Put the counties of two boards side by side, whose points differ most first."""
    beside = {each.place.code: each for each in second.standings}
    found = [_both(each, beside[each.place.code]) for each in first.standings if each.place.code in beside]
    return sorted(found, key=lambda each: (each.points is None, -each.size, each.place.code))


def shifts(first: Board, second: Board, most: int = MOST) -> list[Shift]:
    """List the indicators that both schemes have and whose mean share of marks changed most."""
    titles = {each.code: each.title for each in first.scheme.indicators}
    shared = [each.code for each in second.scheme.indicators if each.code in titles]
    found = [Shift(code, titles[code], _mean(first, code), _mean(second, code)) for code in shared]
    return sorted((each for each in found if each.size), key=lambda each: -each.size)[:most]


def only_in(first: Board, second: Board) -> list[str]:
    """List the indicators of one scheme that the other does not have, by title."""
    known = {each.code for each in second.scheme.indicators}
    return [f"{each.code} {each.title}" for each in first.scheme.indicators if each.code not in known]


def _both(one: Standing, other: Standing) -> Both:
    places = None if one.rank is None or other.rank is None else one.rank - other.rank
    return Both(one.place, _side(one), _side(other), _gap(other.score.points, one.score.points), places)


def _side(each: Standing) -> Side:
    points = each.score.points
    return Side(None if points is None else rounded(points), each.rank, pill(each.score.grade))


def _ahead(one: Line, other: Line) -> Decimal | None:
    return None if one.shown is None or other.shown is None else one.shown.points - other.shown.points


def _gap(one: Fraction | None, other: Fraction | None) -> Decimal | None:
    return None if one is None or other is None else rounded(one) - rounded(other)


def _mean(board: Board, code: str) -> float | None:
    shares = [share for each in board.standings if (share := each.score.line(code).share) is not None]
    return float(sum(shares, Fraction(0)) / len(shares)) if shares else None
