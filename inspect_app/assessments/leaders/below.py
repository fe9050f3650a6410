"""What lies below a region, scored and weighed for its joint score, by the borders of the year and of today."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from inspect_app.assessments.definition import Scheme
from inspect_app.assessments.evaluation import Evaluation, evaluate
from inspect_app.assessments.leaders.board import place
from inspect_app.assessments.leaders.rolling import NO_SCORE, Part, Whole, joined
from inspect_app.assessments.levels import Assessed, both_ways
from inspect_app.assessments.period import Period
from inspect_app.assessments.places import heirs_of, months_of, places_of, sizes_of
from inspect_app.assessments.standing import MONTHS, RollUp
from inspect_app.assessments.wording import rounded
from inspect_app.regions.levels import Kind, Level
from inspect_app.regions.models import Region


@dataclass(frozen=True)
class Border:
    """A region whose joint score differs between the borders of the year and those of today; None: no score."""

    name: str
    then: Decimal | None
    now: Decimal | None


@dataclass(frozen=True)
class Below:
    """The parts of a region joined, and what borders that changed since make of it."""

    whole: Whole
    borders: tuple[Border, ...]


def below(session: Session, scheme: Scheme, period: Period, region: Region) -> Below:
    """Score what lies directly below a region and join it: counties, or civil townships below a county."""
    parts = existing(session, region, period)
    evaluation = evaluate(session, scheme, period, parts)
    months, sizes = months_of(parts, int(period.code)), sizes_of(session, parts, scheme.weights)
    weighed = [_part(evaluation, at, months[each.code], sizes.get(each.code)) for at, each in enumerate(parts)]
    whole = joined(weighed, scheme.weights, scheme.full)
    return Below(whole, tuple(_borders(session, evaluation, months, sizes)))


def existing(session: Session, region: Region, period: Period) -> list[Region]:
    """List what lay directly below a region in any part of a period, by code."""
    level = Level.TOWNSHIP if region.level is Level.COUNTY else Level.COUNTY
    wanted = select(Region).where(
        Region.parent_id == region.id,
        Region.level == level,
        Region.kind.in_((Kind.CIVIL,) if level is Level.TOWNSHIP else tuple(Kind)),
        or_(Region.valid_from.is_(None), Region.valid_from <= period.end),
        or_(Region.valid_until.is_(None), Region.valid_until >= period.start),
    )
    return list(session.scalars(wanted.order_by(Region.code)))


def _part(evaluation: Evaluation, at: int, months: int, size: int | None) -> Part:
    each = evaluation.counties[at]
    return Part(
        place=place(each.county),
        share=each.score.share,
        weight=None if size is None else size * Fraction(months, MONTHS),
        why="" if each.score.share is not None else NO_SCORE,
        months=months,
    )


def _borders(
    session: Session, evaluation: Evaluation, months: Mapping[str, int], sizes: Mapping[str, int]
) -> Iterable[Border]:
    regions = [each.county for each in evaluation.counties]
    heirs = heirs_of(session, regions)
    if not heirs:
        return
    places = places_of(session, regions)
    assessed = [
        Assessed(places[each.county.id], each.score, sizes.get(each.county.code), months[each.county.code])
        for each in evaluation.counties
    ]
    both = both_ways(assessed, evaluation.scheme.weights, heirs)
    names = dict(session.execute(select(Region.code, Region.name).where(Region.code.in_(both.moved))).tuples().all())
    for code in both.moved:
        yield Border(names[code], _points(both.as_then, code, evaluation), _points(both.as_now, code, evaluation))


def _points(joint: Mapping[str, RollUp[str]], code: str, evaluation: Evaluation) -> Decimal | None:
    share = joint[code].share if code in joint else None
    return None if share is None else rounded(share * Fraction(evaluation.scheme.full))
