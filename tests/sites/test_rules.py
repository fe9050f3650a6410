"""What may stand on a site's card."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from inspect_app.sites.fields import BLANK
from inspect_app.sites.rules import FIELD_LABELS, problems_of

TODAY = date(2026, 6, 15)
CARD: dict[str, Any] = {**BLANK, "name": "晨光小学", "category": "C03"}


def test_a_card_of_which_little_is_known_may_stand() -> None:
    assert problems_of(CARD, TODAY) == {}


def test_every_field_has_a_label() -> None:
    assert FIELD_LABELS.keys() == {*BLANK, "region_id"}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("category", None),
        ("category", "C07"),
        ("coordinate_system", "火星"),
        ("fortification_category", "甲"),
        ("fortification_intensity", 5),
        ("appraisal_result", "好"),
        ("credit_code", "12345"),
        ("credit_code", "91650000I00000000X"),
        ("floors", 0),
        ("area_m2", Decimal("12.345")),
        ("pga_g", Decimal("NaN")),
        ("pga_g", Decimal(0)),
        ("remaining_service_years", -1),
        ("appraised_on", date(2026, 6, 16)),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(field: str, value: object) -> None:
    assert list(problems_of({**CARD, field: value}, TODAY)) == [field]


def test_coordinates_come_in_pairs() -> None:
    assert "latitude" in problems_of({**CARD, "longitude": Decimal("84.7")}, TODAY)
    assert problems_of({**CARD, "longitude": Decimal("84.7"), "latitude": Decimal("44.43")}, TODAY) == {}


def test_nothing_was_appraised_before_it_was_built() -> None:
    assert "appraised_on" in problems_of({**CARD, "built_year": 2020, "appraised_on": date(2019, 5, 1)}, TODAY)
