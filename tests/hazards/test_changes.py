"""The latest telling steps of a place, whoever asks."""

from inspect_app.access.actor import SYSTEM
from inspect_app.core.database import transaction
from inspect_app.hazards.changes import latest
from inspect_app.hazards.words import State
from tests.hazards.stories import Story


def test_the_latest_comes_first_and_plain_steps_are_not_told(story: Story) -> None:
    with transaction():
        first = story.reach(State.CLOSED)
        second = story.reach(State.SUSPENDED)
        story.reach(State.RECTIFYING)
    told = [(event.action, hazard.id) for event, hazard in latest(story.session, SYSTEM, None)]
    assert told == [("suspend", second.id), ("close", first.id)]
    assert latest(story.session, SYSTEM, None, size=1)[0][1].id == second.id


def test_each_sees_what_happened_in_their_region(story: Story) -> None:
    with transaction():
        hazard = story.reach(State.CLOSED)
    for person in (story.cast.clerk, story.cast.leader, story.cast.inspector):
        assert [each.id for _event, each in latest(story.session, person, None)] == [hazard.id]
    assert latest(story.session, story.cast.other_clerk, None) == []
    assert latest(story.session, story.cast.leader, story.county)
    assert latest(story.session, story.cast.leader, story.township)
