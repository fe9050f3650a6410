import json
from datetime import date

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select, update

from inspect_app.access.actor import SYSTEM, Actor
from inspect_app.core.database import db, transaction
from inspect_app.core.errors import DomainError
from inspect_app.hazards.cli import hazards
from inspect_app.hazards.lifecycle import HAZARD_LIFE
from inspect_app.hazards.models import Hazard, HazardChange, HazardCount, HazardMonth
from inspect_app.hazards.rules import urgency
from inspect_app.hazards.summary import counts, counts_by_county, verify
from inspect_app.hazards.words import State
from tests.hazards.stories import Story

TODAY = date(2026, 6, 15)


def some(story: Story) -> None:
    with transaction():
        story.reach(State.REGISTERED)
        story.reach(State.CLOSED, major=True)
        story.reach(State.DRAFT)
        story.register(story.draft(origin="return", due_on=date(2026, 6, 14)), story.cast.officer)


def test_counts_add_up_by_state_grade_and_lateness(story: Story) -> None:
    some(story)
    found = counts(story.session, story.cast.leader, TODAY)
    assert found.by_state == {State.REGISTERED: 2, State.CLOSED: 1, State.DRAFT: 1}
    assert found.by_grade == {"general": 3, "major": 1}
    assert (found.total, found.open, found.closed, found.ended, found.overdue) == (4, 3, 1, 1, 1)


def test_a_neighbour_counts_nothing_and_a_township_counts_its_rows(story: Story) -> None:
    some(story)
    assert counts(story.session, story.cast.other_clerk, TODAY).total == 0
    assert counts(story.session, story.township, TODAY).total == 4
    assert counts(story.session, story.township, TODAY).overdue == 1


def test_many_counties_are_counted_at_once_and_empty_ones_are_zero(story: Story) -> None:
    some(story)
    empty = story.cast.other_clerk.view_region_id
    assert empty is not None
    found = counts_by_county(story.session, [story.county.id, empty], TODAY)
    assert (found[story.county.id].total, found[empty].total) == (4, 0)


def test_a_slot_that_empties_leaves_no_row(story: Story) -> None:
    with transaction():
        story.take(story.register(), "assign")
    assert story.session.scalars(select(HazardCount.state)).all() == [State.ASSIGNED]


def test_a_difference_is_named(story: Story) -> None:
    some(story)
    with transaction():
        story.session.execute(update(HazardCount).where(HazardCount.grade == "major").values(count=5))
    assert verify(story.session) == ["乌苏市 重大 已销号 2026-07-05：汇总为 5，实际为 1。"]


def test_a_wrong_month_and_a_wrong_closure_on_time_are_named(story: Story) -> None:
    some(story)
    with transaction():
        story.session.execute(update(HazardCount).where(HazardCount.grade == "major").values(on_time=0))
        story.session.execute(update(HazardMonth).values(closed=HazardMonth.closed + 2))
    assert verify(story.session, story.county) == [
        "乌苏市 重大 已销号 2026-07-05 按期销号：汇总为 0，实际为 1。",
        "乌苏市 2026-06 发现、销号：汇总为 4、3，实际为 4、1。",
    ]


def test_counting_anew_gives_what_the_steps_had_kept(app: Flask, story: Story) -> None:
    some(story)
    tables = (HazardCount, HazardMonth, HazardChange)
    kept = [story.session.execute(select(table.__table__)).all() for table in tables]
    assert all(kept)
    with transaction():
        for table in tables:
            story.session.execute(delete(table))
    assert verify(story.session)
    answer = app.test_cli_runner().invoke(hazards, ["summary", "--rebuild", "--verify"])
    assert (answer.exit_code, "汇总与逐条数据一致" in answer.output) == (0, True)
    again = [story.session.execute(select(table.__table__)).all() for table in tables]
    assert [sorted(rows) for rows in again] == [sorted(rows) for rows in kept]


def test_the_command_tells_counts_as_json_and_fails_on_a_difference(app: Flask, story: Story) -> None:
    some(story)
    answer = app.test_cli_runner().invoke(hazards, ["summary", "--region", "654202", "--verify", "--json"])
    told = json.loads(answer.output)
    assert (answer.exit_code, told["total"], told["overdue"], told["verified"]) == (0, 4, 1, True)
    assert told["by_state"]["closed"] == 1
    with transaction():
        story.session.execute(update(HazardCount).values(count=9))
    answer = app.test_cli_runner().invoke(hazards, ["summary", "--verify", "--json"])
    assert answer.exit_code == 1
    assert json.loads(answer.output)["differences"]


def test_an_unknown_region_ends_in_a_sentence(app: Flask) -> None:
    answer = app.test_cli_runner().invoke(hazards, ["summary", "--region", "999999"])
    assert answer.exit_code == 2
    assert "没有代码为" in answer.output


def walk(story: Story, choices: list[int]) -> None:
    """Press any button that is open, over a few hazards; refusals are part of the walk."""
    cast = story.cast
    people = [cast.clerk, cast.head, cast.officer, cast.second, cast.leader, SYSTEM]
    for choice in choices:
        with transaction():
            known = story.session.scalars(select(Hazard).order_by(Hazard.id)).all()
            if not known or choice % 5 == 0:
                story.register(story.draft() if choice % 2 else story.major())
                continue
            hazard = known[choice % len(known)]
            steps = [step for step in HAZARD_LIFE.steps if step.source == hazard.state]
            if steps:
                attempt(story, hazard, steps[choice // 7 % len(steps)].action, people[choice // 3 % len(people)])


def attempt(story: Story, hazard: Hazard, action: str, person: Actor) -> None:
    try:
        story.take(hazard, action, person)
    except DomainError:
        return


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(choices=st.lists(st.integers(0, 10_000), min_size=10, max_size=30))
def test_random_walks_keep_counters_events_and_order(story: Story, choices: list[int]) -> None:
    walk(story, choices)
    assert not verify(story.session)
    for hazard in story.session.scalars(select(Hazard)):
        assert HAZARD_LIFE.replay(hazard.events) == hazard.state
        assert hazard.version == 1 + len(hazard.events)
        assert hazard.urgency == urgency(hazard.state, hazard.due_on, hazard.review_on, hazard.closed_on or TODAY)
        if hazard.state == State.CLOSED:
            proof = next(event for event in hazard.events if event.action == "close").facts
            assert proof["photos_before"]
            assert proof["photos_after"]
    db.session.rollback()


@pytest.mark.parametrize("state", [State.SUSPENDED, State.CLOSED])
def test_what_is_under_control_or_closed_is_never_late(story: Story, state: State) -> None:
    with transaction():
        story.reach(state)
    assert counts(story.session, story.cast.leader, date(2027, 6, 15)).overdue == 0
