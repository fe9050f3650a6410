from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from inspect_app.access.permissions import Role
from inspect_app.audit.service import seal_all, unsealed, verify
from inspect_app.core.database import transaction
from tests.accounts.factories import PASSWORD, make_user


@pytest.fixture
def settings(settings: dict[str, Any]) -> dict[str, Any]:
    return {**settings, "AUDIT_SEAL_EVERY": 2}


def test_requests_that_write_seal_the_trail_now_and_then(client: FlaskClient, session: Session) -> None:
    with transaction():
        login = make_user(session, Role.AUDITOR).login
        seal_all(session)
    waiting = []
    for _time in range(4):
        client.post("/sign-in", data={"login": login, "password": PASSWORD}).close()
        waiting.append(unsealed(session))
        session.rollback()
    assert waiting == [1, 0, 1, 0]
    assert verify(session) == []


def test_reading_seals_nothing(client: FlaskClient, session: Session) -> None:
    before = unsealed(session)
    session.rollback()
    for _time in range(3):
        client.get("/sign-in").close()
    assert unsealed(session) == before
