"""Regions above prefectures: what lies directly below them, from what was kept of the counties."""

from collections.abc import Sequence

from flask import render_template
from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from inspect_app.assessments.leaders.board import Place, place
from inspect_app.assessments.leaders.kept import Latest, latest_below
from inspect_app.assessments.leaders.rolling import NO_SCORE, NOTHING_KEPT, Part, Whole, grade_counts, joined
from inspect_app.assessments.standing import join
from inspect_app.assessments.views.asking import Asked, county_schemes, remembered, years
from inspect_app.core import clock
from inspect_app.core.database import db
from inspect_app.regions.levels import Level
from inspect_app.regions.models import Region, RegionPath


def province_page(asking: Asked) -> str:
    """Show the regions directly below one that holds prefectures."""
    return render_template(
        "assessments/province.html",
        asked=asking,
        whole=whole_of(asking),
        schemes=county_schemes(),
        years=years(),
    )


def whole_of(asking: Asked) -> Whole:
    """Join the parts of a region, worked out anew only after something was written."""
    region_id = asking.region.id if asking.region else None
    key = ("whole", asking.scheme.code, asking.scheme.version, asking.period, region_id)
    return remembered(key, region_id, lambda: _whole(db.session(), asking, region_id))


def _whole(session: Session, asking: Asked, region_id: int | None) -> Whole:
    kept = {each.county_id: each for each in latest_below(session, asking.scheme.code, asking.period.code, region_id)}
    parts = [
        _part(asking, place(region), [kept.get(county) for county in counties])
        for region, counties in _below(session, region_id)
    ]
    return joined(parts, asking.scheme.weights, asking.scheme.full)


def _part(asking: Asked, shown: Place, kept: Sequence[Latest | None]) -> Part:
    known = [each for each in kept if each is not None]
    shares = {each.county_id: each.share for each in known if each.share is not None}
    together = join(shares, (), asking.scheme.weights, {}, {})
    return Part(
        place=shown,
        share=together.share,
        weight=together.weight,
        why=together.why or ("" if shares else NO_SCORE if known else NOTHING_KEPT),
        grades=grade_counts(each.grade for each in known if each.grade),
        at=min((each.at for each in known), default=None),
        parts=len(kept),
        scored=len(shares),
    )


def _below(session: Session, region_id: int | None) -> list[tuple[Region, list[int]]]:
    in_force = or_(Region.valid_until.is_(None), Region.valid_until >= clock.today())
    parts = select(Region).where(Region.parent_id == region_id, in_force).order_by(Region.code)
    regions = list(session.scalars(parts))
    pairs = (
        select(RegionPath.ancestor_id, Region.id)
        .join(Region, Region.id == RegionPath.descendant_id)
        .where(
            RegionPath.ancestor_id.in_([region.id for region in regions]),
            Region.level == Level.COUNTY,
            in_force,
        )
    )
    counties: dict[int, list[int]] = {}
    for above, county in session.execute(pairs).tuples():
        counties.setdefault(above, []).append(county)
    return [(region, counties[region.id]) for region in regions if region.id in counties]
