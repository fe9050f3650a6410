from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from inspect_app.access.actor import SYSTEM, Actor
from inspect_app.access.permissions import Role
from inspect_app.audit.models import AuditEntry
from inspect_app.core import clock
from inspect_app.core.database import transaction
from inspect_app.core.errors import Conflict, Forbidden, StepRefused
from inspect_app.evidence.models import Evidence
from inspect_app.hazards import service as hazards
from inspect_app.hazards import summary
from inspect_app.hazards.lifecycle import HAZARD_LIFE
from inspect_app.hazards.models import Hazard, HazardDistinct
from inspect_app.hazards.verifying import verify
from inspect_app.hazards.words import State
from inspect_app.regions.queries import by_code
from inspect_app.returns import undoing
from inspect_app.returns.models import ReturnBatch
from tests.accounts.factories import actor_of, make_user
from tests.returns.ledgers import ledger_row, write_ledger
from tests.returns.sending import apply, receive, send

pytestmark = pytest.mark.usefixtures("clock")
GOOD = [ledger_row(number) for number in range(1, 4)]
EARLY = date(2026, 6, 10)


def undo(batch: ReturnBatch, session: Session, actor: Actor = SYSTEM, reason: str = "报错了文件") -> ReturnBatch:
    with transaction():
        return undoing.undo(session, actor, batch, reason=reason, version=batch.version)


def all_hazards(session: Session) -> list[Hazard]:
    session.expire_all()
    return list(session.scalars(select(Hazard).order_by(Hazard.id)))


def columns(hazard: Hazard) -> dict[str, Any]:
    passing = {"version", "updated_at", "urgency"}
    return {
        column.name: getattr(hazard, column.name) for column in Hazard.__table__.columns if column.name not in passing
    }


def test_what_a_return_entered_is_withdrawn_and_the_whole_stays_true(session: Session, tmp_path: Path) -> None:
    batch = undo(send(tmp_path / "a.xlsx", [*GOOD, ledger_row(4, 整改措施=None)]), session)
    assert (batch.state, batch.applied_key, batch.applied_content_key) == ("undone", None, None)
    assert {hazard.state for hazard in all_hazards(session)} == {State.WITHDRAWN}
    assert all(HAZARD_LIFE.replay(hazard.events) == State.WITHDRAWN for hazard in all_hazards(session))
    assert summary.verify(session) == []
    assert verify(session) == []
    counted = summary.counts(session, SYSTEM, clock.today())
    assert (counted.open, counted.closed, counted.by_state[State.WITHDRAWN]) == (0, 0, 4)


def test_what_a_return_changed_is_put_back_as_it_was(session: Session, tmp_path: Path) -> None:
    send(tmp_path / "a.xlsx", [*GOOD, ledger_row(4, 整改措施=None, 整改时限=None)], report_on=EARLY)
    before = [columns(hazard) for hazard in all_hazards(session)]
    changed = [
        ledger_row(number, 整改责任人="钱进", 整改责任单位="乌苏市住房和城乡建设局", 隐患等级="重大")
        for number in (1, 2)
    ]
    batch = send(tmp_path / "b.xlsx", [*changed, GOOD[2], ledger_row(4), ledger_row(9)])
    assert (batch.counts["update"], batch.counts["create"]) == (3, 1)
    assert [columns(hazard) for hazard in all_hazards(session)[:4]] != before
    undo(batch, session)
    assert [columns(hazard) for hazard in all_hazards(session)[:4]] == before
    assert all_hazards(session)[4].state == State.WITHDRAWN
    assert summary.verify(session) == []
    assert verify(session) == []


def test_after_undoing_the_same_file_is_imported_again(session: Session, tmp_path: Path) -> None:
    undo(send(tmp_path / "a.xlsx", GOOD), session)
    again = apply(receive(tmp_path / "a.xlsx"))
    assert (again.state, again.counts["create"], again.counts["duplicates"]) == ("applied", 3, 0)
    assert [hazard.state for hazard in all_hazards(session)] == [State.WITHDRAWN] * 3 + [State.REGISTERED] * 3


def in_the_way(session: Session, batch: ReturnBatch) -> list[str]:
    with pytest.raises(Conflict, match="不能整批撤销"):
        undo(batch, session)
    session.rollback()
    assert {hazard.state for hazard in all_hazards(session)} >= {State.REGISTERED}
    return [f"{each.reference[-4:]} {each.what}" for each in undoing.obstacles(session, batch)]


