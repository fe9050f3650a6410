"""The same object failing the same item again within a year of closure is shown on both hazards."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import event

from inspect_app.chasing import recurrence
from inspect_app.chasing.recurrence import latest, of_hazard
from inspect_app.core.database import transaction
from inspect_app.hazards.models import Hazard
from inspect_app.hazards.words import State
from tests.chasing.days import day
from tests.chasing.factories import closed, on
from tests.hazards.stories import Story
from tests.sites.factories import make_site


class Twice:
    """One object that failed an item, was put right, and is visited again."""

    def __init__(self, story: Story) -> None:
        self.story = story
        with transaction():
            self.site = make_site(story.session, story.township.code, name="晨光小学")
            self.first = closed(story, day("3-2"), site_id=self.site.id, item_code="C03-05")

    def again(self, when: date, **over: Any) -> Hazard:  # noqa: ANN401 - columns
        with on(when), transaction():
            known = {"site_id": self.site.id, "item_code": "C03-05", **over}
            return self.story.register(self.story.draft(**known))

    def pairs(self, hazard: Hazard) -> list[tuple[str, str]]:
        found = of_hazard(self.story.session, self.story.cast.officer, hazard)
        return [(each.earlier.reference, each.later.reference) for each in found]


@pytest.fixture
def twice(story: Story) -> Twice:
    return Twice(story)


def test_both_hazards_show_it(twice: Twice) -> None:
    later = twice.again(day("6-1"))
    pair = [(twice.first.reference, later.reference)]
    assert twice.pairs(later) == pair
    assert twice.pairs(twice.first) == pair
    shown = latest(twice.story.session, twice.story.cast.officer)
    assert [(each.earlier.reference, each.later.reference) for each in shown.rows] == pair
    assert shown.after is None


@pytest.mark.parametrize("over", [{"item_code": "C03-06"}, {"item_code": ""}, {"site_id": None}])
def test_another_item_or_object_is_none(twice: Twice, over: dict[str, Any]) -> None:
    later = twice.again(day("6-1"), **over)
    assert twice.pairs(later) == []
    assert latest(twice.story.session, twice.story.cast.officer).rows == []


@pytest.mark.parametrize(("when", "again"), [(day("2027-3-2"), True), (day("2027-3-3"), False)])
def test_after_a_year_it_is_a_new_story(twice: Twice, when: date, *, again: bool) -> None:
    later = twice.again(when)
    assert bool(twice.pairs(later)) is again
    with on(when):
        assert bool(latest(twice.story.session, twice.story.cast.officer).rows) is again


def test_found_again_before_the_first_was_closed_is_no_recurrence(twice: Twice) -> None:
    later = twice.again(day("3-2") - timedelta(days=3))
    assert twice.pairs(later) == []


def test_what_proves_untrue_is_none(twice: Twice) -> None:
    later = twice.again(day("6-1"))
    with transaction():
        twice.story.take(twice.story.session.get_one(Hazard, later.id), "unfounded")
    assert twice.pairs(later) == []
    assert twice.pairs(twice.first) == []
    assert latest(twice.story.session, twice.story.cast.officer).rows == []


def test_what_a_look_back_opened_anew_is_a_rebound_and_not_told_twice(twice: Twice) -> None:
    with transaction():
        twice.story.take(twice.story.session.get_one(Hazard, twice.first.id), "look_back", rebounded=True)
    assert twice.first.state == State.CLOSED
    assert twice.pairs(twice.first) == []
    assert latest(twice.story.session, twice.story.cast.officer).rows == []


def test_another_county_learns_nothing(twice: Twice) -> None:
    later = twice.again(day("6-1"))
    assert of_hazard(twice.story.session, twice.story.cast.other_clerk, later) == []
    assert latest(twice.story.session, twice.story.cast.other_clerk).rows == []


def test_a_finding_follows_the_last_closure_and_pages_follow_each_other(
    twice: Twice, monkeypatch: pytest.MonkeyPatch
) -> None:
    with transaction():
        second = closed(twice.story, day("4-1"), site_id=twice.site.id, item_code="C03-05")
    found = [twice.again(day("5-1") + timedelta(days=number)) for number in range(5)]
    session, officer = twice.story.session, twice.story.cast.officer
    for candidates in (recurrence.CANDIDATES, 2):
        monkeypatch.setattr(recurrence, "CANDIDATES", candidates)
        pairs, after = [], ""
        for _page in range(5):
            page = latest(session, officer, after, size=2)
            pairs += [(each.earlier.id, each.later.id) for each in page.rows]
            if not page.after:
                break
            after = page.after
        assert pairs[:5] == [(second.id, each.id) for each in reversed(found)]
    assert latest(session, officer, "nonsense", size=2).rows == latest(session, officer, size=2).rows


def test_many_findings_of_one_thing_cost_as_many_queries_as_one(twice: Twice) -> None:
    def asked() -> int:
        statements: list[str] = []

        def note(*given: object) -> None:
            statements.append(str(given[2]))

        engine = twice.story.session.get_bind()
        event.listen(engine, "before_cursor_execute", note)
        latest(twice.story.session, twice.story.cast.officer)
        event.remove(engine, "before_cursor_execute", note)
        return len(statements)

    twice.again(day("5-1"))
    few = asked()
    for number in range(4):
        twice.again(day("5-2") + timedelta(days=number))
    assert asked() <= few
