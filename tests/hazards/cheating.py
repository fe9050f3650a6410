"""What every attempt to cheat must meet: a refusal with its sentence, and a hazard that stands where it stood."""

from collections.abc import Callable

import pytest

from inspect_app.core.database import transaction
from inspect_app.core.errors import DomainError, StepRefused
from inspect_app.hazards.models import Hazard
from tests.hazards.stories import Story

Cheat = Callable[[Story, Hazard], object]


def refused(story: Story, hazard: Hazard, cheat: Cheat, sentence: str, kind: type[DomainError] = StepRefused) -> None:
    state, version = hazard.state, hazard.version
    with transaction(), pytest.raises(kind) as caught:
        cheat(story, hazard)
    assert sentence in str(caught.value)
    story.session.refresh(hazard)
    assert (hazard.state, hazard.version) == (state, version)
