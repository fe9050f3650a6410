"""Drawing up, issuing, recalling, closing and voiding campaigns."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from inspect_app.access.actor import SYSTEM
from inspect_app.access.permissions import Role
from inspect_app.audit.models import AuditEntry
from inspect_app.campaigns import lists, service
from inspect_app.campaigns.lifecycle import CAMPAIGN_LIFE
from inspect_app.campaigns.models import Campaign
from inspect_app.campaigns.rules import Aim, aim_of
from inspect_app.core.errors import Forbidden, Invalid, Stale, StepRefused
from inspect_app.inspections import service as visits
from inspect_app.inspections.models import Inspection
from tests.accounts.factories import actor_of, make_user
from tests.campaigns.factories import Office, fields, issue, make_campaign, make_office, make_sites, running
from tests.inspections.factories import submitted
from tests.sites.factories import WUSU, region

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def office(session: Session) -> Office:
    return make_office(session)


def missing(session: Session, office: Office, campaign: Campaign) -> str:
    with pytest.raises(StepRefused) as refused:
        issue(session, office, campaign)
    return "".join(refused.value.missing)


def test_a_campaign_keeps_what_was_filled_in(session: Session, office: Office) -> None:
    made = make_campaign(session, office, document_number="塔地震指办[2026]12号", aim=Aim(per_township=1))
    assert made.reference == "FA-6542-2026-01"
    assert made.document_number == "塔地震指办〔2026〕12号"
    assert aim_of(made.aim) == Aim(per_township=1)
    assert [unit.unit.name for unit in made.units] == ["塔城地区抗震救灾指挥部办公室", "地区应急管理局"]
    assert [len(team.members) for team in made.teams] == [2, 2]
    actions = session.scalars(select(AuditEntry.action).where(AuditEntry.subject_kind == "campaign"))
    assert list(actions) == ["campaign.create", "campaign.update"]


def test_mistakes_are_told_by_field(session: Session) -> None:
    with pytest.raises(Invalid) as refused:
        make_campaign(
            session, title=" ", kind="picnic", ends_on=date(2026, 6, 1), categories=["C99"],
            region_ids=[region(session, "620702").id], aim=Aim(per_county=-1),
        )  # fmt: skip
    assert refused.value.problems.keys() == {"title", "kind", "ends_on", "categories", "region_ids", "per_county"}


def test_only_planners_of_the_region_draw_up(session: Session) -> None:
    head = actor_of(make_user(session, Role.COUNTY_HEAD, region(session, WUSU)))
    elsewhere = actor_of(make_user(session, Role.PREFECTURE_OFFICER, region(session, "6207")))
    for actor in (head, elsewhere):
        with pytest.raises(Forbidden):
            service.create(session, actor, region(session, "6542"), **fields(session))


def test_changing_a_draft_tells_the_trail_what_changed_and_refuses_an_old_page(
    session: Session, office: Office
) -> None:
    campaign = make_campaign(session, office)
    version = campaign.version
    service.update(session, office.planner, campaign, version, **fields(session, title="另一个名称"))
    entry = session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert entry is not None
    assert entry.changes == {"title": ["2026 年全域专项检查", "另一个名称"]}
    with pytest.raises(Stale):
        service.update(session, office.planner, campaign, version, **fields(session))


def test_the_leader_issues_and_the_author_does_not(session: Session, office: Office) -> None:
    make_sites(session, 2)
    campaign = make_campaign(session, office)
    with pytest.raises(Forbidden):
        service.take_step(session, office.planner, campaign, "issue", version=campaign.version)
    campaign.created_by_id = office.leader.id
    with pytest.raises(Forbidden):
        issue(session, office, campaign)
    campaign.created_by_id = office.officer.id
    assert issue(session, office, campaign).state == "issued"
    assert CAMPAIGN_LIFE.replay(campaign.events) == "issued"


def test_what_an_issue_lacks_is_all_told(session: Session, office: Office) -> None:
    make_sites(session, 1)
    bare = make_campaign(session, None, document_number="12号", lead_unit="", region_ids=[], ends_on=date(2026, 6, 20))
    told = missing(session, office, bare)
    for words in ("文号", "牵头单位", "检查范围", "编好检查组"):
        assert words in told


def test_teams_need_two_people_with_credentials_in_one_team_each(session: Session, office: Office) -> None:
    make_sites(session, 1)
    campaign = make_campaign(session, office)
    first, second, third, _fourth = (user.id for user in office.inspectors)
    service.set_teams(session, SYSTEM, campaign, campaign.version, [[first, second], [third]])
    assert "检查组还不合要求" in missing(session, office, campaign)
    service.set_teams(session, SYSTEM, campaign, campaign.version, [[first, second], [second, third]])
    assert "检查组还不合要求" in missing(session, office, campaign)
    service.set_teams(session, SYSTEM, campaign, campaign.version, [[second, first]])
    assert [each.user_id for each in campaign.teams[0].members] == [second, first]
    assert issue(session, office, campaign).state == "issued"


def test_a_self_check_needs_no_teams(session: Session, office: Office) -> None:
    make_sites(session, 1)
    campaign = make_campaign(session, office, kind="self_check")
    assert issue(session, office, campaign).state == "issued"


def test_zhangye_demands_all_five_areas_and_others_are_advised(session: Session) -> None:
    place = region(session, "6207")
    leader = actor_of(make_user(session, Role.PREFECTURE_LEADER, place))
    team = [make_user(session, Role.INSPECTOR, place).id for _ in range(2)]
    values = fields(session, region_ids=[place.id], lead_unit="张掖市应急管理局", cooperating_units=[])
    campaign = service.create(session, SYSTEM, place, **values)
    service.set_teams(session, SYSTEM, campaign, campaign.version, [team])
    assert lists.demanded(campaign)
    with pytest.raises(StepRefused, match="五项必查"):
        service.take_step(session, leader, campaign, "issue")
    full = {**values, "checklist_codes": ["C01", "C03", "C12", "C13", "C18"]}
    service.update(session, SYSTEM, campaign, campaign.version, **full)
    assert service.take_step(session, leader, campaign, "issue").state == "issued"
    assert not lists.demanded(make_campaign(session))


def test_a_journey_uses_the_lists_of_its_combination(session: Session, office: Office) -> None:
    make_sites(session, 1)
    campaign = make_campaign(session, office, kind="joint_supervision", categories=[])
    assert {"C03", "C12", "C13", "C16", "C18"} == set(service.facts_of(session, campaign)["lists"])


def test_an_issued_campaign_is_changed_only_after_it_was_recalled(session: Session, office: Office) -> None:
    make_sites(session, 1)
    campaign = issue(session, office, make_campaign(session, office))
    with pytest.raises(Forbidden):
        service.update(session, office.planner, campaign, campaign.version, **fields(session))
    with pytest.raises(StepRefused):
        service.take_step(session, office.head, campaign, "recall")
    assert service.take_step(session, office.head, campaign, "recall", "人员有变").state == "draft"


def test_voiding_calls_off_the_open_visits(session: Session, office: Office) -> None:
    campaign, made = running(session, office)
    service.take_step(session, office.planner, campaign, "void", "改期")
    assert {visit.state for visit in made} == {"voided"}
    assert campaign.state == "voided"


def test_with_a_submitted_visit_it_is_neither_recalled_nor_voided(session: Session, office: Office) -> None:
    campaign, made = running(session, office)
    submitted(session, made[0])
    with pytest.raises(StepRefused, match="已有检查提交了结果"):
        service.take_step(session, office.planner, campaign, "void", "改期")
    with pytest.raises(StepRefused, match="已有检查提交了结果"):
        service.take_step(session, office.head, campaign, "recall", "改期")


def test_closing_needs_all_visits_done_or_says_what_was_left(session: Session, office: Office) -> None:
    campaign, made = running(session, office)
    submitted(session, made[0])
    with pytest.raises(StepRefused, match="还有检查没有完成"):
        service.take_step(session, office.planner, campaign, "close")
    service.take_step(session, office.planner, campaign, "close", "道路中断")
    assert campaign.state == "closed"
    assert campaign.events[-1].facts["left"] == [visit.reference for visit in made[1:]]


def test_closing_after_all_is_done_needs_no_reason(session: Session, office: Office) -> None:
    campaign, made = running(session, office)
    for visit in made:
        visits.void(session, SYSTEM, visit, "撤点")
    assert service.take_step(session, office.planner, campaign, "close").state == "closed"
    assert session.scalars(select(Inspection)).all()
