"""One circular names many hazards, goes to all their counties, and is read there once it is issued."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.access.permissions import Role
from inspect_app.chasing.circulars import build
from inspect_app.chasing.loading import chasing
from inspect_app.chasing.models import RungTaken
from inspect_app.chasing.rungs import Outcome, take_many
from inspect_app.core.database import transaction
from inspect_app.core.errors import NotFound
from inspect_app.documents import service
from inspect_app.documents.models import Document
from inspect_app.documents.queries import is_seen
from inspect_app.hazards.models import Hazard
from tests.accounts.factories import actor_of, make_user
from tests.chasing.factories import late
from tests.hazards.stories import Story
from tests.sites.factories import region

TODAY = date(2026, 6, 15)
NEIGHBOUR = "654221"


@pytest.fixture
def third(session: Session) -> Actor:
    with transaction():
        return actor_of(make_user(session, Role.COUNTY_CLERK, region(session, "654223")))


def spread(story: Story) -> list[Hazard]:
    """Make two late hazards of 乌苏市 and put a third one into 额敏县."""
    made = [late(story, TODAY - timedelta(days=days)) for days in (16, 20, 18)]
    made[2].county = made[2].region = region(story.session, NEIGHBOUR)
    story.session.flush()
    return made


def circulate(story: Story, hazards: list[Hazard], actor: Actor | None = None) -> list[Outcome]:
    rung: Any = chasing().rung("circular")
    references = [hazard.reference for hazard in hazards]
    return take_many(story.session, actor or story.cast.leader, references, rung, note="请限期整改。")


def the_document(session: Session, outcomes: list[Outcome]) -> Document:
    keys = {each.taken.document_uuid for each in outcomes if each.taken}
    return session.scalars(select(Document).where(Document.uuid.in_(keys))).one()


def test_hazards_of_several_counties_share_one_circular_of_the_prefecture(story: Story) -> None:
    with transaction():
        hazards = spread(story)
        made = the_document(story.session, circulate(story, hazards))
        assert (made.kind, made.subject_kind, made.subject_reference) == ("circular", "region", "6542")
        assert made.region.code == "6542"
        assert made.addressee == "乌苏市、额敏县抗震救灾指挥部"
        assert made.data["scope"].startswith("截至2026年6月15日，乌苏市 2 条、额敏县 1 条，共 3 条隐患超过整改时限")
        assert made.data["scope"].endswith("请限期整改。")
        told = [row["text"] for row in made.data["units"]]
        assert all(any(hazard.reference in text for text in told) for hazard in hazards)
        assert "已超期20天" in told[0]
        assert story.session.scalar(select(func.count()).select_from(RungTaken)) == 3


def test_a_circular_about_one_county_belongs_to_the_county(story: Story) -> None:
    with transaction():
        made = the_document(story.session, circulate(story, spread(story)[:2]))
        assert (made.subject_reference, made.county.id) == (story.county.code, story.county.id)


def test_who_is_refused_is_told_why_and_left_out(story: Story) -> None:
    with transaction():
        hazards = [*spread(story), late(story, TODAY - timedelta(days=3))]
        outcomes = circulate(story, hazards)
        assert [bool(each.taken) for each in outcomes] == [True, True, True, False]
        assert "还没有到通报的日子" in "".join(getattr(outcomes[3].refusal, "missing", ()))
        assert hazards[3].reference not in str(the_document(story.session, outcomes).data)


def test_nothing_is_drawn_up_where_all_are_refused(story: Story) -> None:
    with transaction():
        outcomes = circulate(story, spread(story), story.cast.head)
        assert not any(each.taken for each in outcomes)
        assert story.session.scalar(select(func.count()).select_from(Document)) == 0


def test_a_county_that_is_named_reads_it_once_it_is_issued(story: Story, third: Actor) -> None:
    with transaction():
        made = the_document(story.session, circulate(story, spread(story), story.cast.officer))
        readers = [story.cast.clerk, story.cast.other_clerk, third]
        assert [is_seen(story.session, reader, made.uuid) for reader in readers] == [False, False, False]
        service.issue(story.session, story.cast.leader, made)
        assert [is_seen(story.session, reader, made.uuid) for reader in readers] == [True, True, False]


def test_one_hazard_has_a_circular_of_its_own(story: Story) -> None:
    with transaction():
        hazard = spread(story)[0]
        made = the_document(story.session, circulate(story, [hazard]))
        assert (made.subject_kind, made.subject_reference) == ("hazard", hazard.reference)


def test_a_region_out_of_sight_has_no_circulars(story: Story) -> None:
    with pytest.raises(NotFound):
        build(story.session, story.cast.head, NEIGHBOUR, "circular")
    found, known = build(story.session, story.cast.head, story.county.code, "circular")
    assert (found.id, known["addressee"]) == (story.county.id, "乌苏市抗震救灾指挥部")
