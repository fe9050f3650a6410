"""A draw is kept with all that is needed to repeat it; a changed pool is told, and no draw is made anew in silence."""

import json
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskCliRunner
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from inspect_app.access.actor import SYSTEM, Actor
from inspect_app.access.permissions import Role
from inspect_app.accounts.models import User
from inspect_app.campaigns import avoidance, draws, service
from inspect_app.campaigns.draw_limits import draw_limits
from inspect_app.campaigns.drawing import Why
from inspect_app.campaigns.models import Campaign, CampaignVisit, Draw
from inspect_app.campaigns.pool import user_key
from inspect_app.campaigns.rules import Aim
from inspect_app.core import clock
from inspect_app.core.database import transaction
from inspect_app.core.errors import Conflict, Forbidden, Invalid
from inspect_app.inspections import service as visits
from inspect_app.regions.queries import by_code
from inspect_app.sites import service as sites
from inspect_app.sites.models import Site
from tests.accounts.factories import actor_of, make_user
from tests.inspections.factories import make_team, make_visit, submitted
from tests.sites.factories import make_site

RULES = draw_limits().rules(date(2026, 6, 15), Decimal("0.2"))


@pytest.fixture
def officer(session: Session, clock: datetime) -> Actor:
    assert clock.year == 2026
    with transaction():
        return actor_of(make_user(session, Role.PREFECTURE_OFFICER, by_code(session, "6542")))


@pytest.fixture
def campaign(session: Session, officer: Actor) -> Campaign:
    """Ten schools of 乌苏市, five inspectors, a campaign of the prefecture that draws among them."""
    with transaction():
        for number in range(10):
            make_site(session, name=f"第{number}小学")
        make_team(session, size=5)
        return make_campaign(session, officer)


def make_campaign(session: Session, actor: Actor, kind: str = "dual_random") -> Campaign:
    prefecture = by_code(session, "6542")
    return service.create(
        session,
        actor,
        prefecture,
        title="双随机检查",
        kind=kind,
        document_number="",
        starts_on=date(2026, 6, 20),
        ends_on=date(2026, 8, 31),
        lead_unit="塔城地区应急管理局",
        cooperating_units=[],
        region_ids=[prefecture.id],
        categories=[],
        checklist_codes=[],
        key_counties=False,
        key_objects=False,
        aim=Aim(),
        requirements="",
    )


def drawn(session: Session, campaign: Campaign, actor: Actor = SYSTEM, **over: str) -> Draw:
    with transaction():
        return draws.make_draw(session, actor, campaign, RULES, **{"seed": "2026-06-15", **over})


def test_a_draw_keeps_pool_rules_seed_and_result_and_replays_the_same(session: Session, campaign: Campaign) -> None:
    kept = drawn(session, campaign)
    assert kept.reference == "CQ-6542-2026-0001"
    assert len(draws.pool_in(kept).objects) == 10
    assert [each.why for each in draws.result_of(kept).drawn] == [Why.BACKLOG] * 2
    done = draws.replay(session, kept)
    assert done.faithful
    assert done.changed == ()
    assert done.result == draws.result_of(kept)


def test_without_a_seed_one_is_made_and_kept(session: Session, campaign: Campaign) -> None:
    first, second = drawn(session, campaign, seed=""), drawn(session, campaign, seed="", reason="抽样库漏了学校")
    assert len(first.seed) == 16
    assert first.seed != second.seed


def test_a_changed_register_is_told_object_by_object(session: Session, campaign: Campaign) -> None:
    kept = drawn(session, campaign)
    with transaction():
        site = session.query(Site).order_by(Site.reference).first()
        assert site is not None
        sites.update(session, SYSTEM, site, site.version, **{**sites.card_of(site), "key_object": True})
        make_site(session, name="第十一小学")
    assert [str(each) for each in draws.replay(session, kept).changed] == [
        "库中新增检查对象 DX-654202-C03-0011。",
        "检查对象 DX-654202-C03-0001 的登记变了：暴露度 2→4。",
    ]


def test_visits_made_since_change_nothing(session: Session, campaign: Campaign) -> None:
    kept = drawn(session, campaign)
    with clock.set_to(clock.now() + timedelta(days=3)), transaction():
        submitted(session, make_visit(session, site=session.query(Site).order_by(Site.id).first()))
    assert [str(each) for each in draws.replay(session, kept).changed if "DX-" in str(each)] == []


def test_a_second_draw_needs_a_reason_and_names_the_first(session: Session, campaign: Campaign) -> None:
    first = drawn(session, campaign)
    with pytest.raises(Invalid, match="原因"):
        drawn(session, campaign)
    second = drawn(session, campaign, reason="两所学校已合并")
    assert (second.number, second.replaces_id, second.reason) == (2, first.id, "两所学校已合并")


