"""The office's side of tablets: devices, contradictions, what came too late, proposed objects."""

from datetime import datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from inspect_app.access.actor import SYSTEM
from inspect_app.access.permissions import Role
from inspect_app.accounts.models import User
from inspect_app.core.database import transaction
from inspect_app.evidence.models import Evidence
from inspect_app.inspections import service
from inspect_app.inspections.models import Answer, Inspection
from inspect_app.sites.models import Site
from inspect_app.tablet.models import Device, Disagreement
from tests.accounts.factories import make_user, sign_in
from tests.inspections.factories import make_team, picture
from tests.sites.factories import SHAWAN, region
from tests.tablet.senders import PEN, Tablet, begun, one, tablet_of

ITEM = "C03-05"


@pytest.fixture
def visit(session: Session, clock: datetime) -> Inspection:
    assert clock.year == 2026
    return begun(session)


@pytest.fixture
def tablets(app: Flask, session: Session, visit: Inspection) -> list[Tablet]:
    return [tablet_of(app, session, user) for user in [each.user for each in visit.inspectors]]


@pytest.fixture
def contradicted(visit: Inspection, tablets: list[Tablet]) -> Inspection:
    tablets[0].answer(visit.uuid, one(ITEM, {"value": "no"}))
    tablets[1].answer(visit.uuid, one(ITEM, {"value": "yes"}, note="南楼"))
    return visit


def enter(client: FlaskClient, session: Session, user: User) -> FlaskClient:
    client.delete_cookie("session")
    sign_in(client, session.get_one(User, user.id))
    session.rollback()
    return client


def members(session: Session, visit: Inspection) -> list[User]:
    session.rollback()
    return [each.user for each in session.get_one(Inspection, visit.id).inspectors]


def test_both_answers_stand_side_by_side_and_the_lead_inspector_chooses(
    client: FlaskClient, session: Session, contradicted: Inspection
) -> None:
    reference, people = contradicted.reference, members(session, contradicted)
    at = f"/inspections/{reference}/disagreements"
    page = enter(client, session, people[0]).get(at).get_data(as_text=True)
    assert all(user.name in page for user in members(session, contradicted))
    assert "南楼" in page
    key = session.scalars(select(Disagreement.id)).one()
    session.rollback()
    assert client.post(f"{at}/{key}", data={"chosen": "offered"}).status_code == 302
    row = session.scalars(select(Disagreement)).one()
    assert (row.chosen, row.settled_by_id) == ("offered", people[0].id)
    assert session.scalars(select(Answer)).one().value == {"value": "yes"}
    session.rollback()
    assert "已采用" in client.get(at).get_data(as_text=True)
    assert client.post(f"{at}/{key}", data={"chosen": "stored"}).status_code == 409


def test_what_could_not_enter_its_visit_is_found_from_the_first_page(
    client: FlaskClient, session: Session, visit: Inspection, tablets: list[Tablet]
) -> None:
    lead = members(session, visit)[0]
    with transaction():
        others = [user.id for user in make_team(session)]
        service.reassign(session, SYSTEM, session.get_one(Inspection, visit.id), others)
    tablets[0].answer(visit.uuid, one(ITEM, {"value": "no"}), one("C03-12", {"value": "9"}))
    with transaction():
        head = make_user(session, Role.COUNTY_HEAD, region(session, visit.site.region.code[:6]))
    page = enter(client, session, head).get("/").get_data(as_text=True)
    assert "平板来件未并入" in page
    listed = client.get("/inspections/aside").get_data(as_text=True)
    assert visit.reference in listed
    assert "2 件" in listed
    with transaction():
        stranger = make_user(session, Role.COUNTY_HEAD, region(session, SHAWAN))
    assert "平板来件未并入" not in enter(client, session, stranger).get("/").get_data(as_text=True)
    assert visit.reference not in client.get("/inspections/aside").get_data(as_text=True)
    assert "打开外业检查" in enter(client, session, lead).get("/").get_data(as_text=True)


