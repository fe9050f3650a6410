"""How clocks stand is a rule of instants alone."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspect_app.core.workdays import Calendar
from inspect_app.quakes.loading import definitions
from inspect_app.quakes.rules import begins, differing, due, figures_of, rule_for, same_day, standing
from inspect_app.quakes.words import Standing
from inspect_app.workplans.library.places import Place
from inspect_app.workplans.library.words import Level

NOON = datetime(2026, 6, 15, 4, 0, tzinfo=UTC)
INSTANTS = st.integers(-2000, 2000).map(lambda minutes: NOON + timedelta(minutes=minutes))
MAYBE = st.none() | INSTANTS
PLAIN = Calendar({}, None)
ZHANGYE = Place(("6207", "62"), Level.PREFECTURE, {})
LITONG = Place(("640302", "6403", "64"), Level.COUNTY, {})
TACHENG = Place(("6542", "65"), Level.PREFECTURE, {})
WUSU = Place(("654202", "6542", "65"), Level.COUNTY, {})


@dataclass(frozen=True)
class Timed:
    due_at: datetime | None = None
    done_at: datetime | None = None
    cancelled_at: datetime | None = None
    omitted_at: datetime | None = None


def test_what_is_due_at_noon_is_met_at_noon_and_late_a_second_after() -> None:
    assert standing(Timed(NOON, NOON), NOON) == Standing.MET
    assert standing(Timed(NOON, NOON + timedelta(seconds=1)), NOON) == Standing.LATE
    assert standing(Timed(NOON), NOON) == Standing.RUNNING
    assert standing(Timed(NOON), NOON + timedelta(seconds=1)) == Standing.LATE


@given(MAYBE, MAYBE, MAYBE, INSTANTS)
def test_what_has_no_limit_is_never_late(
    done: datetime | None, cancelled: datetime | None, omitted: datetime | None, now: datetime
) -> None:
    assert standing(Timed(None, done, cancelled, omitted), now) not in (Standing.LATE, Standing.MET, Standing.RUNNING)


@given(INSTANTS, MAYBE, INSTANTS, st.integers(0, 5000))
def test_what_is_late_stays_late_and_what_is_met_stays_met(
    limit: datetime, done: datetime | None, now: datetime, later: int
) -> None:
    before = standing(Timed(limit, done), now)
    if before != Standing.RUNNING:
        assert standing(Timed(limit, done), now + timedelta(minutes=later)) == before


@given(INSTANTS, INSTANTS, INSTANTS)
def test_done_things_do_not_depend_on_when_one_looks(limit: datetime, done: datetime, now: datetime) -> None:
    assert standing(Timed(limit, done), now) == (Standing.MET if done <= limit else Standing.LATE)


@given(MAYBE, MAYBE, INSTANTS, INSTANTS)
def test_a_cancelled_clock_is_nothing_else(
    limit: datetime | None, done: datetime | None, cancelled: datetime, now: datetime
) -> None:
    assert standing(Timed(limit, done, cancelled, now), now) == Standing.CANCELLED


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


def test_a_day_ends_at_midnight_in_shanghai() -> None:
    received = datetime(2026, 6, 15, 15, 30, tzinfo=UTC)
    assert same_day(received, datetime(2026, 6, 15, 15, 59, 59, tzinfo=UTC))
    assert not same_day(received, datetime(2026, 6, 15, 16, 0, tzinfo=UTC))
    assert not same_day(received, None)


def test_figures_that_one_side_does_not_know_do_not_differ() -> None:
    one, other = figures_of({"deaths": 0, "injured": 3}), figures_of({"injured": 5, "relocated": 7})
    assert one["relocated"] is None
    assert differing(one, other) == ("injured",)
