"""Pages of the register of legal bases."""

from dataclasses import replace
from datetime import date

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from inspect_app.access.actor import SYSTEM
from inspect_app.access.permissions import Role
from inspect_app.checklists import queries, service
from inspect_app.core.database import transaction
from inspect_app.law.definitions import Register
from tests.accounts.factories import make_user, sign_in
from tests.sites.factories import SHAWAN, WUSU, region

BASES = "/checklists/bases"


@pytest.fixture
def reader(client: FlaskClient, session: Session) -> FlaskClient:
    with transaction():
        user = make_user(session, Role.INSPECTOR, region(session))
    sign_in(client, user)
    return client


def page(reader: FlaskClient, address: str) -> str:
    answer = reader.get(address)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def row(text: str, code: str) -> str:
    return text.partition(f'<tr id="{code}">')[2].partition("</tr>")[0]


def test_every_basis_is_listed_with_its_dates_and_who_cites_it(reader: FlaskClient) -> None:
    text = page(reader, BASES)
    assert text.count('<tr id="') == len(queries.register())
    told = row(text, "REG-744")
    assert "国务院令第744号" in told
    assert "2021-09-01" in told
    assert f"{BASES}/REG-744#items" in told


def test_what_has_lapsed_comes_first_and_names_its_successor(reader: FlaskClient) -> None:
    text = page(reader, BASES)
    told = row(text, "REG-591")
    assert "已失效" in told
    assert "2026-04-30" in told
    assert f"{BASES}/LAW-WHP" in told
    assert text.index('<tr id="REG-591">') < text.index('<tr id="LAW-FZJZ">')
    assert "今天没有检查项引用已失效或尚未生效的依据" in text


def test_a_lapsed_basis_shows_every_item_that_it_flags(reader: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    known = dict(queries.register())
    known["LAW-KSAQ"] = replace(known["LAW-KSAQ"], in_force_until=date(2026, 6, 14))
    monkeypatch.setattr(queries, "register", lambda: Register(known))
    text = page(reader, BASES)
    assert "今天没有检查项" not in text
    flagged = text.partition("引用了失效或尚未生效依据的检查项")[2].partition("</section>")[0]
    assert [code for code in ("C09-02", "C09-09", "C09-01") if code in flagged] == ["C09-02", "C09-09"]


def test_the_register_is_filtered_by_doubt(reader: FlaskClient) -> None:
    text = page(reader, f"{BASES}?standing=unread")
    assert row(text, "GB-50981-2014")
    assert not row(text, "LAW-FZJZ")
    assert "法律依据登记册" in text


def test_an_unknown_doubt_is_refused(reader: FlaskClient) -> None:
    assert reader.get(f"{BASES}?standing=x").status_code == 422


def test_one_basis_shows_its_items_with_their_articles(reader: FlaskClient) -> None:
    text = page(reader, f"{BASES}/REG-744")
    assert "/checklists/C03?version=1#C03-05" in text
    assert "第二十一条" in text


def test_what_is_not_verified_says_so(reader: FlaskClient) -> None:
    assert "尚未核对原文，引用前请业务人员复核" in page(reader, f"{BASES}/GB-50981-2014")
    assert "日期" in page(reader, f"{BASES}/LAW-AQSC").partition("尚未核对的")[2][:200]


def test_an_unknown_basis_is_not_found(reader: FlaskClient) -> None:
    assert reader.get(f"{BASES}/REG-0").status_code == 404


def test_lists_of_other_counties_stay_theirs(reader: FlaskClient, session: Session) -> None:
    with transaction():
        for county in (WUSU, SHAWAN):
            derived = service.derive(session, SYSTEM, queries.current(session, "C03"), region(session, county))
            service.take_step(session, SYSTEM, derived, "try_out")
            service.take_step(session, SYSTEM, derived, "publish")
    text = page(reader, f"{BASES}/REG-744")
    assert f"/checklists/C03-{WUSU}?version=1#C03-05" in text
    assert f"/checklists/C03-{SHAWAN}" not in text


def test_the_lists_lead_to_the_register(reader: FlaskClient) -> None:
    assert f'href="{BASES}"' in page(reader, "/checklists")
