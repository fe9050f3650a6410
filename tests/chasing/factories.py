"""Hazards that are late, and closed ones, made through the services on chosen days."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from typing import Any

from inspect_app.core import clock
from inspect_app.hazards.models import Hazard
from inspect_app.hazards.words import State
from tests.hazards.stories import Story


@contextmanager
def on(day: date) -> Iterator[None]:
    """Let it be ten in the morning of a day."""
    with clock.set_to(datetime.combine(day, time(10), clock.LOCAL)):
        yield


def late(story: Story, due_on: date, state: str = State.RECTIFYING, **over: Any) -> Hazard:  # noqa: ANN401 - columns
    """Make a hazard that falls due on a day; it was found thirty days before."""
    with on(due_on - timedelta(days=30)):
        hazard = story.register(story.draft(due_on=due_on, **over))
        for action in PATHS[state]:
            facts: dict[str, Any] = {"due_on": due_on} if action == "assign" else {}
            story.take(hazard, action, **facts)
    return hazard


def closed(story: Story, closed_on: date, *, major: bool = False, **over: Any) -> Hazard:  # noqa: ANN401 - columns
    """Make a hazard that was closed on a day."""
    with on(closed_on):
        return story.reach(State.CLOSED, major=major, **over)


PATHS: dict[str, tuple[str, ...]] = {
    State.REGISTERED: (),
    State.ASSIGNED: ("assign",),
    State.ACCEPTED: ("assign", "accept"),
    State.RECTIFYING: ("assign", "accept", "start"),
    State.DONE: ("assign", "accept", "start", "report_done"),
    State.SUSPENDED: ("assign", "accept", "start", "suspend"),
    State.CLOSURE_PENDING: ("assign", "accept", "start", "report_done", "start_recheck", "pass_recheck"),
}
