"""Pages of the checklists."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from inspect_app.access.permissions import Role
from inspect_app.core.database import transaction
from tests.accounts.factories import make_user, sign_in
from tests.sites.factories import region


@pytest.fixture
def reader(client: FlaskClient, session: Session) -> FlaskClient:
    with transaction():
        user = make_user(session, Role.INSPECTOR, region(session))
    sign_in(client, user)
    return client


def test_every_published_list_is_listed(reader: FlaskClient) -> None:
    page = reader.get("/checklists").get_data(as_text=True)
    assert all(f"/checklists/{code}" in page for code in ("C01", "C03", "C12", "C18"))


def test_a_list_shows_its_items_bases_and_what_is_unverified(reader: FlaskClient) -> None:
    page = reader.get("/checklists/C03").get_data(as_text=True)
    assert page.count('id="C03-') == 16
    assert "《建设工程抗震管理条例》第二十一条" in page
    assert "2021-09-01 起施行" in page
    assert "引用前请业务人员复核" in page


@pytest.mark.parametrize(("address", "status"), [("/checklists/C99", 404), ("/checklists/C03?version=9", 404)])
def test_an_unknown_list_is_not_found(reader: FlaskClient, address: str, status: int) -> None:
    assert reader.get(address).status_code == status


def test_a_version_that_is_no_number_is_refused(reader: FlaskClient) -> None:
    assert reader.get("/checklists/C03?version=x").status_code == 422


def test_a_veto_of_single_parts_names_them(reader: FlaskClient) -> None:
    page = reader.get("/checklists/C16").get_data(as_text=True)
    assert "谎报、瞒报" in page.partition('id="C16-08"')[2].partition("</tr>")[0].rpartition("一票否决")[2]
