"""Registering and changing sites."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from inspect_app.access.permissions import Role
from inspect_app.audit.models import AuditEntry
from inspect_app.core.errors import Forbidden, Invalid, NotFound, Stale
from inspect_app.sites import queries, service
from tests.accounts.factories import actor_of, make_user
from tests.sites.factories import SHAWAN, WUSU, make_site, region

pytestmark = pytest.mark.usefixtures("clock")


def test_a_site_gets_a_reference_of_its_county_and_category(session: Session) -> None:
    first, second = make_site(session), make_site(session, name="第二小学")
    assert first.reference == "DX-654202-C03-0001"
    assert second.reference == "DX-654202-C03-0002"
    assert first.county.code == WUSU
    assert first.region.code == "654202100"


def test_the_responsible_unit_is_made_once_and_found_again(session: Session) -> None:
    first, second = make_site(session), make_site(session, name="晨光小学东校区")
    assert first.responsible_unit_id == second.responsible_unit_id
    assert first.responsible_unit is not None
    assert first.responsible_unit.name == "晨光小学"


def test_a_county_clerk_registers_in_the_own_county_only(session: Session) -> None:
    clerk = actor_of(make_user(session, Role.COUNTY_CLERK, region(session)))
    site = service.register(session, clerk, name="乙医院", category="C03", region_id=region(session).id)
    assert site.name == "乙医院"
    with pytest.raises(Forbidden):
        service.register(session, clerk, name="乙医院", category="C03", region_id=region(session, SHAWAN).id)


def test_an_inspector_registers_nothing(session: Session) -> None:
    inspector = actor_of(make_user(session, Role.INSPECTOR, region(session)))
    with pytest.raises(Forbidden):
        service.register(session, inspector, name="乙医院", category="C03", region_id=region(session).id)


def test_every_mistake_of_a_card_is_told_at_once(session: Session) -> None:
    with pytest.raises(Invalid) as refused:
        make_site(session, name=" ", longitude=Decimal(200), built_year=1700, fortification_intensity=5)
    assert set(refused.value.problems) == {"name", "longitude", "latitude", "built_year", "fortification_intensity"}


def test_a_region_above_counties_is_refused(session: Session) -> None:
    with pytest.raises(NotFound):
        make_site(session, "654200")


def test_a_change_is_audited_with_before_and_after_but_without_names_of_people(session: Session) -> None:
    site = make_site(session)
    clerk = actor_of(make_user(session, Role.COUNTY_CLERK, region(session)))
    service.update(session, clerk, site, site.version, floors=4, contact_person="乙校长")
    session.flush()
    entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "site.update")).one()
    assert entry.changes["floors"] == [None, 4]
    assert "乙校长" not in str(entry.changes)
    assert site.version == 2


def test_a_stale_card_is_refused(session: Session) -> None:
    site = make_site(session)
    clerk = actor_of(make_user(session, Role.COUNTY_CLERK, region(session)))
    service.update(session, clerk, site, 1, floors=4)
    with pytest.raises(Stale):
        service.update(session, clerk, site, 1, floors=5)
    assert site.floors == 4


def test_the_category_of_a_registered_site_stays(session: Session) -> None:
    site = make_site(session)
    with pytest.raises(Invalid):
        service.update(
            session, actor_of(make_user(session, Role.COUNTY_CLERK, region(session))), site, 1, category="C06"
        )


def test_a_site_of_another_county_is_not_found(session: Session) -> None:
    site = make_site(session)
    stranger = actor_of(make_user(session, Role.COUNTY_CLERK, region(session, SHAWAN)))
    with pytest.raises(NotFound):
        queries.by_reference(session, stranger, site.reference)
    own = actor_of(make_user(session, Role.COUNTY_CLERK, region(session)))
    assert queries.by_reference(session, own, site.reference) is site


def test_pages_of_the_register_are_complete_and_without_doubles(session: Session) -> None:
    for number in range(7):
        make_site(session, name=f"{number}号小学", key_object=number % 2 == 0)
    make_site(session, SHAWAN, name="邻县小学")
    head = actor_of(make_user(session, Role.COUNTY_HEAD, region(session)))
    seen: list[str] = []
    after = ""
    while rows := queries.page(session, head, queries.SiteFilter(), after, 3)[:3]:
        seen += [site.reference for site in rows]
        after = seen[-1]
    assert seen == [f"DX-654202-C03-000{number}" for number in range(1, 8)]
    assert queries.count(session, head, queries.SiteFilter(key_object=True)) == 4
    assert queries.count(session, head, queries.SiteFilter(text="3号")) == 1
    assert queries.count(session, head, queries.SiteFilter(text="%")) == 0


def test_a_card_read_back_is_what_was_registered(session: Session) -> None:
    site = make_site(session, appraised_on=date(2025, 3, 1), appraisal_result="sound", pga_g=Decimal("0.20"))
    card = service.card_of(site)
    assert card["responsible_unit"] == "晨光小学"
    assert (card["appraised_on"], card["pga_g"]) == (date(2025, 3, 1), Decimal("0.20"))
