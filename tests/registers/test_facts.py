"""Figures for assessments: as of a day, for many counties or townships at once, each with rows that add up to it."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy.orm import Session

from inspect_app.access.actor import SYSTEM
from inspect_app.core.counted import Thing, total
from inspect_app.core.database import transaction
from inspect_app.regions.models import Kind, Level, Region, RegionPath
from inspect_app.registers import facts, service
from inspect_app.registers.definition import ColumnType, Register
from inspect_app.registers.importing.service import report_nothing
from inspect_app.registers.loading import fact_names, registers
from tests.registers.factories import OTHER_COUNTY, county, example, township
from tests.statements import statements

pytestmark = pytest.mark.usefixtures("clock")
ON = date(2026, 6, 15)


def said(session: Session, register: Register, number: int, **over: Any) -> service.Said:  # noqa: ANN401
    values = {column.code: value_of(column, number) for column in register.valued} | over
    return service.Said(township(session, number % 3), values, date(2026, 6, 10))


def value_of(column: Any, number: int) -> Any:  # noqa: ANN401 - a column, and as entries keep its values
    value = example(column, number)
    if column.type == ColumnType.DATE:
        return value.isoformat()
    return number % 2 == 1 if column.type == ColumnType.YES_NO else str(value)


def figure(numerator: int) -> tuple[Decimal, Decimal]:
    return Decimal(numerator), Decimal(0)


@pytest.fixture
def filled(session: Session) -> None:
    with transaction():
        for register in registers().values():
            many = [said(session, register, number) for number in range(1, 13)]
            service.add_many(session, SYSTEM, register, county(session), many)
        village(session, "东风村", township(session), Kind.CIVIL)
        village(session, "团场连队", township(session), Kind.CORPS)


def village(session: Session, name: str, inside: Region, kind: Kind) -> Region:
    number = len(name) + 200
    made = Region(code=f"{inside.code}{number}", name=name, level=Level.VILLAGE, kind=kind, parent_id=inside.id)
    session.add(made)
    session.flush()
    above = session.query(RegionPath).where(RegionPath.descendant_id == inside.id).all()
    paths = [(each.ancestor_id, each.depth + 1) for each in above]
    session.add_all(RegionPath(ancestor_id=key, descendant_id=made.id, depth=n) for key, n in [*paths, (made.id, 0)])
    session.flush()
    return made


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize("of_township", [False, True])
def test_the_rows_of_every_part_of_every_fact_add_up_to_it(session: Session, *, of_township: bool) -> None:
    key = township(session).id if of_township else county(session).id
    found = facts.gathered(session, [key], ON, fact_names(), of_townships=of_township)
    for name, by_place in found.items():
        numerator, denominator = by_place[key]
        assert total(facts.rows(session, key, ON, name, of_township=of_township)) == numerator, name
        if fact_names()[name].denominator:
            rows = facts.rows(session, key, ON, name, "denominator", of_township=of_township)
            assert total(rows) == denominator, name


@pytest.mark.usefixtures("filled")
def test_townships_share_out_what_the_county_counts(session: Session) -> None:
    name = "shelters.count"
    keys = [township(session, place).id for place in range(3)]
    parts = facts.gathered(session, keys, ON, [name], of_townships=True)[name]
    assert [parts[key][0] for key in keys] == [4, 4, 4]
    assert facts.gathered(session, [county(session).id], ON, [name])[name] == {county(session).id: figure(12)}


@pytest.mark.usefixtures("filled")
def test_villages_that_are_none_of_the_civil_government_do_not_count(session: Session) -> None:
    name = "macro_observers.villages_covered"
    rows = facts.rows(session, county(session).id, ON, name, "denominator")
    assert [(row.thing, row.label) for row in rows] == [(Thing.REGION, "东风村")]


def test_who_never_reported_has_no_figure_and_who_reported_nothing_has_zero(session: Session) -> None:
    register = registers()["shelters"]
    with transaction():
        report_nothing(session, SYSTEM, register, county(session), ON)
    keys = [county(session).id, county(session, OTHER_COUNTY).id]
    assert facts.gathered(session, keys, ON, ["shelters.updated"]) == {"shelters.updated": {keys[0]: figure(0)}}
    assert facts.rows(session, keys[1], ON, "shelters.updated", "denominator") == []
    inside = [township(session).id, township(session, code=OTHER_COUNTY).id]
    assert facts.gathered(session, inside, ON, ["shelters.count"], of_townships=True) == {
        "shelters.count": {inside[0]: figure(0)}
    }


@pytest.mark.usefixtures("filled")
def test_a_past_day_shows_what_was_known_then(session: Session) -> None:
    key = county(session).id
    assert facts.gathered(session, [key], date(2026, 6, 9), ["shelters.count"])["shelters.count"].get(key) is None
    assert facts.gathered(session, [key], date(2026, 6, 12), ["shelters.count"])["shelters.count"][key] == figure(12)


@pytest.mark.usefixtures("filled")
def test_queries_do_not_grow_with_counties_nor_facts(session: Session) -> None:
    keys = [county(session).id, county(session, OTHER_COUNTY).id]
    with statements() as one:
        facts.gathered(session, keys[:1], ON, ["shelters.count", "macro_observers.villages_covered"])
    with statements() as all_of_them:
        facts.gathered(session, keys, ON, fact_names())
    assert len(one) == len(all_of_them) == 3
