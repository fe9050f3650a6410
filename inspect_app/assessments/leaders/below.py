"""What lies below a region, scored and weighed for its joint score, by the borders of the year and of today."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from inspect_app.assessments.definition import RegionAs, Scheme, Weights
from inspect_app.assessments.evaluation import Evaluation, evaluate
from inspect_app.assessments.leaders.board import place
from inspect_app.assessments.leaders.rolling import NO_SCORE, Part, Whole, joined
from inspect_app.assessments.levels import Assessed, both_ways, months_in
from inspect_app.assessments.period import Period
from inspect_app.assessments.places import places_of
from inspect_app.assessments.standing import MONTHS, RollUp
from inspect_app.assessments.wording import rounded
from inspect_app.regions.levels import Kind, Level
from inspect_app.regions.models import Region, RegionPath
from inspect_app.sites.models import Site


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
    months = {each.id: months_in(int(period.code), each.valid_from, each.valid_until) for each in parts}
    sizes = sizes_of(session, scheme.weights, parts)
    weighed = [_part(evaluation, at, months[each.id], sizes.get(each.id)) for at, each in enumerate(parts)]
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


def sizes_of(session: Session, weights: Weights, parts: Sequence[Region]) -> dict[int, int]:
    """Count what the declared weight counts in each part; people are in no register, so nobody's are known."""
    if weights is not Weights.SITES:
        return {each.id: 1 for each in parts} if weights is Weights.EQUAL else {}
    counted = (
        select(RegionPath.ancestor_id, func.count(Site.id))
        .join(Site, Site.region_id == RegionPath.descendant_id)
        .where(RegionPath.ancestor_id.in_([each.id for each in parts]), Site.active.is_(True))
        .group_by(RegionPath.ancestor_id)
    )
    known = dict(session.execute(counted).tuples().all())
    return {each.id: known.get(each.id, 0) for each in parts}


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
    session: Session, evaluation: Evaluation, months: Mapping[int, int], sizes: Mapping[int, int]
) -> Iterable[Border]:
    regions = [each.county for each in evaluation.counties]
    heirs = _heirs(session, regions)
    if not heirs:
        return
    places = places_of(session, regions)
    assessed = [
        Assessed(places[each.county.id], each.score, sizes.get(each.county.id), months[each.county.id])
        for each in evaluation.counties
    ]
    both = both_ways(assessed, evaluation.scheme.weights, heirs)
    names = dict(session.execute(select(Region.code, Region.name).where(Region.code.in_(both.moved))).tuples().all())
    for code in both.moved:
        yield Border(names[code], _points(both.as_then, code, evaluation), _points(both.as_now, code, evaluation))


def _heirs(session: Session, regions: Sequence[Region]) -> dict[str, RegionAs]:
    """Return where those that were replaced since belong now, by the code they had."""
    heirs = {each.code: heir for each in regions if (heir := _heir(session, each)) is not None}
    places = places_of(session, list(heirs.values()))
    return {code: places[heir.id] for code, heir in heirs.items()}


def _heir(session: Session, region: Region) -> Region | None:
    heir = None
    while region.replaced_by_id is not None:
        region = heir = session.get_one(Region, region.replaced_by_id)
    return heir


def _points(joint: Mapping[str, RollUp[str]], code: str, evaluation: Evaluation) -> Decimal | None:
    share = joint[code].share if code in joint else None
    return None if share is None else rounded(share * Fraction(evaluation.scheme.full))
