"""What waits for each person, composed for all of them at once, is what their own pages show."""

import time
from collections.abc import Sequence
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from inspect_app.access.actor import Actor
from inspect_app.access.permissions import Role
from inspect_app.core import clock as core_clock
from inspect_app.core.database import db, transaction
from inspect_app.hazards import queries as hazards
from inspect_app.hazards.models import Hazard
from inspect_app.hazards.views.filtering import filter_from
from inspect_app.hazards.words import State as S  # noqa: N817 - as in the stories
from inspect_app.inspections import queries as visits
from inspect_app.inspections.queries import InspectionFilter
from inspect_app.regions.queries import by_code, townships_of
from inspect_app.reminders.composing import compose, kept, unkept
from inspect_app.reminders.sections import Section, total
from tests.accounts.factories import actor_of, make_user
from tests.hazards.stories import Cast, Story, stage
from tests.inspections.factories import fill, lead_of, make_team, make_visit, submitted

TODAY = date(2026, 6, 15)
WAITING = (
    S.DRAFT, S.REGISTERED, S.ASSIGNED, S.ACCEPTED, S.PLAN_SUBMITTED, S.EXTENSION_PENDING, S.DONE, S.RECHECKING,
    S.ACCEPTANCE, S.CLOSURE_PENDING, S.CLOSED, S.SUSPENDED,
)  # fmt: skip


@pytest.fixture
def story(session: Session, clock: datetime) -> Story:
    assert clock.date() == TODAY
    with transaction():
        story = stage(session)
        for state in WAITING:
            story.reach(state)
        story.reach(S.CLOSURE_PENDING, major=True)
    return story


def due_in(story: Story, *days: int) -> None:
    """Make accepted hazards that are due so many days from now."""
    with core_clock.set_to(core_clock.now() - timedelta(days=30)), transaction():
        for count in days:
            hazard = story.take(story.register(), "assign", due_on=TODAY + timedelta(days=count))
            story.take(hazard, "accept")


def under_control(story: Story, review_on: date) -> Hazard:
    """Make a hazard under control that is to be reviewed on a day."""
    return story.take(story.reach(S.RECTIFYING), "suspend", review_on=review_on)


def sections_of(session: Session, person: Actor, *others: Actor) -> dict[str, Section]:
    found = compose(session, (person, *others), TODAY)[person.id or 0]
    return {section.code + section.span: section for section in found}


def people(cast: Cast) -> Sequence[Actor]:
    return (cast.clerk, cast.head, cast.inspector, cast.officer, cast.second, cast.leader, cast.other_clerk)


def test_each_step_waits_for_those_whose_role_takes_it(session: Session, story: Story) -> None:
    cast = story.cast
    expected = {
        cast.clerk: {"accept", "start", "complete", "returns_missing"},
        cast.head: {"assign", "recheck", "acceptance"},
        cast.inspector: {"complete", "recheck", "acceptance"},
        cast.officer: {
            "complete", "assign", "recheck", "acceptance", "plan", "extension", "closure", "returns_missing",
        },
        cast.leader: {"plan", "extension", "closure"},
        cast.other_clerk: {"returns_missing"},
    }  # fmt: skip
    found = compose(session, people(cast), TODAY)
    assert {person: {each.code for each in found[person.id or 0]} for person in expected} == expected


def test_the_closure_of_a_major_hazard_waits_for_the_leader_alone(session: Session, story: Story) -> None:
    assert sections_of(session, story.cast.officer)["closure"].number == 1
    assert sections_of(session, story.cast.leader)["closure"].number == 2


def test_more_time_for_a_listed_hazard_is_asked_of_those_who_list(session: Session, story: Story) -> None:
    with transaction():
        hazard = session.scalars(select(Hazard).where(Hazard.state == S.EXTENSION_PENDING)).one()
        hazard.listed = True
        story.reach(S.EXTENSION_PENDING)
    assert sections_of(session, story.cast.officer)["extension"].number == 1
    assert sections_of(session, story.cast.leader)["extension"].number == 2


def test_due_hazards_stand_in_one_degree_each_and_late_ones_apart(session: Session, story: Story) -> None:
    due_in(story, -20, -1, 0, 1, 2, 3, 4, 7, 8)
    found = sections_of(session, story.cast.clerk)
    numbers = {code: section.number for code, section in found.items() if code.startswith(("due", "overdue"))}
    assert numbers == {"overdue": 2, "due1": 2, "due2–3": 2, "due4–7": 2}
    assert [line.on for line in found["due4–7"].lines] == [date(2026, 6, 19), date(2026, 6, 22)]


def test_what_is_under_control_is_reminded_of_before_its_review(session: Session, story: Story) -> None:
    with transaction():
        near = under_control(story, TODAY + timedelta(days=7))
    for person in (story.cast.officer, story.cast.head):
        assert [line.reference for line in sections_of(session, person)["review"].lines] == [near.reference]


def test_every_figure_of_hazards_is_the_number_of_rows_behind_its_link(session: Session, story: Story) -> None:
    due_in(story, -3, 0, 2, 6)
    with transaction():
        story.reach(S.EXTENSION_PENDING).listed = True
        under_control(story, TODAY + timedelta(days=3))
    seen = 0
    for person in people(story.cast):
        for code, section in sections_of(session, person, *people(story.cast)).items():
            if section.endpoint == "hazards.index":
                behind = filter_from(MultiDict(section.values), person)
                assert hazards.count(session, person, behind).number == section.number, (person.role, code)
                seen += 1
    assert seen > 28


