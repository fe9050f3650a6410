"""A score in the shape that scripts read and snapshots keep: six places, lines adding up to the score exactly."""

from decimal import Decimal
from math import floor
from typing import Any

from inspect_app.assessments.apportioning import apportion, decimal, half_up
from inspect_app.assessments.definition import GRADE_LABELS, Veto, VetoEffect
from inspect_app.assessments.scoring import ExtraLine, Line, Score, exact_parts
from inspect_app.core.labels import Sentence

PLACES = 6


def stored_points(score: Score, places: int = PLACES) -> Decimal | None:
    """Return the score with six places, or so many, rounded half up."""
    return None if score.points is None else decimal(half_up(score.points, places), places)


def apportioned(score: Score, places: int = PLACES) -> list[Decimal | None]:
    """Return the points of each line so that with the extras they add up to `stored_points` (see `parts`)."""
    return parts(score, places)[: len(score.lines)]


def parts(score: Score, places: int = PLACES) -> list[Decimal | None]:
    """Return what makes up a score, adding up to `stored_points` in as many places (largest remainders first).

    Lines, then deductions (negative), then bonuses, then what a veto took (negative, absent without one); None for a
    line that does not count. With 2 places these are the points to show, as each line carries them (`Line.shown`).
    """
    fulls = apportion([line.full if line.points is not None else None for line in score.lines], places)
    units = apportion(exact_parts(score), places, fulls)
    return [None if unit is None else decimal(unit, places) for unit in units]


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


def _line(line: Line, points: Decimal | None) -> dict[str, Any]:
    return {
        "indicator": line.indicator.code,
        "numerator": number(line.numerator),
        "denominator": number(line.denominator),
        "points": number(points),
        "full": number(decimal(-floor(-line.full * 10**PLACES), PLACES)),
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
