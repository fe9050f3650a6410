"""What holds for a place: its own setting before that of the region above, that of a year before that of all years."""

import pytest

from inspect_app.workplans.library.definition import Parameter, Setting
from inspect_app.workplans.library.parameters import is_day

SIZE = Parameter(
    "size",
    settings=(
        Setting("6542", None, 1),
        Setting("6542", 2024, 2),
        Setting("654202", None, 3),
        Setting("371500K01", None, 4),
    ),
)
ZONE = ("371500K01", "3715", "37")


@pytest.mark.parametrize(
    ("path", "year", "value"),
    [
        (("654221", "6542", "65"), 2023, 1),
        (("654221", "6542", "65"), 2024, 2),
        (("654202", "6542", "65"), 2024, 3),
        (ZONE, 2024, 4),
        (("3715", "37"), 2024, None),
        (("65",), 2024, None),
    ],
)
def test_the_nearest_setting_holds(path: tuple[str, ...], year: int, value: int | None) -> None:
    assert SIZE.value(path, year) == value


def test_a_parameter_with_a_year_is_set_anew_each_year() -> None:
    assert SIZE.yearly
    assert not Parameter("size", settings=(Setting("6542", None, 1),)).yearly


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("06-07", True), ("02-29", True), ("12-31", True), ("02-30", False), ("04-31", False), ("13-01", False),
        ("6-7", False), ("2024-06-07", False), (607, False),
    ],
)  # fmt: skip
def test_a_day_is_written_month_day(text: str | int, right: bool) -> None:  # noqa: FBT001 - a column of the table
    assert is_day(text) is right
