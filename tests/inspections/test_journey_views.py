"""Planning, moving and handing over through the browser; journeys and comparisons on the page of a visit."""

from datetime import date, datetime, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from inspect_app.access.permissions import Role
from inspect_app.accounts.models import User
from inspect_app.core import clock
from inspect_app.core.database import transaction
from inspect_app.inspections.models import Inspection
from inspect_app.sites.models import Site
from tests.accounts.factories import make_user, sign_in
from tests.inspections.factories import make_team, make_visit, submitted
from tests.sites.factories import SHAWAN, WUSU, make_site, region

TODAY = date(2026, 6, 15)
SUPERVISION = "/inspections/journeys/county_supervision"
pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def office(client: FlaskClient, session: Session) -> FlaskClient:
    with transaction():
        officer = make_user(session, Role.PREFECTURE_OFFICER, region(session, "654200"))
    sign_in(client, officer)
    return client


@pytest.fixture
def government(session: Session) -> Site:
    with transaction():
        made = make_site(session, WUSU, name="乌苏市人民政府（示例）", category="C18")
        for number in range(4):
            make_site(session, name=f"第{number}小学（示例）")
        make_site(session, SHAWAN, name="沙湾小学（示例）")
    return made


def team(session: Session) -> list[User]:
    with transaction():
        return make_team(session)


def plan(session: Session, **over: object) -> dict[str, object]:
    people = [user.id for user in team(session)]
    return {"planned_on": TODAY.isoformat(), "lead": people[0], "inspector_ids": people, **over}


def objects(session: Session) -> list[str]:
    rows = select(Site.reference).where(Site.category == "C03", Site.county_id == region(session).id)
    return list(session.scalars(rows))


def test_a_government_is_offered_county_supervision(office: FlaskClient, government: Site, session: Session) -> None:
    page = office.get(f"/inspections/plan?site={government.reference}").get_data(as_text=True)
    assert "县区综合督导" in page
    assert "C18＋C12＋C13＋C16" in page
    school = objects(session)[0]
    assert "县区综合督导" not in office.get(f"/inspections/plan?site={school}").get_data(as_text=True)


def test_a_journey_is_planned_with_objects_of_the_county(
    office: FlaskClient, government: Site, session: Session
) -> None:
    address = f"{SUPERVISION}?site={government.reference}"
    page = office.get(address).get_data(as_text=True)
    assert "第1小学（示例）" in page
    assert "沙湾小学（示例）" not in page
    chosen = objects(session)[:3]
    answer = office.post(address, data=plan(session, kind="joint", objects=chosen))
    made = session.scalars(select(Inspection).order_by(Inspection.id)).all()
    assert answer.location.endswith(made[0].reference)
    assert [each.kind for each in made] == ["joint"] * 4
    shown = office.get(f"/inspections/{made[2].reference}").get_data(as_text=True)
    assert "同一行程" in shown
    assert all(each.site.name in shown for each in made)
    listed = office.get(f"/inspections?trip={made[0].reference}").get_data(as_text=True)
    assert "共 4 条" in listed


def test_too_few_objects_come_back_with_what_was_chosen(
    office: FlaskClient, government: Site, session: Session
) -> None:
    address = f"{SUPERVISION}?site={government.reference}"
    answer = office.post(address, data=plan(session, kind="joint", objects=objects(session)[:2]))
    assert answer.status_code == 422
    assert "现在选了 2 个" in answer.get_data(as_text=True)
    assert not session.scalars(select(Inspection)).all()


def test_an_unknown_combination_is_not_found(office: FlaskClient, government: Site) -> None:
    assert office.get(f"/inspections/journeys/x?site={government.reference}").status_code == 404


def test_the_head_of_a_county_plans_a_self_check_by_the_clerk(client: FlaskClient, session: Session) -> None:
    with transaction():
        site = make_site(session)
        head = make_user(session, Role.COUNTY_HEAD, region(session))
        clerk = make_user(session, Role.COUNTY_CLERK, region(session), name="县填报甲", credential_number=None)
    sign_in(client, head)
    address = f"/inspections/plan?site={site.reference}&kind=self_check"
    page = client.get(address).get_data(as_text=True)
    assert "县填报甲（无检查证号，仅限自查）" in page
    assert '<option selected value="self_check">' in page
    data = {"planned_on": TODAY.isoformat(), "lead": clerk.id, "checklist_codes": ["C03"]}
    assert client.post(address, data={**data, "kind": "special"}).status_code == 422
    assert client.post(address, data={**data, "kind": "self_check"}).status_code == 302
    assert session.scalars(select(Inspection)).one().kind == "self_check"


