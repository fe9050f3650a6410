"""The table of a visit's life, pair by pair, written by hand."""

from dataclasses import dataclass, field
from itertools import product
from typing import Any

import pytest

from inspect_app.inspections.lifecycle import INSPECTION_LIFE, STATES, in_charge, may_direct, may_review, on_team

ALLOWED = {
    ("start", "planned"): "under_way",
    ("submit", "under_way"): "submitted",
    ("review", "submitted"): "reviewed",
    ("send_back", "submitted"): "under_way",
    ("void", "planned"): "voided",
    ("void", "under_way"): "voided",
    ("reschedule", "planned"): "planned",
    ("reassign", "planned"): "planned",
    ("reassign", "under_way"): "under_way",
    ("move", "planned"): "planned",
    ("move", "under_way"): "under_way",
}
ACTIONS = {action for action, _state in ALLOWED}


@dataclass
class Place:
    id: int
    parent: "Place | None" = None


@dataclass
class Account:
    capture_region_id: int


@dataclass
class Member:
    user_id: int
    user: Account = field(default_factory=lambda: Account(11))


@dataclass
class Visit:
    region: Place
    inspectors: list[Member] = field(default_factory=lambda: [Member(1), Member(2)])
    created_by_id: int | None = None


@dataclass
class Someone:
    id: int | None
    capture_region_id: int | None = None


PREFECTURE = Place(10)
COUNTY = Place(11, PREFECTURE)
VISIT = Visit(Place(12, COUNTY))


@pytest.mark.parametrize(("action", "state"), list(product(sorted(ACTIONS), STATES)))
def test_exactly_the_written_steps_exist(action: str, state: str) -> None:
    step = INSPECTION_LIFE.step(action, state)
    assert (step.target if step else None) == ALLOWED.get((action, state))


def test_the_team_is_who_was_named() -> None:
    assert on_team(VISIT, Someone(1))  # type: ignore[arg-type]
    assert not on_team(VISIT, Someone(3))  # type: ignore[arg-type]
    assert on_team(VISIT, Someone(None))  # type: ignore[arg-type]


@pytest.mark.parametrize(("region", "charge"), [(12, True), (11, True), (10, True), (99, False), (None, False)])
def test_who_enters_data_at_or_above_the_place_is_in_charge(region: int | None, charge: bool) -> None:  # noqa: FBT001
    assert in_charge(VISIT, Someone(3, region)) is charge


def test_a_member_of_the_team_never_reviews() -> None:
    person: Any = Someone(2, 11)
    assert in_charge(VISIT, person)
    assert not may_review(VISIT, person)
    assert may_review(VISIT, Someone(3, 11))


@pytest.mark.parametrize(("region", "directs"), [(12, False), (11, True), (10, True), (99, False)])
def test_who_stands_below_the_team_does_not_direct_the_visit(region: int, directs: bool) -> None:  # noqa: FBT001
    assert may_direct(VISIT, Someone(3, region)) is directs


def test_the_inspected_county_does_not_direct_a_visit_from_above_unless_it_planned_it() -> None:
    team = [Member(1, Account(10)), Member(2, Account(11))]
    assert not may_direct(Visit(VISIT.region, team), Someone(3, 11))
    assert may_direct(Visit(VISIT.region, team, created_by_id=3), Someone(3, 11))
    assert may_direct(Visit(VISIT.region, team), Someone(4, 10))
