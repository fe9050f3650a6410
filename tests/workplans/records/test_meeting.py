"""A figure meets a demand only where both count the same thing and a number is set."""

from dataclasses import dataclass
from decimal import Decimal

import pytest

from inspect_app.workplans.records.meeting import is_met


@dataclass
class Demand:
    needed: int | None = None
    share: Decimal | None = None
    per: str | None = None


ALL = Decimal(1)


@pytest.mark.parametrize(
    ("demand", "count", "whole", "each", "expected"),
    [
        (Demand(needed=2), 1, None, None, False),
        (Demand(needed=2), 2, None, None, True),
        (Demand(), 5, None, None, None),
        (Demand(needed=6), 6, 6, None, True),
        (Demand(share=ALL), 9, 10, None, False),
        (Demand(share=Decimal("0.9")), 9, 10, None, True),
        (Demand(share=ALL), 0, 0, None, None),
        (Demand(share=ALL), 3, None, None, None),
        (Demand(needed=30, per="townships"), 10, 10, 30, True),
        (Demand(needed=30, per="townships"), 9, 10, 30, False),
        (Demand(needed=50, per="townships"), 10, 10, 30, None),
        (Demand(needed=30, per="townships"), 0, 0, 30, None),
        (Demand(needed=30, per="townships"), 400, None, None, None),
        (Demand(needed=30), 400, 10, 30, None),
    ],
)
def test_a_demand_is_met(demand: Demand, count: int, whole: int | None, each: int | None, expected: object) -> None:
    total = None if whole is None else Decimal(whole)
    assert is_met(demand, Decimal(count), total, each) is expected
