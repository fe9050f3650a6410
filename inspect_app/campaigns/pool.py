"""The pool of a draw (检查对象名录库、检查人员名录库), gathered from the registers as they stood at an instant."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from inspect_app.accounts.models import User
from inspect_app.campaigns import avoidance, queries, rules, scope
from inspect_app.campaigns.draw_limits import draw_limits
from inspect_app.campaigns.drawing import Candidate, Person, Pool, in_order
from inspect_app.campaigns.loading import definition
from inspect_app.campaigns.models import Campaign
from inspect_app.inspections.kinds import SELF_CHECK
from inspect_app.inspections.lifecycle import DONE_STATES
from inspect_app.inspections.models import Inspection, Sheet
from inspect_app.sites.models import Site

PERSON = "u"
Last = tuple[date, Decimal | None]


def pool_of(session: Session, campaign: Campaign, before: datetime) -> Pool:
    """Gather who and what may be drawn for a campaign; of visits only those submitted before the instant are known."""
    counties = scope.counties_in(session, campaign)
    sites = scope.sites_in(session, campaign, counties)
    last = last_visits(session, campaign, before)
    objects = tuple(_candidate(site, last.get(site.id)) for site in sites)
    return in_order(Pool(objects, _people(session, campaign, sites)))


def last_visits(session: Session, campaign: Campaign, before: datetime) -> dict[int, Last]:
    """Return day and lowest score of the last official visit of each site in scope, by site key."""
    counties = scope.counties_in(session, campaign)
    rows = (
        select(Inspection.site_id, Inspection.submitted_on, func.min(Sheet.score))
        .join(Site, Site.id == Inspection.site_id)
        .join(Sheet, Sheet.inspection_id == Inspection.id)
        .where(
            scope.covers_site(campaign, counties),
            Inspection.state.in_(DONE_STATES),
            Inspection.kind != SELF_CHECK,
            Inspection.submitted_at < before,
        )
        .group_by(Inspection.id, Inspection.site_id, Inspection.submitted_on, Inspection.submitted_at)
        .order_by(Inspection.submitted_at, Inspection.id)
    )
    return {site: (on, score) for site, on, score in session.execute(rows).tuples() if on is not None}


def user_key(person: str) -> int:
    """Return the key of the account that a person of a pool stands for."""
    return int(person.removeprefix(PERSON))


def _candidate(site: Site, last: Last | None) -> Candidate:
    factor = draw_limits().key_object_factor if site.key_object else Decimal(1)
    on, score = last or (None, None)
    return Candidate(
        reference=site.reference,
        county=site.county.code,
        category=site.category,
        exposure=definition().exposure(site.category) * factor,
        last_visited_on=on,
        last_score=score,
    )


def _people(session: Session, campaign: Campaign, sites: Sequence[Site]) -> tuple[Person, ...]:
    users = [user for user in _team_members(campaign) or queries.people_for(session, campaign) if _has_credential(user)]
    barred = avoidance.conflicts(session, users, sites, cross=rules.aim_of(campaign.aim).cross)
    return tuple(
        Person(
            f"{PERSON}{user.id}",
            user.name,
            tuple(sorted(site.reference for site in sites if (user.id, site.id) in barred)),
        )
        for user in users
    )


def _team_members(campaign: Campaign) -> list[User]:
    return [member.user for team in campaign.teams for member in team.members]


def _has_credential(user: User) -> bool:
    return bool((user.credential_number or "").strip())
