from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspect_app.assessments.apportioning import apportion, decimal, half_up

VALUES = st.lists(st.none() | st.fractions(-20, 20, max_denominator=97), max_size=12)


@pytest.mark.parametrize(
    ("values", "places", "units"),
    [
        (["1/3", "1/3", "1/3"], 2, [34, 33, 33]),
        (["5", "2.5"], 0, [5, 3]),
        (["204/37", "2.82", "2.85", "1.5"], 2, [551, 282, 285, 150]),
        (["1/3", None, "2/3"], 1, [3, None, 7]),
        (["1/3", "-1/3"], 2, [33, -33]),
        ([], 2, []),
        ([None], 2, [None]),
    ],
)
def test_parts_add_up_by_the_largest_remainders(values: list[str | None], places: int, units: list[int | None]) -> None:
    assert apportion([None if value is None else Fraction(value) for value in values], places) == units


def test_a_value_at_its_limit_is_raised_last() -> None:
    thirds = [Fraction(1, 3)] * 3
    assert apportion(thirds, 2, [33, 34, 34]) == [33, 34, 33]
    assert apportion(thirds, 2, [33, 33, 33]) == [34, 33, 33]


@given(VALUES, st.integers(0, 6))
def test_units_add_up_and_none_is_a_whole_unit_off(values: list[Fraction | None], places: int) -> None:
    units = apportion(values, places)
    known = [(value, unit) for value, unit in zip(values, units, strict=True) if value is not None and unit is not None]
    assert sum(unit for _value, unit in known) == half_up(sum((value for value, _unit in known), Fraction(0)), places)
    assert all(abs(Fraction(decimal(unit, places)) - value) < Fraction(1, 10**places) for value, unit in known)
    assert [unit is None for unit in units] == [value is None for value in values]


@pytest.mark.parametrize(("value", "units"), [("0.005", 1), ("0.0049", 0), ("-0.005", 0), ("2.675", 268)])
def test_halves_are_rounded_up(value: str, units: int) -> None:
    assert half_up(Fraction(value), 2) == units
