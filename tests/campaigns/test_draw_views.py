"""Draws on pages: made with rules, published with everything, made anew only with a reason, turned into visits."""

import json

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.accounts.models import User
from inspect_app.campaigns import draws
from inspect_app.campaigns.models import Campaign, Draw
from tests.accounts.factories import sign_in
from tests.campaigns.test_draw_visits import kept
from tests.campaigns.test_draws import campaign, officer

__all__ = ["campaign", "kept", "officer"]
FORM = {"percent": "20", "per_county": "0", "backlog_days": "730", "failing_below": "60", "seed": "2026-06-15"}


@pytest.fixture
def address(client: FlaskClient, session: Session, campaign: Campaign, officer: Actor) -> str:
    """The page of draws, opened by the officer."""
    sign_in(client, session.get_one(User, officer.id))
    return f"/campaigns/{campaign.reference}/draws"


def test_a_draw_is_published_with_seed_hash_and_result(client: FlaskClient, address: str) -> None:
    answer = client.post(address, data=FORM)
    assert answer.status_code == 302
    page = client.get(answer.location).get_data(as_text=True)
    told = client.get(f"{answer.location}.json").get_json()
    assert "复演一致" in page
    for text in (told["seed"], told["pool_hash"], *(each["reference"] for each in told["result"]["drawn"])):
        assert text in page
    assert len(told["pool"]["objects"]) == 10
    assert len(told["result"]["drawn"]) == 2
    assert json.dumps(told["rules"])


def test_what_is_typed_wrong_is_told_at_its_field(client: FlaskClient, address: str) -> None:
    page = client.post(address, data={**FORM, "percent": "0", "per_county": ""})
    assert page.status_code == 422
    assert "比例应在 0.1 至 100 之间" in page.get_data(as_text=True)
    assert "请填写，可以是 0" in page.get_data(as_text=True)


def test_a_second_draw_asks_for_the_reason(client: FlaskClient, address: str) -> None:
    client.post(address, data=FORM)
    refused = client.post(address, data=FORM)
    assert refused.status_code == 422
    assert "重抽必须写明原因" in refused.get_data(as_text=True)
    again = client.post(address, data={**FORM, "reason": "漏了一所学校"})
    assert "漏了一所学校" in client.get(again.location).get_data(as_text=True)
    assert "现行" in client.get(address).get_data(as_text=True)


def test_the_visits_are_shown_before_they_are_made(
    client: FlaskClient, address: str, session: Session, kept: Draw
) -> None:
    assert address
    shown = f"/campaigns/draws/{kept.reference}/visits"
    page = client.get(shown).get_data(as_text=True)
    assert "将生成 2 次检查" in page
    fingerprint = page.split('name="fingerprint" value="')[1].split('"')[0]
    assert client.post(shown, data={"fingerprint": fingerprint}).status_code == 302
    assert len(draws.visits_of(session, kept)) == 2
    assert client.post(shown, data={"fingerprint": fingerprint}).status_code == 409
