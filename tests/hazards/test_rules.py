from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspect_app.hazards.rules import (
    FINAL_STATES,
    LATE_STATES,
    OPEN_STATES,
    STATE_MARKS,
    Limits,
    is_due_soon,
    is_overdue,
    look_of,
    overdue_days,
    urgency,
)
from inspect_app.hazards.words import STATE_LABELS, State

TODAY = date(2026, 6, 15)
TONES = {"late", "wait", "work", "done", "none"}
days = st.dates(date(2020, 1, 1), date(2040, 1, 1))


@pytest.mark.parametrize(
    ("due_on", "late"), [(TODAY - timedelta(days=1), 1), (TODAY, 0), (TODAY + timedelta(days=1), 0), (None, 0)]
)
def test_the_due_day_itself_is_not_late(due_on: date | None, late: int) -> None:
    assert is_overdue(State.RECTIFYING, due_on, TODAY) == bool(late)
    assert overdue_days(State.RECTIFYING, due_on, TODAY) == late


@pytest.mark.parametrize("state", State)
def test_only_open_hazards_without_interim_control_are_late(state: State) -> None:
    late = is_overdue(state, date(2026, 1, 1), TODAY)
    assert late == (state not in {"closed", "transferred", "merged", "unfounded", "withdrawn", "suspended"})


def test_every_state_is_open_or_final() -> None:
    assert set(State) == OPEN_STATES | FINAL_STATES
    assert not OPEN_STATES & FINAL_STATES
    assert LATE_STATES < OPEN_STATES


@pytest.mark.parametrize(("ahead", "soon"), [(-1, False), (0, True), (7, True), (8, False)])
def test_due_soon_is_the_last_days_before(ahead: int, *, soon: bool) -> None:
    assert is_due_soon(State.ASSIGNED, TODAY + timedelta(days=ahead), TODAY, Limits()) == soon


@pytest.mark.parametrize("state", State)
def test_every_state_has_word_shape_and_colour(state: State) -> None:
    look = look_of(state, None, TODAY)
    assert (str(look.label), look.mark, look.tone) == (STATE_LABELS[state], *STATE_MARKS[state])
    assert look.mark
    assert look.tone in TONES - {"late"}


def test_lateness_is_shown_before_the_state() -> None:
    look = look_of(State.DONE, date(2026, 6, 12), TODAY)
    assert (str(look.label), look.mark, look.tone) == ("逾期 3 天", "▲", "late")


@given(days, days, days)
def test_open_ones_stand_before_ended_ones_and_in_the_order_of_their_days(
    first: date, second: date, ended: date
) -> None:
    open_first, open_second = (urgency(State.ASSIGNED, day, None, ended) for day in (first, second))
    assert (open_first < open_second) == (first < second)
    assert urgency(State.ASSIGNED, None, None, ended) > open_first
    assert urgency(State.CLOSED, first, None, ended) > urgency(State.DRAFT, None, None, ended)


@given(days, days)
def test_the_latest_end_stands_first_among_the_ended(first: date, second: date) -> None:
    assert (urgency(State.CLOSED, None, None, first) < urgency(State.MERGED, None, None, second)) == (first > second)


@given(days, days, days)
def test_what_is_under_control_stands_after_all_that_is_due_in_the_order_of_its_reviews(
    due_on: date, first: date, second: date
) -> None:
    one, other = (urgency(State.SUSPENDED, due_on, review_on, due_on) for review_on in (first, second))
    assert (one < other) == (first < second)
    assert urgency(State.ASSIGNED, due_on, None, due_on) < one < urgency(State.DRAFT, None, None, due_on)
    assert urgency(State.SUSPENDED, due_on, None, due_on) == urgency(State.DRAFT, None, None, due_on)
