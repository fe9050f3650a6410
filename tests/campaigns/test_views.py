"""Campaigns through the browser: drawn up, given teams, issued, planned, watched, moved; and who sees what."""

import html
import re
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from inspect_app.access.actor import SYSTEM
from inspect_app.access.permissions import Role
from inspect_app.campaigns import queries
from inspect_app.campaigns.models import Avoidance, Campaign, CampaignVisit
from inspect_app.core.database import transaction
from inspect_app.inspections.models import Inspection
from tests.accounts.factories import actor_of, make_user, sign_in
from tests.campaigns.factories import Office, make_campaign, make_office, make_sites, running
from tests.inspections.factories import submitted
from tests.sites.factories import SHAWAN, WUSU, region

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def office(session: Session) -> Office:
    with transaction():
        return make_office(session)


@pytest.fixture
def officer(client: FlaskClient, office: Office) -> FlaskClient:
    sign_in(client, office.officer)
    return client


@pytest.fixture
def campaign(session: Session, office: Office) -> Campaign:
    with transaction():
        return running(session, office)[0]


def form(session: Session, **over: Any) -> dict[str, Any]:  # noqa: ANN401 - fields of any kind
    values = {
        "kind": "whole_area",
        "title": "全域专项检查",
        "document_number": "塔地震指办[2026]3号",
        "starts_on": "2026-06-15",
        "ends_on": "2026-06-30",
        "lead_unit": "塔城地区应急管理局",
        "cooperating_units": "地区教育局、地区住建局",
        "region_ids": [str(region(session, WUSU).id)],
        "categories": ["C03"],
        "per_county": "2",
        "share": "10",
    }
    return {**values, **over}


