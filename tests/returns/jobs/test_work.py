from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from inspect_app.access.actor import SYSTEM
from inspect_app.core.database import transaction
from inspect_app.core.errors import Conflict
from inspect_app.hazards import service as hazards
from inspect_app.hazards import summary
from inspect_app.hazards.models import Hazard
from inspect_app.hazards.text_index import NEWEST, is_built
from inspect_app.returns.applying import Ready, make_ready
from inspect_app.returns.jobs import work as module
from inspect_app.returns.jobs.folder import Folder
from inspect_app.returns.jobs.lifecycle import JOB_LIFE
from inspect_app.returns.jobs.service import Kind, step
from inspect_app.returns.jobs.work import Task
from inspect_app.returns.models import ReturnBatch, ReturnJob
from tests.returns.jobs.jobs import UUID, asked, done, sent
from tests.returns.ledgers import ledger_row, write_ledger
from tests.returns.sending import receive, send

pytestmark = pytest.mark.usefixtures("clock")
GOOD = [ledger_row(number) for number in range(1, 6)]


def hazard_rows(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Hazard)) or 0


def the_batch(session: Session) -> ReturnBatch:
    session.expire_all()
    return session.scalars(select(ReturnBatch).order_by(ReturnBatch.id.desc())).first() or pytest.fail("no return")


def test_a_file_is_received_as_a_page_would_and_nothing_is_left_behind(session: Session, tmp_path: Path) -> None:
    job = sent(write_ledger(tmp_path / "台账.xlsx", GOOD), tmp_path)
    ended = done(job)
    batch = the_batch(session)
    assert (ended.state, ended.batch_id, ended.message) == ("done", batch.id, {})
    assert (batch.state, batch.original_name, batch.counts["create"]) == ("validated", "台账.xlsx", 5)
    assert JOB_LIFE.replay(ended.events) == "done"
    assert not job[1].path.exists()


