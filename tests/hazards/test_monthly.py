"""Found and closed by month, from the counters and from the rows of a township alike."""

from datetime import date

import pytest

from inspect_app.core.database import transaction
from inspect_app.hazards.monthly import Months, by_month, months_of
from inspect_app.hazards.summary import verify
from inspect_app.hazards.words import State
from tests.hazards.stories import Story

MAY, JUNE = date(2026, 5, 1), date(2026, 6, 1)


@pytest.mark.parametrize(
    ("state", "months"),
    [
        (State.CLOSED, Months(MAY, JUNE)),
        (State.RECTIFYING, Months(MAY, None)),
        (State.MERGED, Months(None, None)),
        (State.UNFOUNDED, Months(None, None)),
    ],
)
def test_what_proved_untrue_was_not_found_and_only_the_closed_are_closed(state: State, months: Months) -> None:
    assert months_of(state, date(2026, 5, 31), date(2026, 6, 2)) == months


def test_a_county_and_its_township_count_the_same(story: Story) -> None:
    with transaction():
        story.reach(State.CLOSED)
        story.reach(State.MERGED)  # into another one, which stays
        story.register(story.draft(found_on=date(2026, 5, 31)))
    expected = {MAY: (1, 0), JUNE: (2, 1)}
    for scope in (story.county, story.township, story.cast.leader, story.cast.clerk):
        assert by_month(story.session, scope, MAY) == expected
    assert by_month(story.session, story.cast.leader, JUNE) == {JUNE: (2, 1)}
    assert by_month(story.session, story.cast.other_clerk, MAY) == {}


def test_what_proves_untrue_leaves_its_month(story: Story) -> None:
    with transaction():
        hazard = story.register(story.draft(found_on=date(2026, 5, 31)))
        story.take(hazard, "assign")
    assert by_month(story.session, story.county, MAY) == {MAY: (1, 0)}
    with transaction():
        story.take(hazard, "unfounded")
    assert by_month(story.session, story.county, MAY) == {}
    assert verify(story.session) == []
