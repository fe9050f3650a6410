"""The register of sites through the browser."""

from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from inspect_app.access.permissions import Role
from inspect_app.core.database import transaction
from inspect_app.sites.models import Site
from tests.accounts.factories import make_user, sign_in
from tests.sites.factories import SHAWAN, make_site, region

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def clerk(client: FlaskClient, session: Session) -> FlaskClient:
    with transaction():
        user = make_user(session, Role.COUNTY_CLERK, region(session))
    sign_in(client, user)
    return client


def card(session: Session, **over: object) -> dict[str, Any]:
    place = region(session, "654202100").id
    known = {"name": "第二中学", "category": "C03", "region_id": place, "coordinate_system": "CGCS2000", "active": "y"}
    return {**known, **over}


def test_a_clerk_registers_a_site(clerk: FlaskClient, session: Session) -> None:
    assert "乌苏市" in clerk.get("/sites/new").get_data(as_text=True)
    answer = clerk.post("/sites/new", data=card(session, fortification_intensity="8", pga_g="0.20"))
    assert answer.status_code == 302
    site = session.scalars(select(Site)).one()
    assert (site.name, site.fortification_intensity, str(site.pga_g)) == ("第二中学", 8, "0.20")
    page = clerk.get(f"/sites/{site.reference}").get_data(as_text=True)
    assert "8 度" in page
    assert "第二中学" in clerk.get("/sites?category=C03&text=第二").get_data(as_text=True)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("category", "C99"),
        ("longitude", "84"),
        ("built_year", "1066"),
        ("pga_g", "很大"),
        ("pga_g", "0.123"),
        ("pga_g", "NaN"),
        ("area_m2", "1e30"),
    ],
)
def test_a_wrong_card_is_refused_at_its_field(clerk: FlaskClient, session: Session, field: str, value: str) -> None:
    answer = clerk.post("/sites/new", data=card(session, **{field: value}))
    assert answer.status_code == 422
    assert "mistakes" in answer.get_data(as_text=True)
    assert not session.scalars(select(Site)).all()


def test_a_clerk_cannot_register_in_another_county(clerk: FlaskClient, session: Session) -> None:
    answer = clerk.post("/sites/new", data=card(session, region_id=region(session, SHAWAN).id))
    assert answer.status_code == 422
    assert not session.scalars(select(Site)).all()


def test_a_stale_card_changes_nothing(clerk: FlaskClient, session: Session) -> None:
    with transaction():
        site = make_site(session)
    address = f"/sites/{site.reference}/edit"
    assert clerk.get(address).status_code == 200
    assert clerk.post(address, data=card(session, name="新名", version=1)).status_code == 302
    assert clerk.post(address, data=card(session, name="旧名", version=1)).status_code == 409
    assert session.get_one(Site, site.id).name == "新名"


def test_a_site_of_another_county_is_not_found(client: FlaskClient, session: Session) -> None:
    with transaction():
        site = make_site(session)
        user = make_user(session, Role.COUNTY_CLERK, region(session, SHAWAN))
    sign_in(client, user)
    assert client.get(f"/sites/{site.reference}").status_code == 404
    assert client.get(f"/sites/{site.reference}/edit").status_code == 404
    assert client.post(f"/sites/{site.reference}/edit", data=card(session, version=1)).status_code == 404
    assert site.name not in client.get("/sites").get_data(as_text=True)


def test_who_may_not_edit_sees_no_button(client: FlaskClient, session: Session) -> None:
    with transaction():
        site = make_site(session)
        head = make_user(session, Role.COUNTY_HEAD, region(session))
    sign_in(client, head)
    page = client.get(f"/sites/{site.reference}").get_data(as_text=True)
    assert "/edit" not in page
    assert client.get("/sites/new").status_code == 403
