"""A tablet's file at the office: as good as the network, once and for the right people only."""

import re
from datetime import datetime
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from inspect_app.access.permissions import Role
from inspect_app.accounts.models import User
from inspect_app.audit.models import AuditEntry
from inspect_app.core.database import transaction
from inspect_app.evidence.models import Evidence
from inspect_app.inspections import service
from inspect_app.inspections.models import Answer, Inspection
from inspect_app.tablet import devices
from inspect_app.tablet.bags.container import open_bag, read_bag
from inspect_app.tablet.models import Device, Receipt
from tests.accounts.factories import actor_of, make_user, sign_in
from tests.inspections.factories import GOOD, WITH_PHOTO, WUSU, make_visit, picture
from tests.sites.factories import SHAWAN, region
from tests.tablet.bags import answers, file, filled, request, secret, take_in
from tests.tablet.senders import PEN, Tablet, one, tablet_of

INSPECTOR, PERSON = "inspector", "甲校长"


@pytest.fixture
def visit(session: Session, clock: datetime) -> Inspection:
    assert clock.year == 2026
    with transaction():
        return make_visit(session)


@pytest.fixture
def person(visit: Inspection) -> User:
    return visit.inspectors[0].user


@pytest.fixture
def tablet(app: Flask, session: Session, person: User) -> Tablet:
    return tablet_of(app, session, person)


@pytest.fixture
def clerk(client: FlaskClient, session: Session) -> FlaskClient:
    """Sit a clerk of the county down at the office."""
    with transaction():
        made = make_user(session, Role.COUNTY_CLERK, region(session, WUSU))
    sign_in(client, made)
    return client


def whole(visit: Inspection) -> list[dict[str, Any]]:
    """Return everything a tablet sends of a visit, in its order."""
    at, people = f"/visits/{visit.uuid}", [each.user.name for each in visit.inspectors]
    signatures = [{"role": INSPECTOR, "name": name, "strokes": PEN} for name in people]
    signatures.append({"role": "site_person", "name": PERSON, "strokes": PEN})
    photos = [({"kind": "item", "visit": visit.uuid, "item": code}, picture(n)) for n, code in enumerate(WITH_PHOTO)]
    return [
        request(f"{at}/start"),
        answers(visit.uuid, *(one(code, value) for code, value in GOOD.items())),
        *(file(about, content) for about, content in photos),
        request(f"{at}/signatures", signatures=signatures),
        request(f"{at}/submit", site_person=PERSON),
    ]


def counts(session: Session) -> list[int]:
    session.rollback()
    return [session.scalar(select(func.count()).select_from(each)) or 0 for each in (Receipt, Answer, Evidence)]


def shown(page: str) -> list[str]:
    """Return the three figures of the account: received now, received before, not received."""
    return re.findall(r'card kpi">.*?<b[^>]*>(\d+)</b>', page, re.DOTALL)


def test_a_whole_visit_arrives_by_file_and_arriving_again_changes_nothing(
    app: Flask, session: Session, clerk: FlaskClient, visit: Inspection, person: User, tablet: Tablet
) -> None:
    bag = filled(app, tablet, person.id, *whole(visit))
    first = take_in(clerk, bag)
    assert first.status_code == 200, first.text
    assert shown(first.text) == [str(len(GOOD) + 6), "0", "0"], first.text
    session.refresh(visit)
    assert (visit.state, visit.site_person) == ("submitted", PERSON)
    before = counts(session)
    assert before == [len(GOOD) + 6, len(GOOD), 3]
    assert shown(take_in(clerk, bag).text) == ["0", str(len(GOOD) + 6), "0"]
    assert counts(session) == before


def test_what_the_file_brought_is_no_second_time_when_the_network_returns(
    app: Flask, session: Session, clerk: FlaskClient, visit: Inspection, person: User, tablet: Tablet
) -> None:
    sent = whole(visit)
    take_in(clerk, filled(app, tablet, person.id, *sent))
    before = counts(session)
    for each in sent:
        told = tablet.post(each["path"].removeprefix("/"), each["body"])
        assert told.status_code == 200, told.text
        body = told.get_json()
        for receipt in body.get("receipts") or [body.get("receipt") or body]:
            assert (receipt["again"], bool(receipt["number"])) == (True, True)
    assert counts(session) == before


def test_what_the_network_brought_is_no_second_time_in_the_file(
    app: Flask, clerk: FlaskClient, visit: Inspection, person: User, tablet: Tablet
) -> None:
    sent = whole(visit)
    tablet.post(sent[0]["path"].removeprefix("/"), sent[0]["body"])
    tablet.post(sent[1]["path"].removeprefix("/"), sent[1]["body"])
    page = take_in(clerk, filled(app, tablet, person.id, *sent)).text
    assert shown(page) == ["5", str(len(GOOD) + 1), "0"]


def test_it_counts_as_done_by_the_person_who_did_it_on_the_tablet(
    app: Flask, session: Session, clerk: FlaskClient, visit: Inspection, person: User, tablet: Tablet
) -> None:
    take_in(clerk, filled(app, tablet, person.id, *whole(visit)))
    session.rollback()
    rows = session.scalars(select(Receipt)).all()
    device = session.scalars(select(Device).where(Device.uuid == tablet.uuid)).one()
    assert {(row.user_id, row.device_id) for row in rows} == {(person.id, device.id)}
    entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "device.import")).one()
    assert (entry.subject_reference, entry.changes["received"]) == (tablet.uuid, [None, len(GOOD) + 6])
    assert entry.actor_id != person.id


