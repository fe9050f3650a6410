"""Rungs are found by the database as the rules say, taken once, by who may, each with its record and trail."""

from collections import Counter
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from inspect_app.access.actor import SYSTEM, Actor
from inspect_app.audit.models import AuditEntry
from inspect_app.chasing.definition import Rung
from inspect_app.chasing.ladder import Ladder
from inspect_app.chasing.listings import Wish
from inspect_app.chasing.loading import chasing
from inspect_app.chasing.models import Listing, RungTaken
from inspect_app.chasing.rungs import take_many, take_rung
from inspect_app.core.database import transaction
from inspect_app.core.errors import Forbidden, Invalid, StepRefused
from inspect_app.hazards.models import Hazard
from inspect_app.hazards.service import mark_listed
from inspect_app.hazards.words import State
from tests.chasing.days import day
from tests.chasing.factories import late, on
from tests.hazards.stories import Story

TODAY = date(2026, 6, 15)


def rung(code: str) -> Rung:
    found = chasing().rung(code)
    assert found
    return found


def due_codes(session: Session, actor: Actor = SYSTEM) -> dict[str, str]:
    ladder = Ladder(session)
    return {each.reference: one.code for one in chasing().rungs for each in ladder.page(actor, one, None).rows}


def refused(raised: pytest.ExceptionInfo[StepRefused]) -> str:
    return "".join(raised.value.missing)


def test_the_database_finds_the_rung_that_is_due(story: Story) -> None:
    with transaction():
        made = {
            days: late(story, TODAY - timedelta(days=days)).reference for days in (0, 1, 3, 6, 7, 14, 15, 29, 30, 300)
        }
        for state in (State.DONE, State.SUSPENDED, State.CLOSURE_PENDING):
            late(story, TODAY - timedelta(days=40), state)
        expected = {
            1: "reminder", 3: "urging_letter", 6: "urging_letter", 7: "interview", 14: "interview", 15: "circular",
            29: "circular", 30: "listing", 300: "listing",
        }  # fmt: skip
        assert due_codes(story.session) == {made[days]: code for days, code in expected.items()}
        found = Ladder(story.session).counts(story.cast.officer)
        assert found == {story.county.id: Counter(expected.values())}


def test_the_counters_say_what_the_rows_say(story: Story) -> None:
    with transaction():
        made = {days: late(story, TODAY - timedelta(days=days)) for days in (1, 3, 8, 9, 16, 31, 40, 50, 60)}
        take_rung(story.session, story.cast.head, made[3], rung("urging_letter"))
        take_rung(story.session, story.cast.head, made[9], rung("reminder"))
        take_rung(story.session, story.cast.officer, made[50], rung("circular"))
        for days in (16, 40, 60):
            mark_listed(story.session, story.cast.leader, made[days], "prefecture")
        take_rung(story.session, story.cast.officer, made[60], rung("circular"))
        mark_listed(story.session, story.cast.leader, late(story, TODAY + timedelta(days=3)), "prefecture")
        ladder = Ladder(story.session)
        rows: Counter[str] = Counter()
        for _county, _region, one, number in ladder.by_place():
            rows[one.code] += number
        assert rows == {"reminder": 1, "interview": 2, "circular": 2, "listing": 2}
        for person in (SYSTEM, story.cast.clerk, story.cast.leader):
            assert ladder.counts(person) == {story.county.id: rows}
        assert ladder.counts(story.cast.leader, story.township.id) == {story.county.id: rows}
        assert ladder.counts(story.cast.leader, story.county.id) == {story.county.id: rows}


def test_other_counties_see_nothing_of_it(story: Story) -> None:
    with transaction():
        late(story, TODAY - timedelta(days=3))
        assert due_codes(story.session, story.cast.other_clerk) == {}
        assert Ladder(story.session).counts(story.cast.other_clerk) == {}


