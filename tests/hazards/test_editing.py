from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from inspect_app.audit.models import AuditEntry
from inspect_app.core.database import transaction
from inspect_app.core.errors import DomainError, Forbidden, Stale
from inspect_app.hazards.service import update
from inspect_app.hazards.summary import verify
from inspect_app.hazards.words import Grade, State
from tests.hazards.stories import Story


def test_an_update_is_traced_and_raises_the_version(story: Story) -> None:
    with transaction():
        hazard = story.register(story.draft(measures=""))
        update(story.session, story.cast.clerk, hazard, {"measures": " 封闭外廊 "}, hazard.version)
    entry = story.session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert entry is not None
    assert (hazard.version, entry.changes) == (2, {"measures": ["", "封闭外廊"]})


def test_an_update_with_an_old_version_is_stale(story: Story) -> None:
    with transaction():
        hazard = story.register()
    with transaction(), pytest.raises(Stale):
        update(story.session, story.cast.clerk, hazard, {"measures": "封闭"}, hazard.version - 1)


def test_a_new_due_date_moves_the_counters(story: Story) -> None:
    with transaction():
        hazard = story.register()
        update(story.session, story.cast.clerk, hazard, {"due_on": date(2026, 7, 1)}, hazard.version)
    assert not verify(story.session)


@pytest.mark.parametrize("state", [State.DONE, State.CLOSURE_PENDING, State.CLOSED, State.UNFOUNDED])
def test_what_is_under_judgement_or_ended_is_read_only(story: Story, state: State) -> None:
    with transaction():
        hazard = story.reach(state)
    with transaction(), pytest.raises(Forbidden):
        update(story.session, story.cast.clerk, hazard, {"measures": "另写一段整改措施"}, hazard.version)


def test_a_county_cannot_soften_what_an_inspector_found(story: Story) -> None:
    with transaction():
        finding = story.draft(grade=Grade.MAJOR, origin="inspection", measures="", found_by_id=story.cast.inspector.id)
        hazard = story.register(finding, story.cast.inspector)
    with transaction(), pytest.raises(Forbidden):
        update(story.session, story.cast.clerk, hazard, {"grade": Grade.GENERAL}, hazard.version)
    with transaction():
        update(story.session, story.cast.inspector, hazard, {"grade": Grade.GENERAL}, hazard.version)
    assert hazard.grade == Grade.GENERAL


@pytest.mark.parametrize(
    "changes",
    [
        {"state": "closed"},
        {"closed_on": date(2026, 6, 1)},
        {"due_on": date(2026, 6, 1)},
        {"found_on": date(2026, 6, 16)},
        {"description": ""},
        {"grade": "gone"},
    ],
)
def test_an_update_takes_only_possible_values_of_named_columns(story: Story, changes: dict[str, Any]) -> None:
    with transaction():
        hazard = story.register()
    with transaction(), pytest.raises(DomainError):
        update(story.session, story.cast.clerk, hazard, changes, hazard.version)
    assert hazard.version == 2
