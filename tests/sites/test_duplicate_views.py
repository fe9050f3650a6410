"""Sites that may be registered twice, through the browser."""

from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from inspect_app.access.permissions import Role
from inspect_app.core.database import transaction
from inspect_app.sites.models import Site, SiteDistinct
from tests.accounts.factories import make_user, sign_in
from tests.sites.factories import SHAWAN, TOWNSHIP, make_site, region

pytestmark = pytest.mark.usefixtures("clock")
FIRST, SECOND = "DX-654202-C03-0001", "DX-654202-C03-0002"
PAIR: dict[str, Any] = {"site": FIRST, "other": SECOND, "version": 1, "other_version": 1, "reason": "现场核实为同一所"}


@pytest.fixture
def clerk(client: FlaskClient, session: Session) -> FlaskClient:
    with transaction():
        user = make_user(session, Role.COUNTY_CLERK, region(session))
        make_site(session, name="第一中学", address="文化路 1 号")
        make_site(session, name="乌苏市第一中学", address="文化路 3 号")
    sign_in(client, user)
    return client


def by_reference(session: Session, reference: str) -> Site:
    return session.scalars(select(Site).where(Site.reference == reference)).one()


def test_both_cards_stand_side_by_side_with_what_differs(clerk: FlaskClient) -> None:
    page = clerk.get("/sites/duplicates").get_data(as_text=True)
    assert "同一地方名称相同" in page
    assert page.count('<dd class="differs">') == 2
    assert "文化路 1 号" in page


def test_keeping_both_ends_the_proposal(clerk: FlaskClient, session: Session) -> None:
    answer = clerk.post("/sites/duplicates", data={**PAIR, "decision": "keep"}, follow_redirects=True)
    assert "没有发现可能重复登记的检查对象" in answer.get_data(as_text=True)
    assert session.scalar(select(func.count()).select_from(SiteDistinct)) == 1


@pytest.mark.parametrize(("gone", "kept"), [(FIRST, SECOND), (SECOND, FIRST)])
def test_one_of_the_two_is_retired_and_says_of_which(
    clerk: FlaskClient, session: Session, gone: str, kept: str
) -> None:
    assert clerk.post("/sites/duplicates", data={**PAIR, "decision": gone}).status_code == 302
    assert not by_reference(session, gone).active
    assert by_reference(session, kept).active
    page = clerk.get(f"/sites/{gone}").get_data(as_text=True)
    assert "重复于" in page
    assert kept in page


@pytest.mark.parametrize(
    ("over", "status"),
    [
        ({"decision": FIRST, "reason": " "}, 422),
        ({"decision": "DX-654202-C03-0009"}, 422),
        ({}, 422),
        ({"decision": FIRST, "version": 7}, 409),
        ({"decision": "keep", "other": "DX-654203-C03-0001"}, 404),
    ],
)
def test_a_decision_that_cannot_be_carried_out_changes_nothing(
    clerk: FlaskClient, session: Session, over: dict[str, Any], status: int
) -> None:
    assert clerk.post("/sites/duplicates", data={**PAIR, **over}).status_code == status
    assert session.scalar(select(func.count()).select_from(Site).where(Site.active)) == 2
    assert session.scalar(select(func.count()).select_from(SiteDistinct)) == 0


def test_putting_a_retired_one_back_into_use_takes_the_mark_away(clerk: FlaskClient, session: Session) -> None:
    clerk.post("/sites/duplicates", data={**PAIR, "decision": SECOND})
    card = {
        "name": "第一中学北校区", "category": "C03", "region_id": region(session, TOWNSHIP).id, "version": 2,
        "coordinate_system": "CGCS2000", "active": "y",
    }  # fmt: skip
    session.rollback()
    assert clerk.post(f"/sites/{SECOND}/edit", data=card).status_code == 302
    site = by_reference(session, SECOND)
    assert (site.active, site.duplicate_of) == (True, None)


def test_what_may_be_registered_already_is_shown_before_it_is_saved(clerk: FlaskClient, session: Session) -> None:
    card = {
        "name": "第一中学", "category": "C03", "region_id": region(session, TOWNSHIP).id,
        "coordinate_system": "CGCS2000", "active": "y",
    }  # fmt: skip
    session.rollback()
    answer = clerk.post("/sites/new", data=card)
    assert answer.status_code == 422
    assert "可能已经登记过" in answer.get_data(as_text=True)
    assert FIRST in answer.get_data(as_text=True)
    assert clerk.post("/sites/new", data={**card, "register_anyway": "y"}).status_code == 302
    assert session.scalar(select(func.count()).select_from(Site)) == 3


def test_a_county_sees_no_pair_of_its_neighbour(client: FlaskClient, clerk: FlaskClient, session: Session) -> None:
    assert clerk is client
    with transaction():
        user = make_user(session, Role.COUNTY_CLERK, region(session, SHAWAN))
    sign_in(client, user)
    assert FIRST not in client.get("/sites/duplicates?region=654202").get_data(as_text=True)
    assert client.post("/sites/duplicates", data={**PAIR, "decision": "keep"}).status_code == 404