def test_pages_follow_each_other_without_gap(story: Story) -> None:
    with transaction():
        made = [late(story, TODAY - timedelta(days=4 + number % 2)).reference for number in range(5)]
        ladder, found, after = Ladder(story.session), [], ""
        for _ in range(3):
            part = ladder.page(SYSTEM, rung("urging_letter"), story.county.id, after, size=2)
            found += [each.reference for each in part.rows]
            after = part.after or ""
    assert sorted(found) == sorted(made)
    assert after == ""


def test_taking_a_rung_keeps_who_when_and_for_which_due_date(story: Story) -> None:
    with transaction():
        hazard = late(story, day("6-11"))
        taken = take_rung(story.session, story.cast.head, hazard, rung("urging_letter"), note="已电话催办两次")
        assert (taken.due_on, taken.taken_on, taken.taken_by_name) == (day("6-11"), TODAY, story.cast.head.name)
        assert (taken.note, taken.county_id) == ("已电话催办两次", story.county.id)
        assert due_codes(story.session) == {}
        entry = story.session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
        assert entry is not None
        assert (entry.action, entry.subject_reference) == ("hazard.urge", hazard.reference)
        assert entry.changes["rung"] == [None, "督办函"]


def test_a_rung_is_taken_once(story: Story) -> None:
    with transaction():
        hazard = late(story, day("6-11"))
        take_rung(story.session, story.cast.officer, hazard, rung("urging_letter"))
        with pytest.raises(StepRefused) as raised:
            take_rung(story.session, story.cast.head, hazard, rung("urging_letter"))
        assert refused(raised) == "已于 2026-06-15 督办函，不必重复。"
        with pytest.raises(StepRefused) as raised:
            take_rung(story.session, story.cast.head, hazard, rung("reminder"))
        assert "更高一级的“督办函”" in refused(raised)


def test_a_rung_waits_for_its_day(story: Story) -> None:
    with transaction():
        hazard = late(story, day("6-11"))
        with pytest.raises(StepRefused) as raised:
            take_rung(story.session, story.cast.head, hazard, rung("interview"))
        assert "2026-06-18 起才可以" in refused(raised)


@pytest.mark.parametrize("state", [State.DONE, State.SUSPENDED, State.CLOSURE_PENDING])
def test_who_waits_for_others_is_not_urged(story: Story, state: str) -> None:
    with transaction():
        hazard = late(story, day("6-11"), state)
        with pytest.raises(StepRefused) as raised:
            take_rung(story.session, story.cast.head, hazard, rung("reminder"))
        assert "现在的状态不需要督办" in refused(raised)


def test_a_lower_rung_may_be_taken_while_a_higher_one_is_due(story: Story) -> None:
    with transaction():
        hazard = late(story, day("6-1"))
        take_rung(story.session, story.cast.head, hazard, rung("reminder"))
        assert due_codes(story.session) == {hazard.reference: "interview"}


def test_an_extension_begins_the_ladder_anew(story: Story) -> None:
    with transaction():
        hazard = late(story, day("6-11"))
        take_rung(story.session, story.cast.officer, hazard, rung("urging_letter"))
        hazard.due_on = day("6-14")
        story.session.flush()
        taken = take_rung(story.session, story.cast.officer, hazard, rung("reminder"))
        assert taken.due_on == day("6-14")


def test_a_hazard_without_due_date_cannot_be_urged(story: Story) -> None:
    with transaction():
        hazard = story.register(story.draft(due_on=None))
        with pytest.raises(StepRefused) as raised:
            take_rung(story.session, story.cast.head, hazard, rung("reminder"))
        assert "没有整改时限" in refused(raised)


@pytest.mark.parametrize(
    ("code", "who"),
    [("urging_letter", "clerk"), ("urging_letter", "inspector"), ("urging_letter", "leader"), ("circular", "head"),
     ("listing", "officer"), ("reminder", "other_clerk")],
)  # fmt: skip
def test_each_rung_asks_for_its_permission(story: Story, code: str, who: str) -> None:
    with transaction():
        hazard = late(story, day("3-2"))
        with pytest.raises(Forbidden):
            take_rung(story.session, getattr(story.cast, who), hazard, rung(code))


