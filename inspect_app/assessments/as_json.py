"""A score in the shape that scripts read and snapshots keep: six places, lines adding up to the score exactly."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import Any

from inspect_app.assessments.definition import GRADE_LABELS, Veto, VetoEffect
from inspect_app.assessments.scoring import ExtraLine, Line, Score
from inspect_app.core.labels import Sentence

PLACES = 6
CENTS = 2


def stored_points(score: Score, places: int = PLACES) -> Decimal | None:
    """Return the score with six places, or so many, rounded half up."""
    return None if score.points is None else _decimal(_half_up(score.points * 10**places), places)


def apportioned(score: Score, places: int = PLACES) -> list[Decimal | None]:
    """Return the points of each line so that with the extras they add up to `stored_points` (see `parts`)."""
    return parts(score, places)[: len(score.lines)]


def parts(score: Score, places: int = PLACES) -> list[Decimal | None]:
    """Return what makes up a score, adding up to `stored_points` in as many places (largest remainders first).

    Lines, then deductions (negative), then bonuses, then what a veto took (negative, absent without one); None for a
    line that does not count. With 2 places these are the points to show beside a total of two places.
    """
    exact = [None if value is None else value * 10**places for value in _exact_parts(score)]
    units = [0 if value is None else floor(value) for value in exact]
    short = _half_up((score.points or Fraction(0)) * 10**places) - sum(units)
    remainders = [
        (-1 if value is None else value - unit, place)
        for place, (value, unit) in enumerate(zip(exact, units, strict=True))
    ]
    for _, place in sorted(remainders, key=lambda pair: (-pair[0], pair[1]))[:short]:
        units[place] += 1
    return [None if value is None else _decimal(unit, places) for value, unit in zip(exact, units, strict=True)]


def as_lines(score: Score) -> list[dict[str, Any]]:
    """Return each line as scripts read it (`indicator` to `why`), all points adding up to the score.

    Deductions and bonuses follow the lines with a full of 0; a veto adds one without figures, which carries what it
    took from the score.
    """
    points = parts(score)
    lines = [_line(line, each) for line, each in zip(score.lines, points, strict=False)]
    extras = [*score.deductions, *score.bonuses]
    lines += [_extra(each, given) for each, given in zip(extras, points[len(lines) :], strict=False)]
    taken = number(points[-1]) if score.zeroed else 0
    zeroing = next((veto.code for veto, _why in score.vetoes if veto.effect is VetoEffect.ZERO), None)
    return lines + [_veto(veto, taken if veto.code == zeroing else 0, why) for veto, why in score.vetoes]


def grade_label(score: Score) -> str | None:
    """Return the grade as people write it, None when nothing applied."""
    return None if score.grade is None else GRADE_LABELS[score.grade]


def number(value: Decimal | int | None) -> int | float | None:
    """Return a figure as a JSON number."""
    if value is None or isinstance(value, int):
        return value
    return int(value) if value == value.to_integral_value() else float(value)


def _exact_parts(score: Score) -> Sequence[Fraction | None]:
    lines: list[Fraction | None] = [line.points for line in score.lines]
    lines += [-each.points for each in score.deductions]
    lines += [each.points for each in score.bonuses]
    return [*lines, -score.zeroed] if score.zeroed else lines


def _line(line: Line, points: Decimal | None) -> dict[str, Any]:
    return {
        "indicator": line.indicator.code,
        "numerator": number(line.numerator),
        "denominator": number(line.denominator),
        "points": number(points),
        "full": number(_decimal(-floor(-line.full * 10**PLACES), PLACES)),
        "why": str(line.why),
    }


def _extra(each: ExtraLine, points: Decimal | None) -> dict[str, Any]:
    return {
        "indicator": each.extra.code,
        "numerator": number(each.count),
        "denominator": 0,
        "points": number(points),
        "full": 0,
        "why": str(each.why),
    }


def _veto(veto: Veto, points: float | None, why: Sentence) -> dict[str, Any]:
    return {
        "indicator": veto.code,
        "numerator": None,
        "denominator": None,
        "points": points,
        "full": 0,
        "why": str(why),
    }


def _half_up(value: Fraction) -> int:
    return floor(value + Fraction(1, 2))


def _decimal(units: int, places: int) -> Decimal:
    return Decimal(units).scaleb(-places)
