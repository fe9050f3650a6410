"""From the scores of parts to the score of the whole, with what each part weighs and who is left out."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from inspect_app.assessments.definition import GRADE_LABELS, Grade, Weights
from inspect_app.assessments.leaders.board import Place
from inspect_app.assessments.standing import MONTHS
from inspect_app.assessments.wording import rounded, why_weight_missing
from inspect_app.core.labels import Sentence, mark

WEIGHT_LABELS = {
    Weights.EQUAL: mark("等权"),
    Weights.POPULATION: mark("按人口"),
    Weights.SITES: mark("按受检对象数"),
}
NO_SCORE = mark("期内没有任何应计的数量，不评分。")
NOTHING_KEPT = mark("还没有存档的得分。")


@dataclass(frozen=True)
class Part:
    """A part of a region: its share of the marks (None: no score, `why` says so) and what it weighs.

    `weight` is what the declared weight counts, less the months in which the part did not exist; None: not known.
    `scored` of its own `parts` have a score, with these grades, kept at the earliest `at`.
    """

    place: Place
    share: Fraction | None
    weight: Fraction | None
    why: str | Sentence = ""
    months: int = MONTHS
    grades: tuple[tuple[str, int], ...] = ()
    at: datetime | None = None
    parts: int = 0
    scored: int = 0


@dataclass(frozen=True)
class Weighed:
    """A part with its points and its weight as a share of all weights (None where it does not count)."""

    part: Part
    points: Decimal | None
    weight: Fraction | None


@dataclass(frozen=True)
class Whole:
    """A region joined from its parts: points of `full`, None where nothing counts or a weight is missing (`why`)."""

    weights: Weights
    points: Decimal | None
    why: Sentence | None
    parts: tuple[Weighed, ...]

    @property
    def left_out(self) -> list[Part]:
        """List the parts that do not count."""
        return [each.part for each in self.parts if each.weight is None]


def joined(parts: Sequence[Part], weights: Weights, full: Decimal) -> Whole:
    """Join parts by their declared weights; one without a score is left out and named, a weight is never guessed."""
    counted = {each.place.code: each for each in parts if each.share is not None}
    known = {code: each.weight for code, each in counted.items() if each.weight is not None}
    missing = len(known) < len(counted)
    total = sum(known.values(), Fraction(0))
    added = sum((_share(counted[code]) * weight for code, weight in known.items()), Fraction(0))
    return Whole(
        weights=weights,
        points=None if missing or not total else rounded(added / total * Fraction(full)),
        why=why_weight_missing(weights) if missing else None,
        parts=tuple(
            _weighed(each, known.get(each.place.code), Fraction(0) if missing else total, full) for each in parts
        ),
    )


def grade_counts(grades: Iterable[Grade]) -> tuple[tuple[str, int], ...]:
    """Count grades, best first; those that nobody has are left out."""
    counted = Counter(grades)
    return tuple((GRADE_LABELS[grade], counted[grade]) for grade in Grade if counted[grade])


def _share(part: Part) -> Fraction:
    return part.share or Fraction(0)


def _weighed(part: Part, weight: Fraction | None, total: Fraction, full: Decimal) -> Weighed:
    points = None if part.share is None else rounded(part.share * Fraction(full))
    return Weighed(part, points, None if weight is None or not total else weight / total)
