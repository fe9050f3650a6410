"""Which rung is due on which day, and when listings and closures are followed up: dates in, answers out."""

import random
from dataclasses import replace
from datetime import date, timedelta

import pytest

from inspect_app.chasing.definition import Chasing, Colour, Days, ListingTerms
from inspect_app.chasing.loading import chasing
from inspect_app.chasing.rules import (
    Case,
    colour_of,
    due_rung,
    falls_on,
    forward,
    is_recurrence,
    last_due_on,
    listing_days,
    look_back_days,
    plan,
)
from inspect_app.hazards.words import State
from tests.chasing.days import day, days_of, official

CALENDAR = official()
SOON = timedelta(days=7)


def due(case: Case, today: str, ladder: Chasing | None = None) -> str | None:
    found = due_rung(ladder or chasing(), case, day(today), CALENDAR)
    return found.code if found else None


def case(due_on: str = "6-1", *taken: str, state: str = State.RECTIFYING, listed: bool = False) -> Case:
    return Case(state, day(due_on), listed, frozenset(taken))


@pytest.mark.parametrize(
    ("today", "rung"),
    [
        ("6-1", None), ("6-2", "reminder"), ("6-3", "reminder"), ("6-4", "urging_letter"), ("6-7", "urging_letter"),
        ("6-8", "interview"), ("6-15", "interview"), ("6-16", "circular"), ("6-30", "circular"), ("7-1", "listing"),
        ("2027-6-1", "listing"),
    ],
)  # fmt: skip
def test_due_on_monday_1_june_each_rung_falls_on_its_day(today: str, rung: str | None) -> None:
    assert due(case(), today) == rung


@pytest.mark.parametrize(
    ("due_on", "falls"),
    [
        ("6-5", "6-8"),  # Friday: the next day is Saturday, so Monday
        ("6-18", "6-22"),  # Dragon Boat Festival: Friday 19 to Sunday 21 June
        ("9-30", "10-8"),  # National Day: 1 to 7 October
        ("2-13", "2-14"),  # Saturday 14 February is worked for the Spring Festival
        ("2-14", "2-24"),  # Spring Festival: 15 to 23 February
        ("12-31", "2027-1-1"),  # later years are not arranged yet: the plain week counts
    ],
)
def test_a_rung_on_a_day_of_rest_moves_to_the_next_working_day(due_on: str, falls: str) -> None:
    assert falls_on(chasing().rungs[0], day(due_on), CALENDAR) == day(falls)


def test_a_rung_in_working_days_counts_working_days() -> None:
    rung = replace(chasing().rungs[1], days=Days.WORKING)
    assert falls_on(rung, day("9-30"), CALENDAR) == day("10-10")  # 8, 9, and Saturday 10 October, which is worked


def test_what_was_taken_is_not_due_again_nor_what_lies_below() -> None:
    assert due(case("6-1", "reminder"), "6-3") is None
    assert due(case("6-1", "reminder"), "6-4") == "urging_letter"
    assert due(case("6-1", "circular"), "6-20") is None
    assert due(case("6-1", "listing"), "12-1") is None


def test_a_rung_that_the_ladder_no_longer_has_hinders_nothing() -> None:
    assert due(case("6-1", "old_rung"), "6-4") == "urging_letter"


def test_what_is_listed_is_not_listed_again() -> None:
    assert due(case(listed=True), "8-3") == "circular"
    assert due(case("6-1", "circular", listed=True), "8-3") is None


@pytest.mark.parametrize("state", sorted(set(State) - chasing().chased_states))
def test_nobody_is_urged_in_other_states(state: str) -> None:
    assert due(case(state=state), "8-3") is None


@pytest.mark.parametrize("state", sorted(chasing().chased_states))
def test_everybody_is_urged_in_chased_states_a_pending_extension_included(state: str) -> None:
    assert due(case(state=state), "6-2") == "reminder"


def test_without_a_due_date_there_is_no_ladder() -> None:
    assert plan(chasing(), Case(State.RECTIFYING, None), day("6-2"), CALENDAR) == []
    assert due_rung(chasing(), Case(State.RECTIFYING, None), day("6-2"), CALENDAR) is None


