"""How many cells a county fills, and how many of them were known."""

from datetime import date, datetime
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from inspect_app.access.permissions import Role
from inspect_app.core.database import transaction
from inspect_app.regions.queries import by_code
from inspect_app.returns.burden.queries import asked_twice, month_of
from inspect_app.returns.models import ReturnBatch
from tests.accounts.factories import make_user, sign_in
from tests.returns.ledgers import ledger_row, write_ledger
from tests.returns.sending import receive, send

CELLS_OF_A_ROW = 10


@pytest.fixture
def officer(session: Session, client: FlaskClient, clock: datetime) -> FlaskClient:
    del clock
    with transaction():
        user = make_user(session, Role.PREFECTURE_OFFICER, by_code(session, "6542"))
    sign_in(client, user)
    return client


def loads(client: FlaskClient, month: str) -> dict[str, dict[str, int]]:
    told = client.get(f"/returns/burden.json?month={month}").get_json()
    return {each.pop("county"): each for each in told["counties"]}


def test_what_is_new_and_what_was_known_are_counted_apart(
    officer: FlaskClient, session: Session, tmp_path: Path
) -> None:
    send(tmp_path / "一.xlsx", [ledger_row(1), ledger_row(2)])
    assert session.scalars(select(ReturnBatch.burden)).one() == {"rows": 2, "filled": 20, "changed": 20}
    receive(write_ledger(tmp_path / "二.xlsx", [ledger_row(1), ledger_row(2, 整改责任人="钱进"), ledger_row(3)]))
    found = loads(officer, "2026-06")["654202"]
    assert (found["returns"], found["filled"], found["changed"], found["repeated"]) == (2, 50, 31, 19)


def test_a_county_that_sent_nothing_stands_there_with_nothing(officer: FlaskClient) -> None:
    found = loads(officer, "2026-06")
    assert len(found) == 7
    assert {each["filled"] for each in found.values()} == {0}


def test_each_month_has_its_own(officer: FlaskClient, tmp_path: Path) -> None:
    send(tmp_path / "一.xlsx", [ledger_row(1)])
    assert loads(officer, "2026-05")["654202"]["returns"] == 0
    page = officer.get("/returns/burden?month=2026-06").get_data(as_text=True)
    assert "基层填报负担 · 2026-06" in page
    assert "乌苏市" in page


def test_the_figures_of_a_month_lead_to_the_returns_received_in_it(officer: FlaskClient, tmp_path: Path) -> None:
    send(tmp_path / "一.xlsx", [ledger_row(1)])
    page = officer.get("/returns/burden?month=2026-06").get_data(as_text=True)
    assert "/returns?region=654202&amp;month=2026-06" in page
    query = "/returns?region=654202&month="
    assert "BB-654202" in officer.get(f"{query}2026-06").get_data(as_text=True)
    assert "BB-654202" not in officer.get(f"{query}2026-05").get_data(as_text=True)


@pytest.mark.parametrize("text", ["", "2026", "2026-13", "十月"])
@pytest.mark.usefixtures("clock")
def test_a_month_that_is_none_is_the_present_one(text: str) -> None:
    assert month_of(text).code == "2026-06"
    assert month_of("2025-12").end == date(2025, 12, 31)


def test_what_is_asked_twice_names_who_asks() -> None:
    found = asked_twice()
    assert all(len(each.sources) > 1 for each in found)
    assert len({each.heading for each in found}) == len(found)
    assert [len(each.sources) for each in found] == sorted((len(each.sources) for each in found), reverse=True)
