import re
from collections.abc import Iterator
from datetime import datetime
from html import unescape
from io import BytesIO

import openpyxl
import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from inspect_app.access.permissions import Role
from inspect_app.core.database import transaction
from inspect_app.hazards.words import State
from inspect_app.regions.models import Region
from inspect_app.regions.queries import by_code
from inspect_app.web.downloads import WORKBOOK
from tests.accounts.factories import make_user, sign_in
from tests.reporting.stock import TODAY, fill, put

FIGURE = re.compile(r'<a href="(/hazards\?[^"]+)"[^>]*>(?:<b>)?([\d,]+)<')
COUNT = re.compile(r'class="count">\D*([\d,]+)')
WIDE_ROLES = {Role.PREFECTURE_OFFICER, Role.PREFECTURE_LEADER, Role.ASSESSOR}
SCOPELESS = {Role.SECURITY_ADMINISTRATOR, Role.AUDITOR, Role.SYSTEM_ADMINISTRATOR}


@pytest.fixture
def counties(session: Session, clock: datetime) -> dict[str, Region]:
    assert clock.date() == TODAY
    with transaction():
        return {**fill(session), "prefecture": by_code(session, "6542")}


def enter(session: Session, client: FlaskClient, role: Role, region: Region | None) -> None:
    with transaction():
        person = make_user(session, role, region)
    sign_in(client, person)


def page(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return answer.get_data(as_text=True)


def figures(text: str) -> Iterator[tuple[str, int]]:
    for address, number in FIGURE.findall(text):
        yield unescape(address), int(number.replace(",", ""))


def listed(client: FlaskClient, address: str) -> int:
    found = COUNT.search(page(client, address))
    assert found, address
    return int(found[1].replace(",", ""))


def ledger_rows(client: FlaskClient, query: str) -> int:
    answer = client.get(f"/overview/ledger?{query}")
    assert answer.status_code == 200
    sheet = openpyxl.load_workbook(BytesIO(answer.get_data())).worksheets[0]
    answer.close()
    return int(sheet.max_row) - 3


@pytest.mark.parametrize("role", list(Role))
def test_every_role_has_a_home_page(
    session: Session, client: FlaskClient, counties: dict[str, Region], role: Role
) -> None:
    region = None if role in SCOPELESS else counties["prefecture" if role in WIDE_ROLES else "wusu"]
    enter(session, client, role, region)
    assert "您好" in page(client, "/")


def test_nobody_is_sent_to_sign_in(client: FlaskClient) -> None:
    answer = client.get("/")
    assert (answer.status_code, "/sign-in" in answer.headers["Location"]) == (302, True)


@pytest.mark.parametrize("address", ["/overview", "/overview/654202"])
def test_overview_list_and_ledger_agree_on_every_figure(
    session: Session, client: FlaskClient, counties: dict[str, Region], address: str
) -> None:
    enter(session, client, Role.PREFECTURE_LEADER, counties["prefecture"])
    told = {link: number for link, number in figures(page(client, address)) if "fact=" not in link}
    assert len(told) > 12
    for link, number in told.items():
        assert listed(client, link) == number, link
        assert ledger_rows(client, link.partition("?")[2]) == number, link


def test_every_figure_of_a_score_leads_to_its_rows(
    session: Session, client: FlaskClient, counties: dict[str, Region]
) -> None:
    enter(session, client, Role.ASSESSOR, counties["prefecture"])
    told = list(figures(page(client, "/assessments/654202")))
    assert [number for _, number in told] == [4, 14, 1, 2, 0, 9]
    for link, number in told:
        assert listed(client, link) == number, link


def test_desk_figures_lead_to_their_rows(session: Session, client: FlaskClient, counties: dict[str, Region]) -> None:
    enter(session, client, Role.COUNTY_CLERK, counties["wusu"])
    told = list(figures(page(client, "/")))
    assert len(told) == 4
    for link, number in told:
        assert listed(client, link) == number, link


def test_what_does_not_apply_is_a_dash_with_its_reason(
    session: Session, client: FlaskClient, counties: dict[str, Region]
) -> None:
    enter(session, client, Role.ASSESSOR, counties["prefecture"])
    text = page(client, "/assessments")
    row = text[text.index(">裕民县</a>") :]
    assert '<span aria-hidden="true">—</span>' in row[: row.index("</tr>")]
    assert "应计的数量" in row[: row.index("</tr>")]
    assert "None" not in text


def test_a_county_without_anything_shows_dashes_and_no_rate(
    session: Session, client: FlaskClient, counties: dict[str, Region]
) -> None:
    enter(session, client, Role.COUNTY_HEAD, counties["yumin"])
    text = page(client, "/overview/654225")
    assert "销号率 —" in text
    assert "没有逾期的隐患" in text
    assert "100%" not in text
    assert "100.0%" not in text


def test_a_county_is_sent_to_its_own_page_and_sees_no_other(
    session: Session, client: FlaskClient, counties: dict[str, Region]
) -> None:
    enter(session, client, Role.COUNTY_HEAD, counties["wusu"])
    answer = client.get("/overview")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/overview/654202")
    for address in ("/overview/654203", "/assessments/654203", "/overview/ledger?region=654203", "/overview/6542"):
        assert client.get(address).status_code == 404, address
    assert "沙湾" not in page(client, "/assessments")


def test_the_ledger_is_a_named_attachment(session: Session, client: FlaskClient, counties: dict[str, Region]) -> None:
    enter(session, client, Role.COUNTY_CLERK, counties["wusu"])
    answer = client.get("/overview/ledger?state=closed")
    disposition = answer.headers["Content-Disposition"]
    answer.close()
    assert disposition.startswith("attachment;")
    assert "%E4%B9%8C%E8%8B%8F%E5%B8%82" in disposition
    assert answer.mimetype == WORKBOOK


def test_administrators_have_no_overview(session: Session, client: FlaskClient, counties: dict[str, Region]) -> None:
    assert counties
    enter(session, client, Role.AUDITOR, None)
    for address in ("/overview", "/assessments", "/overview/ledger"):
        assert client.get(address).status_code == 403, address


def test_a_hostile_text_is_shown_as_text(session: Session, client: FlaskClient, counties: dict[str, Region]) -> None:
    with transaction():
        put(session, counties["wusu"], State.RECTIFYING, due_on=TODAY, description="<script>alert(1)</script>")
    enter(session, client, Role.COUNTY_HEAD, counties["wusu"])
    text = page(client, "/")
    assert "<script>alert(1)" not in text
    assert "&lt;script&gt;alert(1)" in text


def test_the_assessor_keeps_snapshots_and_others_do_not(
    session: Session, client: FlaskClient, counties: dict[str, Region]
) -> None:
    enter(session, client, Role.ASSESSOR, counties["prefecture"])
    answer = client.post("/assessments/run", data={"period": "2026", "region": ""})
    assert answer.status_code == 302
    assert "已存档 7 个" in page(client, "/assessments?period=2026")
    assert "存档时间" in page(client, "/assessments/654202")
    client.post("/sign-out")
    enter(session, client, Role.COUNTY_CLERK, counties["wusu"])
    assert client.post("/assessments/run", data={"period": "2026"}).status_code == 403


def test_a_wrong_period_is_a_sentence(session: Session, client: FlaskClient, counties: dict[str, Region]) -> None:
    enter(session, client, Role.ASSESSOR, counties["prefecture"])
    answer = client.get("/assessments?period=soon")
    assert answer.status_code == 422
    assert "四位年份" in answer.get_data(as_text=True)
