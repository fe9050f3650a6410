"""What each measure takes, and that found is always the sum of its four groups."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from inspect_app.bulletins.measures import GROUPS, MEASURES, RATES, HazardRow, Span, VisitRow, label_of
from inspect_app.hazards.words import Grade, State

MAY = Span(date(2026, 5, 1), date(2026, 5, 31), date(2026, 1, 1), date(2026, 6, 15))
ROW = HazardRow(
    "YH-1", 1, State.RECTIFYING, Grade.GENERAL, date(2026, 5, 10), date(2026, 6, 30), None, None, None, followed=True
)
DAYS = some.none() | some.dates(date(2025, 12, 1), date(2026, 8, 1))


def takes(name: str, row: HazardRow, span: Span = MAY) -> bool:
    rule = MEASURES[name].hazards
    assert rule is not None
    return rule(row, span)


@given(
    some.sampled_from(list(State)), some.sampled_from(["", *Grade]), DAYS, DAYS, DAYS, some.booleans(),
    some.dates(date(2026, 5, 1), date(2026, 9, 1)),
)  # fmt: skip
def test_whatever_is_found_stands_in_exactly_one_group(
    state: str,
    grade: str,
    found: date | None,
    due: date | None,
    closed: date | None,
    followed: bool,  # noqa: FBT001 - drawn by hypothesis
    today: date,
) -> None:
    row = HazardRow("YH-1", 1, state, grade, found, due, closed, None, None, followed)
    span = replace(MAY, today=today)
    groups = sum(takes(name, row, span) for name in GROUPS)
    assert groups == takes("found", row, span)


@pytest.mark.parametrize(
    ("state", "due", "group"),
    [
        (State.DRAFT, None, "rectifying"),
        (State.RECTIFYING, date(2026, 6, 15), "rectifying"),  # the last day still counts
        (State.RECTIFYING, date(2026, 6, 14), "overdue"),
        (State.CLOSURE_PENDING, date(2026, 6, 14), "overdue"),
        (State.SUSPENDED, date(2026, 1, 1), "suspended"),  # control stops the clock
        (State.CLOSED, date(2026, 1, 1), "closed"),
    ],
)
def test_a_hazard_falls_into_the_group_of_its_state_and_due_date(state: str, due: date | None, group: str) -> None:
    row = replace(ROW, state=state, due_on=due)
    assert [name for name in GROUPS if takes(name, row)] == [group]


@pytest.mark.parametrize("state", [State.TRANSFERRED, State.MERGED, State.UNFOUNDED, State.WITHDRAWN])
def test_what_is_not_the_countys_is_not_found(state: str) -> None:
    row = replace(ROW, state=state)
    assert not takes("found", row)
    assert not takes("new_found", row)
    assert takes("transferred", row) is (state == State.TRANSFERRED)


def test_due_dates_of_the_period_count_once_their_day_has_passed() -> None:
    due = replace(ROW, due_on=date(2026, 5, 31), followed=False)
    assert takes("due", due)
    assert takes("due", due, replace(MAY, today=date(2026, 6, 1)))
    assert not takes("due", due, replace(MAY, today=date(2026, 5, 31)))
    assert not takes("due", replace(due, due_on=date(2026, 6, 1)))


def test_closed_on_the_due_date_is_closed_on_time() -> None:
    closed = replace(ROW, state=State.CLOSED, due_on=date(2026, 5, 20), closed_on=date(2026, 5, 20))
    assert takes("on_time", closed)
    assert not takes("on_time", replace(closed, closed_on=date(2026, 5, 21)))
    assert not takes("on_time", replace(closed, closed_on=None))


def test_a_hazard_is_long_overdue_after_thirty_days() -> None:
    late = replace(ROW, due_on=MAY.today - timedelta(days=30))
    assert not takes("long_overdue", late)
    assert takes("long_overdue", replace(late, due_on=MAY.today - timedelta(days=31)))


def test_a_hazard_nobody_dated_is_told_apart_while_it_is_open() -> None:
    undated = replace(ROW, found_on=None, followed=False)
    assert takes("undated", undated)
    assert not takes("undated", replace(undated, state=State.CLOSED))
    assert not takes("undated", ROW)


def test_a_visit_counts_on_the_day_it_was_submitted() -> None:
    visits = MEASURES["visits"].visits
    assert visits is not None
    assert visits(VisitRow("JC-1", 1, "submitted", date(2026, 5, 31)), MAY)
    assert not visits(VisitRow("JC-1", 1, "submitted", date(2026, 6, 1)), MAY)
    assert not visits(VisitRow("JC-1", 1, "submitted", None), MAY)


@given(some.sampled_from(list(State)), some.sampled_from(list(Grade)), DAYS, DAYS, DAYS, some.booleans())
def test_what_a_rate_counts_is_among_what_it_divides_by(
    state: str,
    grade: str,
    due: date | None,
    closed: date | None,
    looked: date | None,
    rebounded: bool,  # noqa: FBT001
) -> None:
    row = HazardRow("YH-1", 1, state, grade, date(2026, 5, 10), due, closed, looked, rebounded, followed=True)
    for rate in RATES.values():
        assert not takes(rate.numerator, row) or takes(rate.denominator, row)


def test_no_two_figures_share_a_name() -> None:
    labels = [label_of(name) for name in (*MEASURES, *RATES)]
    assert len(labels) == len(set(labels))
