"""Changing campaigns: drawn up, given teams, issued, closed, recalled, voided."""

from collections.abc import Mapping, Sequence
from typing import Any, Unpack

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.access.permissions import Permission
from inspect_app.accounts.models import User
from inspect_app.audit import service as audit
from inspect_app.campaigns import lists, queries, rules, scope
from inspect_app.campaigns.fields import CampaignFields
from inspect_app.campaigns.kinds import KINDS
from inspect_app.campaigns.lifecycle import CAMPAIGN_LIFE, DRAFT
from inspect_app.campaigns.models import Campaign, CampaignRegion, CampaignUnit, CampaignVisit, Team, TeamMember
from inspect_app.core import clock
from inspect_app.core.database import lock
from inspect_app.core.errors import Forbidden, Invalid, Stale
from inspect_app.core.labels import Sentence, mark
from inspect_app.core.lifecycle import Attempt, advance, plain
from inspect_app.core.references import next_reference
from inspect_app.inspections import service as visits
from inspect_app.inspections.lifecycle import DONE_STATES, VOIDED
from inspect_app.inspections.models import Inspection
from inspect_app.regions.models import Region, Unit
from inspect_app.regions.queries import covers, ensure_unit
from inspect_app.sites.rules import CATEGORIES

PLAIN = ("title", "kind", "document_number", "starts_on", "ends_on", "key_counties", "key_objects", "requirements")


def create(session: Session, actor: Actor, region: Region, **fields: Unpack[CampaignFields]) -> Campaign:
    """Draw up a campaign that `region` organises, under a reference FA-{region}-{year}-{nn}; Invalid or Forbidden."""
    _check_region(session, actor, region)
    _refuse(session, region, fields)
    campaign = Campaign(
        reference=next_reference(session, f"FA-{region.code}-{fields['starts_on'].year}", 2),
        state=DRAFT,
        region=region,
        created_at=clock.now(),
        created_by_id=actor.id,
        title="",
        kind=fields["kind"],
        starts_on=fields["starts_on"],
        ends_on=fields["ends_on"],
    )
    _fill(session, campaign, fields)
    session.add(campaign)
    session.flush()
    told = {name: [None, value] for name, value in _told(campaign).items() if value not in (None, "", [], False)}
    record(session, actor, "create", campaign, told)
    return campaign


def update(
    session: Session, actor: Actor, campaign: Campaign, version: int, **fields: Unpack[CampaignFields]
) -> Campaign:
    """Change a draft; `version` is the one the form was drawn with. Raises Stale, Invalid or Forbidden."""
    lock(session, campaign)
    _check_draft(session, actor, campaign, version)
    _refuse(session, campaign.region, fields)
    if fields["kind"] != campaign.kind and _has_visits(session, campaign):
        raise Invalid({"kind": [mark("已排检查的方案不能改类型，请作废后重新拟制。")]})
    before = _told(campaign)
    _fill(session, campaign, fields)
    session.flush()
    _noted(session, actor, campaign, before, _told(campaign))
    return campaign


def set_teams(
    session: Session, actor: Actor, campaign: Campaign, version: int, teams: Sequence[Sequence[int]]
) -> Campaign:
    """Replace the teams of a draft: keys of people by team, the leading one first; empty teams are left out.

    A team that has visits keeps its number: the teams come in the order of their numbers.
    """
    lock(session, campaign)
    _check_draft(session, actor, campaign, version)
    wanted = [list(dict.fromkeys(team)) for team in teams if team]
    allowed = {user.id: user for user in queries.people_for(session, campaign)}
    if any(key not in allowed for team in wanted for key in team):
        raise Invalid({"": [mark("有人不是可派的检查人员，请重新选择。")]})
    if len(wanted) < _numbers_in_use(session, campaign):
        raise Invalid({"": [mark("已排了检查的组不能撤销，请先改派它的检查。")]})
    before = {"teams": _names(campaign)}
    _replace_teams(session, campaign, [[allowed[key] for key in team] for team in wanted])
    _noted(session, actor, campaign, before, {"teams": _names(campaign)})
    return campaign


def take_step(
    session: Session, actor: Actor, campaign: Campaign, action: str, reason: str = "", version: int | None = None
) -> Campaign:
    """Issue, close, recall or void. Raises Stale, Forbidden or StepRefused; voiding calls off the open visits."""
    return _take(session, actor, campaign, action, reason, version, {})


