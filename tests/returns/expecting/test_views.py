"""Pages of what counties owe, and the zero report."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from inspect_app.access.permissions import Role
from inspect_app.audit.models import AuditEntry
from inspect_app.core import clock as core_clock
from inspect_app.core.database import transaction
from inspect_app.hazards.models import Hazard
from inspect_app.regions.queries import by_code
from inspect_app.returns.expecting.queries import missing
from inspect_app.returns.models import ReturnBatch
from tests.accounts.factories import make_user, sign_in
from tests.returns.ledgers import ledger_row, write_ledger
from tests.returns.sending import send

NONE = ["1", "", "", "", "无", *[""] * 15]
MAY, APRIL = "hazards-2026-05-654202", "hazards-2026-04-654202"


@pytest.fixture
def clerk(session: Session, client: FlaskClient, clock: datetime) -> FlaskClient:
    del clock
    with transaction():
        user = make_user(session, Role.COUNTY_CLERK, by_code(session, "654202"))
    sign_in(client, user)
    return client


def table(client: FlaskClient, year: int = 2026) -> dict[str, tuple[str, int]]:
    cells = client.get(f"/returns/due.json?owed=hazards&year={year}").get_json()["cells"]
    return {cell["period"]: (cell["standing"], cell["days"]) for cell in cells if cell["county"] == "654202"}


def test_months_without_a_return_are_missing_and_the_present_one_is_not_due(clerk: FlaskClient) -> None:
    found = table(clerk)
    assert found["2026-05"] == ("missing", 10)
    assert found["2026-06"] == ("not_due", 0)
    assert len(found) == 12
    assert "未报 10 天" in clerk.get("/returns/due").get_data(as_text=True)


def test_a_return_counts_by_the_day_it_was_received(clerk: FlaskClient, tmp_path: Path) -> None:
    send(tmp_path / "五月.xlsx", [ledger_row(1)], report_on=date(2026, 6, 3))
    found = table(clerk)
    assert found["2026-05"] == ("late", 10)
    assert "BB-654202-20260603-01" in clerk.get(f"/returns/due/{MAY}").get_data(as_text=True)


def test_a_zero_report_is_a_return_of_its_own(clerk: FlaskClient, session: Session) -> None:
    answer = clerk.post(f"/returns/due/{MAY}/zero", data={"sure": "y"}, follow_redirects=True)
    assert "零报告已收下" in answer.get_data(as_text=True)
    batch = session.scalars(select(ReturnBatch)).one()
    assert (batch.period, batch.zero, batch.state, sum(batch.counts.values())) == ("2026-05", True, "applied", 0)
    assert session.scalar(select(AuditEntry).where(AuditEntry.action == "return.zero"))
    assert table(clerk)["2026-05"] == ("late", 10)
    assert clerk.get(f"/returns/{batch.reference}").status_code == 200
    again = clerk.post(f"/returns/due/{MAY}/zero", data={"sure": "y"})
    assert again.status_code == 422
    assert "不能再作零报告" in again.get_data(as_text=True)


def test_who_still_has_open_hazards_is_asked_once(clerk: FlaskClient, session: Session, tmp_path: Path) -> None:
    send(tmp_path / "四月.xlsx", [ledger_row(1, 发现日期=date(2026, 4, 20))], report_on=date(2026, 5, 3))
    held = session.scalars(select(Hazard.reference)).all()
    refused = clerk.post(f"/returns/due/{MAY}/zero")
    assert refused.status_code == 422
    assert "请勾选确认" in refused.get_data(as_text=True)
    assert clerk.post(f"/returns/due/{MAY}/zero", data={"sure": "y"}).status_code == 302
    assert session.scalars(select(Hazard.reference)).all() == held


def test_a_period_that_lasts_has_no_zero_report(clerk: FlaskClient) -> None:
    answer = clerk.post("/returns/due/hazards-2026-06-654202/zero", data={"sure": "y"})
    assert answer.status_code == 422
    assert "还没有结束" in answer.get_data(as_text=True)


@pytest.mark.parametrize(
    "reference",
    ["hazards-2026-05-654221", "x-2026-05-654202", "hazards-2026-13-654202", "hazards-0000-05-654202", "hazards", "-"],
)
def test_what_is_not_owed_or_not_seen_is_not_found(clerk: FlaskClient, reference: str) -> None:
    assert clerk.get(f"/returns/due/{reference}").status_code == 404


def test_a_file_that_says_zero_is_a_zero_report(clerk: FlaskClient, session: Session, tmp_path: Path) -> None:
    send(tmp_path / "零.xlsx", [NONE], report_on=date(2026, 6, 3))
    assert session.scalars(select(ReturnBatch.zero)).one()
    assert table(clerk)["2026-05"][0] == "late"


def test_the_sender_confirms_the_period_and_a_file_of_another_month_is_noticed(
    clerk: FlaskClient, upload: Callable[..., str]
) -> None:
    shown = clerk.get("/returns/new?period=2026-05").get_data(as_text=True)
    assert '<option selected value="2026-05">' in shown
    assert "文件自己写的是 4月 的情况" in upload("乌苏市4月台账.xlsx", period="2026-05")
    assert "文件自己写的是" not in upload("乌苏市5月台账.xlsx", period="2026-05", row=2)


@pytest.fixture
def upload(clerk: FlaskClient, session: Session, tmp_path: Path) -> Callable[..., str]:
    county = by_code(session, "654202").id
    session.rollback()

    def do(name: str, *, period: str, row: int = 1) -> str:
        path = write_ledger(tmp_path / name, [ledger_row(row)])
        with path.open("rb") as stream:
            data = {"county": county, "report_on": "2026-06-02", "period": period, "file": (stream, name)}
            return clerk.post("/returns/new", data=data, follow_redirects=True).get_data(as_text=True)

    return do


def test_those_who_should_have_sent_are_reminded(session: Session, clerk: FlaskClient) -> None:
    found = {each.reference: each.on for each in missing(session)}
    assert found[MAY] == date(2026, 6, 5)
    assert {each[-6:] for each in found} == {"654202"}
    clerk.post(f"/returns/due/{MAY}/zero", data={"sure": "y"})
    assert MAY not in {each.reference for each in missing(session)}
    assert APRIL in {each.reference for each in missing(session)}


def test_the_page_of_a_year_long_ago_is_the_present_year(clerk: FlaskClient) -> None:
    assert core_clock.today().year == 2026
    assert "2026 年" in clerk.get("/returns/due?year=1999&owed=nothing").get_data(as_text=True)


def test_registers_are_owed_too_and_lead_to_their_pages(clerk: FlaskClient) -> None:
    page = clerk.get("/returns/due?owed=supplies").get_data(as_text=True)
    assert '<th scope="col">H1</th>' in page
    duty = clerk.get("/returns/due/supplies-2025H2-654202").get_data(as_text=True)
    assert "/registers/supplies" in duty
    assert "作零报告" not in duty
