from decimal import Decimal

import pytest

from inspect_app.core.earth import metres

WUSU, TACHENG = (Decimal("84.713"), Decimal("44.434")), (Decimal("82.987"), Decimal("46.745"))


def test_the_distance_of_two_towns_is_what_a_map_says() -> None:
    assert metres(WUSU, TACHENG) == pytest.approx(290_000, rel=0.01)
    assert metres(WUSU, WUSU) == 0


def test_one_minute_of_latitude_is_a_nautical_mile() -> None:
    assert metres((Decimal(85), Decimal(45)), (Decimal(85), Decimal(45) + Decimal(1) / 60)) == pytest.approx(
        1853, abs=2
    )
