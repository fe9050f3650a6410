"""What units owe stands in the digest of those who report it, and of those who review it."""

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.core.database import transaction
from inspect_app.reminders.composing import compose, kept, unkept
from inspect_app.reminders.queries import people
from inspect_app.workplans.feedback import service
from inspect_app.workplans.feedback.service import Said
from tests.hazards.stories import stage
from tests.workplans.feedback.factories import Scene, set_scene

TODAY = date(2026, 6, 15)


@pytest.fixture
def scene(session: Session, clock: object) -> Scene:
    assert clock
    with transaction():
        scene = set_scene(session)
        scene.mine[0].due_on = TODAY + timedelta(days=3)
        scene.mine[1].due_on = TODAY - timedelta(days=1)
        scene.department.due_on = TODAY + timedelta(days=7)
        scene.emin.due_on = TODAY + timedelta(days=8)
    return scene


def told(session: Session, *persons: Actor) -> dict[str, int]:
    sections = compose(session, persons, TODAY)[persons[0].id or 0]
    assert len(unkept(kept(sections))) == len(sections)
    others = "returns_missing"
    return {section.code + section.span: section.number for section in sections if section.code != others}


def test_a_county_is_reminded_of_what_is_late_and_due_soon(session: Session, scene: Scene) -> None:
    assert told(session, scene.clerk) == {"work_late": 1, "work_due2–3": 1}
    assert told(session, scene.head, scene.clerk, scene.member) == {"work_late": 1, "work_due2–3": 1}


def test_a_department_is_reminded_of_its_own_only(session: Session, scene: Scene) -> None:
    assert told(session, scene.member) == {"work_due4–7": 1}
    assert scene.member in people(session)


def test_nobody_is_reminded_before_the_time(session: Session, scene: Scene) -> None:
    assert told(session, scene.neighbour) == {}


def test_what_was_reported_waits_for_review_and_what_was_returned_for_the_county(
    session: Session, scene: Scene
) -> None:
    with transaction():
        service.report(session, scene.clerk, scene.mine[0], Said("已完成"))
    assert told(session, scene.officer) == {"work_to_review": 1}
    with transaction():
        service.send_back(session, scene.officer, scene.mine[0], "不全")
    assert told(session, scene.clerk) == {"work_returned": 1, "work_late": 1}


def test_a_clerk_of_a_department_hears_nothing_of_hazards(session: Session, scene: Scene) -> None:
    with transaction():
        story = stage(session)
        story.register()
    assert set(told(session, scene.member)) == {"work_due4–7"}
    assert set(told(session, scene.member, story.cast.officer)) == {"work_due4–7"}
