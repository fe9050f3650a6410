from datetime import UTC, datetime, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from inspect_app.access.permissions import Role
from inspect_app.accounts.models import SignIn, User
from inspect_app.core import clock
from inspect_app.core.database import transaction
from inspect_app.regions.queries import by_code, ensure_unit
from tests.accounts.factories import PASSWORD, make_user, sign_in

NOON = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)


@pytest.fixture
def clerk(session: Session) -> User:
    with transaction():
        return make_user(session, Role.COUNTY_CLERK, by_code(session, "654202"))


@pytest.fixture
def security(session: Session) -> User:
    with transaction():
        return make_user(session, Role.SECURITY_ADMINISTRATOR)


def test_a_page_sends_strangers_to_sign_in_and_back(client: FlaskClient, clerk: User) -> None:
    answer = client.get("/account")
    assert answer.status_code == 302
    assert "/sign-in?next=" in answer.location
    sent = client.post("/sign-in", data={"login": clerk.login, "password": PASSWORD, "next": "/account"})
    assert sent.location == "/account"


@pytest.mark.parametrize("target", ["//evil.example", "https://evil.example/", "/\\evil.example"])
def test_sign_in_never_leads_to_another_host(client: FlaskClient, clerk: User, target: str) -> None:
    sent = client.post("/sign-in", data={"login": clerk.login, "password": PASSWORD, "next": target})
    assert sent.location == "/"


def test_a_wrong_password_is_refused_with_a_sentence(client: FlaskClient, clerk: User) -> None:
    answer = client.post("/sign-in", data={"login": clerk.login, "password": "wrong"})
    assert answer.status_code == 401
    assert "登录名或密码不正确" in answer.get_data(as_text=True)


def test_an_old_cookie_is_dead_after_sign_out(client: FlaskClient, clerk: User) -> None:
    sign_in(client, clerk)
    cookie = client.get_cookie("session")
    assert cookie is not None
    assert client.get("/account").status_code == 200
    client.post("/sign-out")
    client.set_cookie("session", cookie.value)
    assert client.get("/account").status_code == 302


def test_a_session_dies_when_the_account_is_disabled(client: FlaskClient, clerk: User) -> None:
    sign_in(client, clerk)
    with transaction():
        clerk.active = False
    assert client.get("/account").status_code == 302


def test_a_session_dies_idle_and_in_any_case_after_twelve_hours(client: FlaskClient, clerk: User) -> None:
    with clock.set_to(NOON):
        sign_in(client, clerk)
    with clock.set_to(NOON + timedelta(minutes=29)):
        assert client.get("/account").status_code == 200
    with clock.set_to(NOON + timedelta(minutes=60)):
        assert client.get("/account").status_code == 302


def test_an_initial_password_must_be_changed_before_anything_else(client: FlaskClient, clerk: User) -> None:
    with transaction():
        clerk.must_change_password = True
    sign_in(client, clerk)
    assert client.get("/account").location == "/account/password"
    form = {"old": PASSWORD, "new": "Another-9-Towns", "again": "Another-9-Towns"}
    assert client.post("/account/password", data=form).status_code == 302
    assert client.get("/account").status_code == 200


def test_the_two_new_passwords_must_agree(client: FlaskClient, clerk: User) -> None:
    sign_in(client, clerk)
    form = {"old": PASSWORD, "new": "Another-9-Towns", "again": "Another-9-Town"}
    answer = client.post("/account/password", data=form)
    assert answer.status_code == 422
    assert "不一致" in answer.get_data(as_text=True)


def test_the_security_administrator_keeps_accounts_and_sees_no_hazards(client: FlaskClient, security: User) -> None:
    sign_in(client, security)
    assert client.get("/users").status_code == 200
    form = {"login": "new.clerk", "name": "新人", "role": "county_clerk", "view_region": "654202", "active": "y"}
    made = client.post("/users/new", data=form)
    assert made.status_code == 200
    assert "只显示这一次" in made.get_data(as_text=True)
    assert client.get("/hazards").status_code == 403
    assert client.get("/audit").status_code == 403


def test_a_user_with_an_unknown_region_is_refused_and_nothing_is_created(
    client: FlaskClient, security: User, session: Session
) -> None:
    sign_in(client, security)
    form = {"login": "new.clerk", "name": "新人", "role": "county_clerk", "view_region": "999999", "active": "y"}
    answer = client.post("/users/new", data=form)
    assert answer.status_code == 422
    assert session.scalar(select(User).where(User.login == "new.clerk")) is None


def test_business_roles_cannot_keep_accounts(client: FlaskClient, clerk: User) -> None:
    sign_in(client, clerk)
    assert client.get("/users").status_code == 403


def test_disabling_an_account_on_the_page_ends_its_sessions(
    client: FlaskClient, security: User, clerk: User, session: Session
) -> None:
    sign_in(client, clerk)
    client.post("/sign-out")
    sign_in(client, clerk)
    client.delete_cookie("session")
    sign_in(client, security)
    form = {"login": clerk.login, "name": clerk.name, "role": "county_clerk", "view_region": "654202", "version": "1"}
    assert client.post(f"/users/{clerk.id}", data=form).status_code == 302
    living = session.scalars(select(SignIn).where(SignIn.user_id == clerk.id, SignIn.ended_at.is_(None))).all()
    assert living == []


def test_the_unit_of_an_account_is_named_and_kept(client: FlaskClient, session: Session) -> None:
    with transaction():
        administrator = make_user(session, Role.SECURITY_ADMINISTRATOR)
        ensure_unit(session, by_code(session, "6542").id, "地区教育局")
    sign_in(client, administrator)
    form = {"login": "jyj", "name": "王某", "role": "member_clerk", "view_region": "6542", "capture_region": "6542"}
    assert "要设置所属单位" in client.post("/users/new", data=form).get_data(as_text=True)
    assert "没有这个单位" in client.post("/users/new", data={**form, "unit": "地区水利局"}).get_data(as_text=True)
    assert client.post("/users/new", data={**form, "unit": "地区教育局"}).status_code == 200
    made = session.scalars(select(User).where(User.login == "jyj")).one()
    assert "地区教育局" in client.get(f"/users/{made.id}").get_data(as_text=True)
