"""From the scope and the aim of a campaign to a timetable: previewed first, then made into visits in one go.

A preview is worked out anew each time from what stands in the database, and the same database gives the same preview;
its fingerprint comes back with the confirmation, so that what is made is what was shown.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.campaigns import crews, lists, reasons, scope, service
from inspect_app.campaigns.choosing import Candidate, Place, choose
from inspect_app.campaigns.kinds import KINDS
from inspect_app.campaigns.lifecycle import ISSUED
from inspect_app.campaigns.loading import definition
from inspect_app.campaigns.models import Campaign, CampaignVisit
from inspect_app.campaigns.rules import Aim, aim_of
from inspect_app.campaigns.scheduling import Job, Plan, timetable
from inspect_app.core import clock
from inspect_app.core.database import lock
from inspect_app.core.definitions import content_hash
from inspect_app.core.errors import Stale, StepRefused
from inspect_app.core.labels import Sentence, mark, say
from inspect_app.core.workdays import load_calendar
from inspect_app.inspections import service as visits
from inspect_app.inspections.combinations import combination
from inspect_app.inspections.models import Inspection
from inspect_app.inspections.offers import Offers
from inspect_app.regions.models import Region
from inspect_app.sites.models import Site
from inspect_app.sites.rules import CATEGORIES


@dataclass(frozen=True)
class Stop:
    """A planned visit: the object, why it was chosen, the lists, the crew and the day; stops of a journey share one."""

    site: Site
    why: str
    lists: tuple[str, ...]
    crew: crews.Crew
    on: date
    journey: str = ""


@dataclass(frozen=True)
class Reach:
    """How many of how many will have been visited once the campaign is done; `of` 0 is unknown."""

    label: str
    got: int
    of: int


@dataclass(frozen=True)
class Preview:
    """What would be made, what does not fit with its reason, and what the aim asks for beyond the scope."""

    stops: tuple[Stop, ...] = ()
    unplaced: tuple[tuple[Site, Sentence], ...] = ()
    short: tuple[Sentence, ...] = ()
    reach: tuple[Reach, ...] = ()
    going: tuple[crews.Crew, ...] = ()

    @cached_property
    def fingerprint(self) -> str:
        """Return what tells this preview from one of a database that changed."""
        told = [[each.site.reference, each.crew.key, each.on, each.lists, each.journey] for each in self.stops]
        return content_hash({"stops": told})

    @cached_property
    def loads(self) -> dict[int, int]:
        """Count the visits of each crew by its key."""
        counted = Counter(each.crew.key for each in self.stops)
        return {crew.key: counted[crew.key] for crew in self.going}

    @cached_property
    def days(self) -> list[date]:
        """List the days on which somebody goes somewhere."""
        return sorted({each.on for each in self.stops})


@dataclass(frozen=True)
class Wish:
    """An object to be visited and why; objects with the same `journey` go together, the first one leading."""

    site: Site
    why: tuple[str, ...]
    lists: tuple[str, ...]
    journey: str = ""


def preview(session: Session, campaign: Campaign) -> Preview:
    """Work out whom the campaign would visit when, without changing anything."""
    counties = scope.counties_in(session, campaign)
    townships = scope.townships_in(session, campaign, counties)
    sites, every = scope.candidates(session, campaign, counties, townships)
    open_places = counties, townships
    if aim_of(campaign.aim).uncovered_only:
        open_places = scope.uncovered(session, campaign, counties, townships)
    if KINDS[campaign.kind].only_failed:
        every = [each for each in every if each.failed]
    if KINDS[campaign.kind].journeys:
        wishes, short = _journeys(session, campaign, counties, sites, every)
    else:
        wishes, short = _single(session, campaign, sites, every, open_places)
    made = place(session, campaign, wishes)
    reached = _reach(made, every, (counties, townships), open_places)
    return Preview(made.stops, made.unplaced, (*short, *made.short), reached, made.going)


def place(session: Session, campaign: Campaign, wishes: Sequence[Wish]) -> Preview:
    """Lay objects that are chosen already on teams and days; those without a list come back as not placed."""
    able = [wish for wish in wishes if wish.lists]
    no_list = say(mark("这类对象还没有已发布的检查表，或方案选的检查表都不适用。"))
    groups: dict[str, list[Wish]] = {}
    for wish in able:
        groups.setdefault(wish.journey or wish.site.reference, []).append(wish)
    days = days_of(session, campaign)
    going = crews.crews_of(session, campaign, [wish.site for wish in able])
    plan = Plan(
        jobs=[_job(key, group) for key, group in groups.items()],
        teams=[crew.key for crew in going],
        days=days,
        forbidden=crews.forbidden(
            session, campaign, going, {key: [wish.site for wish in group] for key, group in groups.items()}
        ),
        taken=crews.taken(session, going, days),
        held=crews.held(session, campaign, going),
    )
    made, by_key = timetable(plan), {crew.key: crew for crew in going}
    stops = [
        Stop(wish.site, reasons.keep(wish.why), wish.lists, by_key[each.team], each.on, wish.journey)
        for each in made.placed
        for wish in groups[each.key]
    ]
    unplaced = [(wish.site, no_list) for wish in wishes if not wish.lists]
    unplaced += [(wish.site, each.why) for each in made.unplaced for wish in groups[each.key]]
    return Preview(tuple(stops), tuple(unplaced), (), (), tuple(going))


def confirm(session: Session, actor: Actor, campaign: Campaign, fingerprint: str) -> list[Inspection]:
    """Make the visits that were previewed; raises Stale when others would come out now, StepRefused or Invalid."""
    lock(session, campaign)
    if campaign.state != ISSUED:
        raise StepRefused([mark("方案印发以后才能生成检查。")])
    if KINDS[campaign.kind].drawn:
        raise StepRefused([mark("双随机检查的对象和人员须抽取，不能按范围直接生成。")])
    service.check_planner(session, actor, campaign)
    planned = preview(session, campaign)
    if planned.fingerprint != fingerprint:
        raise Stale(mark("您看过预览之后，对象、检查组或日程已有变化，没有生成检查。请重新预览、核对后再确认。"))
    if not planned.stops:
        raise StepRefused([mark("没有可以安排的检查，请看预览页列出的原因。")])
    return make(session, actor, campaign, planned.stops)


def make(
    session: Session, actor: Actor, campaign: Campaign, stops: Sequence[Stop], draw_id: int | None = None
) -> list[Inspection]:
    """Plan a visit for every stop; those of a journey share the reference of the first."""
    teams = {team.number: team.id for team in campaign.teams}
    leading: dict[str, str] = {}
    offers = Offers(session)
    made = []
    for stop in stops:
        visit = visits.plan(
            session,
            actor,
            site=stop.site,
            kind=KINDS[campaign.kind].visit_kind,
            planned_on=stop.on,
            inspector_ids=[user.id for user in stop.crew.people],
            checklist_codes=stop.lists,
            campaign_id=campaign.id,
            trip=leading.get(stop.journey, ""),
            offers=offers,
        )
        if stop.journey and stop.journey not in leading:
            leading[stop.journey] = visit.trip = visit.reference
        team_id = teams.get(stop.crew.key) if stop.crew.is_team else None
        link = CampaignVisit(
            inspection_id=visit.id, campaign_id=campaign.id, team_id=team_id, draw_id=draw_id, why=stop.why
        )
        session.add(link)
        made.append(visit)
    session.flush()
    service.record(session, actor, "plan", campaign, {"visits": [None, len(made)]})
    return made


def _single(
    session: Session,
    campaign: Campaign,
    sites: Mapping[str, Site],
    every: Sequence[Candidate],
    regions: tuple[Sequence[Region], Sequence[Region]],
) -> tuple[list[Wish], list[Sentence]]:
    """Choose by the aim; a self-check is made of every object that is left."""
    known = lists.lists_of(session, campaign)
    aim = aim_of(campaign.aim)
    if KINDS[campaign.kind].own_people and not aim.asks:
        chosen: dict[str, tuple[str, ...]] = {each.reference: (reasons.OWN,) for each in every if not each.planned}
        short: tuple[Sentence, ...] = ()
    else:
        choice = choose(every, aim, scope.places(regions[0]), scope.places(regions[1]))
        chosen, short = choice.chosen, choice.short
    wishes = [Wish(sites[key], why, tuple(known.for_site(sites[key]))) for key, why in chosen.items()]
    return wishes, list(short)


def _journeys(
    session: Session,
    campaign: Campaign,
    counties: Sequence[Region],
    sites: Mapping[str, Site],
    every: Sequence[Candidate],
) -> tuple[list[Wish], list[Sentence]]:
    """One journey a county: its government with the combined lists, and some objects (domain reference §4.0)."""
    known = lists.lists_of(session, campaign)
    together = combination(definition().journey)
    seats = scope.seats(session, counties, together.site)
    planned = scope.planned_in(session, campaign)
    aim, wishes, short = aim_of(campaign.aim), [], []
    for county in counties:
        seat = seats.get(county.id)
        if seat is None:
            short.append(_no_seat(county, together.site))
        if seat is None or seat.id in planned:
            continue
        wishes.append(Wish(seat, (reasons.COUNTY_SEAT,), together.lists, county.code))
        own = [
            each
            for each in every
            if each.county == county.code and sites[each.reference].category not in together.lists
        ]
        wanted = Aim(per_county=aim.objects or together.least)
        choice = choose(own, wanted, [Place(county.code, county.name)], [])
        short += choice.short
        wishes += [
            Wish(sites[key], why, tuple(known.for_site(sites[key])), county.code) for key, why in choice.chosen.items()
        ]
    return wishes, short


def _no_seat(county: Region, category: str) -> Sentence:
    message = mark("%(county)s还没有登记“%(category)s”（%(code)s）对象，请先登记。")
    return say(message, county=county.name, category=CATEGORIES[category], code=category)


def _job(key: str, group: Sequence[Wish]) -> Job:
    first = group[0]
    cost = definition().journey_cost if first.journey else definition().cost(first.site.category)
    return Job(key, first.site.county.code, cost, first.site.region.code)


def days_of(session: Session, campaign: Campaign) -> list[date]:
    """List the days of the period that are not past: the working days, after an earthquake all."""
    calendar, first = load_calendar(session), max(campaign.starts_on, clock.today())
    span = (campaign.ends_on - first).days + 1
    every = (date.fromordinal(first.toordinal() + number) for number in range(max(span, 0)))
    return [day for day in every if KINDS[campaign.kind].at_once or calendar.is_working(day)]


def _reach(
    made: Preview,
    every: Sequence[Candidate],
    within: tuple[Sequence[Region], Sequence[Region]],
    open_places: tuple[Sequence[Region], Sequence[Region]],
) -> tuple[Reach, ...]:
    """Count what will have been visited once everything planned is done: places that are not open were before."""
    placed = {stop.site.reference for stop in made.stops} | {each.reference for each in every if each.planned}
    visited = [each for each in every if each.reference in placed]
    seen = {stop.site.county.code for stop in made.stops} | {each.county for each in visited}
    seen |= {each.township for each in visited if each.township}
    names = (mark("县（市、区）"), mark("乡镇（街道）"))
    places = [
        Reach(name, len(all_) - sum(each.code not in seen for each in left), len(all_))
        for name, all_, left in zip(names, within, open_places, strict=True)
    ]
    return (*places, Reach(mark("本方案的对象"), len(visited), len(every)))
