"""Joint scores, pairs, other schemes and trends, computed by hand."""

from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest

from inspect_app.assessments.definition import Grade, Scheme, Weights
from inspect_app.assessments.leaders.board import Board, Place, Standing
from inspect_app.assessments.leaders.comparison import both_ways, line_by_line, only_in, shifts
from inspect_app.assessments.leaders.rolling import NO_SCORE, Part, grade_counts, joined
from inspect_app.assessments.leaders.trends import Point, changes, line_figure, matrix, series
from inspect_app.assessments.period import Period
from inspect_app.assessments.presentation import distribution, heat_table
from inspect_app.assessments.scoring import Fact, score
from inspect_app.assessments.standing import ranks, roll_up
from tests.assessments.sheets import line, module_of, scheme_of

OLD = scheme_of(module_of("M", line("A", 6), line("B", 4)))
NEW = scheme_of(module_of("M", line("A", 2), line("C", 8)))
TWO = scheme_of(module_of("M", line("A", 6)), module_of("N", line("B", 4)))
HUNDRED = Decimal(100)


def board(scheme: Scheme, **facts: dict[str, int]) -> Board:
    """Counties by code with how many of ten they reached in each fact."""
    figures = {code: {name: Fact(count, 10) for name, count in given.items()} for code, given in facts.items()}
    scores = {code: score(scheme, given) for code, given in figures.items()}
    rank = ranks(scores)
    standings = [Standing(Place(key, code, code), scores[code], rank[code], {}) for key, code in enumerate(scores)]
    ordered = sorted(standings, key=lambda each: (each.rank is None, each.rank or 0))
    period = Period("2026", date(2026, 1, 1), date(2026, 6, 15))
    at = datetime(2026, 6, 15, tzinfo=UTC)
    return Board(scheme, period, at, tuple(ordered), len(ordered), roll_up(scores, scheme.weights))


def part(code: str, share: str | None, weight: str | None = "1", months: int = 12) -> Part:
    return Part(
        Place(0, code, code),
        None if share is None else Fraction(share),
        None if weight is None else Fraction(weight),
        "" if share else NO_SCORE,
        months,
    )


def test_parts_are_joined_by_their_weights() -> None:
    whole = joined([part("a", "9/10", "3"), part("b", "1/2", "1")], Weights.SITES, HUNDRED)
    assert whole.points == Decimal("80.00")
    assert [(each.points, each.weight) for each in whole.parts] == [
        (Decimal("90.00"), Fraction(3, 4)),
        (Decimal("50.00"), Fraction(1, 4)),
    ]


def test_half_a_year_weighs_half() -> None:
    whole = joined([part("a", "9/10"), part("b", "6/10", "1/2", 6)], Weights.EQUAL, HUNDRED)
    assert whole.points == Decimal("80.00")


def test_a_part_without_a_score_is_left_out_and_named_never_counted_as_nothing() -> None:
    whole = joined([part("a", "9/10"), part("b", None)], Weights.EQUAL, HUNDRED)
    assert whole.points == Decimal("90.00")
    assert [each.place.code for each in whole.left_out] == ["b"]


def test_a_weight_that_is_not_known_is_never_guessed() -> None:
    whole = joined([part("a", "9/10", "5"), part("b", "1/2", None)], Weights.POPULATION, HUNDRED)
    assert whole.points is None
    assert whole.why is not None
    assert [each.weight for each in whole.parts] == [None, None]


def test_nothing_is_joined_out_of_nothing() -> None:
    assert joined([], Weights.EQUAL, HUNDRED).points is None
    assert joined([part("a", None)], Weights.EQUAL, HUNDRED).points is None


def test_grades_are_counted_best_first() -> None:
    assert grade_counts([Grade.FAIR, Grade.EXCELLENT, Grade.FAIR]) == (("优秀", 1), ("合格", 2))


def test_two_counties_are_paired_line_by_line_and_what_does_not_apply_has_no_gap() -> None:
    both = board(OLD, x={"A": 10, "B": 5}, y={"A": 5})
    pairs = line_by_line(both.of("x").score, both.of("y").score)["M"]
    assert [pair.gap for pair in pairs] == [Decimal("1.00"), None]


