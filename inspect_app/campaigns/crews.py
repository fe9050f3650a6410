"""Who goes: the teams of a campaign, or for self-checks each of a county's own people; where and when they may not."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from inspect_app.accounts.models import User
from inspect_app.accounts.queries import own_inspectors_of
from inspect_app.campaigns.avoidance import conflicts
from inspect_app.campaigns.kinds import KINDS
from inspect_app.campaigns.loading import definition
from inspect_app.campaigns.models import Campaign, CampaignVisit, Team
from inspect_app.campaigns.rules import aim_of
from inspect_app.core.labels import Sentence, mark, say
from inspect_app.inspections.lifecycle import VOIDED
from inspect_app.inspections.models import Inspection, Inspector
from inspect_app.regions.models import RegionPath
from inspect_app.sites.models import Site


@dataclass(frozen=True)
class Crew:
    """Who goes together; `key` is the number of the team, or the key of a person who checks their own county."""

    key: int
    people: tuple[User, ...]
    is_team: bool = True

    @property
    def label(self) -> Sentence:
        """Name the crew."""
        if self.is_team:
            return say(mark("第 %(number)s 组"), number=self.key)
        if len(self.people) > 1:
            return say("%(names)s", names="、".join(user.name for user in self.people))
        return say(mark("%(name)s（自查）"), name=self.people[0].name)


def crew_of(team: Team) -> Crew:
    """Return a team as a crew."""
    return Crew(team.number, tuple(each.user for each in team.members))


def crews_of(session: Session, campaign: Campaign, sites: Sequence[Site]) -> list[Crew]:
    """List who goes: the teams, or for self-checks the people of the counties of these sites."""
    if not KINDS[campaign.kind].own_people:
        return [crew_of(team) for team in campaign.teams]
    counties = {site.county_id for site in sites}
    below = select(RegionPath.descendant_id).where(RegionPath.ancestor_id.in_(counties))
    people = own_inspectors_of(session, list(session.scalars(below))) if counties else []
    return [Crew(user.id, (user,), is_team=False) for user in sorted(people, key=lambda user: user.id)]


def forbidden(
    session: Session, campaign: Campaign, crews: Sequence[Crew], jobs: Mapping[str, Sequence[Site]]
) -> dict[tuple[int, str], Sentence]:
    """Return why which crew may not take which job: a member must keep away, or enters no data there."""
    sites = list({site.id: site for group in jobs.values() for site in group}.values())
    people = {user.id: user for crew in crews for user in crew.people}
    own = KINDS[campaign.kind].own_people
    away = {} if own else conflicts(session, people.values(), sites, cross=aim_of(campaign.aim).cross)
    reach = _reach(session, people.values(), sites)
    found = {}
    for crew in crews:
        for key, group in jobs.items():
            reasons = (_reason(user, site, away, reach, own=own) for site in group for user in crew.people)
            if why := next((reason for reason in reasons if reason), None):
                found[crew.key, key] = why
    return found


def taken(
    session: Session, crews: Sequence[Crew], days: Sequence[date], without: Collection[int] = ()
) -> dict[tuple[int, date], Fraction]:
    """Return what part of which day of a crew is occupied by visits that a member makes, whatever for.

    `without` are visits that do not count, by key.
    """
    rows = (
        select(Inspection.id, Inspection.planned_on, Inspection.trip, Site.category, Inspector.user_id)
        .join(Inspector, Inspector.inspection_id == Inspection.id)
        .join(Site, Site.id == Inspection.site_id)
        .where(
            Inspection.state != VOIDED,
            Inspection.id.not_in(without),
            Inspector.user_id.in_([user.id for crew in crews for user in crew.people]),
            Inspection.planned_on.between(days[0], days[-1]) if days else Inspection.id.is_(None),
        )
    )
    homes: dict[int, list[int]] = {}
    for crew in crews:
        for user in crew.people:
            homes.setdefault(user.id, []).append(crew.key)
    parts: dict[tuple[int, date], dict[str, Fraction]] = {}
    for key, on, trip, category, user_id in session.execute(rows).tuples():
        cost = definition().journey_cost if trip else definition().cost(category)
        for crew_key in homes[user_id]:
            parts.setdefault((crew_key, on), {})[trip or str(key)] = cost
    return {place: sum(costs.values(), Fraction(0)) for place, costs in parts.items()}


def held(session: Session, campaign: Campaign, crews: Sequence[Crew]) -> dict[int, int]:
    """Count the visits of this campaign that each team has already."""
    rows = (
        select(Team.number, func.count())
        .join(CampaignVisit, CampaignVisit.team_id == Team.id)
        .join(Inspection, Inspection.id == CampaignVisit.inspection_id)
        .where(CampaignVisit.campaign_id == campaign.id, Inspection.state != VOIDED)
        .group_by(Team.number)
    )
    counted = dict(session.execute(rows).tuples().all())
    return {crew.key: counted.get(crew.key, 0) for crew in crews if crew.is_team}


def _reach(session: Session, people: Iterable[User], sites: Sequence[Site]) -> set[tuple[int, int]]:
    """Return the pairs (capture region, region of a site) where the first is the second or lies above it."""
    tops = {user.capture_region_id for user in people if user.capture_region_id is not None}
    regions = {site.region_id for site in sites}
    rows = select(RegionPath.ancestor_id, RegionPath.descendant_id).where(
        RegionPath.ancestor_id.in_(tops), RegionPath.descendant_id.in_(regions)
    )
    return set(session.execute(rows).tuples()) if tops and regions else set()


def _reason(
    user: User, site: Site, away: Mapping[tuple[int, int], Sentence], reach: set[tuple[int, int]], *, own: bool
) -> Sentence | None:
    if why := away.get((user.id, site.id)):
        return why
    if (user.capture_region_id, site.region_id) in reach:
        return None
    if own:
        return say(mark("%(county)s没有可以自查的人员。"), county=site.county.name)
    return say(mark("%(name)s的填报区域不含%(county)s。"), name=user.name, county=site.county.name)
