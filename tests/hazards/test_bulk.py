from datetime import date
from decimal import Decimal
from uuid import RFC_4122, UUID

import pytest
from sqlalchemy import select

from inspect_app.audit.models import AuditEntry
from inspect_app.core.database import transaction
from inspect_app.core.errors import Conflict, Forbidden
from inspect_app.hazards.bulk import register_many, update_many
from inspect_app.hazards.lifecycle import HAZARD_LIFE
from inspect_app.hazards.models import Hazard, HazardEvent
from inspect_app.hazards.service import register
from inspect_app.hazards.summary import verify
from inspect_app.hazards.words import Grade, State
from inspect_app.regions.queries import ensure_unit
from tests.hazards.stories import Story

COMPARED = [
    column.name
    for column in Hazard.__table__.columns
    if column.name not in {"id", "uuid", "reference", "created_at", "updated_at"}
]


def test_many_at_once_are_like_one_by_one(story: Story) -> None:
    drafts = [
        story.draft(longitude=Decimal("84.7"), latitude=Decimal("44.4333333")),
        story.major(listed=True, listed_level="地区级"),
        story.draft(measures="", due_on=None, found_on=None, grade=None),
    ]
    with transaction():
        singles = [register(story.session, story.cast.clerk, draft) for draft in drafts]
        keys = register_many(story.session, story.cast.clerk, drafts, batch_id=None)
    for single, key in zip(singles, keys, strict=True):
        double = story.session.get_one(Hazard, key)
        assert {name: getattr(double, name) for name in COMPARED} == {name: getattr(single, name) for name in COMPARED}
        assert HAZARD_LIFE.replay(double.events) == double.state
        assert [event.action for event in double.events] == [event.action for event in single.events]
    assert not verify(story.session)


def test_references_follow_the_order_of_the_rows_in_each_prefix(story: Story) -> None:
    drafts = [story.draft(category=category) for category in ("C03", "C12", "C03", "", "C12")]
    with transaction():
        keys = register_many(story.session, story.cast.clerk, drafts, batch_id=None)
    found = [story.session.get_one(Hazard, key).reference[-8:] for key in keys]
    assert found == ["C03-0001", "C12-0001", "C03-0002", "-QT-0001", "C12-0002"]


def test_a_batch_has_one_entry_and_each_registered_hazard_an_event(story: Story) -> None:
    with transaction():
        register_many(story.session, story.cast.clerk, [story.draft()] * 3 + [story.draft(measures="")], batch_id=None)
    entries = story.session.scalars(select(AuditEntry).where(AuditEntry.action == "hazard.register_many")).all()
    assert [entry.changes["number"] for entry in entries] == [[None, 4]]
    assert len(story.session.scalars(select(HazardEvent)).all()) == 3


def test_nothing_is_entered_for_another_county(story: Story) -> None:
    with transaction(), pytest.raises(Forbidden):
        register_many(story.session, story.cast.other_clerk, [story.draft()], batch_id=None)
    assert story.session.scalar(select(Hazard)) is None


def test_an_update_changes_what_differs_and_tells_it(story: Story) -> None:
    with transaction():
        first, second = register_many(story.session, story.cast.clerk, [story.draft(), story.draft()], batch_id=None)
        changes = {first: {"progress": "已封闭", "measures": story.draft().measures}, second: {"progress": ""}}
        changed = update_many(story.session, story.cast.clerk, changes, batch_id=None)
    assert changed == [first]
    hazard = story.session.get_one(Hazard, first)
    assert (hazard.progress, hazard.version) == ("已封闭", 3)
    entry = story.session.scalars(select(AuditEntry).where(AuditEntry.action == "hazard.update_many")).one()
    assert entry.changes == {hazard.reference: {"progress": ["", "已封闭"]}}


def test_an_update_that_completes_a_draft_registers_it(story: Story) -> None:
    with transaction():
        (key,) = register_many(story.session, story.cast.clerk, [story.draft(grade=None)], batch_id=None)
        update_many(story.session, story.cast.clerk, {key: {"grade": Grade.GENERAL}}, batch_id=None)
    hazard = story.session.get_one(Hazard, key)
    assert hazard.state == State.REGISTERED == HAZARD_LIFE.replay(hazard.events)
    assert not verify(story.session)


@pytest.mark.parametrize("column", ["due_on", "closed_on", "state", "progress"])
def test_a_return_never_touches_what_is_closed(story: Story, column: str) -> None:
    with transaction():
        hazard = story.reach(State.CLOSED)
    values = {"due_on": date(2026, 9, 1), "closed_on": date(2026, 6, 1), "state": State.DRAFT, "progress": "另写"}
    with transaction(), pytest.raises(Conflict, match=hazard.reference):
        update_many(story.session, story.cast.clerk, {hazard.id: {column: values[column]}}, batch_id=None)


def test_a_due_date_that_was_ordered_is_not_moved_by_a_return(story: Story) -> None:
    with transaction():
        hazard = story.reach(State.ASSIGNED)
    with transaction(), pytest.raises(Conflict):
        update_many(story.session, story.cast.clerk, {hazard.id: {"due_on": date(2026, 12, 1)}}, batch_id=None)


def test_keys_go_on_after_what_was_entered_one_by_one(story: Story) -> None:
    with transaction():
        single = story.register()
        keys = register_many(story.session, story.cast.clerk, [story.draft()], batch_id=None)
        after = story.register()
    assert single.id < keys[0] < after.id


def test_a_unit_that_is_named_anew_is_linked_anew(story: Story) -> None:
    with transaction():
        old, new = (ensure_unit(story.session, story.county.id, name) for name in ("教育局", "乌苏市应急管理局"))
        draft = story.draft(responsible_unit_id=old.id, responsible_unit_name=old.name)
        known, unknown = register_many(story.session, story.cast.clerk, [draft, draft], batch_id=None)
        changes = {known: {"responsible_unit_name": "应急局"}, unknown: {"responsible_unit_name": "红旗物业"}}
        update_many(story.session, story.cast.clerk, changes, batch_id=None)
    linked, unlinked = (story.session.get_one(Hazard, key) for key in (known, unknown))
    assert (linked.responsible_unit_id, linked.responsible_unit_name) == (new.id, "应急局")
    assert (unlinked.responsible_unit_id, unlinked.responsible_unit_name) == (None, "红旗物业")


def test_every_hazard_of_a_batch_has_a_random_identifier(story: Story) -> None:
    with transaction():
        register_many(story.session, story.cast.clerk, [story.draft()] * 40, batch_id=None)
    found = [UUID(text) for text in story.session.scalars(select(Hazard.uuid))]
    assert len(set(found)) == 40
    assert {(each.version, each.variant) for each in found} == {(4, RFC_4122)}