def test_a_visit_is_moved_from_its_page(office: FlaskClient, session: Session) -> None:
    with transaction():
        visit = make_visit(session)
    address, later = f"/inspections/{visit.reference}", (TODAY + timedelta(days=2)).isoformat()
    assert "改期原因" in office.get(address).get_data(as_text=True)
    step = f"{address}/steps/reschedule"
    missing = office.post(step, data={"version": visit.version})
    assert "请填写新的计划日期" in missing.get_data(as_text=True)
    refused = office.post(step, data={"version": visit.version, "planned_on": later})
    assert (refused.status_code, "须写明原因" in refused.get_data(as_text=True)) == (409, True)
    moved = office.post(step, data={"version": visit.version, "planned_on": later, "reason": "道路积雪"})
    assert moved.status_code == 302
    page = office.get(address).get_data(as_text=True)
    assert f"{TODAY.isoformat()} → {later}" in page
    assert "道路积雪" in page


def test_a_visit_is_handed_over_on_a_page_of_its_own(office: FlaskClient, session: Session) -> None:
    with transaction():
        visit = make_visit(session)
    others, address = team(session), f"/inspections/{visit.reference}/team"
    assert others[0].name in office.get(address).get_data(as_text=True)
    data = {"lead": others[0].id, "inspector_ids": [user.id for user in others]}
    assert office.post(address, data={**data, "version": visit.version + 1}).status_code == 409
    alone = office.post(address, data={"lead": others[0].id, "version": visit.version})
    assert "不得少于两名" in alone.get_data(as_text=True)
    assert office.post(address, data={**data, "version": visit.version}).status_code == 302
    session.expire_all()
    assert [each.user_id for each in visit.inspectors] == [user.id for user in others]


def test_a_submitted_visit_is_not_handed_over(office: FlaskClient, session: Session) -> None:
    with transaction():
        visit = submitted(session)
    assert office.get(f"/inspections/{visit.reference}/team").status_code == 409


def test_both_answers_stand_side_by_side_on_the_result_but_not_while_it_is_filled(
    client: FlaskClient, session: Session
) -> None:
    with transaction():
        site = make_site(session)
        with clock.set_to(datetime(2026, 3, 5, 10, 0, tzinfo=clock.LOCAL)):
            clerk = make_user(session, Role.COUNTY_CLERK, region(session))
            own = submitted(session, make_visit(session, site=site, kind="self_check", team=[clerk]))
        visit = make_visit(session, site=site)
    sign_in(client, visit.inspectors[0].user)
    client.post(f"/inspections/{visit.reference}/steps/start", data={"version": visit.version})
    assert own.reference not in client.get(f"/inspections/{visit.reference}/fill").get_data(as_text=True)
    assert "自查与检查对照" not in client.get(f"/inspections/{visit.reference}").get_data(as_text=True)
    with transaction():
        submitted(session, visit, C03_05={"value": "yes"})
    page = client.get(f"/inspections/{visit.reference}").get_data(as_text=True)
    assert own.reference in page
    assert "自查称合格，检查不合格" in page
    behind = f"/inspections?fact=self_check_differences&county={WUSU}&period=2026"
    assert visit.reference in client.get(behind).get_data(as_text=True)


@pytest.mark.parametrize("query", ["campaign=x", "campaign=-1"])
def test_a_campaign_that_is_no_number_is_told(office: FlaskClient, query: str) -> None:
    answer = office.get(f"/inspections?{query}")
    assert answer.status_code == 422
    assert "方案" in answer.get_data(as_text=True)


def test_the_list_is_narrowed_to_a_campaign_and_a_kind(office: FlaskClient, session: Session) -> None:
    with transaction():
        visit = make_visit(session, kind="look_back")
    assert visit.reference in office.get("/inspections?kind=look_back").get_data(as_text=True)
    page = office.get("/inspections?campaign=7").get_data(as_text=True)
    assert visit.reference not in page
    assert "同一方案" in page
