"""One step from the estimate to visits: a campaign of re-checks, its teams, who goes where on which day."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.accounts.models import User
from inspect_app.accounts.queries import inspectors_of
from inspect_app.campaigns import lists, planning, reasons
from inspect_app.campaigns import service as campaigns
from inspect_app.campaigns.kinds import EMERGENCY
from inspect_app.campaigns.models import Campaign
from inspect_app.campaigns.rules import TEAM_LEAST, Aim
from inspect_app.core import clock
from inspect_app.core.errors import Invalid
from inspect_app.core.labels import Sentence, mark
from inspect_app.emergencies.estimate import Affected, Estimate
from inspect_app.emergencies.loading import definition
from inspect_app.emergencies.models import Emergency, EmergencyCampaign
from inspect_app.emergencies.service import check_leads, check_real, record
from inspect_app.inspections.models import Inspection
from inspect_app.regions.models import RegionPath
from inspect_app.sites.models import Site

VISITS_A_DAY = 2


@dataclass(frozen=True)
class Order:
    """What is wanted: at most so many sites, only those with open hazards, and the teams (empty: by county)."""

    most: int
    only_hazards: bool = False
    teams: tuple[tuple[int, ...], ...] = ()


@dataclass(frozen=True)
class Made:
    """The campaign with its visits, and the sites for which there was no list, no team or no day, with the reason."""

    campaign: Campaign
    visits: Sequence[Inspection]
    unplaced: Sequence[tuple[Site, Sentence]]


def choose(told: Estimate, order: Order) -> list[Affected]:
    """Return the sites to be checked, the most pressing first."""
    wanted = [each for each in told.affected if each.hazards or not order.only_hazards]
    return wanted[: order.most]


def people_for(session: Session, emergency: Emergency) -> list[User]:
    """List the inspectors of the region and of those above it who have a credential."""
    below = select(RegionPath.descendant_id).where(RegionPath.ancestor_id == emergency.region_id)
    above = select(RegionPath.ancestor_id).where(RegionPath.descendant_id == emergency.region_id)
    found = inspectors_of(session, [*session.scalars(below.union(above))])
    return [user for user in found if (user.credential_number or "").strip()]


def teams_by_county(people: Sequence[User]) -> list[list[int]]:
    """Put people who enter data for the same place into teams of two; one left over joins the last team."""
    homes: dict[int, list[int]] = defaultdict(list)
    for user in people:
        homes[user.capture_region_id or 0].append(user.id)
    return [team for home in sorted(homes) for team in _pairs(homes[home])]


def check_sites(session: Session, actor: Actor, emergency: Emergency, told: Estimate, order: Order) -> Made:
    """Make a campaign of re-checks and its visits, issued at once. Raises Invalid, Forbidden, Conflict or StepRefused.

    The most pressing sites get the first days; weekends are days too.
    """
    check_leads(actor, emergency)
    check_real(emergency)
    chosen = [each.site for each in choose(told, order)]
    teams = [list(team) for team in order.teams] or teams_by_county(people_for(session, emergency))
    _refuse(order, chosen, teams)
    campaign = _campaign(session, actor, emergency, chosen)
    campaigns.set_teams(session, actor, campaign, campaign.version, teams)
    campaigns.issue_at_once(session, actor, campaign, emergency.reference)
    visits, unplaced = _visits(session, actor, campaign, chosen, len(teams))
    session.add(EmergencyCampaign(emergency_id=emergency.id, campaign_id=campaign.id, made_at=clock.now()))
    session.flush()
    told_of = {"campaign": [None, campaign.reference], "visits": [None, len(visits)], "unplaced": [None, len(unplaced)]}
    record(session, actor, "check", emergency, told_of)
    return Made(campaign, visits, unplaced)


def _refuse(order: Order, chosen: Sequence[Site], teams: Sequence[Sequence[int]]) -> None:
    found: dict[str, list[str]] = {}
    if not 1 <= order.most <= definition().most_sites:
        found["most"] = [mark("核查对象的数量超出允许的范围。")]
    elif not chosen:
        found["most"] = [mark("没有可以核查的对象：估计范围内没有对象，或没有未结隐患。")]
    if not teams:
        found["teams"] = [
            mark("没有可派的检查组：每组至少两人，都要有检查证号。请自行编组，或请安全管理员补登检查证号。")
        ]
    if found:
        raise Invalid(found)


def _campaign(session: Session, actor: Actor, emergency: Emergency, sites: Sequence[Site]) -> Campaign:
    quake, today = emergency.quake, clock.today()
    return campaigns.create(
        session,
        actor,
        emergency.region,
        title=f"{quake.place}{quake.magnitude}级地震应急核查"[:100],
        kind=EMERGENCY,
        document_number="",
        starts_on=today,
        ends_on=today + timedelta(days=definition().campaign_days - 1),
        region_ids=sorted({site.county_id for site in sites}),
        lead_unit="",
        cooperating_units=[],
        categories=[],
        checklist_codes=[],
        key_counties=False,
        key_objects=False,
        aim=Aim(),
        requirements="",
    )


def _visits(
    session: Session, actor: Actor, campaign: Campaign, sites: Sequence[Site], teams: int
) -> tuple[list[Inspection], list[tuple[Site, Sentence]]]:
    """Lay the sites on teams and days, a day's worth at a time, so that what presses most goes first."""
    known = lists.lists_of(session, campaign)
    visits: list[Inspection] = []
    unplaced: list[tuple[Site, Sentence]] = []
    for portion in _portions(sites, teams * VISITS_A_DAY):
        wishes = [planning.Wish(site, (reasons.SHAKEN,), tuple(known.for_site(site))) for site in portion]
        laid = planning.place(session, campaign, wishes)
        unplaced += laid.unplaced
        if laid.stops:
            visits += planning.make(session, actor, campaign, laid.stops)
    return visits, unplaced


def _pairs(people: Sequence[int]) -> list[list[int]]:
    teams = [list(people[start : start + TEAM_LEAST]) for start in range(0, len(people), TEAM_LEAST)]
    if teams and len(teams[-1]) < TEAM_LEAST:
        left = teams.pop()
        if teams:
            teams[-1] += left
    return teams


def _portions(sites: Sequence[Site], size: int) -> Iterator[Sequence[Site]]:
    for start in range(0, len(sites), size):
        yield sites[start : start + size]
