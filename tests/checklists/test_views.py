"""Pages of the checklists: reading, and what stands where."""

from dataclasses import replace

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from inspect_app.access.actor import SYSTEM
from inspect_app.access.permissions import Role
from inspect_app.checklists import queries, service
from inspect_app.checklists.definition import Checklist
from inspect_app.core.database import transaction
from tests.accounts.factories import make_user, sign_in
from tests.sites.factories import WUSU, region


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


@pytest.mark.parametrize("address", ["/checklists/C03?version=x", "/checklists/C03/changes?before=x"])
def test_a_version_that_is_no_number_is_refused(reader: FlaskClient, address: str) -> None:
    assert reader.get(address).status_code == 422


def test_a_reader_is_offered_nothing_to_write(reader: FlaskClient) -> None:
    page = reader.get("/checklists").get_data(as_text=True) + reader.get("/checklists/C03").get_data(as_text=True)
    assert not any(word in page for word in ("新建检查表", "另建新版本", "制定本地版", "试填", "下一步"))


def test_the_version_of_the_own_county_takes_the_place_of_the_list_it_came_from(
    reader: FlaskClient, session: Session
) -> None:
    with transaction():
        version = service.derive(session, SYSTEM, queries.current(session, "C03"), region(session, WUSU))
        service.take_step(session, SYSTEM, version, "try_out")
        service.take_step(session, SYSTEM, version, "publish")
    page = reader.get("/checklists").get_data(as_text=True)
    assert 'href="/checklists/C03-654202"' in page
    assert 'href="/checklists/C03"' not in page
    assert "派生自 C03-1" in page


def test_what_changed_between_two_versions_is_shown(reader: FlaskClient, session: Session) -> None:
    with transaction():
        version = service.copy_as_draft(session, SYSTEM, queries.current(session, "C03"))
        service.edit(session, SYSTEM, version, None, retitled)
        service.take_step(session, SYSTEM, version, "try_out")
        service.take_step(session, SYSTEM, version, "publish")
    page = reader.get("/checklists/C03/changes").get_data(as_text=True)
    assert "第 1 版与第 2 版相比" in page
    assert "另一个名称" in page
    same = reader.get("/checklists/C03/changes?before=2&after=2").get_data(as_text=True)
    assert "两个版本内容相同" in same


def retitled(checklist: Checklist) -> Checklist:
    return replace(checklist, title="另一个名称")
