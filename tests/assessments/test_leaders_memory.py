from datetime import date
from itertools import count

import pytest
from sqlalchemy.orm import Session

from inspect_app.access.actor import SYSTEM
from inspect_app.assessments.leaders import memory
from inspect_app.assessments.leaders.memory import KEPT, Memory, Stamp, stamp
from inspect_app.audit.service import record
from inspect_app.core.database import transaction
from inspect_app.regions.queries import by_code

DAY = date(2026, 6, 15)


def state(last: int = 1, recent: int = 1, day: date = DAY, era: int = 0) -> Stamp:
    return Stamp(day, era, last, recent)


def test_an_answer_is_worked_out_once_for_the_same_data() -> None:
    known, answers = Memory(), count(1)
    assert [known.recall("a", state(), lambda: next(answers)) for _ in range(3)] == [1, 1, 1]
    assert next(answers) == 2


@pytest.mark.parametrize("later", [state(last=2), state(recent=2), state(era=1), state(day=date(2026, 6, 16))])
def test_whatever_is_written_and_every_new_day_has_it_worked_out_anew(later: Stamp) -> None:
    known = Memory()
    known.recall("a", state(), lambda: "old")
    assert known.recall("a", later, lambda: "new") == "new"
    assert known.recall("a", later, lambda: "newer") == "new"


def test_questions_are_kept_apart_and_the_least_used_go_first() -> None:
    known = Memory()
    for number in range(KEPT):
        known.recall(number, state(), lambda: "first")
    known.recall(0, state(), lambda: "anew")
    known.recall("one more", state(), lambda: "first")
    assert known.recall(0, state(), lambda: "anew") == "first"
    assert known.recall(1, state(), lambda: "anew") == "anew"


def test_a_failure_is_not_remembered() -> None:
    known = Memory()
    with pytest.raises(ZeroDivisionError):
        known.recall("a", state(), lambda: 1 // 0)
    assert known.recall("a", state(), lambda: "well") == "well"


def note(session: Session, kind: str, region_id: int | None) -> None:
    with transaction():
        record(session, SYSTEM, f"{kind}.edit", kind=kind, id=1, region_id=region_id)


@pytest.mark.usefixtures("clock")
@pytest.mark.parametrize("code", ["654202", "6542", "65", None])
def test_what_is_written_below_above_or_of_no_region_changes_the_stamp(session: Session, code: str | None) -> None:
    prefecture = by_code(session, "6542").id
    before = stamp(session, prefecture)
    note(session, "hazard", by_code(session, code).id if code else None)
    after = stamp(session, prefecture)
    assert after != before
    assert stamp(session, prefecture) == after


@pytest.mark.usefixtures("clock")
def test_what_is_written_elsewhere_and_of_accounts_does_not(session: Session) -> None:
    prefecture, elsewhere = by_code(session, "6542").id, by_code(session, "3715").id
    before, everywhere = stamp(session, prefecture), stamp(session, None)
    note(session, "hazard", elsewhere)
    note(session, "user", prefecture)
    assert stamp(session, prefecture) == before
    assert stamp(session, None) != everywhere


@pytest.mark.usefixtures("clock")
def test_an_entry_that_many_others_have_followed_unseen_still_changes_the_stamp(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(memory, "RECENT", 5)
    prefecture, elsewhere = by_code(session, "6542").id, by_code(session, "3715").id
    before = stamp(session, prefecture)
    note(session, "hazard", prefecture)
    for _ in range(6):
        note(session, "hazard", elsewhere)
    assert stamp(session, prefecture) != before
