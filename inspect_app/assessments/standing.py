"""Scores side by side: ranks with ties, the quota of excellent ones, and the score of what the assessed belong to."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import Generic, TypeVar

from inspect_app.assessments.definition import Grade, Weights
from inspect_app.assessments.scoring import Score
from inspect_app.assessments.wording import why_over_quota, why_weight_missing
from inspect_app.core.labels import Sentence

K = TypeVar("K", bound=Hashable)
MONTHS = 12


@dataclass(frozen=True)
class RollUp(Generic[K]):
    """Weighted mean share (0 to 1) of those that have a score, None when none has or a weight is not known.

    `counted` have one, `left_out` have none, `weightless` have one but no known weight, and `why` says what then.
    `weight` is the sum of the weights, which carries the joint score further up.
    """

    share: Fraction | None
    counted: tuple[K, ...]
    left_out: tuple[K, ...]
    weightless: tuple[K, ...] = ()
    why: Sentence | None = None
    weight: Fraction = Fraction(0)


def roll_up(
    scores: Mapping[K, Score],
    weights: Weights,
    sizes: Mapping[K, int | Decimal] | None = None,
    months: Mapping[K, int] | None = None,
) -> RollUp[K]:
    """Join scores; one to which nothing applies is left out and named, never counted as nothing.

    `sizes` are the people or the sites of each, not needed for equal weights; a missing one is never guessed.
    `months` (1 to 12) tell those that did not exist the whole year, which weigh in proportion (§6.3 rule 5).
    """
    shares = {key: score.share for key, score in scores.items() if score.share is not None}
    return join(shares, tuple(key for key in scores if key not in shares), weights, sizes or {}, months or {})


def join(
    shares: Mapping[K, Fraction],
    left_out: tuple[K, ...],
    weights: Weights,
    sizes: Mapping[K, int | Decimal],
    months: Mapping[K, int],
) -> RollUp[K]:
    """Join shares of the full marks as `roll_up` joins scores."""
    counted = tuple(shares)
    known = {key: size for key in counted if (size := _size(key, weights, sizes)) is not None}
    missing = tuple(key for key in counted if key not in known)
    if missing:
        return RollUp(None, counted, left_out, missing, why_weight_missing(weights))
    weight = {key: size * Fraction(months.get(key, MONTHS), MONTHS) for key, size in known.items()}
    total = sum(weight.values(), Fraction(0))
    added = sum((share * weight[key] for key, share in shares.items()), Fraction(0))
    return RollUp(added / total if total else None, counted, left_out, weight=total)


def ranks(scores: Mapping[K, Score]) -> dict[K, int | None]:
    """Rank by share of the marks that apply, 1 the best; equal shares share a rank and the next ones are skipped."""
    shares = {key: score.share for key, score in scores.items()}
    known = sorted((share for share in shares.values() if share is not None), reverse=True)
    first = {share: place for place, share in reversed(list(enumerate(known, start=1)))}
    return {key: None if share is None else first[share] for key, share in shares.items()}


def within_quota(scores: Mapping[K, Score], quota: Decimal | None) -> dict[K, Score]:
    """Keep at most this share of those with a score excellent, the best first; the others are good, and say why.

    Equal shares stay together: where not all of them fit, none does, since the quota is a maximum.
    """
    if quota is None:
        return dict(scores)
    allowed = floor(quota * sum(score.share is not None for score in scores.values()))
    standing = ranks({key: score for key, score in scores.items() if score.grade is Grade.EXCELLENT})
    taken = list(standing.values())
    over = {key for key, rank in standing.items() if rank and rank - 1 + taken.count(rank) > allowed}
    return {key: _held_back(score, allowed) if key in over else score for key, score in scores.items()}


def _held_back(score: Score, allowed: int) -> Score:
    return replace(score, grade=Grade.GOOD, notes=(*score.notes, why_over_quota(allowed)))


def _size(key: K, weights: Weights, sizes: Mapping[K, int | Decimal]) -> Fraction | None:
    if weights is Weights.EQUAL:
        return Fraction(1)
    size = sizes.get(key)
    return None if size is None else Fraction(size)