def test_two_schemes_are_put_side_by_side_what_differs_most_first() -> None:
    old = board(OLD, x={"A": 10, "B": 10, "C": 0}, y={"A": 5, "B": 5, "C": 5})
    new = board(NEW, x={"A": 10, "B": 10, "C": 0}, y={"A": 5, "B": 5, "C": 5})
    told = [(each.place.code, each.points, each.places) for each in both_ways(old, new)]
    assert told == [("x", Decimal("-8.00"), -1), ("y", Decimal("0.00"), 1)]
    assert only_in(old, new) == ["B B"]
    assert only_in(new, old) == ["C C"]
    assert shifts(old, new) == []


def test_a_part_whose_mean_share_changed_is_listed() -> None:
    old, new = board(OLD, x={"A": 10, "B": 10}), board(OLD, x={"A": 10, "B": 5})
    assert [(each.code, each.first, each.second) for each in shifts(old, new)] == [("B", 1.0, 0.5)]


def test_a_county_is_put_beside_the_mean_the_best_and_the_worst_of_each_month() -> None:
    points = [
        Point("2026-05", 1, Fraction(9, 10)), Point("2026-05", 2, Fraction(7, 10)), Point("2026-06", 2, Fraction(1, 2)),
    ]  # fmt: skip
    may, june = series(points, chosen=1)
    assert [may.own, may.mean, may.best, may.worst] == [Decimal(90), Decimal(80), Decimal(90), Decimal(70)]
    assert [may.counted, june.counted] == [2, 1]
    assert [june.own, june.mean] == [None, Decimal(50)]
    heads, rows = matrix(points, [(1, "x", "甲"), (2, "y", "乙")], last=1)
    assert (heads, [row.cells for row in rows]) == (["2026-06"], [(None,), (Decimal("50.00"),)])


def test_a_figure_names_its_lines_at_their_ends_and_differs_without_colour() -> None:
    points = series([Point("2026-05", 1, Fraction(9, 10)), Point("2026-06", 1, Fraction(1, 2))], chosen=1)
    drawn = line_figure(points, "甲", "平均", "最高与最低")["data"]
    assert [trace["text"] for trace in drawn[2:]] == [["", "平均 50.00%"], ["", "甲 50.00%"]]
    assert len({trace["line"]["dash"] for trace in drawn[2:]}) == 2
    assert len(line_figure(points, "", "平均", "最高与最低")["data"]) == 3


def test_grades_are_distributed_and_a_county_without_a_score_stands_apart() -> None:
    counted = distribution(board(OLD, x={"A": 10, "B": 10}, y={"A": 1, "B": 1}, z={}))
    told = [(each.grade.label if each.grade else None, each.names) for each in counted]
    assert told == [("优秀", ("x",)), ("良好", ()), ("合格", ()), ("不合格", ("y",)), (None, ("z",))]


@pytest.mark.parametrize(("scheme", "heads"), [(OLD, ["A", "B"]), (TWO, ["M", "N"])])
def test_columns_are_modules_or_the_indicators_of_the_only_one(scheme: Scheme, heads: list[str]) -> None:
    table = heat_table(board(scheme, x={"A": 10}))
    assert [title for title, _full in table.heads] == heads
    (row,) = table.rows
    assert [cell.points for cell in row.cells] == [Decimal("10.00") if scheme is OLD else Decimal("6.00"), None]
    assert row.cells[1].why


def test_a_month_from_which_another_version_counts_is_named() -> None:
    versions = (("2026-04", 2), ("2026-05", 2), ("2026-06", 3), ("2026-07", 3))
    points = [Point(month, 1, Fraction(1), version) for month, version in versions]
    assert changes(points) == [("2026-06", 3)]
    assert changes(points[:2]) == changes([]) == []


def test_the_names_of_two_lines_stand_apart() -> None:
    points = series([Point("2026-05", 1, Fraction(9, 10)), Point("2026-05", 2, Fraction(8, 10))], chosen=2)
    places = [trace["textposition"] for trace in line_figure(points, "甲", "平均", "最高与最低")["data"][2:]]
    assert places == ["top center", "bottom center"]