def test_the_plan_shows_every_rung_with_its_day_and_which_are_open() -> None:
    planned = plan(chasing(), case("6-1", "reminder"), day("6-9"), CALENDAR)
    assert [(each.rung.code, each.falls_on, each.open) for each in planned] == [
        ("reminder", day("6-2"), False),
        ("urging_letter", day("6-4"), True),
        ("interview", day("6-8"), True),
        ("circular", day("6-16"), False),
        ("listing", day("7-1"), False),
    ]


@pytest.mark.parametrize(
    ("today", "colour"),
    [
        ("5-24", None), ("5-25", Colour.BLUE), ("6-1", Colour.BLUE), ("6-2", Colour.YELLOW), ("6-7", Colour.YELLOW),
        ("6-8", Colour.RED), ("9-1", Colour.RED),
    ],
)  # fmt: skip
def test_blue_before_yellow_after_red_from_the_interview_on(today: str, colour: Colour | None) -> None:
    assert colour_of(chasing(), case(), day(today), SOON, CALENDAR) == colour


def test_what_is_not_chased_has_no_colour() -> None:
    assert colour_of(chasing(), case(state=State.SUSPENDED), day("9-1"), SOON, CALENDAR) is None
    assert colour_of(chasing(), Case(State.RECTIFYING, None), day("9-1"), SOON, CALENDAR) is None


@pytest.mark.parametrize("days", Days)
@pytest.mark.parametrize("after", [1, 2, 3, 7, 15, 30])
def test_the_latest_due_date_is_the_inverse_of_the_day_a_rung_falls(days: Days, after: int) -> None:
    rung = replace(chasing().rungs[0], days=days, after_days=after)
    for today in days_of(day("1-1"), day("12-31")):
        last = last_due_on(rung, today, CALENDAR)
        assert falls_on(rung, last, CALENDAR) <= today < falls_on(rung, last + timedelta(days=1), CALENDAR)


def test_a_rung_never_falls_earlier_for_a_later_due_date() -> None:
    chance = random.Random(7)  # noqa: S311 - a repeatable choice of days
    for rung in chasing().rungs:
        for _ in range(200):
            first = day("1-1") + timedelta(days=chance.randrange(300))
            second = first + timedelta(days=chance.randrange(60))
            assert falls_on(rung, first, CALENDAR) <= falls_on(rung, second, CALENDAR)


def test_a_listing_is_reported_and_published_in_working_days() -> None:
    terms = ListingTerms(365, 3, 5)
    found = listing_days(terms, day("9-28"), None, CALENDAR)  # Monday before the National Day
    assert (found.report_by, found.publish_by, found.publish_delisting_by) == (day("10-8"), day("10-10"), None)
    assert listing_days(terms, day("6-1"), day("9-30"), CALENDAR).publish_delisting_by == day("10-13")


def test_looking_back_moves_to_a_working_day() -> None:
    found = look_back_days((30, 90, 180), day("4-20"), CALENDAR)
    assert found == {30: day("5-20"), 90: day("7-20"), 180: day("10-19")}  # 19 July and 17 October are days of rest


@pytest.mark.parametrize(("start", "moved"), [("6-15", "6-15"), ("6-20", "6-22"), ("10-1", "10-8")])
def test_forward_stays_on_working_days(start: str, moved: str) -> None:
    assert forward(day(start), CALENDAR) == day(moved)


@pytest.mark.parametrize(
    ("closed_on", "found_on", "again"),
    [
        ("6-1", "6-1", True), ("6-1", "2027-6-1", True), ("6-1", "2027-6-2", False), ("6-2", "6-1", False),
    ],
)  # fmt: skip
def test_failing_again_within_a_year_of_closure_is_a_recurrence(closed_on: str, found_on: str, *, again: bool) -> None:
    assert is_recurrence(day(closed_on), day(found_on), 365) is again


@pytest.mark.parametrize(("closed_on", "found_on"), [(None, date(2026, 6, 1)), (date(2026, 6, 1), None)])
def test_without_both_days_nothing_is_a_recurrence(closed_on: date | None, found_on: date | None) -> None:
    assert not is_recurrence(closed_on, found_on, 365)
