"""Getting into the API: only the server can prove itself, and what is revoked or disabled stays outside."""

import hashlib
import hmac
from datetime import datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from inspect_app.access.permissions import Role
from inspect_app.accounts.models import User
from inspect_app.core import clock as core_clock
from inspect_app.core.database import transaction
from inspect_app.tablet import devices
from inspect_app.tablet.models import Device, DeviceKey
from inspect_app.tablet.proving import secret_of
from tests.accounts.factories import make_user, sign_in, system_actor
from tests.sites.factories import region
from tests.tablet.senders import Tablet, key, tablet_of


@pytest.fixture
def inspector(session: Session, clock: datetime) -> User:
    assert clock.year == 2026
    with transaction():
        return make_user(session, Role.INSPECTOR, region(session))


@pytest.fixture
def tablet(app: Flask, session: Session, inspector: User) -> Tablet:
    return tablet_of(app, session, inspector)


def secret(app: Flask, tablet: Tablet, user_id: int) -> bytes:
    return secret_of(app.config["SECRET_KEY"], tablet.uuid, user_id)


def test_a_person_registers_the_device_in_their_hands(client: FlaskClient, inspector: User) -> None:
    sign_in(client, inspector)
    answered = client.post("/api/v1/devices", json={"name": "平板 3 号"})
    told = answered.get_json()
    assert answered.status_code == 201
    assert len(bytes.fromhex(told["secret"])) == 32
    mine = client.application.test_client().get("/api/v1/me", headers={"Authorization": f"Bearer {told['token']}"})
    assert mine.get_json()["device"] == {"uuid": told["device"], "name": "平板 3 号"}


def test_only_the_hash_of_a_token_is_stored(session: Session, tablet: Tablet) -> None:
    row = session.scalars(select(DeviceKey)).one()
    assert row.token_hash == hashlib.sha256(tablet.token.encode()).hexdigest()


def test_who_registers_again_opens_what_they_left_on_the_device(client: FlaskClient, inspector: User) -> None:
    sign_in(client, inspector)
    first = client.post("/api/v1/devices", json={"name": "平板"}).get_json()
    again = client.post("/api/v1/devices", json={"name": "平板", "device": first["device"]}).get_json()
    assert (again["device"], again["secret"]) == (first["device"], first["secret"])
    assert again["token"] != first["token"]
    bare = client.application.test_client()
    assert bare.get("/api/v1/me", headers={"Authorization": f"Bearer {first['token']}"}).status_code == 401


def test_two_people_on_one_device_share_no_secret(
    app: Flask, session: Session, tablet: Tablet, inspector: User
) -> None:
    with transaction():
        other = make_user(session, Role.INSPECTOR, region(session))
    second = tablet_of(app, session, other, tablet.uuid)
    assert second.uuid == tablet.uuid
    assert secret(app, second, other.id) != secret(app, tablet, inspector.id)


def test_a_captive_portal_cannot_make_the_proof_of_a_handshake(app: Flask, tablet: Tablet, inspector: User) -> None:
    told = tablet.get("handshake?nonce=abc").get_json()
    text = f"handshake\nabc\n{told['time']}".encode()
    assert told["proof"] == hmac.new(secret(app, tablet, inspector.id), text, "sha256").hexdigest()


def test_every_answer_to_a_device_is_signed_over_its_body(app: Flask, tablet: Tablet, inspector: User) -> None:
    answered = tablet.get("me", Request_Nonce="n1")
    text = f"answer\nn1\n200\n{hashlib.sha256(answered.data).hexdigest()}".encode()
    expected = hmac.new(secret(app, tablet, inspector.id), text, "sha256").hexdigest()
    assert answered.headers["Answer-Proof"] == expected


def test_without_a_token_a_handshake_proves_nothing(client: FlaskClient) -> None:
    assert "proof" not in client.get("/api/v1/handshake?nonce=abc").get_json()


