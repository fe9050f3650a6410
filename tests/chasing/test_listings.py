"""A hazard is listed by who may, for a time, reported, published, and delisted only once it is put right."""

from datetime import date
from typing import Any

import pytest

from inspect_app.chasing.listings import Wish, active, by_key, delist, follow_up, list_hazard, of_hazard
from inspect_app.chasing.models import Listing
from inspect_app.core.database import transaction
from inspect_app.core.errors import Conflict, Forbidden, Invalid, NotFound, StepRefused
from inspect_app.hazards.models import Hazard
from inspect_app.hazards.words import State
from tests.chasing.days import day
from tests.chasing.factories import late, on
from tests.hazards.stories import Story

WISH = Wish("prefecture", "鉴定为危楼仍在使用", day("12-1"))
REASON = "复查合格，验收意见齐全"


def listed(story: Story, state: str = State.RECTIFYING, **over: Any) -> Listing:  # noqa: ANN401 - of the wish
    hazard = late(story, day("6-30"), state)
    wish = Wish(**{"level": WISH.level, "reason": WISH.reason, "due_on": WISH.due_on, **over})
    return list_hazard(story.session, story.cast.leader, hazard, wish)


def test_a_listed_hazard_says_so(story: Story) -> None:
    with transaction():
        listing = listed(story)
        hazard = listing.hazard
        assert (hazard.listed, hazard.listed_level, listing.listed_on) == (True, "prefecture", day("6-15"))
        assert [each.id for each in active(story.session, hazard)] == [listing.id]


@pytest.mark.parametrize("who", ["officer", "head", "clerk", "inspector", "other_clerk"])
def test_only_a_leader_above_lists(story: Story, who: str) -> None:
    with transaction():
        hazard = late(story, day("6-30"))
        with pytest.raises(Forbidden):
            list_hazard(story.session, getattr(story.cast, who), hazard, WISH)


@pytest.mark.parametrize(
    ("over", "field"),
    [
        ({"level": "nation"}, "level"),
        ({"level": ""}, "level"),
        ({"reason": "危"}, "reason"),
        ({"reason": "危" * 501}, "reason"),
        ({"due_on": None}, "due_on"),
        ({"due_on": day("6-15")}, "due_on"),
        ({"due_on": day("2027-6-16")}, "due_on"),
        ({"listed_on": day("6-16")}, "listed_on"),
        ({"listed_on": day("5-30")}, "listed_on"),
    ],
)
def test_an_unfit_wish_is_refused_at_its_field(story: Story, over: dict[str, Any], field: str) -> None:
    with transaction(), pytest.raises(Invalid) as raised:
        listed(story, **over)
    assert set(raised.value.problems) == {field}


def test_a_year_from_the_listing_is_the_longest(story: Story) -> None:
    with transaction():
        assert listed(story, due_on=day("2027-6-15")).due_on == date(2027, 6, 15)


def test_an_old_notice_is_entered_with_its_day(story: Story) -> None:
    with transaction():
        assert listed(story, listed_on=day("6-1")).listed_on == day("6-1")


def test_what_is_ended_is_not_listed(story: Story) -> None:
    with transaction():
        hazard = story.reach(State.UNFOUNDED)
        with pytest.raises(StepRefused):
            list_hazard(story.session, story.cast.leader, hazard, WISH)


@pytest.mark.parametrize("level", ["county", "prefecture"])
def test_a_listed_hazard_is_only_raised_higher(story: Story, level: str) -> None:
    with transaction():
        hazard = listed(story).hazard
        with pytest.raises(Invalid) as raised:
            list_hazard(story.session, story.cast.leader, hazard, Wish(level, "升级督办", day("9-1")))
        assert set(raised.value.problems) == {"level"}


