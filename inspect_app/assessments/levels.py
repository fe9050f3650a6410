"""Joint scores up the tree, township to county to prefecture to province, also after borders changed. Pure.

What is joined are always the assessed themselves, by their own weights: the score of a province is that of all its
counties, not of its prefectures, so that the same counties give the same figure at every level.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from inspect_app.assessments.definition import RegionAs, Weights
from inspect_app.assessments.scoring import Score
from inspect_app.assessments.standing import MONTHS, RollUp, roll_up


@dataclass(frozen=True)
class Assessed:
    """One that was assessed, with what it weighs: its people or sites (None: not known) and the months it existed."""

    region: RegionAs
    score: Score
    size: int | Decimal | None = None
    months: int = MONTHS


@dataclass(frozen=True)
class BothWays:
    """The joint scores by code with the borders of the assessed year, and with those of today."""

    as_then: Mapping[str, RollUp[str]]
    as_now: Mapping[str, RollUp[str]]

    @property
    def moved(self) -> tuple[str, ...]:
        """Codes whose joint score differs, or exists on one side only."""
        codes = self.as_then.keys() | self.as_now.keys()
        return tuple(sorted(code for code in codes if _share(self.as_then, code) != _share(self.as_now, code)))


def climb(assessed: Collection[Assessed], weights: Weights) -> dict[str, RollUp[str]]:
    """Join the assessed into every region above them, by its code."""
    return _joined([(each.region.ancestors, each) for each in assessed], weights)


def both_ways(assessed: Collection[Assessed], weights: Weights, today: Mapping[str, RegionAs]) -> BothWays:
    """Join the assessed with the borders of then and of now; `today` tells where those that were replaced belong now.

    One that was merged into another counts into that one and all above it; where a region succeeds several, its own
    score joins theirs with its own, by weights and months.
    """
    heirs = {region.code for region in today.values()}
    now = []
    for each in assessed:
        heir = today.get(each.region.code)
        own = heir.codes if heir else each.region.codes if each.region.code in heirs else each.region.ancestors
        now.append((own, each))
    return BothWays(climb(assessed, weights), _joined(now, weights))


def months_in(year: int, valid_from: date | None, valid_until: date | None) -> int:
    """Count the months of a year on whose first day a region existed; the day of `valid_until` is its last."""
    firsts = [date(year, month, 1) for month in range(1, MONTHS + 1)]
    return sum(
        (valid_from is None or valid_from <= first) and (valid_until is None or first <= valid_until)
        for first in firsts
    )


def _joined(pairs: Collection[tuple[tuple[str, ...], Assessed]], weights: Weights) -> dict[str, RollUp[str]]:
    below: dict[str, list[Assessed]] = {}
    for codes, each in pairs:
        for code in codes:
            below.setdefault(code, []).append(each)
    return {code: _join(found, weights) for code, found in below.items()}


def _join(assessed: list[Assessed], weights: Weights) -> RollUp[str]:
    return roll_up(
        {each.region.code: each.score for each in assessed},
        weights,
        {each.region.code: each.size for each in assessed if each.size is not None},
        {each.region.code: each.months for each in assessed},
    )


def _share(joint: Mapping[str, RollUp[str]], code: str) -> object:
    return joint[code].share if code in joint else None
