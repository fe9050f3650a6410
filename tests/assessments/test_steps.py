"""What a county can still do: each step names what it changes, and nothing is offered that is too late to count."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from inspect_app.access.actor import SYSTEM
from inspect_app.assessments.definition import Scheme
from inspect_app.assessments.period import Period, period_of
from inspect_app.assessments.places import places_of
from inspect_app.assessments.queries import schemes
from inspect_app.assessments.rules import Fact
from inspect_app.assessments.sources import gather
from inspect_app.assessments.steps import Offer, offers
from inspect_app.assessments.ways_up import Move
from inspect_app.core import clock
from inspect_app.core.counted import Thing
from inspect_app.core.database import transaction
from inspect_app.hazards.words import Grade, State
from inspect_app.regions.models import Region
from inspect_app.regions.queries import by_code
from inspect_app.registers import service
from inspect_app.registers.loading import register_of
from tests.assessments.everything import COUNTY, TODAY, fill_everything, put
from tests.inspections.factories import make_visit
from tests.registers.factories import add_shelter, township
from tests.reporting.stock import days

pytestmark = pytest.mark.usefixtures("clock")
PERIOD = Period("2026", date(2026, 1, 1), TODAY)


@pytest.fixture
def county(session: Session) -> Region:
    return by_code(session, COUNTY)


def offered(session: Session, region: Region, scheme: Scheme | None = None, period: Period = PERIOD) -> list[Offer]:
    scheme = scheme or schemes()["DEFAULT"]
    known = gather(session, sorted(scheme.facts), [region.id], period)[region.id]
    return offers(session, scheme, region, places_of(session, [region])[region.id], period, known)


def moving(found: Iterable[Offer], fact: str) -> list[Offer]:
    return [offer for offer in found if any(move.fact == fact for move in offer.step.moves)]


def test_a_hazard_still_in_time_counts_on_both_sides_until_its_day(session: Session, county: Region) -> None:
    with transaction():
        put(session, county, State.RECTIFYING, due_on=days(20))
        put(session, county, State.RECTIFYING, due_on=days(20), grade=Grade.MAJOR)
    general, major = moving(offered(session, county), "closed_on_time")
    assert general.step.moves == (Move("closed_on_time", 1, 1),)
    assert set(major.step.moves) == {Move("closed_on_time", 1, 1), Move("major_cleared", 1, 1)}
    assert (general.step.until, general.row.thing) == (days(20), Thing.HAZARD)
    assert "前销号" in str(general.step.title)
    assert major.step.effort > general.step.effort


def test_a_late_hazard_is_never_on_time_any_more(session: Session, county: Region) -> None:
    with transaction():
        put(session, county, State.RECTIFYING, due_on=days(-1))
        put(session, county, State.RECTIFYING, due_on=days(-1), grade=Grade.MAJOR)
    found = offered(session, county)
    assert moving(found, "closed_on_time") == []
    general, major = moving(found, "overdue")
    assert general.step.moves == (Move("overdue", -1),)
    assert set(major.step.moves) == {Move("overdue", -1), Move("major_cleared", 1, 0)}
    assert "不再算按期" in str(general.step.title)
    assert general.step.until == date(2026, 12, 31)


def test_hazards_that_change_nothing_are_not_offered(session: Session, county: Region) -> None:
    with transaction():
        put(session, county, State.RECTIFYING, due_on=date(2027, 2, 1))
        put(session, county, State.SUSPENDED, due_on=days(-5))
        put(session, county, State.DRAFT, due_on=None)
    assert [offer for offer in offered(session, county) if offer.row.thing is Thing.HAZARD] == []


def test_returns_are_offered_until_they_are_due_and_not_after(session: Session, county: Region) -> None:
    found = moving(offered(session, county), "returns_on_time")
    references = {offer.step.reference for offer in found}
    assert "hazards-2026-06-654202" in references
    assert "hazards-2026-05-654202" not in references
    assert "hazards-2026-12-654202" not in references
    assert all(offer.step.moves == (Move("returns_on_time", 1, 1),) for offer in found)
    june = next(offer for offer in found if offer.step.reference == "hazards-2026-06-654202")
    assert june.step.until == date(2026, 7, 6)


def test_entries_that_stand_can_be_mended_and_events_cannot(session: Session, tmp_path: Path) -> None:
    fill_everything(session, tmp_path)
    found = offered(session, by_code(session, COUNTY))
    assert moving(found, "registers.plans.filed") == []
    assert moving(found, "registers.duty_checks.connected") == []
    assert moving(found, "rebounds") == []
    assert moving(found, "returns_sent_back") == []
    (school,) = moving(found, "schools_drilled")
    assert "胡杨中学" in str(school.step.title)
    supplies = moving(found, "registers.supplies.attained")
    assert supplies
    assert all(0 < offer.step.moves[0].numerator <= 1 for offer in supplies)
    township_steps = moving(found, "coverage")
    assert len(township_steps) == 21
    assert {offer.row.thing for offer in township_steps} == {Thing.VISITED_REGION}


def test_taking_every_step_of_a_fact_brings_it_to_its_best(session: Session, tmp_path: Path) -> None:
    fill_everything(session, tmp_path)
    county = by_code(session, COUNTY)
    facts = gather(session, sorted(schemes()["DEFAULT"].facts), [county.id], PERIOD)[county.id]
    for name in ("registers.supplies.attained", "registers.retrofits.key_done", "key_sites_on_file", "coverage"):
        after = taken(facts[name], name, moving(offered(session, county), name))
        assert after.numerator == after.denominator, name


def taken(fact: Fact, name: str, chosen: Iterable[Offer]) -> Fact:
    moves = [move for offer in chosen for move in offer.step.moves if move.fact == name]
    return replace(fact, numerator=fact.numerator + sum(Decimal(move.numerator) for move in moves))


def test_a_key_county_needs_the_great_drill_and_it_counts_twice(session: Session, county: Region) -> None:
    said = {"title": "演练", "kind": "桌面推演", "held_on": "2026-05-12", "organizer": "乌苏市应急管理局"}
    with transaction():
        for code in (COUNTY, "654221"):
            place = by_code(session, code)
            told = service.Said(township(session, code=code), said, TODAY)
            service.add(session, SYSTEM, register_of("drills"), place, told)
    found = offered(session, county)
    (great,) = moving(found, "registers.drills.full_scale")
    assert set(great.step.moves) == {Move("registers.drills.full_scale", 1), Move("registers.drills.general", 1)}
    assert len(moving(found, "registers.drills.general")) == 3
    other = offered(session, by_code(session, "654221"))
    assert moving(other, "registers.drills.full_scale") == []
    assert len(moving(other, "registers.drills.general")) == 2


def test_days_of_remembrance_that_are_past_are_past(session: Session, county: Region) -> None:
    said = {"title": "宣传周", "held_on": "2026-05-12", "organizer": "乌苏市应急管理局", "occasion": "日常"}
    with transaction():
        service.add(session, SYSTEM, register_of("publicity"), county, service.Said(township(session), said, TODAY))
    found = moving(offered(session, county), "registers.publicity.occasions")
    assert [offer.step.until for offer in found] == [date(2026, 7, 28), date(2026, 10, 13)]


def test_what_is_not_known_of_a_county_is_no_way_up(session: Session, county: Region) -> None:
    found = offered(session, county)
    assert moving(found, "registers.drills.general") == []
    with transaction():
        add_shelter(session, updated_on="2025-01-01")
    (shelter,) = moving(offered(session, county), "registers.shelters.updated")
    assert shelter.row.thing is Thing.REGISTER_ENTRY


def test_a_year_that_is_over_has_no_steps(session: Session, county: Region) -> None:
    with transaction():
        put(session, county, State.RECTIFYING, due_on=days(20))
    assert offered(session, county, period=period_of("2025", TODAY)) == []


def test_a_self_check_still_to_come_is_a_step(session: Session, county: Region) -> None:
    with transaction():
        visit = make_visit(session, kind="self_check", planned_on=TODAY + timedelta(days=9))
    (step,) = moving(offered(session, county), "self_checks")
    assert (step.step.reference, step.step.until) == (visit.reference, TODAY + timedelta(days=9))
    with clock.set_to(datetime(2026, 6, 25, 10, 0, tzinfo=clock.LOCAL)):
        assert moving(offered(session, county), "self_checks") == []


def test_a_township_is_offered_its_own_hazards(session: Session, county: Region) -> None:
    place = township(session)
    with transaction():
        put(session, county, State.RECTIFYING, due_on=days(20), region_id=place.id)
        put(session, county, State.RECTIFYING, due_on=days(20))
    found = offered(session, place, schemes()["TOWNSHIP"])
    assert len(moving(found, "closed_on_time")) == 1