def test_raised_to_a_higher_level_it_is_on_both_lists_until_each_is_ended(story: Story) -> None:
    with transaction():
        first = listed(story, State.CLOSURE_PENDING)
        second = list_hazard(story.session, story.cast.leader, first.hazard, Wish("province", "升级督办", day("9-1")))
        assert first.hazard.listed_level == "province"
        delist(story.session, story.cast.leader, second, REASON)
        assert (first.hazard.listed, first.hazard.listed_level) == (True, "prefecture")
        delist(story.session, story.cast.leader, first, REASON)
        assert (first.hazard.listed, first.hazard.listed_level) == (False, "")
        assert [each.id for each in of_hazard(story.session, first.hazard)] == [second.id, first.id]


@pytest.mark.parametrize("state", [State.ACCEPTED, State.RECTIFYING, State.DONE, State.SUSPENDED])
def test_before_it_is_put_right_nobody_delists(story: Story, state: str) -> None:
    with transaction():
        listing = listed(story, state)
        with pytest.raises(StepRefused) as raised:
            delist(story.session, story.cast.leader, listing, REASON)
        assert "先摘牌，再销号" in "".join(raised.value.missing)
        assert listing.hazard.listed


def test_delisting_needs_its_grounds_and_happens_once(story: Story) -> None:
    with transaction():
        listing = listed(story, State.CLOSURE_PENDING)
        with pytest.raises(Invalid):
            delist(story.session, story.cast.leader, listing, "好")
        delist(story.session, story.cast.leader, listing, REASON)
        assert (listing.delisted_on, listing.delisting_reason) == (day("6-15"), REASON)
        with pytest.raises(Conflict):
            delist(story.session, story.cast.leader, listing, REASON)


def test_an_officer_does_not_delist(story: Story) -> None:
    with transaction():
        listing = listed(story, State.CLOSURE_PENDING)
        with pytest.raises(Forbidden):
            delist(story.session, story.cast.officer, listing, REASON)


def test_report_and_publication_are_recorded_once_each(story: Story) -> None:
    with transaction():
        listing = listed(story)
        with on(day("6-17")):
            follow_up(story.session, story.cast.leader, listing, "report", day("6-16"))
            follow_up(story.session, story.cast.leader, listing, "publish", day("6-17"), "塔城日报")
            with pytest.raises(Conflict):
                follow_up(story.session, story.cast.leader, listing, "report", day("6-17"))
        assert (listing.reported_on, listing.published_on, listing.published_where) == (
            day("6-16"), day("6-17"), "塔城日报",
        )  # fmt: skip


@pytest.mark.parametrize("when", ["6-14", "6-16"])
def test_a_follow_up_lies_between_the_listing_and_today(story: Story, when: str) -> None:
    with transaction(), pytest.raises(Invalid):
        follow_up(story.session, story.cast.leader, listed(story), "report", day(when))


def test_a_publication_says_where(story: Story) -> None:
    with transaction(), pytest.raises(Invalid) as raised:
        follow_up(story.session, story.cast.leader, listed(story), "publish", day("6-15"), " ")
    assert set(raised.value.problems) == {"where"}


def test_the_end_is_published_after_the_end(story: Story) -> None:
    with transaction():
        listing = listed(story, State.CLOSURE_PENDING)
        with pytest.raises(StepRefused):
            follow_up(story.session, story.cast.leader, listing, "publish_delisting", day("6-15"))
        delist(story.session, story.cast.leader, listing, REASON)
        follow_up(story.session, story.cast.leader, listing, "publish_delisting", day("6-15"))
        assert listing.delisting_published_on == day("6-15")


def test_other_counties_do_not_find_it(story: Story) -> None:
    with transaction():
        listing = listed(story)
        assert by_key(story.session, story.cast.leader, listing.id) is listing
        with pytest.raises(NotFound):
            by_key(story.session, story.cast.other_clerk, listing.id)


def test_delisted_it_can_be_closed(story: Story) -> None:
    with transaction():
        listing = listed(story, State.CLOSURE_PENDING)
        delist(story.session, story.cast.leader, listing, REASON)
        closed = story.take(story.session.get_one(Hazard, listing.hazard_id), "close")
        assert (closed.state, closed.listed) == (State.CLOSED, False)
