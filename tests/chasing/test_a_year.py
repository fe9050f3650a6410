"""The year 2026 day by day for 500 hazards: every rung, extension and look back falls on the day the rules say."""

from collections import Counter, defaultdict
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from inspect_app.access.actor import SYSTEM
from inspect_app.chasing import looking_back
from inspect_app.chasing.ladder import Ladder
from inspect_app.chasing.loading import chasing
from inspect_app.chasing.looking_back import TaskFilter
from inspect_app.chasing.models import LookBackTask, RungTaken
from inspect_app.chasing.samples import Period, draw_sample
from inspect_app.core import clock
from inspect_app.core.database import transaction
from inspect_app.hazards.bulk import register_many
from inspect_app.hazards.models import Hazard
from inspect_app.regions.queries import by_code
from tests.chasing.days import day, days_of, official
from tests.chasing.factories import on
from tests.chasing.year import LAST, TABLE, Fate, falling, fates, works
from tests.hazards.stories import Story

FIRST = day("1-1")
STARTED, PLANNED = ("assign", "accept", "start"), ("assign", "accept", "submit_plan", "approve_plan")


class Year:
    """Lets the days pass, does on each what is to be done, and writes down what was due."""

    def __init__(self, story: Story) -> None:
        self.story, self.session = story, story.session
        self.fates = list(fates())
        self.rungs: dict[int, dict[str, date]] = defaultdict(dict)
        self.looks: dict[int, dict[int, date]] = defaultdict(dict)
        self.steps: dict[date, list[tuple[int, str, dict[str, Any]]]] = defaultdict(list)
        with transaction():
            self.keys = [self._enter(fate) if fate.steps else 0 for fate in self.fates]
            with on(FIRST - timedelta(days=20)):
                plain = [self._draft(fate) for fate in self.fates if not fate.steps]
                registered = iter(register_many(self.session, story.cast.officer, plain, batch_id=None))
        self.keys = [key or next(registered) for key in self.keys]
        for key, fate in zip(self.keys, self.fates, strict=True):
            for when, action, facts in fate.steps:
                self.steps[when].append((key, action, facts))

    def pass_by(self) -> None:
        for today in days_of(FIRST, LAST):
            with on(today), transaction():
                for key, action, facts in self.steps[today]:
                    self.story.take(self.session.get_one(Hazard, key), action, **facts)
                self._climb(today)
                self._look_back(today)
            self.session.expunge_all()

    def _draft(self, fate: Fate) -> Any:  # noqa: ANN401 - a draft
        draft = self.story.major if fate.major else self.story.draft
        return draft(due_on=fate.due, category="C02", item_code="", site_name="晨光宾馆")

    def _enter(self, fate: Fate) -> int:
        with on(fate.due - timedelta(days=25)):
            hazard = self.story.register(self._draft(fate))
            for action in PLANNED if fate.major else STARTED:
                facts: dict[str, Any] = {"due_on": fate.due} if action == "assign" else {}
                self.story.take(hazard, action, **facts)
            return hazard.id

    def _climb(self, today: date) -> None:
        ladder = Ladder(self.session)
        due = sum(ladder.counts(SYSTEM).values(), Counter())
        for code in due:
            rung: Any = chasing().rung(code)
            found = ladder.page(SYSTEM, rung, None, size=500).rows
            assert len(found) == due[code]
            for hazard in found:
                self.rungs[hazard.id][code] = today
                self.session.add(
                    RungTaken(
                        hazard_id=hazard.id, county_id=hazard.county_id, rung=code, due_on=hazard.due_on,
                        taken_on=today, taken_at=clock.now(), taken_by_id=None,
                    )
                )  # fmt: skip

    def _look_back(self, today: date) -> None:
        if today.day == 15:
            self._draw(today)
        for task in looking_back.page(self.session, SYSTEM, TaskFilter(until=today)).rows:
            self.looks[task.hazard_id][task.after_days] = today
            self.story.take(self.session.get_one(Hazard, task.hazard_id), "look_back")

    def _draw(self, today: date) -> None:
        period = Period(today - timedelta(days=30), today)
        closed = select(Hazard.id).where(Hazard.closed_on.between(period.start, period.end))
        pooled = select(LookBackTask.hazard_id)
        if self.session.scalars(closed.where(Hazard.id.not_in(pooled))).first():
            draw_sample(self.session, SYSTEM, by_code(self.session, "654202"), period, "2026")


@pytest.fixture
def year(story: Story) -> Year:
    return Year(story)


def test_the_working_days_of_the_table_are_the_official_ones() -> None:
    calendar = official()
    assert [each for each in days_of(FIRST, LAST) if works(each) != calendar.is_working(each)] == []


def test_the_table_holds_twenty_and_agrees_with_the_rule_where_nothing_happens() -> None:
    assert len(TABLE) == 20
    assert [fate.due for fate in TABLE if not fate.steps and fate.rungs != falling(fate.due)] == []


def test_five_hundred_hazards_in_a_year(year: Year) -> None:
    year.pass_by()
    wrong = {
        number: (fate.due, fate.rungs, year.rungs[key])
        for number, (key, fate) in enumerate(zip(year.keys, year.fates, strict=True))
        if year.rungs[key] != fate.rungs
    }
    assert wrong == {}
    assert sum(len(taken) for taken in year.rungs.values()) > 2000
    looked = {fate.due: year.looks[key] for key, fate in zip(year.keys, year.fates, strict=True) if fate.looked_back}
    assert looked == {
        fate.due: {after: when for after, when in fate.looked_back.items() if when <= LAST}
        for fate in TABLE
        if fate.looked_back
    }
    tasks = year.session.execute(select(LookBackTask.hazard_id, LookBackTask.after_days, LookBackTask.due_on)).tuples()
    planned = {(key, after): when for key, after, when in tasks}
    assert planned == {
        (key, after): when
        for key, fate in zip(year.keys, year.fates, strict=True)
        for after, when in fate.looked_back.items()
    }
