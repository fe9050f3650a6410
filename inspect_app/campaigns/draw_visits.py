"""From a draw to visits: each object drawn gets a day on which both of its inspectors have room."""

from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from inspect_app.access.actor import Actor
from inspect_app.accounts.models import User
from inspect_app.campaigns import draws, planning, reasons, service
from inspect_app.campaigns.crews import Crew, taken
from inspect_app.campaigns.drawing import Drawn, Why
from inspect_app.campaigns.lifecycle import ISSUED
from inspect_app.campaigns.lists import lists_of
from inspect_app.campaigns.loading import definition
from inspect_app.campaigns.models import Draw
from inspect_app.campaigns.planning import Preview, Stop
from inspect_app.campaigns.pool import user_key
from inspect_app.core.database import lock
from inspect_app.core.errors import Conflict, Stale, StepRefused
from inspect_app.core.labels import Sentence, mark, say
from inspect_app.inspections.models import Inspection
from inspect_app.sites.models import Site

FULL = Fraction(1)
Room = dict[tuple[int, date], Fraction]
KEPT_REASONS = {Why.BACKLOG: (reasons.DRAWN, reasons.BACKLOG), Why.COUNTY: (reasons.DRAWN, reasons.COUNTY)}


def preview(session: Session, kept: Draw) -> Preview:
    """Lay the drawn objects, in the order drawn, on the earliest days on which the whole team has room."""
    drawn = draws.result_of(kept).drawn
    sites, people = _sites(session, drawn), _people(session, drawn)
    days = planning.days_of(session, kept.campaign)
    room = _room(session, people.values(), days)
    lists = lists_of(session, kept.campaign)
    stops: list[Stop] = []
    unplaced: list[tuple[Site, Sentence]] = []
    for each in drawn:
        site, team = sites[each.reference], [people[user_key(key)] for key in each.team]
        codes = tuple(lists.for_site(site))
        on = _first_day(site, team, days, room)
        if problem := _problem(each, site, team, codes, on):
            unplaced.append((site, problem))
            continue
        assert on is not None  # noqa: S101 - a missing day is a problem
        for user in team:
            room[user.id, on] -= definition().cost(site.category)
        why = reasons.keep(KEPT_REASONS.get(each.why, (reasons.DRAWN,)))
        stops.append(Stop(site, why, codes, Crew(site.id, tuple(team), is_team=False), on))
    return Preview(tuple(stops), tuple(unplaced))


def confirm(session: Session, actor: Actor, kept: Draw, fingerprint: str) -> list[Inspection]:
    """Make the visits that were previewed. Raises Stale when others would come out now, StepRefused or Conflict."""
    campaign = kept.campaign
    lock(session, campaign)
    service.check_planner(session, actor, campaign)
    if campaign.state != ISSUED:
        raise StepRefused([mark("方案印发以后才能生成检查。")])
    if draws.latest(session, campaign) is not kept:
        raise Conflict(mark("这次抽取已被重抽替代，请按最新一次的结果安排。"))
    if draws.visits_of(session, kept):
        raise Conflict(mark("这次抽取的检查已经安排过了。"))
    planned = preview(session, kept)
    if planned.fingerprint != fingerprint:
        raise Stale(mark("您看过预览之后，对象、人员或日程已有变化，没有生成检查。请重新预览、核对后再确认。"))
    if not planned.stops:
        raise StepRefused([mark("没有可以安排的检查，请看预览页列出的原因。")])
    return planning.make(session, actor, campaign, planned.stops, draw_id=kept.id)


def _first_day(site: Site, team: Sequence[User], days: Sequence[date], room: Room) -> date | None:
    cost = definition().cost(site.category)
    return next((day for day in days if all(room[user.id, day] >= cost for user in team)), None)


def _problem(each: Drawn, site: Site, team: Sequence[User], codes: Sequence[str], on: date | None) -> Sentence | None:
    if each.short:
        return say(mark("可派的检查人员不足，其余的都须回避。"))
    if not site.active:
        return say(mark("抽取以后这个对象已停用。"))
    if gone := [user.name for user in team if not user.active]:
        return say(mark("%(names)s的账号已停用，请重抽或改派。"), names="、".join(gone))
    if not codes:
        return say(mark("这类对象还没有已发布的检查表，或方案选的检查表都不适用。"))
    if on is None:
        return say(mark("期限内没有两人都有空的工作日：请延长期限。"))
    return None


def _room(session: Session, people: Iterable[User], days: Sequence[date]) -> Room:
    alone = [Crew(user.id, (user,), is_team=False) for user in people]
    used = taken(session, alone, days) if alone else {}
    return {(crew.key, day): FULL - used.get((crew.key, day), Fraction(0)) for crew in alone for day in days}


def _sites(session: Session, drawn: Sequence[Drawn]) -> dict[str, Site]:
    rows = select(Site).where(Site.reference.in_([each.reference for each in drawn])).options(joinedload(Site.county))
    return {site.reference: site for site in session.scalars(rows)}


def _people(session: Session, drawn: Sequence[Drawn]) -> dict[int, User]:
    keys = {user_key(key) for each in drawn for key in each.team}
    return {user.id: user for user in session.scalars(select(User).where(User.id.in_(keys)))}
