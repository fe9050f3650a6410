"""One step makes a campaign, its teams and its visits: the most pressing sites first, on any day of the week."""

import pytest
from sqlalchemy.orm import Session

from inspect_app.access.actor import SYSTEM, Actor
from inspect_app.access.permissions import Role
from inspect_app.core.database import transaction
from inspect_app.core.errors import Conflict, Forbidden, Invalid
from inspect_app.emergencies.checking import Made, Order, check_sites, choose, teams_by_county
from inspect_app.emergencies.estimate import estimate
from inspect_app.emergencies.models import Emergency
from inspect_app.hazards.words import Grade, State
from inspect_app.regions.queries import by_code
from inspect_app.tablet.pack.queries import open_visits
from tests.accounts.factories import actor_of, make_user
from tests.emergencies.scenes import make_emergency, make_quake, make_sites, site_at
from tests.inspections.factories import make_team
from tests.reporting.stock import put

pytestmark = pytest.mark.usefixtures("clock")


def officer(session: Session) -> Actor:
    return actor_of(make_user(session, Role.PREFECTURE_OFFICER, by_code(session, "6542")))


def check(session: Session, actor: Actor, emergency: Emergency, order: Order = Order(50)) -> Made:  # noqa: B008 - frozen
    return check_sites(session, actor, emergency, estimate(session, actor, emergency), order)


def test_one_step_of_the_officer_sends_the_inspectors_of_the_county_out(session: Session) -> None:
    with transaction():
        made = make_sites(session)
        team = make_team(session, "654202", 2)
        emergency, actor = make_emergency(session), officer(session)
        done = check(session, actor, emergency)
        assert done.unplaced == []
        assert [visit.site.name for visit in done.visits] == [made.near.name, made.far.name]
        assert {user.user_id for visit in done.visits for user in visit.inspectors} == {user.id for user in team}
        assert (done.campaign.state, done.campaign.kind) == ("issued", "emergency")
        assert {visit.kind for visit in done.visits} == {"emergency"}
        assert [each.campaign_id for each in emergency.campaigns] == [done.campaign.id]
        assert [event.action for event in done.campaign.events] == ["issue_at_once"]
        packed, _left = open_visits(session, actor_of(team[0]))
        assert {each.visit.reference for each in packed} == {visit.reference for visit in done.visits}


def test_the_most_pressing_sites_get_the_first_days_weekends_too(session: Session) -> None:
    with transaction():
        sites = [site_at(session, km) for km in (5, 10, 15, 20, 25, 28, 30, 31, 32, 33, 34, 35)]
        put(session, sites[-1].county, State.RECTIFYING, site_id=sites[-1].id, grade=Grade.MAJOR, reference="YH-X")
        make_team(session, "654202", 2)
        done = check(session, officer(session), make_emergency(session))
        days = {visit.site.name: visit.planned_on for visit in done.visits}
        assert done.unplaced == []
        assert min(days, key=lambda name: (days[name], name)) in {sites[-1].name, sites[0].name}
        assert days[sites[-1].name].isoformat() == "2026-06-15"
        assert {day.isoformat() for day in days.values()} == {f"2026-06-{day}" for day in range(15, 21)}


def test_only_sites_with_open_hazards_and_no_more_than_wanted(session: Session) -> None:
    with transaction():
        made = make_sites(session)
        put(session, made.far.county, State.RECTIFYING, site_id=made.far.id, grade=Grade.GENERAL, reference="YH-X")
        told = estimate(session, SYSTEM, make_emergency(session))
        assert [each.site.id for each in choose(told, Order(50, only_hazards=True))] == [made.far.id]
        assert len(choose(told, Order(1))) == 1


def test_teams_are_pairs_of_one_place_and_nobody_goes_alone(session: Session) -> None:
    with transaction():
        one, other = make_team(session, "654202", 3), make_team(session, "654221", 1)
        assert teams_by_county([*one, *other]) == [[user.id for user in one]]


def test_without_people_or_sites_the_order_says_what_is_missing(session: Session) -> None:
    with transaction():
        make_sites(session)
        actor, emergency = officer(session), make_emergency(session)
        with pytest.raises(Invalid) as nobody:
            check(session, actor, emergency)
        assert set(nobody.value.problems) == {"teams"}
        with pytest.raises(Invalid) as nothing:
            check(session, actor, emergency, Order(0, only_hazards=True))
        assert set(nothing.value.problems) == {"most", "teams"}


def test_neither_the_leader_nor_an_exercise_sends_people_out(session: Session) -> None:
    with transaction():
        make_sites(session)
        make_team(session, "654202", 2)
        leader = actor_of(make_user(session, Role.PREFECTURE_LEADER, by_code(session, "6542")))
        with pytest.raises(Forbidden):
            check(session, leader, make_emergency(session))
        exercise = make_emergency(session, quake=make_quake(session, exercise=True))
        with pytest.raises(Conflict):
            check(session, officer(session), exercise)
