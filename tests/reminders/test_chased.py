"""Rungs, look backs and drafts of documents in the digests of those who take, make and issue them."""

from datetime import date, datetime

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.chasing import looking_back
from inspect_app.chasing.ladder import Ladder
from inspect_app.chasing.looking_back import TaskFilter
from inspect_app.chasing.models import LookBackTask
from inspect_app.chasing.samples import Period, draw_sample
from inspect_app.core.database import transaction
from inspect_app.documents import queries as documents
from inspect_app.documents import service as drafting
from inspect_app.hazards.models import Hazard
from inspect_app.regions.queries import by_code
from inspect_app.reminders.composing import compose
from inspect_app.reminders.sections import Section
from tests.chasing.factories import closed, late
from tests.hazards.stories import Story, stage

TODAY = date(2026, 6, 15)


@pytest.fixture
def story(session: Session, clock: datetime) -> Story:
    assert clock.date() == TODAY
    with transaction():
        return stage(session)


def sections_of(session: Session, person: Actor, code: str) -> list[Section]:
    found = compose(session, (person,), TODAY)[person.id or 0]
    return [section for section in found if section.code == code]


def test_each_rung_that_is_due_is_told_to_those_who_take_it(session: Session, story: Story) -> None:
    with transaction():
        for due_on in (date(2026, 6, 12), date(2026, 6, 9), date(2026, 6, 8), date(2026, 3, 2)):
            late(story, due_on)
    for person in (story.cast.head, story.cast.officer, story.cast.leader):
        counts = Ladder(session).counts(person)[story.county.id]
        rungs = [rung for rung in Ladder(session).definition.rungs if person.can(rung.permission)]
        expected = {rung.code: counts[rung.code] for rung in rungs if counts[rung.code]}
        found = sections_of(session, person, "rungs")
        assert {section.values["rung"]: section.number for section in found} == expected
        assert expected
    assert sections_of(session, story.cast.clerk, "rungs") == []


def test_the_gravest_rung_stands_first_and_is_called_by_its_name(session: Session, story: Story) -> None:
    with transaction():
        for due_on in (date(2026, 6, 12), date(2026, 6, 8)):
            late(story, due_on)
    rungs = Ladder(session).definition.rungs
    found = sections_of(session, story.cast.officer, "rungs")
    ranks = [[rung.code for rung in rungs].index(section.values["rung"]) for section in found]
    assert ranks == sorted(ranks, reverse=True)
    assert len(ranks) == 2
    assert str(found[-1].label) == f"应采取“{rungs[ranks[-1]].name}”的隐患"


def test_look_backs_whose_day_has_come_are_told_to_the_officer(session: Session, story: Story) -> None:
    with transaction():
        hazards = [closed(story, day, major=True) for day in (date(2026, 5, 14), date(2026, 6, 1))]
        period = Period(date(2026, 5, 1), date(2026, 6, 10))
        draw_sample(session, story.cast.officer, by_code(session, "6542"), period, "seed")
    assert session.scalar(select(func.count()).select_from(LookBackTask)) == 6
    [section] = sections_of(session, story.cast.officer, "look_backs")
    assert [line.reference for line in section.lines] == [hazards[0].reference]
    due = TaskFilter(until=TODAY, open=True)
    assert section.number == looking_back.count(session, story.cast.officer, due)
    assert sections_of(session, story.cast.head, "look_backs") == []


def draft(session: Session, story: Story, actor: Actor, hazard: Hazard) -> None:
    drafting.draw_up(
        session, actor, kind="feedback_letter", subject_kind="hazard", subject_reference=hazard.reference,
        region=story.county, data={},
    )  # fmt: skip


def test_a_draft_waits_for_those_who_did_not_draw_it_up(session: Session, story: Story) -> None:
    with transaction():
        draft(session, story, story.cast.officer, story.register())
    assert sections_of(session, story.cast.officer, "documents") == []
    for person in (story.cast.second, story.cast.leader):
        [section] = sections_of(session, person, "documents")
        assert section.number == documents.waiting_for(session, person) == 1
    assert sections_of(session, story.cast.head, "documents") == []
