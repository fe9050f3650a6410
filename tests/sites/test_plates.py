"""QR plates, and what they open for whom."""

import re
from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from inspect_app.access.permissions import Role
from inspect_app.core.database import transaction
from inspect_app.sites.models import Site
from inspect_app.sites.plates import qr_svg
from inspect_app.sites.views import plates as sheets
from tests.accounts.factories import PASSWORD, make_user, sign_in
from tests.sites.factories import SHAWAN, make_site, region

pytestmark = pytest.mark.usefixtures("clock")
PRIVATE = ("DX-654202", "晨光集团", "教育局", "甲校长", "晨光路", "84.7", "44.4", "91654202", "隐患", "C03", "乌苏")


@pytest.fixture
def site(session: Session) -> Site:
    with transaction():
        return make_site(
            session, responsible_unit="晨光集团", supervising_unit="教育局", longitude=Decimal("84.71"),
            latitude=Decimal("44.43"), credit_code="91654202MA00000000", retrofitted_on=date(2024, 9, 1),
            remaining_service_years=30,
        )  # fmt: skip


def enter(client: FlaskClient, session: Session, role: Role, code: str = "654202") -> None:
    with transaction():
        user = make_user(session, role, region(session, code))
    sign_in(client, user)


def test_everybody_reads_what_is_public_and_nothing_else(client: FlaskClient, site: Site) -> None:
    answer = client.get(f"/p/{site.uuid}")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    assert "2024 年 9 月 1 日" in page
    assert "30 年" in page
    assert "晨光小学" in page
    assert [word for word in PRIVATE if word in page] == []


def test_who_signs_in_from_a_plate_comes_back_to_it(client: FlaskClient, session: Session, site: Site) -> None:
    address = f"/p/{site.uuid}"
    assert f"/sign-in?next={address}" in client.get(address).get_data(as_text=True)
    with transaction():
        user = make_user(session, Role.INSPECTOR, region(session))
    answer = client.post("/sign-in", data={"login": user.login, "password": PASSWORD, "next": address})
    assert answer.location == address


def test_without_a_retrofit_nothing_is_published(client: FlaskClient, session: Session) -> None:
    with transaction():
        site = make_site(session, remaining_service_years=12)
    page = client.get(f"/p/{site.uuid}").get_data(as_text=True)
    assert "尚无加固信息公示" in page
    assert "12" not in re.sub(r'<(script|link|meta|time|li)[^>]*>|"[^"]*"', "", page)


def test_an_unknown_or_retired_plate_is_not_found(client: FlaskClient, session: Session, site: Site) -> None:
    with transaction():
        session.get_one(Site, site.id).active = False
    answers = [client.get(f"/p/{key}") for key in (site.uuid, uuid4(), "1", site.reference)]
    assert [answer.status_code for answer in answers] == [404] * 4
    assert "晨光" not in answers[0].get_data(as_text=True)


def test_who_sees_the_site_is_led_to_it(client: FlaskClient, session: Session, site: Site) -> None:
    enter(client, session, Role.INSPECTOR)
    answer = client.get(f"/p/{site.uuid}")
    assert answer.location == f"/sites/{site.reference}"
    page = client.get(answer.location).get_data(as_text=True)
    assert f"/inspections?site={site.reference}&amp;mine=1" in page


@pytest.mark.parametrize(("role", "code"), [(Role.INSPECTOR, SHAWAN), (Role.COUNTY_HEAD, SHAWAN)])
def test_a_stranger_with_an_account_reads_no_more_than_everybody(
    client: FlaskClient, session: Session, site: Site, role: Role, code: str
) -> None:
    enter(client, session, role, code)
    answer = client.get(f"/p/{site.uuid}")
    assert answer.status_code == 200
    assert site.reference not in answer.get_data(as_text=True)


def test_a_sheet_holds_eight_plates_or_one(client: FlaskClient, session: Session, site: Site) -> None:
    with transaction():
        for number in range(8):
            make_site(session, name=f"{number}号小学")
        make_site(session, SHAWAN, name="邻县小学")
    enter(client, session, Role.COUNTY_HEAD)
    page = client.get("/sites/plates").get_data(as_text=True)
    assert (page.count('class="plates of-8"'), page.count('class="plate"')) == (2, 9)
    assert "邻县小学" not in page
    assert client.get("/sites/plates?per_sheet=1&text=3号").get_data(as_text=True).count('class="plates of-1"') == 1
    one = client.get(f"/sites/plates?site={site.reference}").get_data(as_text=True)
    assert (one.count('class="plate"'), one.count("<svg")) == (1, 1)


def test_many_plates_come_in_batches(client: FlaskClient, session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    with transaction():
        for number in range(5):
            make_site(session, name=f"{number}号小学")
    monkeypatch.setattr(sheets, "MOST", 3)
    enter(client, session, Role.COUNTY_HEAD)
    first = client.get("/sites/plates").get_data(as_text=True)
    assert first.count('class="plate"') == 3
    assert "after=DX-654202-C03-0003" in first
    assert client.get("/sites/plates?after=DX-654202-C03-0003").get_data(as_text=True).count('class="plate"') == 2


def test_what_is_out_of_use_has_no_plate(client: FlaskClient, session: Session, site: Site) -> None:
    with transaction():
        session.get_one(Site, site.id).active = False
    enter(client, session, Role.COUNTY_HEAD)
    for address in (f"/sites/plates?site={site.reference}", "/sites/plates?retired=1"):
        assert "没有在册的检查对象可以印牌" in client.get(address).get_data(as_text=True)


def test_a_picture_carries_no_style_that_the_page_would_refuse() -> None:
    drawn = qr_svg("http://localhost/p/0f8fad5b-d9cb-469f-a165-70867728950e")
    assert drawn.startswith('<svg viewBox="0 0 ')
    assert "style=" not in drawn
