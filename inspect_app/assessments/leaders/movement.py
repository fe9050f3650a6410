"""How counties moved since scores were last kept, and what turned red."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from inspect_app.assessments.leaders.board import Board, Place, Standing
from inspect_app.assessments.leaders.kept import Kept, KeptLine
from inspect_app.assessments.scoring import Line
from inspect_app.assessments.wording import rounded
from inspect_app.core.labels import Sentence

RED = Fraction(6, 10)


@dataclass(frozen=True)
class Move:
    """Points gained (lost below zero) and places climbed since `at`; None where there is nothing to compare with."""

    at: datetime | None
    points: Decimal | None
    places: int | None


@dataclass(frozen=True)
class Red:
    """An indicator that fell below six tenths of its marks, with what it lost since and why it stands there now."""

    place: Place
    code: str
    title: str
    before: Decimal
    now: Decimal
    full: Decimal
    why: Sentence

    @property
    def lost(self) -> Decimal:
        """Points lost since."""
        return self.before - self.now


NOT_KNOWN = Move(None, None, None)


def since(today: date) -> date:
    """Return the day up to which scores count as those of last month: the first of this one."""
    return today.replace(day=1)


def moves(board: Board, before: Mapping[int, Kept]) -> dict[str, Move]:
    """Return how each county moved, by its code; places are counted when all counties of now have a score of then."""
    all_shown = len(board.standings) == board.size
    known = {each.place.id: before[each.place.id] for each in board.standings if each.place.id in before}
    ranks = _ranks(known) if all_shown and len(known) == board.size else {}
    return {each.place.code: _move(each, known.get(each.place.id), ranks) for each in board.standings}


def turned_red(board: Board, before: Mapping[int, Kept]) -> list[Red]:
    """List what stands below six tenths now and did not then, what lost most first."""
    found = [
        red for each in board.standings if each.place.id in before for red in _reds(each, before[each.place.id].lines)
    ]
    return sorted(found, key=lambda red: (-red.lost, red.place.code, red.code))


def _reds(each: Standing, before: Mapping[str, KeptLine]) -> Iterable[Red]:
    for line in each.score.lines:
        then = before.get(line.indicator.code)
        if then is not None and then.points is not None and _fell(line, then):
            yield Red(
                place=each.place,
                code=line.indicator.code,
                title=line.indicator.title,
                before=rounded(then.points),
                now=line.shown.points if line.shown else Decimal(0),
                full=line.shown.full if line.shown else Decimal(0),
                why=line.why,
            )


def _fell(line: Line, then: KeptLine) -> bool:
    now = line.share
    return now is not None and then.share is not None and now < RED <= then.share


def _move(each: Standing, then: Kept | None, ranks: Mapping[int, int]) -> Move:
    if then is None:
        return NOT_KNOWN
    points = None
    if then.points is not None and each.score.points is not None:
        points = rounded(each.score.points) - rounded(then.points)
    rank = ranks.get(each.place.id)
    return Move(then.at, points, None if rank is None or each.rank is None else rank - each.rank)


def _ranks(before: Mapping[int, Kept]) -> dict[int, int]:
    shares = {key: kept.share for key, kept in before.items() if kept.share is not None}
    return {key: 1 + sum(other > share for other in shares.values()) for key, share in shares.items()}