def test_a_device_keeps_sending_while_its_person_must_change_the_password(
    session: Session, tablet: Tablet, inspector: User
) -> None:
    with transaction():
        session.get_one(User, inspector.id).must_change_password = True
    assert tablet.get("me").status_code == 200


def test_a_revoked_device_is_told_to_forget_everything(session: Session, tablet: Tablet) -> None:
    with transaction():
        devices.revoke(session, system_actor(), session.scalars(select(Device)).one())
    for answered in (tablet.get("me"), tablet.get("handshake?nonce=1"), tablet.post("devices", {"name": "平板"})):
        assert (answered.status_code, answered.get_json()["code"]) == (401, "device_revoked")
        assert '"storage"' in answered.headers["Clear-Site-Data"]


def test_a_revoked_device_is_not_registered_again(client: FlaskClient, session: Session, inspector: User) -> None:
    sign_in(client, inspector)
    uuid = client.post("/api/v1/devices", json={"name": "平板"}).get_json()["device"]
    with transaction():
        devices.revoke(session, system_actor(), session.scalars(select(Device)).one())
    assert client.post("/api/v1/devices", json={"name": "平板", "device": uuid}).status_code == 409


def test_a_disabled_account_is_refused_without_wiping_its_drafts(
    session: Session, tablet: Tablet, inspector: User
) -> None:
    with transaction():
        session.get_one(User, inspector.id).active = False
    answered = tablet.get("me")
    assert (answered.status_code, answered.get_json()["code"]) == (401, "account_disabled")
    assert "Clear-Site-Data" not in answered.headers


def test_a_token_registers_no_further_device(tablet: Tablet) -> None:
    assert tablet.post("devices", {"name": "平板"}).status_code == 403


def test_an_unknown_token_is_no_session(client: FlaskClient, inspector: User) -> None:
    sign_in(client, inspector)
    answered = client.get("/api/v1/me", headers={"Authorization": "Bearer nothing"})
    assert (answered.status_code, answered.get_json()["code"]) == (401, "token_unknown")


def test_people_who_inspect_nothing_register_no_device(client: FlaskClient, session: Session) -> None:
    with transaction():
        leader = make_user(session, Role.PREFECTURE_LEADER, region(session, "6542"))
    sign_in(client, leader)
    assert client.post("/api/v1/devices", json={"name": "平板"}).status_code == 403


@pytest.mark.parametrize(
    "body",
    [{}, {"name": ""}, {"name": 3}, {"name": "平板", "role": "auditor"}, {"name": "平板", "device": key()[:-1]}, []],
)
def test_a_registration_of_another_shape_is_refused_in_words(
    client: FlaskClient, inspector: User, body: object
) -> None:
    sign_in(client, inspector)
    answered = client.post("/api/v1/devices", json=body)
    assert answered.status_code == 422
    assert answered.get_json()["problems"]


def test_a_session_writes_only_with_the_token_of_its_page(client: FlaskClient, inspector: User) -> None:
    sign_in(client, inspector)
    client.application.config["WTF_CSRF_ENABLED"] = True
    assert client.post("/api/v1/devices", json={"name": "平板"}).status_code == 400


def test_a_lock_after_wrong_passwords_does_not_hold_up_a_device(tablet: Tablet, client: FlaskClient) -> None:
    login = tablet.get("me").get_json()["person"]["login"]
    for _try in range(6):
        client.post("/sign-in", data={"login": login, "password": "wrong"})
    assert tablet.get("me").status_code == 200


def test_an_expired_session_is_told_so_while_the_device_goes_on(
    client: FlaskClient, tablet: Tablet, inspector: User, clock: datetime
) -> None:
    sign_in(client, inspector)
    with core_clock.set_to(clock + timedelta(minutes=31)):
        answered = client.get("/api/v1/me", headers={"Accept": "application/json"})
        assert (answered.status_code, answered.get_json()["code"]) == (401, "sign_in_needed")
        assert tablet.get("me").status_code == 200
