"""How clocks stand is a rule of instants alone."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from inspect_app.quakes.rules import differing, figures_of, same_day, standing
from inspect_app.quakes.words import Standing

NOON = datetime(2026, 6, 15, 4, 0, tzinfo=UTC)
INSTANTS = st.integers(-2000, 2000).map(lambda minutes: NOON + timedelta(minutes=minutes))
MAYBE = st.none() | INSTANTS


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


def test_a_day_ends_at_midnight_in_shanghai() -> None:
    received = datetime(2026, 6, 15, 15, 30, tzinfo=UTC)
    assert same_day(received, datetime(2026, 6, 15, 15, 59, 59, tzinfo=UTC))
    assert not same_day(received, datetime(2026, 6, 15, 16, 0, tzinfo=UTC))
    assert not same_day(received, None)


def test_figures_that_one_side_does_not_know_do_not_differ() -> None:
    one, other = figures_of({"deaths": 0, "injured": 3}), figures_of({"injured": 5, "relocated": 7})
    assert one["relocated"] is None
    assert differing(one, other) == ("injured",)