def test_what_is_refused_is_told_by_name_and_hinders_nothing_else(
    app: Flask, session: Session, clerk: FlaskClient, visit: Inspection, person: User, tablet: Tablet
) -> None:
    sent = whole(visit)
    sent[2]["body"]["sha256"] = "0" * 64
    page = take_in(clerk, filled(app, tablet, person.id, *sent)).text
    assert shown(page)[2] == "2"  # the photo, and the submission that misses it
    assert "途中损坏" in page
    assert "C03-08" in page
    assert counts(session)[1:] == [len(GOOD), 2]


def test_a_cut_file_leaves_everything_as_it_was(
    app: Flask, session: Session, clerk: FlaskClient, visit: Inspection, person: User, tablet: Tablet
) -> None:
    bag = filled(app, tablet, person.id, *whole(visit))
    for data, words in ((bag[:-500], "已损坏"), (b"PK\x03\x04", "不是平板存出的文件"), (b"", "请选择")):
        answer = take_in(clerk, data)
        assert answer.status_code == 422
        assert words in answer.text
    assert counts(session) == [0, 0, 0]


@pytest.mark.parametrize("hindered", ["revoked", "ended", "disabled"])
def test_a_device_or_person_that_may_not_send_may_not_by_file(
    app: Flask, session: Session, clerk: FlaskClient, visit: Inspection, person: User, tablet: Tablet, hindered: str
) -> None:
    bag = filled(app, tablet, person.id, *whole(visit))
    with transaction():
        actor, device = actor_of(person), session.scalars(select(Device)).one()
        if hindered == "revoked":
            devices.revoke(session, actor, device)
        elif hindered == "ended":
            devices.end_own(session, actor, tablet.uuid)
        else:
            session.get_one(User, person.id).active = False
    assert take_in(clerk, bag).status_code == 409
    assert counts(session) == [0, 0, 0]


def test_another_county_cannot_take_in_the_file_nor_fetch_the_receipts(
    app: Flask, session: Session, client: FlaskClient, visit: Inspection, person: User, tablet: Tablet
) -> None:
    bag = filled(app, tablet, person.id, *whole(visit))
    with transaction():
        stranger = make_user(session, Role.COUNTY_CLERK, region(session, SHAWAN))
    sign_in(client, stranger)
    foreign, unknown = take_in(client, bag), take_in(client, filled(app, tablet, 10**6))
    assert (foreign.status_code, unknown.status_code) == (404, 404)
    assert "不在您的管辖范围" in foreign.text
    assert client.get(f"/tablet/import/receipts/{tablet.uuid}/{person.id}").status_code == 404
    assert counts(session) == [0, 0, 0]


def test_a_bag_in_the_name_of_somebody_else_is_refused(
    app: Flask, session: Session, clerk: FlaskClient, visit: Inspection, tablet: Tablet
) -> None:
    lead, other = (each.user for each in visit.inspectors)
    tablet_of(app, session, other, device=tablet.uuid)
    forged = filled(app, tablet, lead.id, *whole(visit))
    swapped = forged.replace(f'"person":{lead.id}'.encode(), f'"person":{other.id}'.encode())
    assert swapped != forged
    assert take_in(clerk, swapped).status_code == 422
    assert counts(session) == [0, 0, 0]


def test_the_receipts_go_back_in_a_file_for_that_tablet_and_person(
    app: Flask, clerk: FlaskClient, visit: Inspection, person: User, tablet: Tablet
) -> None:
    sent = whole(visit)
    take_in(clerk, filled(app, tablet, person.id, *sent))
    answer = clerk.get(f"/tablet/import/receipts/{tablet.uuid}/{person.id}")
    bag = read_bag(answer.data)
    told = open_bag(bag, secret(app, tablet, person.id)).index["receipts"]
    assert bag.text("kind") == "receipts"
    assert {each["key"] for each in told} >= {sent[0]["body"]["key"], sent[-1]["body"]["key"]}
    assert all(each["number"] for each in told)


def test_the_pack_goes_to_ones_own_tablet_only(
    app: Flask, session: Session, client: FlaskClient, visit: Inspection, person: User, tablet: Tablet
) -> None:
    sign_in(client, person)
    page = client.get("/tablet/import").text
    assert f"/tablet/import/pack/{tablet.uuid}" in page
    bag = read_bag(client.get(f"/tablet/import/pack/{tablet.uuid}").data)
    pack = open_bag(bag, secret(app, tablet, person.id)).index["pack"]
    assert [each["uuid"] for each in pack["visits"]] == [visit.uuid]
    assert take_in(client, client.get(f"/tablet/import/pack/{tablet.uuid}").data).status_code == 422
    client.delete_cookie("session")
    sign_in(client, session.get_one(User, visit.inspectors[1].user_id))
    assert client.get(f"/tablet/import/pack/{tablet.uuid}").status_code == 404


def test_a_visit_taken_away_meanwhile_loses_nothing(
    app: Flask, session: Session, clerk: FlaskClient, visit: Inspection, person: User, tablet: Tablet
) -> None:
    bag = filled(app, tablet, person.id, *whole(visit)[1:2])
    with transaction():
        head = make_user(session, Role.COUNTY_HEAD, region(session, WUSU))
        service.void(session, actor_of(head), session.get_one(Inspection, visit.id), reason="计划调整")
    take_in(clerk, bag)
    session.rollback()
    kinds = session.scalars(select(Receipt.kind)).all()
    assert kinds == ["stranded"] * len(GOOD)
