import re
from datetime import datetime, timedelta
from html import unescape

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from inspect_app.access.actor import SYSTEM
from inspect_app.access.permissions import Role
from inspect_app.audit.service import record, seal_all
from inspect_app.core import clock
from inspect_app.core.database import transaction
from inspect_app.regions.queries import by_code
from inspect_app.regions.seeding import seed
from tests.accounts.factories import make_user, sign_in


def write(session: Session, count: int, **over: str) -> None:
    with transaction():
        for number in range(count):
            record(
                session,
                SYSTEM,
                over.get("action", "hazard.assign"),
                kind=over.get("kind", "hazard"),
                id=number,
                reference=f"YH-{number:04d}",
                changes={"state": ["registered", "assigned"]},
            )


@pytest.fixture
def auditor(client: FlaskClient, session: Session) -> FlaskClient:
    with transaction():
        user = make_user(session, Role.AUDITOR)
    sign_in(client, user)
    return client


def test_the_auditor_reads_who_changed_what(auditor: FlaskClient, session: Session) -> None:
    write(session, 1)
    page = auditor.get("/audit").get_data(as_text=True)
    for text in ("系统", "hazard.assign", "YH-0000", "registered → assigned", "待封存"):
        assert text in page
    with transaction():
        seal_all(session)
    assert "已封存" in auditor.get("/audit?kind=hazard").get_data(as_text=True)


def test_every_entry_is_on_exactly_one_page(auditor: FlaskClient, session: Session) -> None:
    write(session, 120)
    numbers: list[str] = []
    address = "/audit?kind=hazard"
    for _page in range(3):
        page = auditor.get(address).get_data(as_text=True)
        numbers += re.findall(r"YH-\d{4}", page)
        following = re.search(r'rel="next" href="([^"]+)"', page)
        address = unescape(following[1]) if following else ""
    assert address == ""
    assert numbers == sorted(numbers, reverse=True)
    assert len(set(numbers)) == len(numbers) == 120


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("person=系统", True),
        ("person=张三", False),
        ("action=hazard", True),
        ("action=site", False),
        ("reference=YH-00", True),
        ("reference=%25", False),
        ("kind=site", False),
        ("since=2026-06-15&until=2026-06-15", True),
        ("since=2026-06-16", False),
        ("until=2026-06-14", False),
    ],
)
def test_filters_narrow(auditor: FlaskClient, session: Session, query: str, shown: bool) -> None:  # noqa: FBT001
    late = datetime(2026, 6, 15, 23, 59, tzinfo=clock.LOCAL)
    with clock.set_to(late):
        write(session, 1)
    assert ("YH-0000" in auditor.get(f"/audit?{query}").get_data(as_text=True)) is shown


def test_a_wrong_date_is_told_and_does_not_break_the_page(auditor: FlaskClient) -> None:
    page = auditor.get("/audit?since=2026-13-45&before=x&_external=1")
    assert page.status_code == 200
    assert page.get_data(as_text=True).count('class="mistakes"') == 1


@pytest.mark.parametrize("address", ["/audit", "/audit?person=样例", "/audit?kind="])
def test_a_filter_left_open_is_no_mistake(auditor: FlaskClient, address: str) -> None:
    assert 'class="mistakes"' not in auditor.get(address).get_data(as_text=True)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.AUDITOR])
def test_nobody_but_the_auditor_reads_the_trail(client: FlaskClient, session: Session, role: Role) -> None:
    with transaction():
        seed(session)
        region = None if role in {Role.SECURITY_ADMINISTRATOR, Role.SYSTEM_ADMINISTRATOR} else by_code(session, "6542")
        user = make_user(session, role, region)
    sign_in(client, user)
    assert client.get("/audit").status_code == 403


def test_a_page_says_when_nothing_matches(auditor: FlaskClient) -> None:
    future = (clock.today() + timedelta(days=400)).isoformat()
    assert "没有符合条件的审计记录" in auditor.get(f"/audit?since={future}").get_data(as_text=True)
