from dataclasses import fields
from datetime import date, datetime
from itertools import pairwise

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from inspect_app.access.actor import SYSTEM, Actor
from inspect_app.access.permissions import Role
from inspect_app.accounts.sessions import actor_of
from inspect_app.core.database import transaction
from inspect_app.hazards import queries
from inspect_app.hazards.models import Hazard
from inspect_app.hazards.rules import OPEN_STATES
from inspect_app.hazards.words import State
from inspect_app.regions.models import Region
from inspect_app.regions.queries import by_code, townships_of
from inspect_app.reporting.overview import DROPPED, FOUND, STAGES, Figure, Picture, picture
from tests.accounts.factories import make_user
from tests.reporting.stock import TODAY, closed, days, fill, put


@pytest.fixture
def counties(session: Session, clock: datetime) -> dict[str, Region]:
    assert clock.date() == TODAY
    with transaction():
        return fill(session)


def figures_of(counted: Picture) -> list[Figure]:
    alone = [value for field in fields(counted) if isinstance(value := getattr(counted, field.name), Figure)]
    return [*alone, *counted.stages, *counted.ages]


def rows_behind(session: Session, actor: Actor, figure: Figure) -> int:
    conditions = queries.conditions(session, actor, figure.wanted)
    return session.scalar(select(func.count()).select_from(Hazard).where(*conditions)) or 0


def test_every_state_is_found_dropped_or_both_accounted_for() -> None:
    assert set(State) == FOUND | DROPPED
    assert {State.CLOSED, State.TRANSFERRED} | OPEN_STATES == FOUND
    for (_, wider), (_, narrower) in pairwise(STAGES):
        assert narrower < wider


@pytest.mark.parametrize("place", ["wusu", "shawan", "yumin", None])
def test_every_figure_is_the_number_of_its_rows(
    session: Session, counties: dict[str, Region], place: str | None
) -> None:
    counted = picture(session, SYSTEM, counties[place] if place else None, TODAY)
    for figure in figures_of(counted):
        assert figure.number == rows_behind(session, SYSTEM, figure), figure.label


def test_the_uneven_county_is_counted_by_hand(session: Session, counties: dict[str, Region]) -> None:
    counted = picture(session, SYSTEM, counties["wusu"], TODAY)
    assert (counted.found.number, counted.closed.number, counted.open.number) == (21, 5, 15)
    assert (counted.transferred.number, counted.dropped.number) == (1, 2)
    assert (counted.suspended.number, counted.drafts.number) == (1, 1)
    assert counted.overdue.number == 9
    assert [figure.number for figure in counted.ages] == [3, 2, 2, 2]
    assert [figure.number for figure in counted.stages] == [21, 18, 7, 6, 5]
    assert counted.closed_share == 5 / 21


def test_parts_add_up(session: Session, counties: dict[str, Region]) -> None:
    for county in (*counties.values(), None):
        counted = picture(session, SYSTEM, county, TODAY)
        assert counted.found.number == counted.closed.number + counted.open.number + counted.transferred.number
        assert sum(figure.number for figure in counted.ages) == counted.overdue.number


def test_an_empty_county_has_no_rate(session: Session, counties: dict[str, Region]) -> None:
    counted = picture(session, SYSTEM, counties["yumin"], TODAY)
    assert counted.closed_share is None
    assert all(figure.number == 0 for figure in figures_of(counted))


def test_twelve_months_end_with_this_one(session: Session, counties: dict[str, Region]) -> None:
    with transaction():
        closed(session, counties["yumin"], found_on=date(2025, 12, 31), closed_on=date(2026, 1, 1))
        put(session, counties["yumin"], State.REGISTERED, found_on=date(2026, 6, 1))
        put(session, counties["yumin"], State.MERGED, found_on=date(2026, 6, 1))
        put(session, counties["yumin"], State.REGISTERED, found_on=date(2025, 6, 30))
    months = picture(session, SYSTEM, counties["yumin"], TODAY).months
    assert [month.first.isoformat() for month in months][:: len(months) - 1] == ["2025-07-01", "2026-06-01"]
    told = {f"{month.first:%Y-%m}": (month.found, month.closed) for month in months if month.found or month.closed}
    assert told == {"2025-12": (1, 0), "2026-01": (0, 1), "2026-06": (1, 0)}
    for month in months:
        assert month.found == rows_behind(session, SYSTEM, Figure("", 0, month.wanted))


def test_a_person_counts_only_what_they_see(session: Session, counties: dict[str, Region]) -> None:
    town = townships_of(session, counties["wusu"].id)[0]
    with transaction():
        put(session, counties["wusu"], State.RECTIFYING, region_id=town.id, due_on=days(-4))
        county = actor_of(make_user(session, Role.COUNTY_HEAD, counties["shawan"]))
        township = actor_of(make_user(session, Role.INSPECTOR, town))
        prefecture = actor_of(make_user(session, Role.PREFECTURE_LEADER, by_code(session, "6542")))
    found = {actor: picture(session, actor, None, TODAY) for actor in (county, township, prefecture)}
    assert [found[actor].found.number for actor in (county, township, prefecture)] == [2, 1, 24]
    for actor, counted in found.items():
        for figure in figures_of(counted):
            assert figure.number == rows_behind(session, actor, figure), figure.label
