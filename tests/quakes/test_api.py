"""Other systems post earthquakes with a key; the same one twice changes nothing."""

from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from inspect_app.access.actor import SYSTEM
from inspect_app.core.database import transaction
from inspect_app.quakes import tokens
from inspect_app.quakes.models import Quake, QuakeToken
from inspect_app.regions.queries import by_code
from tests.quakes.factories import TACHENG, WUSU, ZHANGYE, after

POSTED: dict[str, Any] = {
    "external_id": "CD.20260615100000.001", "occurred_at": "2026-06-15T10:00:00+08:00", "longitude": 84.712,
    "latitude": 44.4, "place": "乌苏市附近", "magnitude": 3.4, "source": "速报系统", "county": WUSU, "depth_km": 12,
}  # fmt: skip


@pytest.fixture
def token(session: Session) -> str:
    with transaction():
        return tokens.make(session, SYSTEM, by_code(session, TACHENG), "速报系统")


def post(client: FlaskClient, token: str, **over: Any) -> tuple[int, dict[str, Any]]:  # noqa: ANN401 - JSON
    with after(1):
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        answer = client.post("/api/quakes", json={**POSTED, **over}, headers=headers)
    told: dict[str, Any] = answer.get_json()
    return answer.status_code, told


def test_a_posted_earthquake_starts_the_clocks(client: FlaskClient, session: Session, token: str) -> None:
    status, told = post(client, token)
    assert (status, told["again"], told["reference"]) == (201, False, "DZ-20260615-01")
    assert {(each["code"], each["region"]) for each in told["clocks"]} == {("first", TACHENG), ("first", WUSU)}
    status, again = post(client, token, magnitude=5.0)
    assert (status, again) == (200, {**told, "again": True})
    assert session.scalar(select(func.count()).select_from(Quake)) == 1


def test_without_a_good_key_nothing_is_let_in(client: FlaskClient, session: Session, token: str) -> None:
    assert post(client, "")[0] == 401
    assert post(client, "wrong")[0] == 401
    with transaction():
        tokens.end(session, SYSTEM, session.scalars(select(QuakeToken.id)).one())
    assert post(client, token)[0] == 401
    assert session.scalar(select(func.count()).select_from(Quake)) == 0


def test_a_key_is_kept_as_a_digest_only(session: Session, token: str) -> None:
    kept = session.scalars(select(QuakeToken)).one()
    assert token not in (kept.token_hash, kept.name)


@pytest.mark.parametrize(
    ("over", "field"),
    [
        ({"magnitude": "3.4"}, "magnitude"), ({"occurred_at": "2026-06-15T10:00:00"}, "occurred_at"),
        ({"county": "999999"}, "county"), ({"county": "620702"}, "county"), ({"longitude": 10}, "longitude"),
        ({"place": " "}, "place"), ({"occurred_at": "2027-06-15T10:00:00+08:00"}, "occurred_at"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_by_field(client: FlaskClient, token: str, over: dict[str, Any], field: str) -> None:
    status, told = post(client, token, **over)
    assert status == 422
    assert field in told["problems"]


def test_an_id_that_another_desk_knows_is_refused(client: FlaskClient, session: Session, token: str) -> None:
    assert post(client, token)[0] == 201
    with transaction():
        other = tokens.make(session, SYSTEM, by_code(session, ZHANGYE), "另一系统")
    assert post(client, other, county="620702")[0] == 409
