from io import BytesIO
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook
from sqlalchemy import select
from sqlalchemy.orm import Session

from inspect_app.access.permissions import Role
from inspect_app.audit.models import AuditEntry
from inspect_app.core.database import transaction
from inspect_app.regions.queries import by_code
from inspect_app.returns.models import IssuedWorkbook
from tests.accounts.factories import make_user, sign_in
from tests.returns.ledgers import ledger_row
from tests.returns.sending import send

pytestmark = pytest.mark.usefixtures("clock")


def enter(client: FlaskClient, session: Session, role: Role, code: str) -> FlaskClient:
    with transaction():
        user = make_user(session, role, by_code(session, code))
    sign_in(client, user)
    return client


def issued(session: Session) -> IssuedWorkbook:
    session.rollback()
    return session.scalars(select(IssuedWorkbook)).one()


def test_a_clerk_makes_the_own_countys_workbook_fetches_it_and_sends_it_back(
    client: FlaskClient, session: Session, tmp_path: Path
) -> None:
    send(tmp_path / "first.xlsx", [ledger_row(1), ledger_row(2)])
    enter(client, session, Role.COUNTY_CLERK, "654202")
    assert "生成核对表" in client.get("/returns/issue").get_data(as_text=True)
    assert client.post("/returns/issue/654202").status_code == 302
    code = issued(session).code
    page = client.get("/returns/issue").get_data(as_text=True)
    assert code in page
    assert "还没有交回" in page
    answer = client.get(f"/returns/issue/{code}.xlsx")
    book = load_workbook(BytesIO(answer.data))
    assert book.sheetnames == ["隐患清单", "填表说明", "选项", "系统信息"]
    assert [book[name].sheet_state for name in book.sheetnames] == ["visible", "visible", "hidden", "hidden"]
    data = {"county": str(by_code(session, "654202").id), "report_on": "2026-06-15"}
    session.rollback()
    sent = client.post("/returns/new", data={**data, "file": (BytesIO(answer.data), "下发.xlsx")})
    assert sent.location.rsplit("/", 1)[-1] in client.get("/returns/issue").get_data(as_text=True)
    back = client.get(f"{sent.location}/answer.xlsx")
    assert "attachment" in back.headers["Content-Disposition"]
    assert load_workbook(BytesIO(back.data)).sheetnames[0] == "核对结果"


def test_an_officer_issues_to_the_counties_of_the_prefecture_and_to_no_other(
    client: FlaskClient, session: Session
) -> None:
    enter(client, session, Role.PREFECTURE_OFFICER, "6542")
    assert client.post("/returns/issue/654221").status_code == 302
    assert client.post("/returns/issue/620702").status_code == 404
    assert issued(session).county.code == "654221"
    action = select(AuditEntry.action).where(AuditEntry.subject_kind == "issued_workbook")
    assert session.scalars(action).all() == ["issued_workbook.issue"]


def test_the_workbook_of_another_county_does_not_exist(client: FlaskClient, session: Session) -> None:
    enter(client, session, Role.COUNTY_CLERK, "654221")
    client.post("/returns/issue/654221")
    code = issued(session).code
    client.post("/sign-out")
    enter(client, session, Role.COUNTY_CLERK, "654202")
    assert client.post("/returns/issue/654221").status_code == 404
    assert client.get(f"/returns/issue/{code}.xlsx").status_code == 404
    assert code not in client.get("/returns/issue").get_data(as_text=True)


def test_a_leader_issues_nothing(client: FlaskClient, session: Session) -> None:
    enter(client, session, Role.PREFECTURE_LEADER, "6542")
    assert client.get("/returns/issue").status_code == 403
    assert client.post("/returns/issue/654202").status_code == 403