def test_a_long_note_is_refused(story: Story) -> None:
    with transaction():
        hazard = late(story, day("6-11"))
        with pytest.raises(Invalid):
            take_rung(story.session, story.cast.head, hazard, rung("reminder"), note="催" * 501)


def test_the_rung_that_lists_lists(story: Story) -> None:
    with transaction():
        hazard = late(story, day("5-4"))
        wish = Wish("prefecture", "逾期 42 天仍未整改", day("9-1"))
        take_rung(story.session, story.cast.leader, hazard, rung("listing"), wish=wish)
        listing = story.session.scalars(select(Listing)).one()
        assert (listing.hazard_id, listing.level, listing.due_on) == (hazard.id, "prefecture", day("9-1"))
        assert (hazard.listed, hazard.listed_level) == (True, "prefecture")
        assert due_codes(story.session) == {}


def test_the_rung_that_lists_asks_how(story: Story) -> None:
    with transaction():
        hazard = late(story, day("5-4"))
        with pytest.raises(Invalid) as raised:
            take_rung(story.session, story.cast.leader, hazard, rung("listing"))
        assert set(raised.value.problems) == {"level", "reason", "due_on"}
        assert not hazard.listed


def test_what_is_listed_already_is_due_for_the_rung_below(story: Story) -> None:
    with transaction():
        hazard = late(story, day("5-4"))
        mark_listed(story.session, SYSTEM, hazard, "county")
        assert due_codes(story.session) == {hazard.reference: "circular"}
        with pytest.raises(StepRefused) as raised:
            take_rung(story.session, story.cast.leader, hazard, rung("listing"))
        assert "已经挂牌督办" in refused(raised)


def test_many_at_once_each_stands_alone(story: Story) -> None:
    with transaction():
        good, early = late(story, day("6-11")), late(story, day("6-14"))
        references = [good.reference, early.reference, "YH-654202-2026-C03-9999", good.reference]
        outcomes = take_many(story.session, story.cast.head, references, rung("urging_letter"), note="限三日内说明")
    assert [(each.reference, each.taken is not None) for each in outcomes] == [
        (good.reference, True), (early.reference, False), ("YH-654202-2026-C03-9999", False),
    ]  # fmt: skip
    assert "2026-06-17 起才可以" in str(outcomes[1].refusal)
    assert "没有找到" in str(outcomes[2].refusal)
    assert story.session.scalar(select(func.count()).select_from(RungTaken)) == 1


def test_a_refused_listing_among_many_leaves_nothing_behind(story: Story) -> None:
    with transaction():
        first, second = late(story, day("5-4")), late(story, day("5-4"))
        mark_listed(story.session, SYSTEM, second, "province")
        wish = Wish("prefecture", "逾期仍未整改", day("9-1"))
        references = [first.reference, second.reference]
        outcomes = take_many(story.session, story.cast.leader, references, rung("listing"), wish=wish)
    assert [each.taken is not None for each in outcomes] == [True, False]
    assert story.session.scalar(select(func.count()).select_from(Listing)) == 1
    assert story.session.get_one(Hazard, second.id).listed_level == "province"


def test_the_ladder_of_a_hazard_shows_what_was_taken_and_what_comes(story: Story) -> None:
    with transaction():
        hazard = late(story, day("6-11"))
        take_rung(story.session, story.cast.head, hazard, rung("reminder"))
        steps = Ladder(story.session).steps_of(hazard)
    shown = [(each.planned.rung.code, each.taken is not None, each.planned.open) for each in steps]
    assert shown[:3] == [("reminder", True, False), ("urging_letter", False, True), ("interview", False, False)]


def test_nothing_flips_by_itself(story: Story) -> None:
    with transaction():
        hazard = late(story, day("6-11"))
        version = hazard.version
    with on(day("7-20")):
        assert due_codes(story.session) == {hazard.reference: "listing"}
        assert hazard.version == version
