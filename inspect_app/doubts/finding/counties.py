"""Doubts about a whole county: it found nothing while its neighbours did."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from sqlalchemy import func, select

from inspect_app.core.labels import mark, say
from inspect_app.doubts.doubt import Doubt, Row, Search
from inspect_app.doubts.kinds import Kind
from inspect_app.doubts.rules import is_silent
from inspect_app.hazards.models import Hazard
from inspect_app.regions.models import Region
from inspect_app.regions.queries import counties_of


def silent_counties(search: Search) -> Iterator[Doubt]:
    """Find the counties in sight without a hazard while half of their neighbours have some.

    Neighbours are the counties of the same prefecture; of them only numbers are told, whoever asks.
    """
    if search.actor.view_region_id is None:
        return
    since = search.today - timedelta(days=search.limits.silent_days)
    mine = counties_of(search.session, search.actor.view_region_id)
    for parent in {county.parent_id for county in mine if county.parent_id is not None}:
        siblings = counties_of(search.session, parent)
        found = _found(search, siblings, since)
        for county in (each for each in mine if each.parent_id == parent):
            others = [found.get(each.id, 0) for each in siblings if each.id != county.id]
            if is_silent(found.get(county.id, 0), others, search.limits.neighbours_found):
                yield _doubt(search, county, others, since)


def _doubt(search: Search, county: Region, others: Sequence[int], since: date) -> Doubt:
    wanted = search.limits.neighbours_found
    sentence = say(
        mark(
            "%(county)s自 %(since)s 起没有一处隐患；同一地市其他 %(all)s 个县中有 %(some)s 个发现了 %(wanted)s 处以上。"
        ),
        county=county.name,
        since=since,
        all=len(others),
        some=sum(each >= wanted for each in others),
        wanted=wanted,
    )
    arguments = (("region", county.code), ("found_from", str(since)))
    return Doubt(Kind.SILENT_COUNTY, county.id, search.today, sentence, (Row(county.name, "hazards.index", arguments),))


def _found(search: Search, counties: Sequence[Region], since: date) -> dict[int, int]:
    rows = select(Hazard.county_id, func.count()).where(
        Hazard.county_id.in_([county.id for county in counties]), Hazard.found_on >= since
    )
    return dict(search.session.execute(rows.group_by(Hazard.county_id)).tuples().all())