def test_nobody_but_the_lead_inspector_chooses(client: FlaskClient, session: Session, contradicted: Inspection) -> None:
    reference, people = contradicted.reference, members(session, contradicted)
    at = f"/inspections/{reference}/disagreements"
    page = enter(client, session, people[1]).get(at).get_data(as_text=True)
    assert "等待带队人员" in page
    key = session.scalars(select(Disagreement.id)).one()
    session.rollback()
    assert client.post(f"{at}/{key}", data={"chosen": "offered"}).status_code == 403
    assert session.scalars(select(Disagreement.chosen)).one() == ""


@pytest.mark.parametrize("chosen", ["", "both", "x" * 70])
def test_a_choice_that_is_none_is_refused(
    client: FlaskClient, session: Session, contradicted: Inspection, chosen: str
) -> None:
    reference, people = contradicted.reference, members(session, contradicted)
    key = session.scalars(select(Disagreement.id)).one()
    session.rollback()
    at = f"/inspections/{reference}/disagreements/{key}"
    assert enter(client, session, people[0]).post(at, data={"chosen": chosen}).status_code == 422


def test_the_page_of_a_visit_leads_to_what_tablets_sent(
    client: FlaskClient, session: Session, contradicted: Inspection, tablets: list[Tablet]
) -> None:
    signature = {"role": "inspector", "name": "测试1号", "strokes": PEN}
    tablets[0].sent(f"visits/{contradicted.uuid}/signatures", signatures=[signature])
    tablets[0].answer(contradicted.uuid, one("C03-12", {"value": "9"}))
    reference, people = contradicted.reference, members(session, contradicted)
    page = enter(client, session, people[0]).get(f"/inspections/{reference}").get_data(as_text=True)
    assert f"/inspections/{reference}/receipts" in page
    assert f"/inspections/{reference}/disagreements" in page
    receipts = client.get(f"/inspections/{reference}/receipts").get_data(as_text=True)
    assert "签名后答案有改动" in receipts
    assert PEN in receipts


def test_what_came_too_late_is_taken_over_by_the_new_team(
    client: FlaskClient, session: Session, visit: Inspection, tablets: list[Tablet]
) -> None:
    with transaction():
        others = make_team(session)
        service.reassign(session, SYSTEM, session.get_one(Inspection, visit.id), [user.id for user in others])
    tablets[0].answer(visit.uuid, one(ITEM, {"value": "yes"}, note="很急"))
    tablets[0].upload({"kind": "item", "visit": visit.uuid, "item": "C03-08"}, picture(9))
    reference = visit.reference
    session.rollback()
    at = f"/inspections/{reference}/receipts"
    page = enter(client, session, others[0]).get(at).get_data(as_text=True)
    assert "很急" in page
    numbers = adoptable(page, reference)
    assert len(numbers) == 2
    for number in numbers * 2:
        assert client.post(f"{at}/{number}/adopt", data={"chosen": reference}).status_code == 302
    kept = session.scalars(select(Answer)).one()
    assert (kept.value, kept.note, kept.answered_by_id, kept.version) == ({"value": "yes"}, "很急", others[0].id, 1)
    assert sorted(session.scalars(select(Evidence.item))) == ["C03-08", "stranded:C03-08"]
    session.rollback()
    assert not adoptable(client.get(at).get_data(as_text=True), reference)


def adoptable(page: str, reference: str) -> list[str]:
    import re

    return re.findall(rf"/inspections/{reference}/receipts/([\w-]+)/adopt", page)


def test_whoever_is_not_filling_a_visit_of_the_object_takes_nothing_over(
    client: FlaskClient, session: Session, visit: Inspection, tablets: list[Tablet]
) -> None:
    with transaction():
        service.void(session, SYSTEM, session.get_one(Inspection, visit.id), "改期")
        head = make_user(session, Role.COUNTY_HEAD, region(session))
    told = tablets[0].answer(visit.uuid, one(ITEM, {"value": "yes"}, note="很急"))
    reference, people = visit.reference, members(session, visit)
    page = enter(client, session, head).get(f"/inspections/{reference}/receipts").get_data(as_text=True)
    assert "很急" in page
    assert not adoptable(page, reference)
    at = f"/inspections/{reference}/receipts/{told[0]['number']}/adopt"
    assert enter(client, session, people[0]).post(at).status_code == 404


