from decimal import Decimal

from inspect_app.core.rates import rate


def test_a_rate_without_denominator_is_unknown() -> None:
    assert rate(0, 0) is None
    assert rate(3, 4) == Decimal("0.75")
    assert rate(0, 4) == 0
