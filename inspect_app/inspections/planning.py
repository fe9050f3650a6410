"""Planning a visit, moving it to another day, and handing it over to another team."""

from collections.abc import Sequence
from datetime import date
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.access.permissions import Permission
from inspect_app.accounts.models import User
from inspect_app.checklists.queries import content
from inspect_app.core import clock
from inspect_app.core.database import lock
from inspect_app.core.errors import Forbidden, Invalid
from inspect_app.core.labels import mark
from inspect_app.core.references import next_reference
from inspect_app.inspections import queries, stepping
from inspect_app.inspections.kinds import SELF_CHECK
from inspect_app.inspections.lifecycle import PLANNED
from inspect_app.inspections.models import Inspection, Inspector, Sheet
from inspect_app.inspections.offers import Offers, versions_for
from inspect_app.inspections.rules import combination_problems, day_problems, plan_problems, team_problems
from inspect_app.regions.queries import covers
from inspect_app.sites.models import Site


def plan(  # noqa: PLR0913 - what one visit consists of
    session: Session,
    actor: Actor,
    *,
    site: Site,
    kind: str,
    planned_on: date,
    inspector_ids: Sequence[int],
    checklist_codes: Sequence[str],
    campaign_id: int | None = None,
    trip: str = "",
    offers: Offers | None = None,
) -> Inspection:
    """Plan a visit; the first inspector leads. Raises Invalid, Forbidden, or NotFound for an unpublished list.

    `trip` is the reference of the first visit of the journey that this one belongs to. Who plans many visits at once
    gives them the same `offers`.
    """
    offers = offers or Offers(session)
    _check_planner(session, actor, site)
    problems = plan_problems(kind, planned_on, clock.today(), checklist_codes)
    team = _team(session, offers.people(site, kind), kind, inspector_ids, problems)
    if not site.active:
        problems["site_reference"] = [mark("这个检查对象已停用。")]
    if problems:
        raise Invalid(problems)
    versions = versions_for(offers, site, checklist_codes)
    if clashes := combination_problems(map(content, versions)):
        raise Invalid({"checklist_codes": clashes})
    inspection = Inspection(
        uuid=str(uuid4()),
        reference=next_reference(session, f"JC-{site.county.code}-{planned_on.year}-{kind.upper()}"),
        kind=kind,
        state=PLANNED,
        site=site,
        county_id=site.county_id,
        region_id=site.region_id,
        planned_on=planned_on,
        campaign_id=campaign_id,
        trip=trip,
        created_at=clock.now(),
        created_by_id=actor.id,
        inspectors=_members(team),
        sheets=[Sheet(checklist_version=version) for version in versions],
    )
    session.add(inspection)
    session.flush()
    lists = [f"{version.code}-{version.number}" for version in versions]
    told = {"planned_on": planned_on.isoformat(), "lists": lists, "inspectors": [user.name for user in team]}
    stepping.record(session, actor, "inspection.plan", inspection, {name: [None, told[name]] for name in told})
    return inspection


def reschedule(
    session: Session,
    actor: Actor,
    inspection: Inspection,
    planned_on: date,
    reason: str = "",
    version: int | None = None,
) -> Inspection:
    """Move a planned visit to another day; later than the day first planned only with a reason."""
    lock(session, inspection)
    before = inspection.planned_on
    problems = day_problems(planned_on, clock.today())
    if planned_on == before:
        problems.append(mark("新的日期与原计划日期相同。"))
    if problems:
        raise Invalid({"planned_on": problems})
    facts = {"planned_on": planned_on, "before": before, "reason": reason.strip()}
    changes = {"planned_on": [before.isoformat(), planned_on.isoformat()]}
    stepping.take(session, actor, inspection, "reschedule", facts, version, changes)
    inspection.planned_on = planned_on
    return inspection


def reassign(
    session: Session,
    actor: Actor,
    inspection: Inspection,
    inspector_ids: Sequence[int],
    reason: str = "",
    version: int | None = None,
) -> Inspection:
    """Give a visit that is not submitted another team, checked like the first one; what was answered stays."""
    lock(session, inspection)
    problems: dict[str, list[str]] = {}
    people = queries.people_for(session, inspection.site, inspection.kind)
    team = _team(session, people, inspection.kind, inspector_ids, problems)
    before = [each.user for each in inspection.inspectors]
    if not problems and team == before:
        problems["inspector_ids"] = [mark("新的检查人员与原来相同。")]
    if problems:
        raise Invalid(problems)
    names = [[user.name for user in before], [user.name for user in team]]
    facts = {"inspectors": names[1], "before": names[0], "reason": reason.strip()}
    stepping.take(session, actor, inspection, "reassign", facts, version, {"inspectors": names})
    _replace(session, inspection, team)
    return inspection


def _replace(session: Session, inspection: Inspection, team: Sequence[User]) -> None:
    for each in inspection.inspectors:
        session.delete(each)
    session.flush()
    session.add_all(_members(team, inspection.id))
    session.flush()
    session.expire(inspection, ["inspectors"])


def _members(team: Sequence[User], inspection_id: int | None = None) -> list[Inspector]:
    return [Inspector(inspection_id=inspection_id, user=user, position=number) for number, user in enumerate(team)]


def _check_planner(session: Session, actor: Actor, site: Site) -> None:
    if actor.role is None:
        return
    within = actor.capture_region_id is not None and covers(session, actor.capture_region_id, site.region_id)
    if not (within and actor.can(Permission.PLAN_INSPECTION)):
        raise Forbidden(mark("您只能安排本地区检查对象的检查。"))


def _team(
    session: Session, people: Sequence[User], kind: str, ids: Sequence[int], problems: dict[str, list[str]]
) -> list[User]:
    """Return the members among `people` in the order given, adding to `problems` what is wrong with them."""
    allowed = {user.id: user for user in people}
    wanted = list(dict.fromkeys(ids))
    if strangers := [key for key in wanted if key not in allowed]:
        names = session.scalars(select(User.name).where(User.id.in_(strangers))).all()
        problems["inspector_ids"] = [_strangers(kind, names)]
        return []
    team = [allowed[key] for key in wanted]
    if sentences := team_problems(kind, (user.credential_number for user in team)):
        problems["inspector_ids"] = sentences
    return team


def _strangers(kind: str, names: Sequence[str]) -> str:
    who = "、".join(names)
    if kind == SELF_CHECK:
        return f"{who}不能自查这个对象：自查由本县（市、区）自己的在用检查员或填报员进行。"
    return f"{who}不能检查这个对象：不是检查人员、已停用，或不在其填报区域内。"
