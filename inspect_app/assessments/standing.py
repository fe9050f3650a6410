"""Scores side by side: ranks with ties, and the score of what the counties belong to."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Generic, TypeVar

from inspect_app.assessments.definition import Weights
from inspect_app.assessments.scoring import Score

K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True)
class RollUp(Generic[K]):
    """Weighted mean share (0 to 1) of the counties that have a score, None when none has; `left_out` have none."""

    share: Fraction | None
    counted: tuple[K, ...]
    left_out: tuple[K, ...]


def roll_up(scores: Mapping[K, Score], weights: Weights) -> RollUp[K]:
    """Join the scores of counties; one to which nothing applies is left out and named, never counted as nothing."""
    shares = {key: score.share for key, score in scores.items() if score.share is not None}
    weight = {key: _weight(weights) for key in shares}
    total = sum(weight.values(), Fraction(0))
    added = sum((share * weight[key] for key, share in shares.items()), Fraction(0))
    return RollUp(
        share=added / total if total else None,
        counted=tuple(shares),
        left_out=tuple(key for key in scores if key not in shares),
    )


def ranks(scores: Mapping[K, Score]) -> dict[K, int | None]:
    """Rank by share of the marks that apply, 1 the best; equal shares share a rank and the next ones are skipped."""
    shares = {key: score.share for key, score in scores.items()}
    known = [share for share in shares.values() if share is not None]
    return {key: None if share is None else 1 + sum(other > share for other in known) for key, share in shares.items()}


def _weight(weights: Weights) -> Fraction:
    match weights:
        case Weights.EQUAL:
            return Fraction(1)