def told(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.get_data(as_text=True)


def test_a_campaign_goes_from_draft_to_visits(officer: FlaskClient, session: Session, office: Office) -> None:
    with transaction():
        make_sites(session, 3)
    answer = officer.post("/campaigns/new", data=form(session))
    assert answer.location == "/campaigns/FA-6542-2026-01"
    teams = {f"team-{user.id}": str(1 + number // 2) for number, user in enumerate(office.inspectors)}
    teams |= {f"lead-of-{office.inspectors[1].id}": "1", "version": "1"}
    assert officer.post(f"{answer.location}/teams", data=teams).status_code == 302
    made = session.scalars(select(Campaign)).one()
    assert [each.user_id for each in made.teams[0].members] == [office.inspectors[1].id, office.inspectors[0].id]
    assert made.document_number == "塔地震指办〔2026〕3号"
    assert "方案印发以后才能生成检查" in told(officer, f"{answer.location}/plan")
    sign_in(officer, office.leader)
    step = officer.post(f"{answer.location}/steps/issue", data={"version": str(made.version)})
    assert step.status_code == 302
    sign_in(officer, office.officer)
    found = re.search(r'name="fingerprint" value="(\w+)"', told(officer, f"{answer.location}/plan"))
    assert found
    stale = officer.post(f"{answer.location}/plan", data={"fingerprint": "x"})
    assert stale.status_code == 409
    assert officer.post(f"{answer.location}/plan", data={"fingerprint": found[1]}).status_code == 302
    assert len(session.scalars(select(Inspection)).all()) == 2
    assert "乌苏市" in told(officer, f"{answer.location}/board")


def test_the_story_of_a_campaign_begins_with_who_drew_it_up(
    officer: FlaskClient, session: Session, office: Office
) -> None:
    with transaction():
        by_person, by_system = make_campaign(session, office), make_campaign(session)
    for made, name in ((by_person, office.planner.name), (by_system, "系统")):
        first = told(officer, f"/campaigns/{made.reference}").split("拟制方案</span>")[1]
        assert first.startswith(f"<small>{name}</small>")


def test_mistakes_stand_beside_their_fields(officer: FlaskClient, session: Session) -> None:
    answer = officer.post("/campaigns/new", data=form(session, ends_on="2026-06-01", share="200"))
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "比例应在 0–100 之间" in page
    page = officer.post("/campaigns/new", data=form(session, ends_on="2026-06-01")).get_data(as_text=True)
    assert "结束日期早于开始日期" in page


def test_the_coverage_page_can_ask_for_a_campaign_that_fills_the_gaps(officer: FlaskClient, session: Session) -> None:
    page = told(officer, f"/campaigns/new?kind=whole_area&region={SHAWAN}&per_county=1&per_township=2")
    checked = re.findall(r'<input[^>]*name="region_ids"[^>]*>', page)
    assert [each for each in checked if " checked" in each] == [
        each for each in checked if f'value="{region(session, SHAWAN).id}"' in each
    ]
    assert re.search(r'name="per_township"[^>]*value="2"', page)


def test_an_old_page_changes_nothing(officer: FlaskClient, session: Session, office: Office) -> None:
    with transaction():
        made = make_campaign(session, office)
    answer = officer.post(f"/campaigns/{made.reference}/edit", data=form(session, version="0"))
    assert answer.status_code == 409
    answer = officer.post(
        f"/campaigns/{made.reference}/edit", data=form(session, version=str(made.version), title="新名")
    )
    assert answer.status_code == 302
    assert session.scalars(select(Campaign.title)).all() == ["新名"]


def test_an_issued_campaign_cannot_be_edited(officer: FlaskClient, campaign: Campaign) -> None:
    assert officer.get(f"/campaigns/{campaign.reference}/edit").status_code == 403
    assert officer.get(f"/campaigns/{campaign.reference}/teams").status_code == 403


def test_the_page_shows_scope_areas_teams_and_progress(
    officer: FlaskClient, session: Session, campaign: Campaign
) -> None:
    page = told(officer, f"/campaigns/{campaign.reference}")
    for words in ("塔地震指办〔2026〕12号", "必查内容", "重大工程设防标准", "第 2 组", "证0000", "县（市、区）覆盖"):
        assert words in page
    with transaction():
        submitted(session, session.scalars(select(Inspection)).first(), C03_05={"value": "yes"})
    figures = officer.get(f"/campaigns/{campaign.reference}/progress").get_json()["figures"]
    assert (figures["total"], figures["done"], figures["open"], figures["hazard-major"]) == (4, 1, 3, 1)
    assert "第1小学" in told(officer, f"/campaigns/{campaign.reference}")


def test_every_figure_leads_to_its_visits(officer: FlaskClient, campaign: Campaign) -> None:
    page = told(officer, f"/campaigns/{campaign.reference}")
    links = {html.unescape(href) for href in re.findall(r'href="(/inspections\?[^"]+)"', page)}
    assert len(links) > 5
    assert "第1小学" in told(officer, next(href for href in links if "state=planned" in href))
    for href in links:
        told(officer, href)


def test_a_card_is_moved_by_script_and_the_server_says_why_not(
    officer: FlaskClient, session: Session, campaign: Campaign
) -> None:
    visit = session.scalars(select(Inspection)).first()
    assert visit is not None
    address = f"/campaigns/{campaign.reference}/visits/{visit.reference}/move"
    wish = {"on": "2026-06-17", "team": "2", "reason": "道路施工", "version": str(visit.version)}
    moved = officer.post(address, json=wish)
    assert moved.status_code == 200
    assert moved.get_json()["on"] == "2026-06-17"
    again = officer.post(address, json=wish)
    assert again.status_code == 409
    outside = officer.post(address, json={**wish, "on": "2026-08-01", "version": str(moved.get_json()["version"])})
    assert outside.status_code == 422
    assert "方案期限" in outside.get_json()["reasons"][0]
    assert officer.post(address, json={"version": "1"}).status_code == 422


def test_a_card_is_moved_by_its_form_and_the_refusal_is_told(
    officer: FlaskClient, session: Session, campaign: Campaign
) -> None:
    visit = session.scalars(select(Inspection)).first()
    assert visit is not None
    address = f"/campaigns/{campaign.reference}/visits/{visit.reference}/move"
    data = {"on": "2026-06-18", "team": "1", "reason": "", "version": str(visit.version)}
    refused = officer.post(f"{address}?week=2026-06-15", data=data)
    assert refused.location.endswith("week=2026-06-15")
    assert "须写明原因" in told(officer, refused.location)
    officer.post(address, data={**data, "reason": "雨"})
    assert session.scalars(select(Inspection.planned_on).where(Inspection.id == visit.id)).one().day == 18


def test_avoidance_is_declared_and_ended(officer: FlaskClient, session: Session, office: Office) -> None:
    data = {
        "user_id": office.inspectors[0].id,
        "unit_id": 0,
        "region_id": region(session, WUSU).id,
        "reason": "亲属任职",
    }
    assert officer.post("/campaigns/avoidance", data=data).status_code == 302
    assert "亲属任职" in told(officer, "/campaigns/avoidance")
    kept = session.scalars(select(Avoidance)).one()
    assert officer.post(f"/campaigns/avoidance/{kept.id}/end").status_code == 302
    assert session.scalars(select(Avoidance.ended_on)).one() is not None
    answer = officer.post("/campaigns/avoidance", data={**data, "region_id": 0})
    assert answer.status_code == 422
    assert "填写一项" in answer.get_data(as_text=True)


def test_a_county_sees_what_concerns_it_once_it_is_issued(
    client: FlaskClient, session: Session, office: Office, campaign: Campaign
) -> None:
    with transaction():
        draft = make_campaign(session, office, title="拟制中的方案").reference
        clerk = make_user(session, Role.COUNTY_CLERK, region(session, WUSU))
        stranger = make_user(session, Role.COUNTY_CLERK, region(session, "654221"))
    sign_in(client, clerk)
    page = told(client, f"/campaigns/{campaign.reference}")
    assert "乌苏市第1小学" in page
    assert "沙湾市第1小学" not in page
    assert client.get(f"/campaigns/{draft}").status_code == 404
    assert client.get(f"/campaigns/{campaign.reference}/plan").status_code == 403
    sign_in(client, stranger)
    assert client.get(f"/campaigns/{campaign.reference}").status_code == 404
    assert client.get(f"/campaigns/{campaign.reference}/progress").status_code == 404
    assert campaign.reference not in told(client, "/campaigns")


def test_a_covert_campaign_is_hidden_from_the_county_until_a_visit_is_done(
    client: FlaskClient, session: Session, office: Office
) -> None:
    with transaction():
        campaign, made = running(session, office, kind="covert_visit")
        clerk = make_user(session, Role.COUNTY_CLERK, region(session, WUSU))
    reference = campaign.reference
    sign_in(client, clerk)
    assert client.get(f"/campaigns/{reference}").status_code == 404
    with transaction():
        submitted(session, next(visit for visit in made if visit.county.code == WUSU))
    page = told(client, f"/campaigns/{reference}")
    assert "乌苏市第1小学" in page or "乌苏市第2小学" in page
    seen = queries.visits_of(session, actor_of(clerk), campaign)
    assert len(seen) == 1


def test_a_member_of_a_team_sees_the_covert_campaign(client: FlaskClient, session: Session, office: Office) -> None:
    with transaction():
        campaign, _made = running(session, office, kind="covert_visit")
    sign_in(client, office.inspectors[0])
    assert "检查前不对县区公开" in told(client, f"/campaigns/{campaign.reference}")


def test_the_list_is_narrowed(officer: FlaskClient, session: Session, campaign: Campaign) -> None:
    assert campaign.reference in told(officer, "/campaigns?year=2026&kind=whole_area&state=issued&text=全域")
    assert campaign.reference not in told(officer, "/campaigns?state=draft")
    assert campaign.reference not in told(officer, "/campaigns?year=2024")
    assert session.scalars(select(CampaignVisit)).all()
    assert queries.count(session, SYSTEM, queries.CampaignFilter()) == 1


def test_the_leader_is_told_of_drafts_to_issue(session: Session, office: Office) -> None:
    with transaction():
        make_campaign(session, office)
    assert queries.waiting_for(session, office.head) == 1
    assert queries.waiting_for(session, office.planner) == 0
