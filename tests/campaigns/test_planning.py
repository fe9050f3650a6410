"""From an aim to visits: previewed, confirmed as shown, avoidance kept, journeys and self-checks."""

from datetime import date
from decimal import Decimal
from time import perf_counter

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from inspect_app.access.actor import SYSTEM
from inspect_app.access.permissions import Role
from inspect_app.campaigns import avoidance, planning
from inspect_app.campaigns.avoidance import Declaration
from inspect_app.campaigns.models import CampaignVisit
from inspect_app.campaigns.rules import Aim
from inspect_app.core.errors import Stale, StepRefused
from inspect_app.inspections.models import Inspection
from inspect_app.regions.queries import townships_of
from inspect_app.sites.service import update as change_site
from tests.accounts.factories import make_user
from tests.campaigns.factories import (
    Office,
    generate,
    issue,
    make_campaign,
    make_office,
    make_sites,
    running,
)
from tests.inspections.factories import make_visit, submitted
from tests.sites.factories import SHAWAN, WUSU, make_site, region

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def office(session: Session) -> Office:
    return make_office(session)


def test_every_county_gets_its_objects_on_working_days_of_the_period(session: Session, office: Office) -> None:
    make_sites(session, 3, WUSU)
    make_sites(session, 3, SHAWAN)
    planned = planning.preview(session, make_campaign(session, office))
    assert sorted(stop.site.county.code for stop in planned.stops) == [WUSU, WUSU, SHAWAN, SHAWAN]
    assert all(stop.on.weekday() < 5 and date(2026, 6, 15) <= stop.on <= date(2026, 6, 28) for stop in planned.stops)
    assert {stop.why for stop in planned.stops} == {"county,never"}
    assert planned.loads == {1: 2, 2: 2}
    assert [(each.got, each.of) for each in planned.reach] == [(2, 2), (2, planned.reach[1].of), (4, 6)]


def test_a_campaign_for_what_is_uncovered_leaves_out_what_was_visited_this_year(
    session: Session, office: Office
) -> None:
    civil = [place.code for place in townships_of(session, region(session).id) if place.kind == "civil"]
    here, there = civil[:2]
    visited, open_site = make_site(session, here, name="甲小学"), make_site(session, there, name="乙小学")
    submitted(session, make_visit(session, site=visited))
    make_site(session, here, name="丙小学")
    campaign = make_campaign(
        session, office, region_ids=[region(session).id], aim=Aim(per_county=1, per_township=1, uncovered_only=True)
    )
    planned = planning.preview(session, campaign)
    assert [stop.site.id for stop in planned.stops] == [open_site.id]
    assert [each.got for each in planned.reach] == [1, 2, 1]


def test_what_is_confirmed_is_what_was_shown(session: Session, office: Office) -> None:
    make_sites(session, 2)
    campaign = make_campaign(session, office)
    shown = planning.preview(session, campaign)
    with pytest.raises(StepRefused, match="印发以后"):
        planning.confirm(session, office.planner, campaign, shown.fingerprint)
    issue(session, office, campaign)
    made = planning.confirm(session, office.planner, campaign, shown.fingerprint)
    assert [visit.site_id for visit in made] == [stop.site.id for stop in shown.stops]
    links = session.scalars(select(CampaignVisit)).all()
    assert [(each.campaign_id, each.why) for each in links] == [(campaign.id, "county,never")] * 2
    assert {visit.kind for visit in made} == {"special"}
    assert {visit.campaign_id for visit in made} == {campaign.id}
    assert all(len(visit.inspectors) == 2 for visit in made)


def test_a_register_that_changed_after_the_preview_makes_nothing(session: Session, office: Office) -> None:
    sites = make_sites(session, 2)
    campaign = issue(session, office, make_campaign(session, office))
    shown = planning.preview(session, campaign)
    change_site(session, SYSTEM, sites[0], sites[0].version, active=False)
    with pytest.raises(Stale):
        planning.confirm(session, office.planner, campaign, shown.fingerprint)
    assert not session.scalars(select(Inspection)).all()


def test_planning_again_adds_only_what_is_missing(session: Session, office: Office) -> None:
    campaign, made = running(session, office)
    assert len(made) == 4
    assert planning.preview(session, campaign).stops == ()
    with pytest.raises(StepRefused, match="没有可以安排的检查"):
        generate(session, campaign)


def test_who_must_keep_away_is_not_sent_and_the_other_team_goes(session: Session, office: Office) -> None:
    make_sites(session, 4)
    campaign = make_campaign(session, office, aim=Aim(share=Decimal(1)))
    wusu = region(session, WUSU)
    declared = Declaration(office.inspectors[1].id, "亲属任职", region_id=wusu.id)
    avoidance.declare(session, SYSTEM, declared)
    planned = planning.preview(session, campaign)
    assert {stop.crew.key for stop in planned.stops} == {2}
    avoidance.declare(session, SYSTEM, Declaration(office.inspectors[2].id, "曾任职", region_id=wusu.id))
    planned = planning.preview(session, campaign)
    assert planned.stops == ()
    assert len(planned.unplaced) == 4
    assert "已申报回避" in str(planned.unplaced[0][1])


def test_a_county_inspector_is_not_sent_to_another_county(session: Session, office: Office) -> None:
    local = [make_user(session, Role.INSPECTOR, region(session, WUSU)) for _ in range(2)]
    make_sites(session, 2, WUSU)
    make_sites(session, 2, SHAWAN)
    campaign = make_campaign(session, Office(office.officer, office.leader, local))
    planned = planning.preview(session, campaign)
    assert {stop.site.county.code for stop in planned.stops} == {WUSU}
    assert all("填报区域不含沙湾市" in str(why) for _site, why in planned.unplaced)


