"""Who keeps away from what, declared or computed, and who may say so."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from inspect_app.access.actor import SYSTEM
from inspect_app.access.permissions import Role
from inspect_app.campaigns import avoidance
from inspect_app.campaigns.avoidance import Declaration, conflicts
from inspect_app.core import clock
from inspect_app.core.errors import Forbidden, Invalid, NotFound
from tests.accounts.factories import actor_of, make_user
from tests.campaigns.factories import Office, make_office, make_sites
from tests.sites.factories import SHAWAN, WUSU, region

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def office(session: Session) -> Office:
    return make_office(session)


def test_nobody_visits_what_their_unit_answers_for(session: Session, office: Office) -> None:
    own, other = make_sites(session, 2, supervising_unit="乌苏市教育局")
    office.inspectors[0].unit_id = own.responsible_unit_id
    office.inspectors[1].unit_id = own.supervising_unit_id
    found = conflicts(session, office.inspectors, [own, other])
    assert found.keys() == {
        (office.inspectors[0].id, own.id),
        (office.inspectors[1].id, own.id),
        (office.inspectors[1].id, other.id),
    }
    assert "责任或主管单位" in str(found[office.inspectors[0].id, own.id])


def test_a_declared_unit_and_a_declared_region_are_kept_away_from(session: Session, office: Office) -> None:
    (here,), (there,) = make_sites(session, 1, WUSU), make_sites(session, 1, SHAWAN)
    first, second = office.inspectors[:2]
    avoidance.declare(session, SYSTEM, Declaration(first.id, "配偶任校长", unit_id=here.responsible_unit_id))
    avoidance.declare(session, SYSTEM, Declaration(second.id, "曾任职", region_id=region(session, SHAWAN).id))
    found = conflicts(session, office.inspectors, [here, there])
    assert found.keys() == {(first.id, here.id), (second.id, there.id)}
    assert str(found[first.id, here.id]).endswith("已申报回避乌苏市第1小学：配偶任校长。")


def test_an_ended_declaration_binds_no_longer_but_stays_on_record(session: Session, office: Office) -> None:
    sites = make_sites(session, 1)
    person = office.inspectors[0]
    kept = avoidance.declare(session, SYSTEM, Declaration(person.id, "曾任职", region_id=region(session, WUSU).id))
    with clock.set_to(clock.now() + timedelta(days=1)):
        avoidance.end(session, SYSTEM, kept.id)
        assert not conflicts(session, [person], sites)
    assert [each.id for each in avoidance.declarations(session, SYSTEM)] == [kept.id]


def test_a_cross_check_keeps_county_people_from_their_county_only(session: Session, office: Office) -> None:
    (here,), (there,) = make_sites(session, 1, WUSU), make_sites(session, 1, SHAWAN)
    local = make_user(session, Role.INSPECTOR, region(session, WUSU))
    people = [local, *office.inspectors]
    assert conflicts(session, people, [here, there], cross=True).keys() == {(local.id, here.id)}
    assert not conflicts(session, people, [here, there])


def test_an_inspector_declares_for_nobody_else(session: Session, office: Office) -> None:
    first, second = office.inspectors[:2]
    wusu = region(session, WUSU).id
    avoidance.declare(session, actor_of(first), Declaration(first.id, "亲属任职", region_id=wusu))
    with pytest.raises(Forbidden):
        avoidance.declare(session, actor_of(first), Declaration(second.id, "亲属任职", region_id=wusu))
    avoidance.declare(session, office.planner, Declaration(second.id, "亲属任职", region_id=wusu))
    assert len(avoidance.declarations(session, office.planner)) == 2
    assert len(avoidance.declarations(session, actor_of(first))) == 1


def test_who_was_told_to_keep_away_cannot_lift_it(session: Session, office: Office) -> None:
    person = office.inspectors[0]
    kept = avoidance.declare(
        session, office.planner, Declaration(person.id, "举报", region_id=region(session, WUSU).id)
    )
    with pytest.raises(Forbidden):
        avoidance.end(session, actor_of(person), kept.id)
    elsewhere = actor_of(make_user(session, Role.PREFECTURE_OFFICER, region(session, "6207")))
    with pytest.raises(NotFound):
        avoidance.end(session, elsewhere, kept.id)
    assert avoidance.end(session, office.planner, kept.id).ended_on == clock.today()


def test_a_declaration_names_one_target_and_a_reason(session: Session, office: Office) -> None:
    with pytest.raises(Invalid) as refused:
        avoidance.declare(session, SYSTEM, Declaration(office.inspectors[0].id, " "))
    assert refused.value.problems.keys() == {"reason", "unit"}
