from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest

from inspect_app.core.errors import Forbidden, Stale, StepRefused
from inspect_app.core.lifecycle import Attempt, Condition, Lifecycle, Step, advance, plain, unmet

LATE = Condition("日期须在今天之后。", lambda attempt: attempt.facts["day"] > attempt.on, from_facts=True)
READY = Condition("还没有照片。", lambda attempt: attempt.subject.photos > 0)
STATES = {"new": "新", "busy": "在办", "ended": "办结"}
STEPS = (
    Step("begin", "new", "busy", "work", "开始", needs={"day": "日期"}, conditions=(READY, LATE)),
    Step(
        "end", "busy", "ended", "judge", "办结", position=lambda subject, actor: actor.id != subject.owner, primary=True
    ),
    Step("again", "busy", "busy", "work", "再办"),
)
LIFE = Lifecycle("thing", STATES, "new", ["ended"], STEPS)


@dataclass
class Thing:
    state: str = "new"
    version: int = 1
    photos: int = 1
    owner: int = 7
    events: list[Any] = field(default_factory=list)
    event_class: type[Any] = SimpleNamespace


@dataclass(frozen=True)
class Somebody:
    id: int = 1
    name: str = "甲"
    grants: tuple[str, ...] = ("work", "judge")

    def can(self, permission: str, /) -> bool:
        return permission in self.grants


def attempt(thing: Thing, somebody: Somebody | None = None, **facts: Any) -> Attempt:  # noqa: ANN401 - facts of any kind
    return Attempt(thing, facts, somebody or Somebody(), datetime(2026, 6, 15, 2, tzinfo=UTC), date(2026, 6, 15))


def test_a_step_sets_the_state_counts_the_version_and_tells_the_event() -> None:
    thing = Thing()
    advance(LIFE, "begin", attempt(thing, day=date(2026, 6, 16)))
    assert (thing.state, thing.version) == ("busy", 2)
    event = thing.events[0]
    assert (event.action, event.source, event.target, event.actor_name) == ("begin", "new", "busy", "甲")
    assert event.facts == {"day": "2026-06-16"}


@pytest.mark.parametrize(
    ("thing", "facts", "sentence"),
    [
        (Thing(), {}, "请填写：日期。"),
        (Thing(), {"day": "  "}, "请填写：日期。"),
        (Thing(), {"day": date(2026, 6, 15)}, "日期须在今天之后。"),
        (Thing(photos=0), {"day": date(2026, 6, 16)}, "还没有照片。"),
        (Thing(state="ended"), {"day": date(2026, 6, 16)}, "刷新页面"),
    ],
)
def test_a_step_that_may_not_be_taken_says_why_and_changes_nothing(
    thing: Thing, facts: dict[str, Any], sentence: str
) -> None:
    before = (thing.state, thing.version)
    with pytest.raises(StepRefused, match=sentence):
        advance(LIFE, "begin", attempt(thing, **facts))
    assert (thing.state, thing.version, thing.events) == (*before, [])


def test_a_stale_page_is_refused_before_anything_else() -> None:
    with pytest.raises(Stale):
        advance(LIFE, "begin", attempt(Thing()), version=9)


@pytest.mark.parametrize("somebody", [Somebody(grants=("work",)), Somebody(id=7)])
def test_neither_a_missing_permission_nor_a_wrong_position_passes(somebody: Somebody) -> None:
    with pytest.raises(Forbidden, match="办结"):
        advance(LIFE, "end", attempt(Thing(state="busy"), somebody))


def test_only_buttons_that_may_be_pressed_are_offered_primary_first() -> None:
    busy = Thing(state="busy")
    assert [step.action for step in LIFE.open_to(busy, Somebody())] == ["end", "again"]
    assert [step.action for step in LIFE.open_to(busy, Somebody(id=7))] == ["again"]


def test_conditions_of_the_form_are_not_asked_before_it_is_filled() -> None:
    step = LIFE.step("begin", "new")
    assert step is not None
    assert unmet(step, attempt(Thing(photos=0)), before_form=True) == ["还没有照片。"]


def test_replaying_the_events_gives_the_state() -> None:
    thing = Thing()
    advance(LIFE, "begin", attempt(thing, day=date(2026, 6, 16)))
    advance(LIFE, "again", attempt(thing))
    advance(LIFE, "end", attempt(thing))
    assert LIFE.replay(thing.events) == thing.state == "ended"
    with pytest.raises(ValueError, match="does not follow"):
        LIFE.replay(thing.events[1:])


@pytest.mark.parametrize(
    ("states", "steps", "complaint"),
    [
        ({**STATES, "lost": "丢"}, STEPS, "unreachable"),
        (STATES, (*STEPS, STEPS[0]), "two rows"),
        (STATES, (*STEPS, Step("x", "new", "nowhere", "work", "某")), "unknown state"),
        ({"new": "新", "busy": "在办"}, STEPS[:1], "dead ends"),
    ],
)
def test_a_table_that_cannot_be_lived_is_refused_when_built(
    states: dict[str, str], steps: tuple[Step, ...], complaint: str
) -> None:
    with pytest.raises(ValueError, match=complaint):
        Lifecycle("bad", states, "new", ["ended"], steps)


def test_facts_are_kept_as_json_can_hold_them() -> None:
    facts = {"sum": Decimal("1.50"), "days": (date(2026, 1, 2),), "deep": {"at": datetime(2026, 1, 2, tzinfo=UTC)}}
    assert plain(facts) == {"sum": "1.50", "days": ["2026-01-02"], "deep": {"at": "2026-01-02T00:00:00+00:00"}}
