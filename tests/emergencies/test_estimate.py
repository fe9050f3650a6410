"""Which sites are inside, in which order, and which are never dropped."""

import time
from decimal import Decimal

import pytest
from sqlalchemy import insert
from sqlalchemy.orm import Session

from inspect_app.access.actor import SYSTEM
from inspect_app.access.permissions import Role
from inspect_app.core.database import transaction
from inspect_app.emergencies.estimate import estimate
from inspect_app.hazards.words import Grade, State
from inspect_app.regions.queries import by_code, townships_of
from inspect_app.sites.models import Site
from tests.accounts.factories import actor_of, make_user
from tests.emergencies.scenes import CENTRE, make_emergency, make_quake, make_sites, site_at
from tests.reporting.stock import put
from tests.sites.factories import make_site
from tests.statements import statements

pytestmark = pytest.mark.usefixtures("clock")


def names(found: object) -> list[str]:
    return [each.site.name for each in found]  # type: ignore[attr-defined]


def test_magnitude_6_reaches_the_sites_at_10_and_30_km_and_not_the_one_at_100(session: Session) -> None:
    with transaction():
        made = make_sites(session)
        told = estimate(session, SYSTEM, make_emergency(session))
        assert names(told.affected) == [made.near.name, made.far.name]
        assert [(each.degree, round(each.intensity or 0, 1), round(each.km or 0)) for each in told.affected] == [
            (7, 7.3, 10),
            (6, 6.4, 30),
        ]
        assert names(told.unknown) == [made.nowhere.name]
        assert told.by_degree == {7: 1, 6: 1}


def test_open_hazards_put_a_farther_site_first(session: Session) -> None:
    with transaction():
        made = make_sites(session)
        for grade in (Grade.MAJOR, Grade.GENERAL):
            put(session, made.far.county, State.RECTIFYING, site_id=made.far.id, grade=grade, reference=f"YH-{grade}")
        put(session, made.near.county, State.CLOSED, site_id=made.near.id, grade=Grade.MAJOR, reference="YH-closed")
        told = estimate(session, SYSTEM, make_emergency(session))
        # 30 km: weight 1 x major 4 x school 3 = 12; 10 km: weight 2 x nothing open 1 x school 3 = 6
        assert [(each.site.name, each.score) for each in told.affected] == [
            (made.far.name, Decimal(12)),
            (made.near.name, Decimal(6)),
        ]
        assert (told.open_hazards, told.affected[0].grade) == (2, "major")


def test_unknown_occupancy_is_told_and_not_zero(session: Session) -> None:
    with transaction():
        site_at(session, 10, category="C01")
        told = estimate(session, SYSTEM, make_emergency(session))
        assert (told.silent, told.affected[0].score) == (1, Decimal(2))


def test_a_weak_earthquake_has_nothing_inside_and_says_so(session: Session) -> None:
    with transaction():
        make_sites(session)
        told = estimate(session, SYSTEM, make_emergency(session, quake=make_quake(session, "3.4")))
        assert (told.affected, told.unknown) == ((), ())
        assert told.shaking.at_centre < 5


def test_a_county_without_any_located_site_may_lie_inside(session: Session) -> None:
    with transaction():
        site_at(session, 10)
        blank = make_site(session, townships_of(session, by_code(session, "654221").id)[0].code, name="无坐标小学",
                          responsible_unit="无坐标小学")  # fmt: skip
        told = estimate(session, SYSTEM, make_emergency(session))
        assert names(told.unknown) == [blank.name]


def test_people_see_their_own_sites_alone_and_retired_ones_are_left_out(session: Session) -> None:
    with transaction():
        site_at(session, 10)
        site_at(session, 10, name="停用小学").active = False
        emergency = make_emergency(session)
        here = actor_of(make_user(session, Role.COUNTY_HEAD, by_code(session, "654202")))
        there = actor_of(make_user(session, Role.COUNTY_HEAD, by_code(session, "654221")))
        assert [len(estimate(session, each, emergency).affected) for each in (here, there)] == [1, 0]


def test_known_direction_leaves_fewer_inside_than_the_cautious_bound(session: Session) -> None:
    with transaction():
        site_at(session, 36)
        cautious = make_emergency(session)
        across = make_emergency(session, quake=make_quake(session), axis=90)
        assert len(estimate(session, SYSTEM, cautious).affected) == 1
        assert estimate(session, SYSTEM, across).affected == []


def test_five_thousand_sites_answer_in_seconds_with_few_queries(session: Session) -> None:
    with transaction():
        first = site_at(session, 10)
        columns = {each.key: getattr(first, each.key) for each in Site.__mapper__.columns if each.key != "id"}
        session.execute(
            insert(Site),
            [{**columns, "uuid": f"u{n}", "reference": f"DX-{n:05d}", "latitude": CENTRE[1]} for n in range(5000)],
        )
        emergency = make_emergency(session)
        began = time.perf_counter()
        with statements() as sent:
            told = estimate(session, SYSTEM, emergency)
        assert len(told.affected) == 5001
        assert len(sent) < 10
        assert time.perf_counter() - began < 10
