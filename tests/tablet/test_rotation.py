"""The server's secret key is changed: devices registered under the earlier one still know the server, for a while."""

import hashlib
import hmac
from datetime import datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from inspect_app.accounts.models import User
from inspect_app.core.database import transaction
from inspect_app.core.errors import FileRefused
from inspect_app.inspections.models import Answer, Inspection
from inspect_app.tablet.bags.container import open_bag, read_bag
from inspect_app.tablet.proving import secret_of
from tests.accounts.factories import make_user, sign_in
from tests.inspections.factories import WUSU, make_visit
from tests.sites.factories import region
from tests.tablet.bags import answers, filled, request, secret, take_in
from tests.tablet.senders import Tablet, one, tablet_of

NEW = "the key after the change " * 2


@pytest.fixture
def visit(session: Session, clock: datetime) -> Inspection:
    assert clock.year == 2026
    with transaction():
        return make_visit(session)


@pytest.fixture
def tablet(app: Flask, session: Session, visit: Inspection) -> Tablet:
    return tablet_of(app, session, visit.inspectors[0].user)


def rotate(app: Flask, *, keep: bool = True) -> str:
    """Change the key; returns the earlier one."""
    old = str(app.config["SECRET_KEY"])
    app.config["SECRET_KEY"], app.config["SECRET_KEY_FALLBACKS"] = NEW, [old] if keep else []
    return old


def test_an_answer_is_proven_under_the_new_key_and_under_the_earlier_one(
    app: Flask, visit: Inspection, tablet: Tablet
) -> None:
    person = visit.inspectors[0].user_id
    old = rotate(app)
    told = tablet.get("handshake?nonce=abc", Request_Nonce="n1")
    text = f"answer\nn1\n200\n{hashlib.sha256(told.data).hexdigest()}".encode()
    wanted = [hmac.new(secret_of(root, tablet.uuid, person), text, "sha256").hexdigest() for root in (NEW, old)]
    assert told.headers["Answer-Proof"] == ",".join(wanted)


def test_without_the_earlier_key_nothing_is_proven_under_it(app: Flask, visit: Inspection, tablet: Tablet) -> None:
    rotate(app, keep=False)
    told = tablet.get("handshake?nonce=abc", Request_Nonce="n1")
    text = f"answer\nn1\n200\n{hashlib.sha256(told.data).hexdigest()}".encode()
    only = secret_of(NEW, tablet.uuid, visit.inspectors[0].user_id)
    assert told.headers["Answer-Proof"] == hmac.new(only, text, "sha256").hexdigest()


def test_who_registers_again_is_given_the_secret_under_the_new_key(
    app: Flask, client: FlaskClient, session: Session, visit: Inspection, tablet: Tablet
) -> None:
    rotate(app)
    person = visit.inspectors[0].user_id
    sign_in(client, session.get_one(User, person))
    session.rollback()
    again = client.post("/api/v1/devices", json={"name": "平板", "device": tablet.uuid}).get_json()
    assert again["secret"] == secret_of(NEW, tablet.uuid, person).hex()


def clerk(client: FlaskClient, session: Session) -> FlaskClient:
    from inspect_app.access.permissions import Role

    with transaction():
        made = make_user(session, Role.COUNTY_CLERK, region(session, WUSU))
    sign_in(client, made)
    return client


def test_a_file_from_before_the_change_is_taken_in_and_its_receipts_open_on_the_tablet(
    app: Flask, client: FlaskClient, session: Session, visit: Inspection, tablet: Tablet
) -> None:
    person = visit.inspectors[0].user_id
    kept = secret(app, tablet, person)
    sent = [request(f"/visits/{visit.uuid}/start"), answers(visit.uuid, one("C03-05", {"value": "no"}))]
    bag = filled(app, tablet, person, *sent)
    office = clerk(client, session)
    rotate(app)
    sign_in(office, session.scalars(select(User).where(User.role == "county_clerk")).one())
    session.rollback()
    page = take_in(office, bag)
    assert page.status_code == 200, page.text
    assert session.scalars(select(Answer)).one().value == {"value": "no"}
    address = f"/tablet/import/receipts/{tablet.uuid}/{person}?secret=1"
    assert address in page.text
    session.rollback()
    assert len(open_bag(read_bag(office.get(address).data), kept).index["receipts"]) == 2
    for place in ("0", "-3", "x", ""):
        other = read_bag(office.get(address.replace("=1", f"={place}")).data)
        with pytest.raises(FileRefused):
            open_bag(other, kept)


def test_a_file_from_before_the_change_is_refused_once_the_earlier_key_is_gone(
    app: Flask, client: FlaskClient, session: Session, visit: Inspection, tablet: Tablet
) -> None:
    bag = filled(app, tablet, visit.inspectors[0].user_id, request(f"/visits/{visit.uuid}/start"))
    office = clerk(client, session)
    rotate(app, keep=False)
    sign_in(office, session.scalars(select(User).where(User.role == "county_clerk")).one())
    session.rollback()
    assert take_in(office, bag).status_code == 422
