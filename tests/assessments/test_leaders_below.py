"""What lies below a region, also where borders changed during the year and since."""

from datetime import date, datetime

import pytest
from sqlalchemy.orm import Session

from inspect_app.assessments.leaders.below import below, existing
from inspect_app.assessments.period import period_of
from inspect_app.assessments.queries import scheme_of, schemes
from inspect_app.core.database import transaction
from inspect_app.regions.levels import Level
from inspect_app.regions.models import Region, RegionPath
from inspect_app.regions.queries import by_code
from tests.reporting.stock import TODAY, closed, days, fill


@pytest.fixture
def counties(session: Session, clock: datetime) -> dict[str, Region]:
    assert clock.date() == TODAY
    with transaction():
        return fill(session)


def merged(session: Session, into: Region) -> Region:
    """A county of 塔城地区 that was merged into another one on the last day of March."""
    prefecture = by_code(session, "6542")
    gone = Region(
        code="654299", name="旧县", level=Level.COUNTY, parent_id=prefecture.id, valid_until=date(2026, 3, 31),
        replaced_by_id=into.id,
    )  # fmt: skip
    session.add(gone)
    session.flush()
    above = session.query(RegionPath).filter_by(descendant_id=prefecture.id).all()
    session.add(RegionPath(ancestor_id=gone.id, descendant_id=gone.id, depth=0))
    session.add_all(
        RegionPath(ancestor_id=each.ancestor_id, descendant_id=gone.id, depth=each.depth + 1) for each in above
    )
    session.flush()
    return gone


def test_counties_of_a_prefecture_are_joined_like_on_the_first_page(
    session: Session, counties: dict[str, Region]
) -> None:
    found = below(session, scheme_of("DEFAULT"), period_of("2026", TODAY), by_code(session, "6542"))
    assert counties["wusu"].code in [each.part.place.code for each in found.whole.parts]
    assert len(found.whole.parts) == 7
    assert found.borders == ()
    assert sum(each.weight for each in found.whole.parts if each.weight is not None) == 1


def test_a_county_that_ended_in_march_weighs_a_quarter_and_counts_into_its_heir_today(
    session: Session, counties: dict[str, Region]
) -> None:
    with transaction():
        gone = merged(session, counties["shawan"])
        closed(session, gone, due_on=days(-100), closed_on=days(-90))
    prefecture = by_code(session, "6542")
    period = period_of("2026", TODAY)
    assert gone in existing(session, prefecture, period)
    found = below(session, scheme_of("DEFAULT"), period, prefecture)
    parts = {each.part.place.code: each for each in found.whole.parts}
    assert parts[gone.code].part.months == 3
    assert parts[gone.code].weight == parts["654202"].weight / 4  # type: ignore[operator]
    assert [(each.name, each.then) for each in found.borders] == [("沙湾市", None)]
    assert found.borders[0].now is not None


def test_a_county_that_ended_before_the_year_is_not_asked(session: Session, counties: dict[str, Region]) -> None:
    with transaction():
        gone = merged(session, counties["shawan"])
        gone.valid_until = date(2025, 12, 31)
    assert gone not in existing(session, by_code(session, "6542"), period_of("2026", TODAY))


def test_civil_townships_are_joined_below_a_county(session: Session, counties: dict[str, Region]) -> None:
    found = below(session, schemes()["TOWNSHIP"], period_of("2026", TODAY), counties["wusu"])
    assert all(len(each.part.place.code) == 9 for each in found.whole.parts)
