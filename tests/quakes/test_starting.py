"""Each place has its own magnitude and minutes, or none."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from inspect_app.core.workdays import Calendar
from inspect_app.quakes.loading import definitions
from inspect_app.quakes.starting import begins, due, rule_for
from inspect_app.workplans.library.places import Place
from inspect_app.workplans.library.words import Level

NOON = datetime(2026, 6, 15, 4, 0, tzinfo=UTC)
PLAIN = Calendar({}, None)
ZHANGYE = Place(("6207", "62"), Level.PREFECTURE, {})
LITONG = Place(("640302", "6403", "64"), Level.COUNTY, {})
TACHENG = Place(("6542", "65"), Level.PREFECTURE, {})
WUSU = Place(("654202", "6542", "65"), Level.COUNTY, {})


@pytest.mark.parametrize(
    ("magnitude", "expected"), [("2.9", False), ("3.0", True), ("3.4", True)], ids=["below", "at", "above"]
)
def test_the_first_report_of_zhangye_starts_at_three(magnitude: str, *, expected: bool) -> None:
    rule = rule_for(definitions().clocks["first"].rules, ZHANGYE)
    assert rule is not None
    assert begins(rule, ZHANGYE, Decimal(magnitude), 2026) is expected
    assert due(rule, ZHANGYE, NOON, Decimal("3.4"), PLAIN) == NOON + timedelta(minutes=15)


def test_fifteen_minutes_hold_in_zhangye_alone() -> None:
    rules = definitions().clocks["first"].rules
    found = {place.path[0]: rule_for(rules, place) for place in (LITONG, TACHENG, WUSU)}
    limits = {
        place.path[0]: due(rule, place, NOON, Decimal("3.4"), PLAIN)
        for place in (LITONG, TACHENG, WUSU)
        if (rule := found[place.path[0]])
    }
    assert limits == {"640302": None, "6542": NOON + timedelta(minutes=30), "654202": NOON + timedelta(minutes=30)}
    assert rule_for(rules, Place(("2101", "21"), Level.PREFECTURE, {})) is None
    assert rule_for(rules, Place(("620702", "6207", "62"), Level.COUNTY, {})) is None


def test_litong_begins_at_three_without_minutes() -> None:
    rule = rule_for(definitions().clocks["first"].rules, LITONG)
    assert rule is not None
    assert not rule.proposals
    assert [begins(rule, LITONG, Decimal(each), 2026) for each in ("2.9", "3.0")] == [False, True]
