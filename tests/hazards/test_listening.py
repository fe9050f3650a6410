"""Who listens to a step is told of it once, when everything about the hazard is already written."""

import pytest
from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.core.database import transaction
from inspect_app.hazards import listening
from inspect_app.hazards.models import Hazard
from inspect_app.hazards.service import mark_listed
from inspect_app.hazards.words import State
from tests.hazards.stories import Story


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    known: list[tuple[str, str]] = []

    def note(_session: Session, actor: Actor, hazard: Hazard) -> None:
        known.append((actor.name, hazard.state))

    monkeypatch.setattr(listening, "_listeners", {})
    listening.listen("assign", note)
    listening.listen("assign", note)
    return known


def test_a_listener_hears_its_step_and_no_other(story: Story, heard: list[tuple[str, str]]) -> None:
    with transaction():
        story.reach(State.ACCEPTED)
    assert heard == [(story.cast.head.name, State.ASSIGNED)]


def test_a_hazard_is_listed_and_no_longer_listed(story: Story) -> None:
    with transaction():
        hazard = story.register()
        version = hazard.version
        mark_listed(story.session, story.cast.leader, hazard, "prefecture")
        assert (hazard.listed, hazard.listed_level, hazard.version) == (True, "prefecture", version + 1)
        mark_listed(story.session, story.cast.leader, hazard, "")
        assert (hazard.listed, hazard.listed_level) == (False, "")
