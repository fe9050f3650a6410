from datetime import date

import pytest
from sqlalchemy.orm import Session

from inspect_app.access.actor import SYSTEM
from inspect_app.assessments.definition import RegionAs, Weights
from inspect_app.assessments.places import heirs_of, months_of, places_of, siblings, sizes_of
from inspect_app.core import clock
from inspect_app.core.database import transaction
from inspect_app.regions.levels import Kind
from inspect_app.regions.models import Region
from inspect_app.regions.queries import by_code, townships_of
from inspect_app.registers.loading import register_of
from inspect_app.registers.service import Said, add
from tests.sites.factories import make_site

pytestmark = pytest.mark.usefixtures("clock")


def test_a_region_knows_those_above_it_nearest_first(session: Session) -> None:
    wusu, prefecture = by_code(session, "654202"), by_code(session, "6542")
    assert places_of(session, [wusu, prefecture]) == {
        wusu.id: RegionAs("654202", ("6542", "65")),
        prefecture.id: RegionAs("6542", ("65",)),
    }


def test_siblings_are_the_counties_of_the_same_prefecture_that_still_exist(session: Session) -> None:
    prefecture = by_code(session, "6542")
    before = [region.code for region in siblings(session, {prefecture.id})]
    assert len(before) == 7
    with transaction():
        by_code(session, "654202").valid_until = date(2026, 6, 14)
    assert [region.code for region in siblings(session, {prefecture.id, None})] == [
        code for code in before if code != "654202"
    ]


def test_sites_weigh_where_they_are_asked_for(session: Session) -> None:
    wusu, shawan = by_code(session, "654202"), by_code(session, "654203")
    with transaction():
        make_site(session)
        make_site(session, active=False)
    assert sizes_of(session, [wusu, shawan], Weights.SITES) == {"654202": 1, "654203": 0}
    assert sizes_of(session, [wusu], Weights.EQUAL) == {"654202": 1}


def test_people_weigh_once_every_township_has_said_how_many_it_has(session: Session) -> None:
    wusu, prefecture = by_code(session, "654202"), by_code(session, "6542")
    townships = [each for each in townships_of(session, wusu.id) if each.kind is Kind.CIVIL]
    assert sizes_of(session, [wusu, *townships], Weights.POPULATION) == {}
    with transaction():
        for place in townships[:-1]:
            _tell_residents(session, place, 1_000)
    said = {each.code: 1_000 for each in townships[:-1]}
    assert sizes_of(session, [wusu, prefecture, *townships], Weights.POPULATION) == said
    with transaction():
        _tell_residents(session, townships[-1], 500)
    whole = {"654202": 1_000 * len(said) + 500}
    assert sizes_of(session, [wusu, prefecture], Weights.POPULATION) == whole


def _tell_residents(session: Session, township: Region, people: int) -> None:
    said = Said(township, {"village": "全镇", "people": people}, clock.today())
    add(session, SYSTEM, register_of("residents"), by_code(session, "654202"), said)


def test_a_new_region_counts_from_its_first_whole_month(session: Session) -> None:
    wusu = by_code(session, "654202")
    assert months_of([wusu], 2026) == {"654202": 12}
    wusu.valid_from = date(2026, 3, 15)
    assert months_of([wusu], 2026) == {"654202": 9}
    session.rollback()


def test_a_region_replaced_twice_is_found_where_it_stands_today(session: Session) -> None:
    old, between, heir = (by_code(session, code) for code in ("654202", "654203", "654221"))
    with transaction():
        _replace(old, between)
        _replace(between, heir)
    today = RegionAs("654221", ("6542", "65"))
    assert heirs_of(session, [old, between, heir]) == {"654202": today, "654203": today}
    assert heirs_of(session, [heir]) == {}


def _replace(region: Region, by: Region) -> None:
    region.replaced_by_id = by.id