def test_what_belongs_to_a_voided_visit_goes_to_the_next_one_of_the_object(
    client: FlaskClient, session: Session, visit: Inspection, tablets: list[Tablet]
) -> None:
    with transaction():
        found = session.get_one(Inspection, visit.id)
        service.void(session, SYSTEM, found, "改期")
        site, team = found.site, [each.user for each in found.inspectors]
    told = tablets[0].answer(visit.uuid, one(ITEM, {"value": "yes"}))
    following = begun(session, site=session.get_one(Site, site.id), team=team)
    into, reference = following.reference, visit.reference
    people = members(session, visit)
    at = f"/inspections/{reference}/receipts/{told[0]['number']}/adopt"
    assert enter(client, session, people[0]).post(at, data={"chosen": into}).status_code == 302
    kept = session.scalars(select(Answer)).one()
    assert kept.inspection_id == following.id


def test_devices_are_revoked_by_the_prefecture_of_their_people_only(
    client: FlaskClient, session: Session, tablets: list[Tablet]
) -> None:
    with transaction():
        officer = make_user(session, Role.PREFECTURE_OFFICER, region(session, "6542"))
        stranger = make_user(session, Role.PREFECTURE_OFFICER, region(session, "6543"))
    uuid = tablets[0].uuid
    assert uuid not in enter(client, session, stranger).get("/devices").get_data(as_text=True)
    assert client.post(f"/devices/{uuid}/revoke").status_code == 404
    assert uuid in enter(client, session, officer).get("/devices").get_data(as_text=True)
    assert client.post(f"/devices/{uuid}/revoke").status_code == 302
    assert tablets[0].get("me").get_json()["code"] == "device_revoked"
    assert tablets[1].get("me").status_code == 200
    assert session.scalars(select(Device.revoked_by_id).where(Device.uuid == uuid)).one() == officer.id


def test_a_person_ends_their_own_device_and_nobody_elses(
    client: FlaskClient, session: Session, visit: Inspection, tablets: list[Tablet]
) -> None:
    people = members(session, visit)
    page = enter(client, session, people[0]).get("/account").get_data(as_text=True)
    assert tablets[0].uuid in page
    assert tablets[1].uuid not in page
    assert client.post(f"/account/devices/{tablets[1].uuid}/end").status_code == 404
    assert client.post(f"/account/devices/{tablets[0].uuid}/end").status_code == 302
    assert tablets[0].get("me").get_json()["code"] == "token_unknown"


def test_the_clerk_decides_about_proposed_objects(client: FlaskClient, session: Session, tablets: list[Tablet]) -> None:
    first, second = (
        tablets[0].sent("sites", name=name, category="C03", region="654202100").get_json()["number"]
        for name in ("湖滨中学", "湖滨小学")
    )
    with transaction():
        clerk = make_user(session, Role.COUNTY_CLERK, region(session))
        neighbour = make_user(session, Role.COUNTY_CLERK, region(session, SHAWAN))
    assert "湖滨" not in enter(client, session, neighbour).get("/sites/proposed").get_data(as_text=True)
    assert client.post(f"/sites/proposed/{first}", data={"chosen": "accept"}).status_code == 404
    assert "湖滨中学" in enter(client, session, clerk).get("/sites/proposed").get_data(as_text=True)
    assert client.post(f"/sites/proposed/{first}", data={"chosen": "accept"}).status_code == 302
    assert client.post(f"/sites/proposed/{second}", data={"chosen": "decline"}).status_code == 302
    assert list(session.scalars(select(Site.name).where(Site.name.startswith("湖滨")))) == ["湖滨中学"]
    session.rollback()
    assert "湖滨" not in client.get("/sites/proposed").get_data(as_text=True)
    assert client.post(f"/sites/proposed/{first}", data={"chosen": "accept"}).status_code == 404
