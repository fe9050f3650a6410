"""A look back fulfils what is due, a rebound ends the rest, and nothing is done for who only says so."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from inspect_app.access.actor import SYSTEM
from inspect_app.chasing.looking_back import TaskFilter, by_key, count, of_hazard, page, waive
from inspect_app.chasing.samples import Period, draw_sample
from inspect_app.core.database import transaction
from inspect_app.core.errors import Conflict, Forbidden, Invalid, NotFound
from inspect_app.hazards.models import Hazard
from inspect_app.hazards.words import State
from inspect_app.regions.queries import by_code
from tests.chasing.days import day
from tests.chasing.factories import closed, on
from tests.hazards.stories import Story


@pytest.fixture
def hazard(story: Story) -> Hazard:
    """Give a hazard closed on 6 May, whose look backs are due on 5 June, 4 August and 2 November."""
    with transaction():
        made = closed(story, day("5-6"))
        period = Period(day("5-1"), day("5-31"))
        draw_sample(story.session, story.cast.officer, by_code(story.session, "6542"), period, "种子")
        return made


def look(story: Story, hazard: Hazard, when: date, *, rebounded: bool = False) -> None:
    with on(when), transaction():
        story.take(story.session.get_one(Hazard, hazard.id), "look_back", rebounded=rebounded)


def standing(story: Story, hazard: Hazard) -> list[tuple[int, date | None, bool | None, bool]]:
    tasks = of_hazard(story.session, hazard)
    return [(each.after_days, each.done_on, each.rebounded, bool(each.waived_reason)) for each in tasks]


def test_the_days_are_thirty_ninety_and_a_hundred_and_eighty_after(story: Story, hazard: Hazard) -> None:
    assert [each.due_on for each in of_hazard(story.session, hazard)] == [day("6-5"), day("8-4"), day("11-2")]


def test_a_look_back_fulfils_what_is_due(story: Story, hazard: Hazard) -> None:
    look(story, hazard, day("6-8"))
    assert standing(story, hazard) == [
        (30, day("6-8"), False, False), (90, None, None, False), (180, None, None, False),
    ]  # fmt: skip


@pytest.mark.parametrize(("when", "done"), [("5-28", None), ("5-29", day("5-29"))])
def test_a_week_early_still_counts_but_no_more(story: Story, hazard: Hazard, when: str, done: date | None) -> None:
    look(story, hazard, day(when))
    assert standing(story, hazard)[0][1] == done


def test_one_look_fulfils_all_that_was_missed(story: Story, hazard: Hazard) -> None:
    look(story, hazard, day("8-10"))
    assert [each[1] for each in standing(story, hazard)] == [day("8-10"), day("8-10"), None]


def test_a_rebound_opens_a_child_and_waives_the_rest(story: Story, hazard: Hazard) -> None:
    look(story, hazard, day("6-5"), rebounded=True)
    assert standing(story, hazard) == [
        (30, day("6-5"), True, False), (90, None, None, True), (180, None, None, True),
    ]  # fmt: skip
    child = story.session.scalars(select(Hazard).where(Hazard.reopened_from_id == hazard.id)).one()
    assert child.state != State.CLOSED


def test_a_later_look_keeps_its_own_result(story: Story, hazard: Hazard) -> None:
    look(story, hazard, day("6-5"))
    look(story, hazard, day("8-4"), rebounded=True)
    assert [each[2] for each in standing(story, hazard)] == [False, True, None]


def test_a_hazard_outside_any_sample_is_looked_back_at_without_a_task(story: Story) -> None:
    with transaction():
        hazard = closed(story, day("6-1"))
        story.take(hazard, "look_back")
    assert standing(story, hazard) == []


def test_what_is_due_is_listed_in_order(story: Story, hazard: Hazard) -> None:
    everything = page(story.session, story.cast.officer, TaskFilter())
    assert [each.after_days for each in everything.rows] == [30, 90, 180]
    assert count(story.session, story.cast.officer, TaskFilter(until=day("6-15"))) == 1
    assert count(story.session, story.cast.officer, TaskFilter(region_id=hazard.county_id)) == 3
    assert count(story.session, story.cast.officer, TaskFilter(sample_id=everything.rows[0].sample_id)) == 3
    assert count(story.session, story.cast.other_clerk, TaskFilter()) == 0
    look(story, hazard, day("6-5"))
    assert count(story.session, SYSTEM, TaskFilter(open=False)) == 1
    assert count(story.session, SYSTEM, TaskFilter(open=None)) == 3


@pytest.mark.usefixtures("hazard")
def test_pages_follow_each_other(story: Story) -> None:
    found, after = [], ""
    for _ in range(3):
        part = page(story.session, SYSTEM, TaskFilter(), after, size=1)
        found += [each.after_days for each in part.rows]
        after = part.after or ""
    assert (found, after) == ([30, 90, 180], "")


def test_an_officer_waives_with_a_reason(story: Story, hazard: Hazard) -> None:
    with transaction():
        task = of_hazard(story.session, hazard)[1]
        with pytest.raises(Invalid):
            waive(story.session, story.cast.officer, task, "拆")
        waive(story.session, story.cast.officer, task, "教学楼已整体拆除")
        assert task.waived_reason == "教学楼已整体拆除"
        with pytest.raises(Conflict):
            waive(story.session, story.cast.officer, task, "教学楼已整体拆除")


@pytest.mark.parametrize("who", ["head", "inspector", "leader", "clerk"])
def test_nobody_else_waives(story: Story, hazard: Hazard, who: str) -> None:
    with transaction(), pytest.raises(Forbidden):
        waive(story.session, getattr(story.cast, who), of_hazard(story.session, hazard)[0], "教学楼已整体拆除")


def test_what_is_waived_is_not_done_later(story: Story, hazard: Hazard) -> None:
    with transaction():
        waive(story.session, story.cast.officer, of_hazard(story.session, hazard)[0], "教学楼已整体拆除")
    look(story, hazard, day("6-5") + timedelta(days=1))
    assert standing(story, hazard)[0][1] is None


def test_a_task_of_another_county_is_not_found(story: Story, hazard: Hazard) -> None:
    key = of_hazard(story.session, hazard)[0].id
    assert by_key(story.session, story.cast.head, key).id == key
    with pytest.raises(NotFound):
        by_key(story.session, story.cast.other_clerk, key)