def test_one_person_alone_is_told_the_same_as_among_many(session: Session, story: Story) -> None:
    due_in(story, *range(-9, 9))
    with transaction():
        story.reach(S.EXTENSION_PENDING).listed = True
        under_control(story, TODAY + timedelta(days=3))
        prefecture, here = by_code(session, "6542"), by_code(session, "654221")
        guest = actor_of(make_user(session, Role.PREFECTURE_OFFICER, prefecture, capture_region_id=here.id))
        township = actor_of(make_user(session, Role.COUNTY_CLERK, story.township))
    crowd = (*people(story.cast), guest, township)
    together = compose(session, crowd, TODAY)
    for person in crowd:
        assert compose(session, (person,), TODAY)[person.id or 0] == together[person.id or 0], person.role


def test_somebody_of_a_township_is_told_of_that_township_only(session: Session, story: Story) -> None:
    here, other = townships_of(session, story.county.id)[:2]
    with transaction():
        clerks = [actor_of(make_user(session, Role.COUNTY_CLERK, region)) for region in (here, other)]
    found = compose(session, clerks, TODAY)
    assert {each.code for each in found[clerks[0].id or 0]} == {"accept", "start", "complete"}
    assert found[clerks[1].id or 0] == ()


def test_who_enters_data_in_one_county_only_is_sent_to_the_rows_of_that_county(session: Session, story: Story) -> None:
    prefecture, here = by_code(session, "6542"), by_code(session, "654221")
    with transaction():
        user = make_user(session, Role.PREFECTURE_OFFICER, prefecture, capture_region_id=here.id)
        story.reach(S.REGISTERED)
        story.register(story.draft(county_id=here.id, region_id=here.id), story.cast.officer)
    section = sections_of(session, actor_of(user))["assign"]
    assert (section.number, section.values["region"]) == (1, "654221")


def test_lines_are_the_most_urgent_and_no_more_than_the_office_wants(session: Session, story: Story) -> None:
    due_in(story, *range(-12, -2))
    section = sections_of(session, story.cast.clerk)["overdue"]
    assert section.number == 10
    assert [(TODAY - line.on).days for line in section.lines if line.on] == [12, 11, 10, 9, 8]


def test_visits_are_told_to_their_team(session: Session, story: Story) -> None:
    with transaction():
        team = make_team(session)
        now = make_visit(session, team=team)
        before = make_visit(session, team=team, site=now.site)
        before.planned_on = TODAY - timedelta(days=2)
        ahead = make_visit(session, team=team, site=now.site, planned_on=TODAY + timedelta(days=1))
    found = sections_of(session, actor_of(team[0]), story.cast.inspector)
    assert [line.reference for line in found["visits_today"].lines] == [now.reference]
    assert [line.reference for line in found["visits_unfinished"].lines] == [before.reference]
    assert ahead.reference not in str(found)
    assert "visits_today" not in sections_of(session, story.cast.inspector)
    for section in (found["visits_today"], found["visits_unfinished"]):
        start, end = (section.values.get(name) for name in ("start", "end"))
        chosen = InspectionFilter(
            mine=True,
            state=section.values["state"],
            start=date.fromisoformat(start) if start else None,
            end=date.fromisoformat(end) if end else None,
        )
        assert visits.count(session, actor_of(team[0]), chosen) == section.number


def test_a_submitted_visit_waits_for_reviewers_who_were_not_on_it(session: Session, story: Story) -> None:
    prefecture = by_code(session, "6542")
    with transaction():
        own = [make_user(session, Role.PREFECTURE_OFFICER, prefecture) for _ in range(2)]
        first = submitted(session)
        second = submitted(session, fill(session, make_visit(session, team=own, site=first.site)))
    assert lead_of(second).id == own[0].id
    assert sections_of(session, story.cast.head)["visits_to_review"].number == 2
    found = sections_of(session, actor_of(own[0]))["visits_to_review"]
    assert [line.reference for line in found.lines] == [first.reference]


def test_a_digest_keeps_sections_without_the_names_of_objects(session: Session, story: Story) -> None:
    due_in(story, -3, 2)
    composed = tuple(sections_of(session, story.cast.officer).values())
    assert any(line.about for section in composed for line in section.lines)
    content = kept(composed)
    assert "晨光小学" not in str(content)
    again = unkept(content)
    assert [(each.label, each.number, each.values) for each in again] == [
        (each.label, each.number, each.values) for each in composed
    ]
    assert total(again) == total(composed)
    assert kept(again) == content


def test_the_number_of_queries_does_not_grow_with_the_number_of_people(session: Session, story: Story) -> None:
    def queries_for(crowd: Sequence[Actor]) -> int:
        asked: list[str] = []
        listener = lambda *given: asked.append(given[2])  # noqa: E731 - a listener of one line
        event.listen(db.engine, "before_cursor_execute", listener)
        compose(session, crowd, TODAY)
        event.remove(db.engine, "before_cursor_execute", listener)
        return len(asked)

    crowd = [Actor(number, "测", Role.COUNTY_CLERK, story.county.id, story.county.id) for number in range(1, 1001)]
    begun = time.perf_counter()
    assert queries_for(crowd) == queries_for(crowd[:2])
    assert time.perf_counter() - begun < 5