def test_a_file_that_is_refused_ends_the_job_with_its_sentence(session: Session, tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("姓名,电话\n张三,1\n")
    ended = done(sent(file, tmp_path))
    assert (ended.state, ended.batch_id) == ("failed", None)
    assert "表头" in ended.message["message"]
    assert session.scalar(select(func.count()).select_from(ReturnBatch)) == 0


def test_a_plan_is_carried_out_in_the_transaction_that_ends_the_job(session: Session, tmp_path: Path) -> None:
    batch = receive(write_ledger(tmp_path / "a.xlsx", GOOD))
    ended = done(asked(Kind.APPLY, tmp_path, batch))
    assert ended.message == {}
    assert (ended.state, the_batch(session).state, hazard_rows(session)) == ("done", "applied", 5)
    assert summary.verify(session) == []


def test_the_index_of_words_takes_in_the_new_rows_afterwards(session: Session, tmp_path: Path) -> None:
    batch = receive(write_ledger(tmp_path / "a.xlsx", GOOD))
    done(asked(Kind.APPLY, tmp_path, batch))
    if session.get_bind().dialect.name == "sqlite" and is_built(session.connection()):
        newest = session.connection().exec_driver_sql(f"SELECT {NEWEST}").scalar()
        assert newest == session.scalar(select(func.max(Hazard.id)))


def test_refused_rows_keep_the_rest_out_unless_that_was_chosen(session: Session, tmp_path: Path) -> None:
    batch = receive(write_ledger(tmp_path / "a.xlsx", [*GOOD, ledger_row(6, 隐患描述=None)]))
    ended = done(asked(Kind.APPLY, tmp_path, batch))
    assert (ended.state, hazard_rows(session)) == ("failed", 0)
    again = asked(Kind.APPLY, tmp_path, the_batch(session), uuid="b", accept_good_rows=True)
    assert (done(again).state, hazard_rows(session)) == ("done", 5)


def test_a_job_that_is_asked_to_stop_changes_nothing(
    session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = receive(write_ledger(tmp_path / "a.xlsx", GOOD))
    job = asked(Kind.APPLY, tmp_path, batch)
    said = Task.say

    def stopped(task: Task, phase: str, percent: int) -> None:
        if phase == "writing":
            task.folder.ask_to_stop()
        said(task, phase, percent)

    monkeypatch.setattr(Task, "say", stopped)
    assert done(job).state == "cancelled"
    assert (the_batch(session).state, hazard_rows(session)) == ("validated", 0)
    assert not job[1].path.exists()


def test_what_is_changed_while_a_plan_is_made_ready_makes_it_ready_again(
    session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    send(tmp_path / "a.xlsx", GOOD)
    batch = receive(write_ledger(tmp_path / "b.xlsx", [*GOOD, ledger_row(7)]))
    job, made = asked(Kind.APPLY, tmp_path, batch), list[Ready]()

    def outrun(*arguments: Any) -> Ready:  # noqa: ANN401 - of make_ready
        ready = make_ready(*arguments)
        if not made:
            with transaction():
                hazard = session.scalars(select(Hazard).order_by(Hazard.id)).first() or pytest.fail("none")
                hazards.update(session, SYSTEM, hazard, {"remark": "另有安排"}, hazard.version)
        made.append(ready)
        return ready

    monkeypatch.setattr(module, "make_ready", outrun)
    assert done(job).state == "done"
    assert (len(made), hazard_rows(session)) == (2, 6)


def test_a_preview_that_the_inventory_has_outrun_ends_the_job_with_a_sentence(session: Session, tmp_path: Path) -> None:
    send(tmp_path / "a.xlsx", GOOD)
    changed = [ledger_row(number, 整改措施="改用碳纤维布加固") for number in range(1, 6)]
    batch = receive(write_ledger(tmp_path / "b.xlsx", changed))
    with transaction():
        hazard = session.scalars(select(Hazard).order_by(Hazard.id)).first() or pytest.fail("none")
        hazards.update(session, SYSTEM, hazard, {"measures": "会议决定整体拆除重建"}, hazard.version)
    ended = done(asked(Kind.APPLY, tmp_path, batch))
    assert ended.state == "failed"
    assert "重新核对" in ended.message["message"]
    assert done(asked(Kind.CHECK, tmp_path, the_batch(session), uuid="b")).state == "done"
    assert the_batch(session).counts["conflicts"] == 1
    assert done(asked(Kind.APPLY, tmp_path, the_batch(session), uuid="c")).state == "done"


def test_an_import_is_undone_by_a_job_as_well(session: Session, tmp_path: Path) -> None:
    batch = send(tmp_path / "a.xlsx", GOOD)
    assert done(asked(Kind.UNDO, tmp_path, batch, reason="报错了文件")).state == "done"
    assert the_batch(session).state == "undone"


def test_one_job_at_a_time_works_on_a_return(session: Session, tmp_path: Path) -> None:
    batch = receive(write_ledger(tmp_path / "a.xlsx", GOOD))
    asked(Kind.APPLY, tmp_path, batch)
    with pytest.raises(Conflict, match="正在处理"):
        asked(Kind.APPLY, tmp_path, batch, uuid="b")
    session.rollback()


def test_a_process_that_was_given_up_does_nothing_when_it_goes_on(
    session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = receive(write_ledger(tmp_path / "a.xlsx", GOOD))
    uuid, folder = asked(Kind.APPLY, tmp_path, batch)
    begun = module._do

    def given_up(task: Task) -> None:
        with transaction():
            step(session, SYSTEM, task.job, "restart")
        begun(task)

    monkeypatch.setattr(module, "_do", given_up)
    assert done((uuid, folder)).state == "waiting"
    assert (the_batch(session).state, hazard_rows(session)) == ("validated", 0)
    monkeypatch.setattr(module, "_do", begun)
    folder.make()
    assert (done((uuid, folder)).state, hazard_rows(session)) == ("done", 5)


def test_a_mistake_of_ours_is_told_and_changes_nothing(
    session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = sent(write_ledger(tmp_path / "a.xlsx", GOOD), tmp_path)

    def fail(*_arguments: object) -> None:
        raise RuntimeError("the plug is pulled")

    monkeypatch.setattr(module, "plan_for", fail)
    with pytest.raises(RuntimeError):
        done(job)
    session.expire_all()
    ended = session.scalars(select(ReturnJob).where(ReturnJob.uuid == UUID)).one()
    assert ended.state == "failed"
    assert "意外错误" in ended.message["message"]
    assert Folder.of(tmp_path, UUID).path.exists()