def test_what_visits_hang_on_is_not_drawn_again(session: Session, campaign: Campaign) -> None:
    kept = drawn(session, campaign)
    with transaction():
        visit = make_visit(session, campaign_id=campaign.id)
        session.add(CampaignVisit(inspection_id=visit.id, campaign_id=campaign.id, draw_id=kept.id))
    with pytest.raises(Conflict, match="作废"):
        drawn(session, campaign, reason="想换一批")
    with transaction():
        visits.void(session, SYSTEM, visit, "对象停业")
    assert drawn(session, campaign, reason="想换一批").number == 2


def test_the_database_refuses_to_change_a_draw(session: Session, campaign: Campaign) -> None:
    drawn(session, campaign)
    with pytest.raises(DBAPIError, match="append-only"), transaction():
        session.execute(text("UPDATE campaign_draw SET seed = 'mine'"))


def test_a_result_that_does_not_follow_from_the_pool_is_told(session: Session, campaign: Campaign) -> None:
    kept = drawn(session, campaign)
    with session.no_autoflush:
        kept.result = {**kept.result, "wanted": 9}
        kept.pool_hash = "0" * 64
        told = draws.replay(session, kept)
    session.rollback()
    assert not told.faithful
    assert [str(each)[:3] for each in told.tampered] == ["抽样库", "按原来"]


def test_who_avoids_an_object_is_never_drawn_for_it(session: Session, campaign: Campaign, officer: Actor) -> None:
    with transaction():
        barred = session.query(User).filter(User.role == Role.INSPECTOR).first()
        assert barred is not None
        county = by_code(session, "654202")
        declared = avoidance.Declaration(user_id=barred.id, region_id=county.id, reason="原任职单位")
        avoidance.declare(session, SYSTEM, declared)
    for number in range(12):
        kept = drawn(session, campaign, officer, seed=f"s{number}", reason="试")
        teams = {user_key(person) for each in draws.result_of(kept).drawn for person in each.team}
        assert barred.id not in teams


def test_an_empty_scope_or_a_long_seed_is_refused(session: Session, campaign: Campaign) -> None:
    with pytest.raises(Invalid, match="64"):
        drawn(session, campaign, seed="x" * 65)
    with transaction():
        campaign.key_objects = True
    with pytest.raises(Invalid, match="无从抽取"):
        drawn(session, campaign)


def test_only_dual_random_campaigns_of_ones_own_region_are_drawn_for(session: Session, officer: Actor) -> None:
    with transaction():
        special, dual = make_campaign(session, officer, "whole_area"), make_campaign(session, officer)
        stranger = actor_of(make_user(session, Role.PREFECTURE_OFFICER, by_code(session, "6543")))
    with pytest.raises(Conflict, match="双随机"):
        drawn(session, special, officer)
    with pytest.raises(Forbidden):
        drawn(session, dual, stranger)


def test_the_command_gives_the_same_twice_and_replays(app: Flask, session: Session, campaign: Campaign) -> None:
    runner, reference = app.test_cli_runner(), campaign.reference
    session.commit()
    first = json.loads(run(runner, "draw", reference, "--seed", "S", "--json"))
    again = json.loads(run(runner, "draw", reference, "--seed", "S", "--reason", "复核", "--json"))
    assert first["result"] == again["result"]
    assert first["pool_hash"] == again["pool_hash"]
    assert "复演一致" in run(runner, "replay", first["draw"])


def test_replay_refuses_an_altered_pool_and_says_what_changed(app: Flask, session: Session, campaign: Campaign) -> None:
    runner, reference = app.test_cli_runner(), campaign.reference
    session.commit()
    told = json.loads(run(runner, "draw", reference, "--seed", "S", "--json"))
    with transaction():
        make_site(session, name="第十一小学")
    refused = runner.invoke(args=["campaigns", "replay", told["draw"]])
    assert refused.exit_code == 1
    assert "库中新增检查对象" in refused.output
    assert run(runner, "replay", told["draw"], "--kept")


def test_replay_against_a_published_file(app: Flask, session: Session, campaign: Campaign, tmp_path: Path) -> None:
    runner, reference = app.test_cli_runner(), campaign.reference
    session.commit()
    told = json.loads(run(runner, "draw", reference, "--seed", "S", "--json"))
    file = tmp_path / "pool.json"
    file.write_text(json.dumps(told), "utf-8")
    assert run(runner, "replay", told["draw"], "--pool", str(file))
    told["pool"]["objects"].pop()
    file.write_text(json.dumps(told), "utf-8")
    assert runner.invoke(args=["campaigns", "replay", told["draw"], "--pool", str(file)]).exit_code == 1


def run(runner: FlaskCliRunner, *args: str) -> str:
    answer = runner.invoke(args=["campaigns", *args])
    assert answer.exit_code == 0, answer.output
    return str(answer.output)


def test_the_rules_ask_for_what_the_file_proposes() -> None:
    assert replace(RULES, share=Decimal("0.10")) == draw_limits().rules(date(2026, 6, 15))
