"""Scoring many counties at once from what the database says now; stores nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from inspect_app.assessments.definition import Grade, Scheme
from inspect_app.assessments.period import Period
from inspect_app.assessments.places import months_of, places_of, siblings, sizes_of
from inspect_app.assessments.scoring import Fact, Score, score
from inspect_app.assessments.sources import gather
from inspect_app.assessments.standing import RollUp, ranks, roll_up, within_quota
from inspect_app.core import clock
from inspect_app.regions.models import Region


@dataclass(frozen=True)
class CountyScore:
    """A county's score with its rank among those evaluated together (None without a score) and the facts behind it."""

    county: Region
    score: Score
    rank: int | None
    facts: Mapping[str, Fact]


@dataclass(frozen=True)
class Evaluation:
    """Counties scored together by one scheme for one period, in the order given."""

    scheme: Scheme
    period: Period
    at: datetime
    counties: tuple[CountyScore, ...]
    together: RollUp[str]

    @property
    def ranked(self) -> list[CountyScore]:
        """Best first; those without a score last, by code."""
        return sorted(self.counties, key=lambda each: (each.rank is None, each.rank or 0, each.county.code))

    @property
    def left_out(self) -> list[Region]:
        """Counties that have no score and do not count in the joint one."""
        return [each.county for each in self.counties if each.county.code in self.together.left_out]


def evaluate(session: Session, scheme: Scheme, period: Period, counties: Sequence[Region]) -> Evaluation:
    """Score counties; the number of queries does not depend on how many they are.

    The quota of excellent ones holds among all counties of the same parent, also those that are not asked for, so
    that everybody is told the same grade.
    """
    facts, alone = _alone(session, scheme, period, counties)
    scores = _within_quota(session, scheme, period, counties, alone)
    rank = ranks(scores)
    scored = tuple(CountyScore(county, scores[county.code], rank[county.code], facts[county.id]) for county in counties)
    sizes, months = sizes_of(session, counties, scheme.weights), months_of(counties, int(period.code))
    return Evaluation(scheme, period, clock.now(), scored, roll_up(scores, scheme.weights, sizes, months))


def _alone(
    session: Session, scheme: Scheme, period: Period, counties: Sequence[Region]
) -> tuple[dict[int, dict[str, Fact]], dict[str, Score]]:
    facts = gather(session, sorted(scheme.facts), [county.id for county in counties], period)
    places = places_of(session, counties)
    return facts, {county.code: score(scheme, facts[county.id], places[county.id]) for county in counties}


def _within_quota(
    session: Session, scheme: Scheme, period: Period, counties: Sequence[Region], alone: dict[str, Score]
) -> dict[str, Score]:
    excellent = {county.parent_id for county in counties if alone[county.code].grade is Grade.EXCELLENT}
    if scheme.excellent_quota is None or not excellent:
        return alone
    others = [each for each in siblings(session, excellent) if each.code not in alone]
    everybody = alone | _alone(session, scheme, period, others)[1]
    parents = {each.code: each.parent_id for each in (*counties, *others)}
    held = dict(everybody)
    for parent in excellent:
        together = {code: each for code, each in everybody.items() if parents[code] == parent}
        held |= within_quota(together, scheme.excellent_quota)
    return {code: held[code] for code in alone}
