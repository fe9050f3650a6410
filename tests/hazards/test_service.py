from datetime import date

import pytest
from sqlalchemy import select

from inspect_app.audit.models import AuditEntry
from inspect_app.core.database import transaction
from inspect_app.core.errors import Forbidden, Invalid, Stale, StepRefused
from inspect_app.hazards.service import register, take_step
from inspect_app.hazards.words import State
from tests.hazards.stories import Story


def test_a_complete_finding_is_registered_under_a_reference(story: Story) -> None:
    with transaction():
        first, second = story.register(), story.register()
    assert (first.reference, second.reference) == ("YH-654202-2026-C03-0001", "YH-654202-2026-C03-0002")
    assert first.state == State.REGISTERED


@pytest.mark.parametrize("missing", ["grade", "responsible_unit_name", "responsible_person", "measures", "due_on"])
def test_a_finding_without_an_element_waits_as_a_draft(story: Story, missing: str) -> None:
    with transaction():
        hazard = story.register(story.draft(**{missing: None if missing in {"grade", "due_on"} else ""}))
    assert hazard.state == State.DRAFT
    with transaction(), pytest.raises(StepRefused, match="六要素"):
        story.take(hazard, "register")


def test_a_major_finding_without_funds_waits_as_a_draft_but_zero_is_an_amount(story: Story) -> None:
    with transaction():
        assert story.register(story.major(fund_amount=None)).state == State.DRAFT
        assert story.register(story.major(fund_amount=0)).state == State.REGISTERED


def test_a_person_enters_nothing_in_another_county(story: Story) -> None:
    with transaction(), pytest.raises(Forbidden, match="这个区域"):
        register(story.session, story.cast.other_clerk, story.draft())
    with transaction(), pytest.raises(Forbidden):
        register(story.session, story.cast.leader, story.draft())


def test_a_region_of_another_county_is_refused(story: Story) -> None:
    elsewhere = story.cast.other_clerk.view_region_id
    with transaction(), pytest.raises(Forbidden):
        register(story.session, story.cast.officer, story.draft(region_id=elsewhere))


def test_a_stale_page_changes_nothing(story: Story) -> None:
    with transaction():
        hazard = story.register()
        story.take(hazard, "assign")
    with transaction(), pytest.raises(Stale):
        take_step(story.session, story.cast.clerk, hazard, "accept", {}, version=hazard.version - 1)


def test_facts_nobody_asked_for_are_refused(story: Story) -> None:
    with transaction():
        hazard = story.register()
    with transaction(), pytest.raises(Invalid, match="不接受"):
        story.take(hazard, "assign", closed_on=date(2026, 6, 1))


@pytest.mark.parametrize(
    ("name", "value"),
    [("due_on", "2026-07-01"), ("requirement", 5), ("requirement", "长" * 4001)],
)
def test_facts_of_the_wrong_kind_are_refused(story: Story, name: str, value: object) -> None:
    with transaction():
        hazard = story.register()
    with transaction(), pytest.raises(Invalid):
        take_step(story.session, story.cast.head, hazard, "assign", {**story.facts("assign"), name: value})


def test_each_step_leaves_an_entry_with_what_changed(story: Story) -> None:
    with transaction():
        hazard = story.take(story.register(), "assign")
    entries = story.session.scalars(select(AuditEntry).where(AuditEntry.subject_id == hazard.id)).all()
    mine = [entry for entry in entries if entry.subject_kind == "hazard"]
    assert [entry.action for entry in mine] == ["hazard.enter", "hazard.register", "hazard.assign"]
    assert mine[-1].changes["state"] == ["registered", "assigned"]
