from datetime import date, timedelta

import pytest

from inspect_app.core import clock
from inspect_app.core.database import transaction
from inspect_app.core.rates import rate
from inspect_app.hazards.facts import FACTS, rows_behind
from inspect_app.hazards.queries import page
from inspect_app.hazards.words import State
from tests.hazards.stories import Story

START, END, TODAY = date(2026, 1, 1), date(2026, 12, 31), date(2026, 6, 15)


def measured(story: Story, fact: str) -> tuple[int, int]:
    """Return the figure of 乌苏市 after checking that its rows are as many."""
    other = story.cast.other_clerk.view_region_id
    assert other is not None
    found = FACTS[fact](story.session, [story.county.id, other], START, END, TODAY)
    assert found[other] == (0, 0)
    for part, number in zip(("numerator", "denominator"), found[story.county.id], strict=True):
        wanted = rows_behind(fact, story.county.id, START, END, TODAY, part)
        assert len(page(story.session, story.cast.officer, wanted, size=100).rows) == number
    return found[story.county.id]


def past(story: Story, state: str, *, days: int = 60, major: bool = False) -> None:
    """Make a hazard some days ago; it was due twenty days later."""
    with transaction(), clock.set_to(clock.now() - timedelta(days=days)):
        story.reach(state, major=major)


@pytest.mark.parametrize("fact", FACTS)
def test_nothing_due_is_an_unknown_rate(story: Story, fact: str) -> None:
    assert measured(story, fact) == (0, 0)
    assert rate(0, 0) is None


def test_closure_on_time_counts_what_fell_due(story: Story) -> None:
    past(story, State.CLOSED)
    past(story, State.RECTIFYING)
    past(story, State.SUSPENDED)
    for state in (State.TRANSFERRED, State.MERGED, State.UNFOUNDED):
        past(story, state, days=19)
    assert measured(story, "closed_on_time") == (1, 3)


def test_closure_after_the_due_date_is_not_on_time(story: Story) -> None:
    with transaction():
        with clock.set_to(clock.now() - timedelta(days=60)):
            hazard = story.reach(State.CLOSURE_PENDING)
        with clock.set_to(clock.now() - timedelta(days=39)):
            story.take(hazard, "close")
    assert measured(story, "closed_on_time") == (0, 1)


def test_the_last_day_itself_still_counts(story: Story) -> None:
    past(story, State.RECTIFYING, days=20)
    assert measured(story, "closed_on_time") == (0, 0)
    past(story, State.RECTIFYING, days=21)
    assert measured(story, "closed_on_time") == (0, 1)


def test_an_approved_extension_takes_a_hazard_out_and_an_unapproved_leaves_it(story: Story) -> None:
    with transaction(), clock.set_to(clock.now() - timedelta(days=30)):
        asked, given = story.reach(State.EXTENSION_PENDING), story.reach(State.EXTENSION_PENDING)
        story.take(given, "approve_extension")
    assert asked.id != given.id
    assert measured(story, "closed_on_time") == (0, 1)


def test_major_ones_are_cleared_when_closed_whenever_that_was(story: Story) -> None:
    past(story, State.CLOSED, major=True)
    past(story, State.RECTIFYING, major=True)
    past(story, State.CLOSED)
    assert measured(story, "major_cleared") == (1, 2)


def test_rebounds_are_counted_among_what_was_looked_back_at(story: Story) -> None:
    with transaction():
        for rebounded in (True, False, False):
            story.take(story.reach(State.CLOSED), "look_back", rebounded=rebounded)
    assert measured(story, "rebounds") == (1, 3)


def test_an_unknown_fact_is_no_figure() -> None:
    with pytest.raises(KeyError):
        rows_behind("gone", 1, START, END, TODAY)
