"""What comes first: the weights by hand."""

from decimal import Decimal

import pytest

from inspect_app.emergencies.loading import definition
from inspect_app.emergencies.rules import step_weight, urgency, worst


@pytest.mark.parametrize(
    ("grades", "expected"),
    [([], "none"), ([None], "ungraded"), (["general", None], "general"), (["general", "major"], "major")],
)
def test_the_worst_open_hazard_counts(grades: list[str | None], expected: str) -> None:
    assert worst(grades) == expected


def test_between_two_steps_the_lower_weight_holds() -> None:
    weights = {6: Decimal(1), 7: Decimal(2), 8: Decimal(4)}
    assert [step_weight(weights, at) for at in (3.0, 6.0, 6.99, 7.0, 11.0)] == [1, 1, 1, 2, 4]


def test_a_school_with_a_major_hazard_in_area_7_comes_before_a_dam_without_one_in_area_8() -> None:
    own = definition()
    school, dam = own.occupancy_of("C03"), own.occupancy_of("C06")
    assert school is not None
    assert dam is not None
    first = urgency(step_weight(own.intensity, 7.2), own.hazard["major"], school.weight)
    second = urgency(step_weight(own.intensity, 8.1), own.hazard["none"], dam.weight)
    assert [first, second] == [24, 6]


def test_unknown_occupancy_takes_nothing_away_and_adds_nothing() -> None:
    assert urgency(Decimal(2), Decimal(4), None) == 8
    assert definition().occupancy_of("C01") is None
