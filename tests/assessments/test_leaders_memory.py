from datetime import date
from itertools import count

import pytest
from sqlalchemy.orm import Session

from inspect_app.access.actor import SYSTEM
from inspect_app.assessments.leaders.memory import KEPT, Memory, Stamp, stamp
from inspect_app.audit.service import record
from inspect_app.core.database import transaction

DAY = date(2026, 6, 15)


def state(last: int = 1, recent: int = 1, day: date = DAY) -> Stamp:
    return Stamp(day, last, recent)


def test_an_answer_is_worked_out_once_for_the_same_data() -> None:
    memory, answers = Memory(), count(1)
    assert [memory.recall("a", state(), lambda: next(answers)) for _ in range(3)] == [1, 1, 1]
    assert next(answers) == 2


@pytest.mark.parametrize("later", [state(last=2), state(recent=2), state(day=date(2026, 6, 16))])
def test_whatever_is_written_and_every_new_day_has_it_worked_out_anew(later: Stamp) -> None:
    memory = Memory()
    memory.recall("a", state(), lambda: "old")
    assert memory.recall("a", later, lambda: "new") == "new"
    assert memory.recall("a", later, lambda: "newer") == "new"


def test_questions_are_kept_apart_and_the_least_used_go_first() -> None:
    memory = Memory()
    for number in range(KEPT):
        memory.recall(number, state(), lambda: "first")
    memory.recall(0, state(), lambda: "anew")
    memory.recall("one more", state(), lambda: "first")
    assert memory.recall(0, state(), lambda: "anew") == "first"
    assert memory.recall(1, state(), lambda: "anew") == "anew"


def test_a_failure_is_not_remembered() -> None:
    memory = Memory()
    with pytest.raises(ZeroDivisionError):
        memory.recall("a", state(), lambda: 1 // 0)
    assert memory.recall("a", state(), lambda: "well") == "well"


@pytest.mark.usefixtures("clock")
def test_every_entry_of_the_trail_changes_the_stamp(session: Session) -> None:
    before = stamp(session)
    with transaction():
        record(session, SYSTEM, "hazard.assign", kind="hazard", id=1)
    after = stamp(session)
    assert after != before
    assert stamp(session) == after
