from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import event, select

from inspect_app.access.actor import SYSTEM, Actor
from inspect_app.access.permissions import Role
from inspect_app.core import clock
from inspect_app.core.database import db, transaction
from inspect_app.core.errors import NotFound
from inspect_app.hazards import queries
from inspect_app.hazards.bulk import register_many
from inspect_app.hazards.filters import HazardFilter
from inspect_app.hazards.models import Hazard
from inspect_app.hazards.queries import Found, by_reference, count, page
from inspect_app.hazards.words import Grade, State
from inspect_app.regions.queries import townships_of
from tests.accounts.factories import actor_of, make_user
from tests.hazards.stories import Story

TODAY = date(2026, 6, 15)


def fill(story: Story, number: int = 25) -> list[int]:
    drafts = [
        story.draft(
            description=f"隐患{n}",
            due_on=TODAY + timedelta(days=n % 7 - 2) if n % 5 else None,
            found_on=TODAY - timedelta(days=n % 3) if n % 4 else None,
        )
        for n in range(number)
    ]
    with transaction():
        return register_many(story.session, story.cast.clerk, drafts, batch_id=None)


def walked(story: Story, wanted: HazardFilter, size: int = 4) -> list[Hazard]:
    rows: list[Hazard] = []
    after: str | None = None
    while True:
        found = page(story.session, story.cast.officer, wanted, after, size)
        rows += found.rows
        if found.after is None:
            return rows
        after = found.after


@pytest.mark.parametrize("by", ["urgency", "found"])
@pytest.mark.parametrize("size", [1, 4, 25, 26])
def test_pages_are_complete_and_without_doubles(story: Story, by: str, size: int) -> None:
    keys = fill(story)
    rows = walked(story, HazardFilter(by=by), size)
    assert len(rows) == len(keys)
    assert {row.id for row in rows} == set(keys)


def test_the_most_urgent_comes_first_and_ended_ones_last(story: Story) -> None:
    with transaction():
        closed = story.reach(State.CLOSED)
        later = story.register(story.draft(due_on=TODAY + timedelta(days=9)))
        soon = story.register(story.draft(due_on=TODAY))
        undated = story.register(story.draft(due_on=None))
        with clock.set_to(clock.now() + timedelta(days=1)):
            last_closed = story.reach(State.CLOSED)
    rows = [row.id for row in walked(story, HazardFilter())]
    assert rows == [soon.id, later.id, undated.id, last_closed.id, closed.id]


def test_an_unreadable_cursor_begins_anew(story: Story) -> None:
    fill(story, 3)
    for cursor in ("x", "1.2.3", "2026-13-45.9", "9" * 30 + ".1"):
        page(story.session, story.cast.officer, HazardFilter(), cursor)
        page(story.session, story.cast.officer, HazardFilter(by="found"), cursor)


def test_the_next_page_does_not_slip_when_rows_change(story: Story) -> None:
    fill(story, 12)
    first = page(story.session, story.cast.officer, HazardFilter(), size=4)
    with transaction():
        register_many(story.session, story.cast.clerk, [story.draft(due_on=TODAY - timedelta(days=99))], batch_id=None)
    second = page(story.session, story.cast.officer, HazardFilter(), first.after, 4)
    assert not {row.id for row in first.rows} & {row.id for row in second.rows}


def township_actor(story: Story, region_id: int) -> Actor:
    with transaction():
        user = make_user(story.session, Role.INSPECTOR, view_region_id=region_id, capture_region_id=region_id)
        return actor_of(user)


def test_people_see_their_region_only(story: Story) -> None:
    with transaction():
        hazard = story.register()
    other_township = townships_of(story.session, story.county.id)[1]
    near, far = township_actor(story, story.township.id), township_actor(story, other_township.id)
    for actor in (story.cast.clerk, story.cast.officer, story.cast.leader, near, SYSTEM):
        assert by_reference(story.session, actor, hazard.reference).id == hazard.id
        assert count(story.session, actor, HazardFilter()) == Found(1)
        assert len(page(story.session, actor, HazardFilter()).rows) == 1
    for actor in (story.cast.other_clerk, far):
        with pytest.raises(NotFound):
            by_reference(story.session, actor, hazard.reference)
        assert count(story.session, actor, HazardFilter()) == Found(0)
        assert not page(story.session, actor, HazardFilter()).rows