def test_a_cross_check_sends_nobody_home(session: Session, office: Office) -> None:
    local = [make_user(session, Role.INSPECTOR, region(session, WUSU)) for _ in range(2)]
    make_sites(session, 2)
    mixed = Office(office.officer, office.leader, local)
    planned = planning.preview(session, make_campaign(session, mixed, aim=Aim(per_county=1, cross=True)))
    assert "本次不查本县" in str(planned.unplaced[0][1])


def test_days_taken_by_other_visits_of_a_member_are_left_free(session: Session, office: Office) -> None:
    sites = make_sites(session, 4)
    team = office.inspectors[:2]
    for site in sites[:2]:
        make_visit(session, site=site, team=team)
    one_team = Office(office.officer, office.leader, team)
    planned = planning.preview(session, make_campaign(session, one_team, ends_on=date(2026, 6, 16)))
    assert {stop.on for stop in planned.stops} == {date(2026, 6, 16)}


def test_what_finds_no_day_is_listed(session: Session, office: Office) -> None:
    make_sites(session, 6)
    one_team = Office(office.officer, office.leader, office.inspectors[:2])
    aim = Aim(share=Decimal(1))
    planned = planning.preview(session, make_campaign(session, one_team, aim=aim, ends_on=date(2026, 6, 16)))
    assert len(planned.stops) == 4
    assert len(planned.unplaced) == 2


def test_an_object_without_a_published_list_is_listed_and_not_planned(session: Session, office: Office) -> None:
    make_sites(session, 1)
    campaign = make_campaign(session, office, categories=[], checklist_codes=["C12"], aim=Aim(per_county=1))
    planned = planning.preview(session, campaign)
    assert planned.stops == ()
    assert "检查表" in str(planned.unplaced[0][1])


def test_a_chosen_list_for_no_category_in_scope_goes_everywhere(session: Session, office: Office) -> None:
    make_sites(session, 1)
    campaign = make_campaign(session, office, checklist_codes=["C03", "C12"])
    assert planning.preview(session, campaign).stops[0].lists == ("C03", "C12")


def test_a_look_back_goes_to_what_failed(session: Session, office: Office) -> None:
    good, bad = make_sites(session, 2)
    submitted(session, make_visit(session, site=good))
    submitted(session, make_visit(session, site=bad), C03_05={"value": "yes"})
    campaign = make_campaign(session, office, kind="look_back", aim=Aim(share=Decimal(1)))
    planned = planning.preview(session, campaign)
    assert [(stop.site.id, stop.why) for stop in planned.stops] == [(bad.id, "share,failed")]


def test_joint_supervision_is_one_journey_a_county(session: Session, office: Office) -> None:
    seat = make_site(session, WUSU, name="乌苏市人民政府", category="C18", responsible_unit="乌苏市人民政府")
    make_sites(session, 4)
    make_sites(session, 3, SHAWAN)
    campaign = make_campaign(session, office, kind="joint_supervision", categories=[], aim=Aim())
    planned = planning.preview(session, campaign)
    assert planned.stops[0].site.id == seat.id
    assert planned.stops[0].lists == ("C18", "C12", "C13", "C16")
    assert len(planned.stops) == 4
    assert len({(stop.crew.key, stop.on) for stop in planned.stops}) == 1
    assert "沙湾市还没有登记“县区政府与成员单位”（C18）对象，请先登记。" in [str(each) for each in planned.short]
    issue(session, office, campaign)
    made = generate(session, campaign)
    assert {visit.trip for visit in made} == {made[0].reference}
    assert {visit.kind for visit in made} == {"joint"}


def test_a_self_check_sends_each_countys_own_people_to_every_object(session: Session, office: Office) -> None:
    clerk = make_user(session, Role.COUNTY_CLERK, region(session, WUSU))
    make_sites(session, 3, WUSU)
    make_sites(session, 1, SHAWAN)
    campaign = issue(session, office, make_campaign(session, office, kind="self_check", aim=Aim()))
    planned = planning.preview(session, campaign)
    assert len(planned.stops) == 3
    assert "沙湾市没有可以自查的人员" in str(planned.unplaced[0][1])
    made = generate(session, campaign)
    assert {each.user_id for visit in made for each in visit.inspectors} == {clerk.id}
    assert {visit.kind for visit in made} == {"self_check"}


def test_a_double_random_campaign_is_not_planned_by_its_aim(session: Session, office: Office) -> None:
    make_sites(session, 1)
    campaign = issue(session, office, make_campaign(session, office, kind="dual_random"))
    with pytest.raises(StepRefused, match="须抽取"):
        generate(session, campaign)


def test_key_counties_and_key_objects_narrow_the_scope(session: Session, office: Office) -> None:
    make_sites(session, 1, WUSU, key_object=True)
    make_sites(session, 1, WUSU)
    make_site(session, "654201", name="塔城小学", key_object=True)
    everywhere = [region(session, "6542").id]
    campaign = make_campaign(
        session, office, region_ids=everywhere, key_counties=True, key_objects=True, aim=Aim(share=Decimal(1))
    )
    assert [stop.site.county.code for stop in planning.preview(session, campaign).stops] == [WUSU]


def test_a_hundred_visits_are_made_in_a_moment(session: Session, office: Office) -> None:
    for name in range(50):
        make_sites(session, 2, name=f"第{name}小学")
    campaign = issue(
        session, office, make_campaign(session, office, aim=Aim(share=Decimal(1)), ends_on=date(2026, 12, 31))
    )
    begun = perf_counter()
    assert len(generate(session, campaign)) == 100
    assert perf_counter() - begun < 10
