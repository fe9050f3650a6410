"""The rows behind each figure that an assessment takes from visits; their amounts add up to the figure."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from inspect_app.core.counted import Counted, Thing
from inspect_app.core.labels import mark, say
from inspect_app.inspections.comparing_visits import comparisons
from inspect_app.inspections.coverage_lists import (
    Figure,
    townships,
    uncovered_sites,
    uncovered_townships,
    visits_to_show,
)
from inspect_app.inspections.coverage_lists import sites as sites_in_use
from inspect_app.inspections.facts import Fact, Part, rows_behind
from inspect_app.inspections.models import Inspection
from inspect_app.inspections.scored import ORDINARY, SHELTERS, scored
from inspect_app.regions.models import Region
from inspect_app.sites.models import Site

CAMPAIGN = mark("同一方案的专项检查，共 %(count)s 次到场")
DAY = mark("%(day)s 的专项检查，共 %(count)s 次到场")
SCORE = mark("得分 %(score)s")
VETOED = mark("得分 %(score)s，有否决项")
Rows = list[Counted]


def special_inspections(session: Session, region_id: int, start: date, end: date, _part: Part) -> Rows:
    """List campaigns, and days of visits outside campaigns."""
    visits = visits_to_show(session, Figure.SPECIAL, region_id, start, end)
    campaigns = Counter(visit.campaign_id for visit in visits if visit.campaign_id is not None)
    days = Counter(visit.planned_on for visit in visits if visit.campaign_id is None)
    return [
        *(
            Counted(Thing.CAMPAIGN_VISITS, str(key), "", note=say(CAMPAIGN, count=count))
            for key, count in sorted(campaigns.items())
        ),
        *(
            Counted(Thing.SPECIAL_DAY, day.isoformat(), "", note=say(DAY, day=day.isoformat(), count=count))
            for day, count in sorted(days.items())
        ),
    ]


def coverage(session: Session, region_id: int, start: date, end: date, part: Part) -> Rows:
    """List the civil townships of a county, or those of them in which an object was visited."""
    left_out = _missed(part, uncovered_townships(session, region_id, start, end))
    return _regions([each for each in townships(session, region_id, end) if each.id not in left_out])


def sites_covered(session: Session, region_id: int, start: date, end: date, part: Part) -> Rows:
    """List the sites in use, or those of them that were visited."""
    left_out = _missed(part, uncovered_sites(session, region_id, start, end))
    return [
        Counted(Thing.SITE, site.reference, site.name)
        for site in sites_in_use(session, region_id)
        if site.id not in left_out
    ]


def self_checks(session: Session, region_id: int, start: date, end: date, today: date, part: Part) -> Rows:
    """List the self-checks whose day has come, or those of them done by it."""
    return _visits(session, rows_behind(session, Fact.SELF_CHECKS, region_id, start, end, today, part))


def self_check_differences(session: Session, region_id: int, start: date, end: date, part: Part) -> Rows:
    """List the visits compared with a self-check, each with its items compared, or with those that differ."""
    items: Counter[str] = Counter()
    names = {}
    for each in comparisons(session, region_id, start, end):
        compared = each.comparison.compared if part is Part.DENOMINATOR else each.comparison.differing
        items[each.official.reference] += compared
        names[each.official.reference] = each.official.site.name
    return [Counted(Thing.INSPECTION, visit, names[visit], items[visit]) for visit in sorted(items) if items[visit]]


def projects_passed(session: Session, region_id: int, start: date, end: date, part: Part) -> Rows:
    """List the latest visit of each ordinary project, or those that passed."""
    found = scored(session, [region_id], ORDINARY, start, end)[region_id]
    return [
        Counted(
            Thing.INSPECTION, each.visit, each.site, 1, say(VETOED if each.vetoed else SCORE, score=shown(each.score))
        )
        for each in found
        if each.passed or part is Part.DENOMINATOR
    ]


def shelter_scores(session: Session, region_id: int, start: date, end: date, part: Part) -> Rows:
    """List the latest visit of each shelter with its score."""
    found = scored(session, [region_id], SHELTERS, start, end)[region_id]
    return [
        Counted(
            Thing.INSPECTION, each.visit, each.site, 1 if part is Part.DENOMINATOR else each.score,
            say(SCORE, score=shown(each.score)),
        )
        for each in found
    ]  # fmt: skip


def shown(score: Decimal) -> str:
    """Write a score without needless zeros."""
    return f"{round(score, 2).normalize():f}"


def _missed(part: Part, rows: Sequence[Region | Site]) -> Collection[int]:
    return () if part is Part.DENOMINATOR else {row.id for row in rows}


def _regions(found: Sequence[Region]) -> Rows:
    return [Counted(Thing.VISITED_REGION, region.code, region.name) for region in found]


def _visits(session: Session, references: Sequence[str]) -> Rows:
    found = select(Inspection).where(Inspection.reference.in_(references)).options(joinedload(Inspection.site))
    names: Mapping[str, str] = {visit.reference: visit.site.name for visit in session.scalars(found)}
    times = Counter(references)
    return [Counted(Thing.INSPECTION, reference, names[reference], times[reference]) for reference in sorted(times)]
