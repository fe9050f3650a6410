"""The page of doubts counts, filters, links to the rows, and takes the finding."""

from datetime import datetime, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from inspect_app.access.permissions import Role
from inspect_app.core import clock
from inspect_app.core.database import transaction
from inspect_app.hazards.models import Hazard
from inspect_app.regions.queries import by_code
from tests.accounts.factories import make_user, sign_in
from tests.hazards.stories import stage


@pytest.fixture
def reference(session: Session, client: FlaskClient, clock: datetime) -> str:
    assert clock.year == 2026
    with transaction():
        hazard = stage(session).register()
        hazard.due_on = clock.date() - timedelta(days=3)
        officer = make_user(session, Role.PREFECTURE_OFFICER, by_code(session, "6542"))
        reference = hazard.reference
    sign_in(client, officer)
    return reference


def test_a_doubt_leads_to_its_row(client: FlaskClient, reference: str) -> None:
    page = client.get("/doubts").get_data(as_text=True)
    assert "期限早于发现日期" in page
    assert f'href="/hazards/{reference}"' in page


def test_filters_by_kind_and_county_narrow_the_list(client: FlaskClient, reference: str) -> None:
    assert reference in client.get("/doubts?kind=due_before_found&county=654202").get_data(as_text=True)
    for query in ("kind=short_visit", "county=654203"):
        assert reference not in client.get(f"/doubts?{query}").get_data(as_text=True)


def test_what_was_found_moves_the_doubt_among_the_settled(client: FlaskClient, reference: str) -> None:
    page = client.get("/doubts?kind=due_before_found").get_data(as_text=True)
    href = page.split('href="/doubts/due_before_found/')[1].split('"')[0]
    answer = client.post(f"/doubts/due_before_found/{href}", data={"text": "电话核实：期限写错了"})
    assert answer.status_code == 302
    assert reference not in client.get("/doubts?kind=due_before_found").get_data(as_text=True)
    settled = client.get("/doubts?settled=1").get_data(as_text=True)
    assert reference in settled
    assert "电话核实：期限写错了" in settled


def test_an_empty_finding_is_refused_with_a_sentence(client: FlaskClient, reference: str) -> None:
    page = client.get("/doubts?kind=due_before_found").get_data(as_text=True)
    assert reference in page
    href = page.split('href="/doubts/due_before_found/')[1].split('"')[0]
    answer = client.post(f"/doubts/due_before_found/{href}", data={"text": ""})
    assert answer.status_code == 422
    assert "请写明核实的情况" in answer.get_data(as_text=True)


@pytest.mark.usefixtures("reference")
def test_an_unknown_kind_or_page_says_so(client: FlaskClient) -> None:
    assert client.get("/doubts/nonsense/x").status_code == 404
    assert client.get("/doubts?after=x").status_code == 422
    assert clock.today().year == 2026


def test_a_wider_window_is_kept_while_filtering_and_an_unknown_one_is_the_shortest(
    client: FlaskClient, session: Session, reference: str
) -> None:
    with transaction():
        hazard = session.scalars(select(Hazard).where(Hazard.reference == reference)).one()
        hazard.found_on, hazard.due_on = clock.today() - timedelta(days=60), clock.today() - timedelta(days=63)
    for query, expected in (("", False), ("?days=77", False), ("?days=90", True)):
        assert (f'href="/hazards/{reference}"' in client.get(f"/doubts{query}").get_data(as_text=True)) == expected
    assert "days=90" in client.get("/doubts?days=90").get_data(as_text=True).split("</nav>")[1]
