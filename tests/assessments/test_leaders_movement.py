"""How counties moved and what turned red, on small boards scored by hand."""

from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

from inspect_app.assessments.leaders.board import Board, Place, Standing
from inspect_app.assessments.leaders.kept import Kept, KeptLine
from inspect_app.assessments.leaders.movement import moves, since, turned_red
from inspect_app.assessments.period import Period
from inspect_app.assessments.scoring import Fact, score
from inspect_app.assessments.standing import ranks, roll_up
from tests.assessments.sheets import line, module_of, scheme_of

AT = datetime(2026, 6, 1, tzinfo=UTC)
SCHEME = scheme_of(module_of("M", line("A", 6), line("B", 4)))
PERIOD = Period("2026", date(2026, 1, 1), date(2026, 6, 15))


def board(**facts: tuple[int, int]) -> Board:
    """Counties by code with how much of A and of B they reached, in tenths."""
    scores = {code: score(SCHEME, {"A": Fact(a, 10), "B": Fact(b, 10)}) for code, (a, b) in facts.items()}
    rank = ranks(scores)
    standings = [
        Standing(Place(key, code, code), scores[code], rank[code], {}) for key, code in enumerate(scores, start=1)
    ]
    together = roll_up(scores, SCHEME.weights)
    ordered = sorted(standings, key=lambda each: each.rank or 0)
    return Board(SCHEME, PERIOD, AT, tuple(ordered), len(ordered), together)


def kept(key: int, a: str | None, b: str | None) -> Kept:
    lines = {
        "A": KeptLine(None if a is None else Decimal(a), Decimal(6)),
        "B": KeptLine(None if b is None else Decimal(b), Decimal(4)),
    }
    points = sum((each.points for each in lines.values() if each.points is not None), Decimal(0))
    full = sum((each.full for each in lines.values() if each.points is not None), Decimal(0))
    return Kept(key, AT, "2026-05", 1, points, Fraction(points) / Fraction(full) if full else None, None, lines)


def test_points_gained_and_places_climbed_are_told() -> None:
    now = board(x=(10, 10), y=(5, 5))
    before = {1: kept(1, "3", "2"), 2: kept(2, "4.8", "3.2")}
    found = moves(now, before)
    assert (found["x"].points, found["x"].places) == (Decimal("5.00"), 1)
    assert (found["y"].points, found["y"].places) == (Decimal("-3.00"), -1)


def test_a_county_without_anything_kept_has_no_movement_and_nobody_has_places() -> None:
    found = moves(board(x=(10, 10), y=(5, 5)), {1: kept(1, "3", "2")})
    assert (found["y"].at, found["y"].points, found["y"].places) == (None, None, None)
    assert (found["x"].points, found["x"].places) == (Decimal("5.00"), None)


def test_places_are_not_told_when_only_some_counties_are_shown() -> None:
    now = board(x=(10, 10), y=(5, 5)).within({1})
    found = moves(now, {1: kept(1, "3", "2"), 2: kept(2, "4.8", "3.2")})
    assert [each.place.code for each in now.standings] == ["x"]
    assert found["x"].places is None
    assert now.together is None


def test_what_fell_below_six_tenths_is_listed_with_its_reason_the_worst_first() -> None:
    now = board(x=(5, 5), y=(9, 5))
    before = {1: kept(1, "6", "2.4"), 2: kept(2, "6", "3.2")}
    found = turned_red(now, before)
    assert [(red.place.code, red.code, red.lost) for red in found] == [
        ("x", "A", Decimal("3.00")),
        ("y", "B", Decimal("1.20")),
        ("x", "B", Decimal("0.40")),
    ]
    assert "达到 5" in str(found[0].why)


def test_what_was_red_already_or_did_not_apply_then_has_not_turned_red() -> None:
    now = board(x=(5, 5))
    assert turned_red(now, {1: kept(1, "3.5", None)}) == []


def test_six_tenths_are_not_red() -> None:
    assert turned_red(board(x=(6, 6)), {1: kept(1, "6", "4")}) == []


def test_last_month_ends_with_the_first_day_of_this_one() -> None:
    assert since(date(2026, 6, 15)) == date(2026, 6, 1)


def test_whoever_sees_some_counties_only_is_told_no_ranks() -> None:
    shown = board(x=(10, 10), y=(5, 5)).within({2}).unranked()
    assert [(each.place.code, each.rank) for each in shown.standings] == [("y", None)]