def test_an_edit_since_stands_in_the_way_with_its_name(session: Session, tmp_path: Path) -> None:
    batch = send(tmp_path / "a.xlsx", GOOD)
    with transaction():
        hazard = all_hazards(session)[1]
        hazards.update(session, SYSTEM, hazard, {"measures": "会议决定整体拆除重建"}, hazard.version)
    assert in_the_way(session, batch) == ["0002 “修改”"]


def test_a_step_since_stands_in_the_way_with_its_name(session: Session, tmp_path: Path) -> None:
    batch = send(tmp_path / "a.xlsx", GOOD)
    with transaction():
        due = clock.today() + timedelta(days=20)
        hazards.take_step(session, SYSTEM, all_hazards(session)[0], "assign", {"due_on": due})
    assert in_the_way(session, batch) == ["0001 “交办”"]
    assert undoing.obstacles(session, batch)[0].by == SYSTEM.name


def test_a_later_return_that_speaks_of_the_hazards_stands_in_the_way(session: Session, tmp_path: Path) -> None:
    batch = send(tmp_path / "a.xlsx", GOOD, report_on=EARLY)
    later = send(tmp_path / "b.xlsx", [GOOD[0], ledger_row(8)])
    assert in_the_way(session, batch) == [f"0001 后来的报表 {later.reference} 提到它"]
    undo(later, session)
    assert undo(batch, session).state == "undone"


def test_files_and_judgements_since_stand_in_the_way(session: Session, tmp_path: Path) -> None:
    batch = send(tmp_path / "a.xlsx", GOOD)
    one, two, _three = all_hazards(session)
    with transaction(), clock.set_to(clock.now() + timedelta(minutes=1)):
        session.add(
            Evidence(
                uuid="u", subject_kind="hazard", subject_id=one.id, purpose="before", county_id=one.county_id,
                region_id=one.region_id, sha256="0" * 64, size=1, media_type="image/jpeg", original_name="a.jpg",
                uploaded_at=clock.now(),
            )
        )  # fmt: skip
        session.add(HazardDistinct(first_id=two.id, second_id=one.id, reason="两处", decided_at=clock.now()))
    assert in_the_way(session, batch) == [
        "0001 已判定与另一条不是同一隐患", "0001 已上传照片或文件", "0002 已判定与另一条不是同一隐患",
    ]  # fmt: skip


def test_undoing_needs_a_reason_and_an_applied_return(session: Session, tmp_path: Path) -> None:
    batch = receive(write_ledger(tmp_path / "a.xlsx", GOOD))
    with pytest.raises(StepRefused):
        undo(batch, session)
    session.rollback()
    apply(batch)
    with pytest.raises(StepRefused, match="撤销的理由"):
        undo(batch, session, reason=" ")


def test_only_those_in_charge_of_the_county_undo_and_no_hazard_is_withdrawn_by_hand(
    session: Session, tmp_path: Path
) -> None:
    with transaction():
        other = actor_of(make_user(session, Role.COUNTY_CLERK, by_code(session, "654221")))
        leader = actor_of(make_user(session, Role.PREFECTURE_LEADER, by_code(session, "6542")))
        clerk = actor_of(make_user(session, Role.COUNTY_CLERK, by_code(session, "654202")))
    batch = send(tmp_path / "a.xlsx", GOOD)
    for person in (other, leader):
        with pytest.raises(Forbidden):
            undo(batch, session, person)
        session.rollback()
    with pytest.raises(Forbidden), transaction():
        hazards.take_step(session, clerk, all_hazards(session)[0], "withdraw", {"reason": "不要了"})
    assert undo(batch, session, clerk).undone_by_id == clerk.id


def test_the_trail_tells_who_undid_what_and_why(session: Session, tmp_path: Path) -> None:
    batch = undo(send(tmp_path / "a.xlsx", GOOD), session)
    told = session.scalars(select(AuditEntry).where(AuditEntry.action == "return.undo")).one()
    assert told.subject_reference == batch.reference
    assert told.changes["reason"] == [None, "报错了文件"]
    assert told.changes["withdrawn"] == [None, 3]
    assert session.scalar(select(func.count()).where(AuditEntry.action == "hazard.withdraw_many")) == 1
