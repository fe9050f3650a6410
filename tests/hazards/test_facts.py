from datetime import date, timedelta

import pytest

from inspect_app.core import clock
from inspect_app.core.database import transaction
from inspect_app.core.rates import rate
from inspect_app.hazards.facts import FACTS, rows_behind
from inspect_app.hazards.queries import page
from inspect_app.hazards.words import State
from inspect_app.regions.queries import townships_of
from tests.hazards.stories import Story
from tests.sites.factories import make_site

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


def test_what_is_past_its_due_date_is_overdue_unless_it_is_under_control_or_extended(story: Story) -> None:
    past(story, State.RECTIFYING)
    past(story, State.SUSPENDED)
    past(story, State.CLOSED)
    with transaction(), clock.set_to(clock.now() - timedelta(days=30)):
        story.take(story.reach(State.EXTENSION_PENDING), "approve_extension")
    past(story, State.RECTIFYING, days=20)
    found = FACTS["overdue"](story.session, [story.county.id], START, END, TODAY)
    assert found == {story.county.id: (1, 0)}
    assert shown(story, "overdue", END, TODAY) == 1


def test_a_year_that_is_over_is_told_as_it_ended(story: Story) -> None:
    """Both fell due by April; one was closed in time, the other after the period that is asked for."""
    past(story, State.CLOSED, major=True)
    with transaction():
        with clock.set_to(clock.now() - timedelta(days=60)):
            hazard = story.reach(State.CLOSURE_PENDING, major=True)
        story.take(hazard, "close")
    ended = date(2026, 6, 10)
    for fact, now, then in (("major_cleared", (2, 2), (1, 2)), ("overdue", (0, 0), (1, 0))):
        assert FACTS[fact](story.session, [story.county.id], START, TODAY, TODAY)[story.county.id] == now
        assert FACTS[fact](story.session, [story.county.id], START, ended, TODAY)[story.county.id] == then
        assert shown(story, fact, ended, TODAY, "numerator") == then[0]
    assert shown(story, "major_cleared", ended, TODAY) == 2


def test_houses_lived_in_are_those_of_the_item_that_are_not_put_right(story: Story) -> None:
    with transaction():
        site = make_site(story.session, category="C04", name="某户")
        for item_code, state in (("C04-07", State.REGISTERED), ("C04-07", State.CLOSED), ("C04-06", State.REGISTERED)):
            story.reach(state, site_id=site.id, item_code=item_code, category="C04")
    found = FACTS["inhabited_danger"](story.session, [story.county.id], START, END, TODAY)
    assert found == {story.county.id: (1, 0)}
    assert shown(story, "inhabited_danger", END, TODAY) == 1


@pytest.mark.parametrize("fact", FACTS)
def test_a_township_has_its_own_figures(story: Story, fact: str) -> None:
    for major in (True, False):
        past(story, State.CLOSED, major=major)
        past(story, State.RECTIFYING, major=major)
    with transaction():
        site = make_site(story.session, category="C04", name="某户")
        story.reach(State.REGISTERED, site_id=site.id, item_code="C04-07", category="C04")
        story.take(story.reach(State.CLOSED), "look_back", rebounded=True)
    inside = story.township.id
    elsewhere = next(each.id for each in townships_of(story.session, story.county.id) if each.id != inside)
    found = FACTS[fact](story.session, [inside, elsewhere], START, END, TODAY, of_townships=True)
    assert found[elsewhere] == (0, 0)
    assert found[inside] == FACTS[fact](story.session, [story.county.id], START, END, TODAY)[story.county.id]
    assert found[inside][0] > 0
    wanted = rows_behind(fact, inside, START, END, TODAY, "numerator")
    assert len(page(story.session, story.cast.officer, wanted, size=100).rows) == found[inside][0]


def shown(story: Story, fact: str, end: date, today: date, part: str = "denominator") -> int:
    """Count the rows that the list of hazards shows behind a figure."""
    wanted = rows_behind(fact, story.county.id, START, end, today, part)
    return len(page(story.session, story.cast.officer, wanted, size=100).rows)


def test_an_unknown_fact_is_no_figure() -> None:
    with pytest.raises(KeyError):
        rows_behind("gone", 1, START, END, TODAY)
