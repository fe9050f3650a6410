"""Proposing pairs of sites and deciding about them."""

from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.access.permissions import Role
from inspect_app.audit.models import AuditEntry
from inspect_app.core.errors import Conflict, Forbidden, Invalid, Stale
from inspect_app.sites.duplicates import keep_both, proposals, resembling, retire
from inspect_app.sites.models import Site
from inspect_app.sites.service import card_of
from tests.accounts.factories import actor_of, make_user
from tests.sites.factories import SHAWAN, WUSU, make_site, region

pytestmark = pytest.mark.usefixtures("clock")
NEAR: dict[str, Any] = {"longitude": Decimal("84.7001"), "latitude": Decimal("44.4301")}


@pytest.fixture
def clerk(session: Session) -> Actor:
    return actor_of(make_user(session, Role.COUNTY_CLERK, region(session)))


@pytest.fixture
def twins(session: Session) -> tuple[Site, Site]:
    return make_site(session, name="第一中学"), make_site(session, WUSU, name="乌苏市第一中学")


def proposed(session: Session, actor: Actor, code: str = "") -> list[tuple[str, str]]:
    found, total = proposals(session, actor, code)
    assert total == len(found)
    return [(each.one.name, each.other.name) for each in found]


def test_a_site_registered_twice_is_proposed_once(session: Session, clerk: Actor, twins: tuple[Site, Site]) -> None:
    make_site(session, name="第二中学")
    make_site(session, SHAWAN, name="第一中学")
    assert proposed(session, clerk) == [(twins[0].name, twins[1].name)]
    assert proposed(session, clerk, WUSU) == proposed(session, clerk)
    assert proposed(session, clerk, SHAWAN) == []


def test_pairs_are_proposed_where_the_person_enters_data(session: Session, twins: tuple[Site, Site]) -> None:
    assert twins
    stranger = actor_of(make_user(session, Role.COUNTY_CLERK, region(session, SHAWAN)))
    officer = actor_of(make_user(session, Role.PREFECTURE_OFFICER, region(session, "6542")))
    leader = actor_of(make_user(session, Role.PREFECTURE_LEADER, region(session, "6542")))
    assert [len(proposed(session, person)) for person in (stranger, officer, leader)] == [0, 1, 0]


def test_more_pairs_than_are_shown_are_counted(session: Session, clerk: Actor) -> None:
    for _ in range(4):
        make_site(session, name="第一中学")
    found, total = proposals(session, clerk, limit=2)
    assert (len(found), total) == (2, 6)


def test_what_was_judged_to_be_two_is_not_proposed_again(
    session: Session, clerk: Actor, twins: tuple[Site, Site]
) -> None:
    keep_both(session, clerk, twins[1], twins[0], "一个在城区，一个在镇上")
    assert proposed(session, clerk) == []
    entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "site.keep_both")).one()
    assert entry.changes["distinct_from"] == [None, twins[1].reference]
    with pytest.raises(Conflict):
        keep_both(session, clerk, twins[0], twins[1], "再次判定")


def test_a_duplicate_is_retired_and_names_the_other(session: Session, clerk: Actor, twins: tuple[Site, Site]) -> None:
    kept, gone = twins
    retire(session, clerk, gone, gone.version, kept, "现场核实为同一所学校")
    assert (gone.active, gone.duplicate_of, gone.version, kept.active) == (False, kept, 2, True)
    assert proposed(session, clerk) == []
    entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "site.retire_duplicate")).one()
    assert entry.changes["reason"] == [None, "现场核实为同一所学校"]


def test_a_decision_wants_a_reason_a_present_page_and_sites_in_use(
    session: Session, clerk: Actor, twins: tuple[Site, Site]
) -> None:
    kept, gone = twins
    with pytest.raises(Invalid):
        retire(session, clerk, gone, gone.version, kept, " ")
    with pytest.raises(Invalid):
        keep_both(session, clerk, gone, kept, "")
    with pytest.raises(Stale):
        retire(session, clerk, gone, gone.version + 1, kept, "核实")
    with pytest.raises(Conflict):
        retire(session, clerk, gone, gone.version, gone, "核实")
    retire(session, clerk, gone, gone.version, kept, "核实")
    with pytest.raises(Conflict):
        retire(session, clerk, kept, kept.version, gone, "核实")


def test_nobody_decides_about_sites_of_others(session: Session, twins: tuple[Site, Site]) -> None:
    stranger = actor_of(make_user(session, Role.COUNTY_CLERK, region(session, SHAWAN)))
    head = actor_of(make_user(session, Role.COUNTY_HEAD, region(session)))
    for person in (stranger, head):
        with pytest.raises(Forbidden):
            keep_both(session, person, *twins, "核实")
        with pytest.raises(Forbidden):
            retire(session, person, twins[0], 1, twins[1], "核实")


def test_sites_of_two_counties_are_never_one(session: Session) -> None:
    officer = actor_of(make_user(session, Role.PREFECTURE_OFFICER, region(session, "6542")))
    with pytest.raises(Conflict):
        retire(session, officer, make_site(session), 1, make_site(session, SHAWAN), "核实")


def test_a_card_is_compared_before_it_is_registered(session: Session, clerk: Actor) -> None:
    known = make_site(session, name="晨光小学", **NEAR)
    other = make_site(session, name="人民医院")
    card = {**card_of(other), "name": "晨光小学教学楼", **NEAR}
    assert [site for site, _why in resembling(session, clerk, card)] == [known]
    assert resembling(session, clerk, {**card, "name": "育才幼儿园"}) == []
