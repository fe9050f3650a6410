"""The board of a campaign: teams by days of a week, and moving a visit to another team or day."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.campaigns import crews, queries, service
from inspect_app.campaigns.lifecycle import ISSUED
from inspect_app.campaigns.loading import definition
from inspect_app.campaigns.models import Campaign, CampaignVisit, Team
from inspect_app.core import clock
from inspect_app.core.database import lock
from inspect_app.core.errors import Invalid, Stale, StepRefused
from inspect_app.core.labels import Sentence, mark, say
from inspect_app.inspections import service as visits
from inspect_app.inspections.lifecycle import PLANNED, VOIDED

WEEK = 7


@dataclass(frozen=True)
class Row:
    """A team, or None for who goes without one, with its visits by day."""

    team: Team | None
    cells: dict[date, list[CampaignVisit]]


@dataclass(frozen=True)
class Move:
    """Where a visit shall go; `team` is a number, None leaves who goes. `version` is that of the visit on the page."""

    on: date
    team: int | None = None
    reason: str = ""
    version: int | None = None


def week_of(day: date) -> list[date]:
    """Return the seven days of a week, from Monday."""
    monday = day - timedelta(days=day.weekday())
    return [monday + timedelta(days=number) for number in range(WEEK)]


def first_week(campaign: Campaign, found: Sequence[CampaignVisit]) -> date:
    """Return the day whose week is shown first: of the next visit from today on, else the first, else the start."""
    days = sorted(visit.inspection.planned_on for visit in found if visit.inspection.state != VOIDED)
    today = clock.today()
    return next((day for day in days if day >= today), days[0] if days else max(campaign.starts_on, today))


def rows_of(campaign: Campaign, found: Sequence[CampaignVisit], days: Sequence[date]) -> list[Row]:
    """Lay the visits of these days out by team; voided ones are left out."""
    shown = [visit for visit in found if visit.inspection.planned_on in days and visit.inspection.state != VOIDED]
    rows = [Row(team, {day: [] for day in days}) for team in campaign.teams]
    by_team = {row.team.id if row.team else None: row for row in rows}
    if any(visit.team_id not in by_team for visit in shown):
        by_team[None] = Row(None, {day: [] for day in days})
        rows.append(by_team[None])
    for visit in shown:
        by_team[visit.team_id if visit.team_id in by_team else None].cells[visit.inspection.planned_on].append(visit)
    return rows


def move(session: Session, actor: Actor, campaign: Campaign, reference: str, wish: Move) -> CampaignVisit:
    """Move a visit, and with it the others of its journey. Raises Stale, Invalid, Forbidden or StepRefused."""
    service.check_planner(session, actor, campaign)
    if campaign.state != ISSUED:
        raise StepRefused([mark("方案不在执行中，不能调整检查。")])
    moved = queries.visit_of(session, actor, campaign, reference)
    lock(session, moved.inspection)
    if wish.version is not None and wish.version != moved.inspection.version:
        raise Stale
    group = _together(session, actor, campaign, moved)
    team = _team(campaign, moved, wish)
    _check(session, campaign, group, team, wish)
    for visit in group:
        _carry(session, actor, visit, team, replace(wish, version=None))
    session.flush()
    return moved


def _together(session: Session, actor: Actor, campaign: Campaign, moved: CampaignVisit) -> list[CampaignVisit]:
    trip = moved.inspection.trip
    if not trip:
        return [moved]
    every = queries.visits_of(session, actor, campaign)
    return [visit for visit in every if visit.inspection.trip == trip and visit.inspection.state != VOIDED]


def _team(campaign: Campaign, moved: CampaignVisit, wish: Move) -> Team | None:
    """Return the team that shall go, None when who goes stays."""
    if wish.team is None or (moved.team is not None and moved.team.number == wish.team):
        return None
    if moved.draw_id is not None:
        raise Invalid({"team": [mark("检查人员是抽取的，不能在这里改派；确需更换的，请在检查页面写明原因。")]})
    team = next((each for each in campaign.teams if each.number == wish.team), None)
    if team is None:
        raise Invalid({"team": [mark("没有这个检查组。")]})
    return team


def _check(session: Session, campaign: Campaign, group: Sequence[CampaignVisit], team: Team | None, wish: Move) -> None:
    """Raise Invalid with all that stands against the move."""
    found: dict[str, list[str | Sentence]] = {}
    if not campaign.starts_on <= wish.on <= campaign.ends_on:
        message = mark("方案期限是 %(start)s 至 %(end)s，不能排到期限以外。")
        found["on"] = [str(say(message, start=campaign.starts_on, end=campaign.ends_on))]
    if any(visit.inspection.state != PLANNED for visit in group):
        found[""] = [mark("检查已经开始或完成，不能再调整。")]
    going = team or group[0].team
    if going is not None:
        crew = crews.crew_of(going)
        sites = [visit.inspection.site for visit in group]
        if why := crews.forbidden(session, campaign, [crew], {"": sites}).get((crew.key, "")):
            found["team"] = [str(why)]
        if not found and not _room(session, crew, group, wish.on):
            message = mark("第 %(number)s 组 %(on)s 已经排满。")
            found["on"] = [str(say(message, number=going.number, on=wish.on))]
    if found:
        raise Invalid({name: [str(each) for each in sentences] for name, sentences in found.items()})


def _room(session: Session, crew: crews.Crew, group: Sequence[CampaignVisit], on: date) -> bool:
    moving = {visit.inspection_id for visit in group}
    taken = crews.taken(session, [crew], [on], without=moving).get((crew.key, on), 0)
    first = group[0].inspection
    cost = definition().journey_cost if first.trip else definition().cost(first.site.category)
    return taken + cost <= 1


def _carry(session: Session, actor: Actor, visit: CampaignVisit, team: Team | None, wish: Move) -> None:
    inspection = visit.inspection
    if team is not None:
        people = [each.user_id for each in team.members]
        if people != [each.user_id for each in inspection.inspectors]:
            visits.reassign(session, actor, inspection, people, wish.reason)
        visit.team = team
    if wish.on != inspection.planned_on:
        visits.reschedule(session, actor, inspection, wish.on, wish.reason)