def issue_at_once(session: Session, actor: Actor, campaign: Campaign, emergency: str) -> Campaign:
    """Issue a campaign of re-checks after an earthquake, named by the reference of its emergency, without a number."""
    return _take(session, actor, campaign, "issue_at_once", "", None, {"emergency": emergency})


def _take(
    session: Session,
    actor: Actor,
    campaign: Campaign,
    action: str,
    reason: str,
    version: int | None,
    more: Mapping[str, Any],
) -> Campaign:
    lock(session, campaign)
    before = campaign.state
    facts = {**facts_of(session, campaign), **more, "reason": reason.strip()}
    told = {name: [str(each) for each in value] if name == "team_problems" else value for name, value in facts.items()}
    advance(CAMPAIGN_LIFE, action, Attempt(campaign, told, actor, clock.now(), clock.today()), version=version)
    session.flush()
    if action == "void":
        _call_off(session, actor, campaign, reason)
    changes: dict[str, list[Any]] = {"state": [before, campaign.state]}
    if reason.strip():
        changes["reason"] = [None, reason.strip()]
    record(session, actor, action, campaign, changes)
    return campaign


def facts_of(session: Session, campaign: Campaign) -> dict[str, Any]:
    """Return what the conditions of the steps are judged by (see `campaigns.lifecycle`)."""
    known = lists.lists_of(session, campaign)
    codes = lists.in_use(session, campaign, categories_of(session, campaign))
    missing = [each.title for each in lists.must_look(known, codes) if not each.covered]
    rows = select(Inspection.reference, Inspection.state).where(Inspection.campaign_id == campaign.id)
    states = dict(session.execute(rows.order_by(Inspection.id)).tuples().all())
    return {
        "lists": codes,
        "missing_areas": missing if lists.demanded(campaign) else [],
        "team_problems": problems_of_teams(campaign),
        "left": [key for key, state in states.items() if state not in (*DONE_STATES, VOIDED)],
        "submitted": sum(state in DONE_STATES for state in states.values()),
    }


def problems_of_teams(campaign: Campaign) -> list[Sentence]:
    """Return what is wrong with the teams; a campaign of the counties' own people needs none."""
    if rules.own_people(campaign.kind):
        return []
    named = [[(each.user.name, each.user.credential_number) for each in team.members] for team in campaign.teams]
    return rules.team_problems(named)


def categories_of(session: Session, campaign: Campaign) -> list[str]:
    """Return the categories whose lists count as used: the chosen ones, else those of the objects in scope."""
    if campaign.categories:
        return list(campaign.categories)
    sites = scope.sites_in(session, campaign, scope.counties_in(session, campaign))
    return sorted({site.category for site in sites})


def may_edit(session: Session, actor: Actor, campaign: Campaign) -> bool:
    """Tell whether this person may change the campaign while it is a draft."""
    return campaign.state == DRAFT and may_plan(session, actor, campaign)


def may_plan(session: Session, actor: Actor, campaign: Campaign) -> bool:
    """Tell whether this person plans for the region that organises the campaign."""
    return _plans_for(session, actor, campaign.region)


def check_planner(session: Session, actor: Actor, campaign: Campaign) -> None:
    """Raise Forbidden unless this person plans for the region that organises the campaign."""
    _check_region(session, actor, campaign.region)


def record(
    session: Session, actor: Actor, action: str, campaign: Campaign, changes: Mapping[str, Sequence[Any]]
) -> None:
    """Write what was done to a campaign into the trail."""
    audit.record(
        session,
        actor,
        f"campaign.{action}",
        kind=queries.SUBJECT,
        id=campaign.id,
        reference=campaign.reference,
        region_id=campaign.region_id,
        changes=changes,
    )


def _plans_for(session: Session, actor: Actor, region: Region) -> bool:
    if actor.role is None:
        return True
    within = actor.capture_region_id is not None and covers(session, actor.capture_region_id, region.id)
    return within and actor.can(Permission.PLAN_CAMPAIGN)


def _check_region(session: Session, actor: Actor, region: Region) -> None:
    if not _plans_for(session, actor, region):
        raise Forbidden(mark("您只能为本地区拟制督导方案。"))


def _check_draft(session: Session, actor: Actor, campaign: Campaign, version: int) -> None:
    if version != campaign.version:
        raise Stale
    check_planner(session, actor, campaign)
    if campaign.state != DRAFT:
        raise Forbidden(mark("方案已印发，不能修改；确需修改的，请由领导撤回。"))