@pytest.mark.parametrize(
    "wanted",
    [
        {},
        {"states": frozenset({State.REGISTERED})},
        {"states": frozenset({State.DRAFT, State.CLOSED})},
        {"grades": frozenset({Grade.MAJOR})},
        {"grades": frozenset({""})},
        {"grades": frozenset({"", Grade.GENERAL})},
        {"overdue": True},
        {"due_from": TODAY},
        {"due_to": TODAY},
        {"due_from": TODAY - timedelta(days=1), "due_to": TODAY + timedelta(days=1)},
        {"overdue": True, "due_to": TODAY - timedelta(days=2)},
    ],
)
def test_the_counters_count_what_the_rows_say(story: Story, wanted: dict[str, Any]) -> None:
    fill(story)
    with transaction():
        story.register(story.draft(grade=None))
        story.register(story.major())
        story.reach(State.SUSPENDED)
        story.reach(State.CLOSED)
    asked = HazardFilter(**wanted)
    assert asked.is_counted()
    rows = walked(story, asked)
    assert count(story.session, story.cast.officer, asked) == Found(len(rows))
    assert len(rows) > 0


def test_overdue_is_the_same_by_sorting_number_and_by_rule(story: Story) -> None:
    fill(story)
    with transaction(), clock.set_to(clock.now() - timedelta(days=60)):
        suspended, late = story.reach(State.SUSPENDED), story.reach(State.RECTIFYING)
    assert suspended.review_on is not None
    assert late.urgency < suspended.urgency
    shown = {row.id for row in walked(story, HazardFilter(overdue=True))}
    assert late.id in shown
    assert suspended.id not in shown


@pytest.mark.parametrize(
    ("text", "found"),
    [("外廊", True), ("晨光小学", True), ("YH-654202-2026-C03-0001", True), ("yh-654202-2026-c03-0001", True),
     ("YH-654202-2026-C03-0009", False), ("100%", False), ("_", False), ("没有这个词", False)],
)  # fmt: skip
def test_text_is_searched_as_it_is_written(story: Story, text: str, *, found: bool) -> None:
    with transaction():
        story.register()
    wanted = HazardFilter(text=text)
    assert bool(page(story.session, story.cast.officer, wanted).rows) == found
    assert count(story.session, story.cast.officer, wanted) == Found(int(found))


def test_a_capped_count_says_so(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(story, 5)
    monkeypatch.setattr(queries, "COUNT_LIMIT", 3)
    assert count(story.session, story.cast.officer, HazardFilter(text="隐患")) == Found(3, capped=True)


def test_a_region_below_narrows_and_one_outside_finds_nothing(story: Story) -> None:
    with transaction():
        story.register()
    officer = story.cast.officer
    outside = story.cast.other_clerk.view_region_id
    for region, expected in ((story.county.id, 1), (story.township.id, 1), (outside, 0)):
        wanted = HazardFilter(region_id=region)
        assert count(story.session, officer, wanted) == Found(expected)
        assert len(page(story.session, officer, wanted).rows) == expected


def test_a_page_asks_few_questions_however_many_rows(story: Story) -> None:
    fill(story)
    asked: list[str] = []
    event.listen(db.engine, "before_cursor_execute", lambda *call: asked.append(call[2]))
    wanted = HazardFilter(region_id=story.county.id, text="隐患")
    rows = page(story.session, story.cast.officer, wanted, size=20).rows
    count(story.session, story.cast.officer, wanted)
    assert [row.county.name + row.region.name for row in rows]
    assert len(asked) <= 8


def test_the_sorting_number_is_kept_by_every_change(story: Story) -> None:
    with transaction():
        hazard = story.reach(State.EXTENSION_PENDING)
        story.take(hazard, "approve_extension")
    due_on = story.session.scalar(select(Hazard.due_on).where(Hazard.id == hazard.id))
    assert due_on is not None
    assert hazard.urgency == due_on.toordinal()
