"""A score in the shape that scripts read and snapshots keep: six places, lines adding up to the score exactly."""

from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import Any

from inspect_app.assessments.definition import GRADE_LABELS
from inspect_app.assessments.scoring import Line, Score

PLACES = 6
UNIT = 10**PLACES


def stored_points(score: Score) -> Decimal | None:
    """Return the score with six places."""
    return None if score.points is None else _decimal(round(score.points * UNIT))


def apportioned(score: Score) -> list[Decimal | None]:
    """Return the points of each line with six places, adding up to `stored_points` (largest remainders first)."""
    exact = [None if line.points is None else line.points * UNIT for line in score.lines]
    units = [0 if value is None else floor(value) for value in exact]
    short = round((score.points or Fraction(0)) * UNIT) - sum(units)
    remainders = [
        (-1 if value is None else value - unit, place)
        for place, (value, unit) in enumerate(zip(exact, units, strict=True))
    ]
    for _, place in sorted(remainders, key=lambda pair: (-pair[0], pair[1]))[:short]:
        units[place] += 1
    return [None if value is None else _decimal(unit) for value, unit in zip(exact, units, strict=True)]


def as_lines(score: Score) -> list[dict[str, Any]]:
    """Return each line as scripts read it (`indicator` to `why`); a veto adds one without points."""
    lines = [_line(line, points) for line, points in zip(score.lines, apportioned(score), strict=True)]
    vetoes = [
        {"indicator": veto.code, "numerator": None, "denominator": None, "points": 0, "full": 0, "why": str(why)}
        for veto, why in score.vetoes
    ]
    return lines + vetoes


def grade_label(score: Score) -> str | None:
    """Return the grade as people write it, None when nothing applied."""
    return None if score.grade is None else GRADE_LABELS[score.grade]


def number(value: Decimal | int | None) -> int | float | None:
    """Return a figure as a JSON number."""
    if value is None or isinstance(value, int):
        return value
    return int(value) if value == value.to_integral_value() else float(value)


def _line(line: Line, points: Decimal | None) -> dict[str, Any]:
    return {
        "indicator": line.indicator.code,
        "numerator": number(line.numerator),
        "denominator": number(line.denominator),
        "points": number(points),
        "full": number(_decimal(-floor(-line.full * UNIT))),
        "why": str(line.why),
    }


def _decimal(units: int) -> Decimal:
    return Decimal(units).scaleb(-PLACES)
