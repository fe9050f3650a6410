"""One journey with several objects: a visit at the county with combined lists, and one to each object on the same day.

The visits share `trip`, the reference of the first; each has its own sheets, score and hazards.
"""

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.core.errors import Invalid
from inspect_app.core.labels import mark
from inspect_app.inspections.combinations import Combination
from inspect_app.inspections.models import Inspection
from inspect_app.inspections.offers import fitting
from inspect_app.inspections.planning import plan
from inspect_app.sites.models import Site


def plan_journey(  # noqa: PLR0913 - what one journey consists of
    session: Session,
    actor: Actor,
    *,
    site: Site,
    combination: Combination,
    objects: Sequence[Site],
    planned_on: date,
    inspector_ids: Sequence[int],
    kind: str = "",
    campaign_id: int | None = None,
) -> list[Inspection]:
    """Plan the visits of a journey, that of `site` first; `kind` is the combination's unless given.

    Raises Invalid with all that stands against the choice of objects, and what `plan` raises.
    """
    if problems := journey_problems(combination, site, objects):
        raise Invalid({"objects": problems})
    first = plan(
        session,
        actor,
        site=site,
        kind=kind or combination.kind,
        planned_on=planned_on,
        inspector_ids=inspector_ids,
        checklist_codes=combination.lists,
        campaign_id=campaign_id,
    )
    first.trip = first.reference
    team = [each.user_id for each in first.inspectors]
    return [first, *_plan_objects(session, actor, objects, first, team)]


def journey_problems(combination: Combination, site: Site, objects: Sequence[Site]) -> list[str]:
    """Return what stands against visiting these objects on a journey to a site."""
    problems = []
    if site.category != combination.site:
        problems.append(f"“{combination.title}”从 {combination.site} 类对象开始，{site.name}是 {site.category} 类。")
    if not combination.least <= len(objects) <= combination.most:
        problems.append(
            f"“{combination.title}”要抽查 {combination.least}–{combination.most} 个对象，现在选了 {len(objects)} 个。"
        )
    if len({each.id for each in (site, *objects)}) <= len(objects):
        problems.append(mark("同一个对象一次行程只去一回，请去掉重复的。"))
    if strangers := [each.name for each in objects if each.county_id != site.county_id]:
        problems.append(f"{'、'.join(strangers)}不在{site.county.name}，不能列入这次行程。")
    return problems


def _plan_objects(
    session: Session, actor: Actor, objects: Sequence[Site], first: Inspection, team: Sequence[int]
) -> list[Inspection]:
    made, problems = [], []
    for site in objects:
        try:
            made.append(_plan_object(session, actor, site, first, team))
        except Invalid as error:
            told = [text for texts in error.problems.values() for text in texts]
            problems.append(f"{site.name}：{''.join(told)}")
    if problems:
        raise Invalid({"objects": problems})
    return made


def _plan_object(session: Session, actor: Actor, site: Site, first: Inspection, team: Sequence[int]) -> Inspection:
    lists = fitting(session, site)[:1]
    if not lists:
        raise Invalid({"checklist_codes": [f"没有适用于 {site.category} 类对象的已发布检查表。"]})
    return plan(
        session,
        actor,
        site=site,
        kind=first.kind,
        planned_on=first.planned_on,
        inspector_ids=team,
        checklist_codes=lists,
        campaign_id=first.campaign_id,
        trip=first.reference,
    )
