"""Steps for many: what is offered, weighed, taken and told."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from inspect_app.access.actor import Actor
from inspect_app.core import clock
from inspect_app.core.database import transaction
from inspect_app.core.errors import Invalid, NotFound, Stale
from inspect_app.hazards import many
from inspect_app.hazards.bulk import register_many
from inspect_app.hazards.many import Told, Wish, portions, steps_for, take, weigh, wishes_in
from inspect_app.hazards.models import Hazard, HazardEvent
from inspect_app.hazards.summary import verify
from inspect_app.hazards.words import State
from tests.hazards.stories import Story


def enter(story: Story, number: int) -> list[Hazard]:
    with transaction():
        drafts = [story.draft(description=f"外廊开洞{n}") for n in range(number)]
        keys = register_many(story.session, story.cast.clerk, drafts, batch_id=None)
    return list(story.session.scalars(select(Hazard).where(Hazard.id.in_(keys)).order_by(Hazard.id)))


def wish(hazard: Hazard) -> Wish:
    return Wish(hazard.reference, hazard.version)


def taken(story: Story, actor: Actor, action: str, wishes: list[Wish], **facts: object) -> list[Told]:
    told = []
    for portion in portions(wishes):
        with transaction():
            told += take(story.session, actor, action, facts, portion)
    return told


def events_of(story: Story, action: str) -> int:
    found = select(func.count()).select_from(HazardEvent).where(HazardEvent.action == action)
    return story.session.scalar(found) or 0


def test_a_hundred_are_assigned_at_once(story: Story) -> None:
    hazards = enter(story, 120)
    due = clock.today() + timedelta(days=9)
    told = taken(story, story.cast.head, "assign", [wish(each) for each in hazards], due_on=due, requirement="限期整改")
    assert [each for each in told if each.reasons] == []
    assert len(told) == 120
    story.session.expire_all()
    assert {(each.state, each.due_on, each.requirement) for each in hazards} == {(State.ASSIGNED, due, "限期整改")}
    assert verify(story.session) == []


def test_a_fact_left_empty_is_what_each_hazard_has(story: Story) -> None:
    with transaction():
        one, other = (story.register(story.draft(due_on=clock.today() + timedelta(days=days))) for days in (5, 12))
    told = taken(story, story.cast.head, "assign", [wish(one), wish(other)], due_on=None, requirement="")
    assert not any(each.reasons for each in told)
    assert other.due_on is not None
    assert one.due_on == other.due_on - timedelta(days=7)


def test_one_that_is_refused_stops_no_other(story: Story) -> None:
    one, other = enter(story, 2)
    with transaction():
        closed = story.reach(State.CLOSED)
    wishes = [wish(each) for each in (one, closed, other)]
    told = {each.reference: each.reasons for each in taken(story, story.cast.head, "assign", wishes)}
    assert told[one.reference] == told[other.reference] == ()
    assert "当前状态下没有这个操作" in str(told[closed.reference][0])
    assert closed.state == State.CLOSED
    assert verify(story.session) == []


def test_the_same_page_sent_twice_changes_nothing_the_second_time(story: Story) -> None:
    wishes = [wish(each) for each in enter(story, 3)]
    taken(story, story.cast.head, "assign", wishes)
    again = taken(story, story.cast.head, "assign", wishes)
    assert [each.before for each in again] == [True] * 3
    assert events_of(story, "assign") == 3


def test_what_somebody_else_has_changed_meanwhile_is_refused(story: Story) -> None:
    hazard = enter(story, 1)[0]
    old = wish(hazard)
    with transaction():
        story.take(hazard, "assign", story.cast.officer)
    told = taken(story, story.cast.head, "assign", [old])[0]
    assert isinstance(told.reasons[0], Stale)
    assert not told.before


def test_hazards_of_others_are_not_found(story: Story) -> None:
    hazard = enter(story, 1)[0]
    told = taken(story, story.cast.other_clerk, "accept", [wish(hazard)])[0]
    assert isinstance(told.reasons[0], NotFound)
    assert many.picked(story.session, story.cast.other_clerk, [hazard.reference]) == []


def test_an_unfit_fact_is_told_with_its_label(story: Story) -> None:
    hazard = enter(story, 1)[0]
    told = taken(story, story.cast.head, "assign", [wish(hazard)], due_on="明天")[0]
    assert str(told.reasons[0]) == "整改时限：请填写日期，如 2026-06-15。"


def test_each_role_is_offered_its_own_steps_and_none_that_tells_of_one_hazard(story: Story) -> None:
    clerk, head = steps_for(story.cast.clerk), steps_for(story.cast.head)
    assert {"accept", "start", "report_done", "request_extension"} <= clerk.keys()
    assert {"assign", "transfer", "merge"} <= head.keys()
    assert not clerk.keys() & {"assign", "close"}
    for steps in (clerk, head, steps_for(story.cast.leader), steps_for(story.cast.officer)):
        assert not any(many.TELLS_OF_ONE & step.needs.keys() for step in steps.values())


def test_before_the_form_each_hazard_says_what_keeps_it(story: Story) -> None:
    ready = enter(story, 1)[0]
    with transaction():
        closed = story.reach(State.CLOSED)
    weighed = {
        each.hazard.id: each.reasons for each in weigh(story.session, story.cast.head, [ready, closed], "assign")
    }
    assert weighed[ready.id] == ()
    assert "没有这一步" in str(weighed[closed.id][0])
    stranger = weigh(story.session, story.cast.other_clerk, [ready], "register")
    assert stranger[0].reasons


def test_an_own_report_is_weighed_as_work_for_somebody_else(story: Story) -> None:
    with transaction():
        hazard = story.reach(State.ASSIGNED)
    reasons = weigh(story.session, story.cast.officer, [hazard], "accept")[0].reasons
    assert "不归您办理" in str(reasons[0])


@pytest.mark.parametrize("text", ["", "x", "YH-654202-2026-C03-0001", "YH-654202-2026-C03-0001:x", "a b", "'; --:1"])
def test_wishes_that_cannot_be_read_are_refused(text: str) -> None:
    with pytest.raises(Invalid):
        wishes_in(text)


def test_wishes_are_read_and_counted() -> None:
    assert wishes_in("YH-654202-2026-C03-0001:3 YH-654202-2026-C03-0002:1")[0] == ("YH-654202-2026-C03-0001", 3)
    with pytest.raises(Invalid, match="500"):
        wishes_in(" ".join(f"YH-654202-2026-C03-{n:04}:1" for n in range(501)))


def test_portions_go_in_one_order_and_leave_nothing_out() -> None:
    wishes = [Wish(f"YH-654202-2026-C03-{n:04}", 1) for n in range(120, 0, -1)]
    cut = list(portions([*wishes, wishes[0]]))
    assert [len(each) for each in cut] == [50, 50, 20]
    assert [each for portion in cut for each in portion] == sorted(wishes)


def test_what_is_to_be_judged_anew_is_never_taken_from_the_record(story: Story) -> None:
    with transaction():
        hazard = story.reach(State.CLOSED)
        story.take(hazard, "look_back")
    assert hazard.rebounded is False
    told = taken(story, story.cast.officer, "look_back", [wish(hazard)], rebounded=None, finding="没有反弹")[0]
    assert told.reasons == ("请填写：是否反弹。",)
