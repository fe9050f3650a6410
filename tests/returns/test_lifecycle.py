from dataclasses import dataclass
from itertools import product

import pytest

from inspect_app.access.actor import SYSTEM, Actor
from inspect_app.access.permissions import Role
from inspect_app.returns.lifecycle import RETURN_LIFE, STATES, in_charge

ALLOWED = {
    ("recognise", "received"): "recognised",
    ("validate", "recognised"): "validated",
    ("validate", "validated"): "validated",
    ("decide", "validated"): "validated",
    ("apply", "validated"): "applied",
    ("undo", "applied"): "undone",
    ("discard", "received"): "discarded",
    ("discard", "recognised"): "discarded",
    ("discard", "validated"): "discarded",
}

ACTIONS = ("recognise", "validate", "decide", "apply", "undo", "discard")


@dataclass
class Place:
    id: int
    parent: "Place | None" = None


PREFECTURE = Place(1)
COUNTY = Place(2, PREFECTURE)


@pytest.mark.parametrize(("action", "state"), list(product(ACTIONS, STATES)))
def test_exactly_the_known_steps_exist(action: str, state: str) -> None:
    step = RETURN_LIFE.step(action, state)
    assert (step and step.target) == ALLOWED.get((action, state))


@pytest.mark.parametrize(("capture", "held"), [(2, True), (1, True), (3, False), (None, False)])
def test_a_return_belongs_to_those_who_capture_for_the_whole_county(capture: int | None, *, held: bool) -> None:
    person = Actor(7, "测试", Role.COUNTY_CLERK, view_region_id=1, capture_region_id=capture)
    assert in_charge(COUNTY, person) == held


def test_the_system_is_in_charge_everywhere() -> None:
    assert in_charge(COUNTY, SYSTEM)