def _refuse(session: Session, region: Region, fields: CampaignFields) -> None:
    """Raise Invalid with everything that is wrong with the fields."""
    found = {**rules.period_problems(fields["starts_on"], fields["ends_on"]), **rules.aim_problems(fields["aim"])}
    if not fields["title"].strip():
        found["title"] = [mark("请填写方案名称。")]
    if fields["kind"] not in KINDS:
        found["kind"] = [mark("请选择方案类型。")]
    if any(not covers(session, region.id, key) for key in fields["region_ids"]):
        found["region_ids"] = [mark("检查范围只能在本地区之内。")]
    if set(fields["categories"]) - CATEGORIES.keys():
        found["categories"] = [mark("有的类别不在检查对象类别之中。")]
    if found:
        raise Invalid(found)


def _fill(session: Session, campaign: Campaign, fields: CampaignFields) -> None:
    values: dict[str, Any] = {name: fields[name] for name in PLAIN}  # type: ignore[literal-required]
    values["title"], values["requirements"] = values["title"].strip(), values["requirements"].strip()
    values["document_number"] = rules.tidy_number(values["document_number"])
    values["categories"] = list(dict.fromkeys(fields["categories"]))
    values["checklist_codes"] = list(dict.fromkeys(fields["checklist_codes"]))
    values["aim"] = fields["aim"].to_json()
    for name, value in values.items():
        setattr(campaign, name, value)
    _fill_regions(campaign, fields["region_ids"])
    _fill_units(session, campaign, [fields["lead_unit"], *fields["cooperating_units"]])


def _fill_regions(campaign: Campaign, wanted: Sequence[int]) -> None:
    kept = {each.region_id: each for each in campaign.regions}
    campaign.regions = [kept.get(key) or CampaignRegion(region_id=key) for key in dict.fromkeys(wanted)]


def _fill_units(session: Session, campaign: Campaign, names: Sequence[str]) -> None:
    kept = {each.unit_id: each for each in campaign.units}
    found: dict[int, tuple[Unit, int]] = {}
    for position, name in enumerate(names):
        if name.strip():
            unit = ensure_unit(session, campaign.region.id, name, "department")
            found.setdefault(unit.id, (unit, position))
    campaign.units = [kept.get(key) or CampaignUnit(unit=unit) for key, (unit, _position) in found.items()]
    for each, (_unit, position) in zip(campaign.units, found.values(), strict=True):
        each.position = position


def _replace_teams(session: Session, campaign: Campaign, wanted: Sequence[Sequence[User]]) -> None:
    """Rewrite the members team by team, so that visits keep pointing to theirs."""
    for team in campaign.teams:
        team.members = []
    campaign.teams = campaign.teams[: len(wanted)]
    session.flush()
    for number, people in enumerate(wanted, 1):
        if number > len(campaign.teams):
            campaign.teams.append(Team(number=number))
        campaign.teams[number - 1].number = number
        campaign.teams[number - 1].members = [
            TeamMember(user=user, position=position) for position, user in enumerate(people)
        ]
    session.flush()


def _numbers_in_use(session: Session, campaign: Campaign) -> int:
    rows = select(Team.number).join(CampaignVisit, CampaignVisit.team_id == Team.id)
    return max(session.scalars(rows.where(Team.campaign_id == campaign.id)), default=0)


def _has_visits(session: Session, campaign: Campaign) -> bool:
    return session.scalar(select(Inspection.id).where(Inspection.campaign_id == campaign.id).limit(1)) is not None


def _call_off(session: Session, actor: Actor, campaign: Campaign, reason: str) -> None:
    rows = select(Inspection).where(
        Inspection.campaign_id == campaign.id, Inspection.state.not_in((*DONE_STATES, VOIDED))
    )
    for inspection in session.scalars(rows.order_by(Inspection.id)).all():
        visits.void(session, actor, inspection, reason)


def _names(campaign: Campaign) -> list[str]:
    return ["、".join(each.user.name for each in team.members) for team in campaign.teams]


def _told(campaign: Campaign) -> dict[str, Any]:
    told = {name: plain(getattr(campaign, name)) for name in (*PLAIN, "categories", "checklist_codes", "aim")}
    told["regions"] = sorted(each.region_id for each in campaign.regions)
    told["units"] = [each.unit.name for each in campaign.units]
    return told


def _noted(
    session: Session, actor: Actor, campaign: Campaign, before: Mapping[str, Any], after: Mapping[str, Any]
) -> None:
    changes = {name: [before[name], after[name]] for name in after if before[name] != after[name]}
    if changes:
        campaign.version += 1
        session.flush()
        record(session, actor, "update", campaign, changes)
