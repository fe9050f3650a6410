# ruff: noqa: S608 - a test writes its own statements
from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from flask import Flask
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.access.permissions import Role
from inspect_app.audit.models import AuditEntry, AuditSeal, SealedEntry
from inspect_app.audit.sealing import Pace, seal_quietly
from inspect_app.audit.service import record, seal, seal_all, unsealed, verify
from inspect_app.audit.triggers import removals
from inspect_app.core import clock
from inspect_app.core.database import db, transaction

CLERK = Actor(7, "样例员", Role.COUNTY_CLERK, 1, 1, address="192.0.2.7")


def write(session: Session, count: int = 3) -> None:
    with transaction():
        for number in range(count):
            record(
                session, CLERK, "hazard.assign", kind="hazard", id=number, changes={"state": ["registered", "assigned"]}
            )


def sealed(session: Session, *counts: int) -> Session:
    """Write and seal blocks of the sizes."""
    for count in counts:
        write(session, count)
        with transaction():
            assert seal(session) is not None
    return session


def tamper(session: Session, table: str, order: str) -> None:
    """Change the trail behind the application's back, as somebody with the database in hand could."""
    with transaction():
        for statement in removals(session.get_bind().dialect.name, table):
            session.execute(text(statement))
        session.execute(text(order))


def entry_keys(session: Session) -> list[int]:
    return list(session.scalars(select(AuditEntry.id).order_by(AuditEntry.id)))


def test_an_entry_says_who_did_what_when_and_from_where(session: Session) -> None:
    instant = clock.now()
    with clock.set_to(instant):
        write(session, 1)
    entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "hazard.assign")).one()
    assert (entry.actor_id, entry.actor_name, entry.address, entry.at) == (7, "样例员", "192.0.2.7", instant)
    assert entry.changes == {"state": ["registered", "assigned"]}


def test_an_entry_falls_with_its_transaction(session: Session) -> None:
    before = unsealed(session)

    def fail() -> None:
        with transaction():
            record(session, CLERK, "hazard.assign", kind="hazard", id=1)
            session.flush()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert unsealed(session) == before


def test_an_untouched_trail_is_right_and_counts_what_waits(session: Session) -> None:
    sealed(session, 2, 3)
    write(session, 4)
    assert verify(session) == []
    assert unsealed(session) == 4


def test_nothing_to_seal_makes_no_seal(session: Session) -> None:
    with transaction():
        seal_all(session)
        assert seal(session) is None


@pytest.mark.parametrize(
    "change",
    [
        "actor_name = 'x'",
        "action = 'hazard.close'",
        "subject_id = 99",
        "changes = '{}'",
        "address = ''",
        "request_id = 'x'",
    ],
)
def test_a_changed_entry_is_named_and_no_other(session: Session, change: str) -> None:
    sealed(session, 3, 3, 3)
    victim = entry_keys(session)[-5]
    tamper(session, "audit_entry", f"UPDATE audit_entry SET {change} WHERE id = {victim}")
    (problem,) = verify(session)
    assert f"审计记录 {victim} 与封存时不一致" in problem


def test_the_first_wrong_entry_comes_first(session: Session) -> None:
    sealed(session, 3, 3)
    late, early = entry_keys(session)[-1], entry_keys(session)[-6]
    tamper(session, "audit_entry", f"UPDATE audit_entry SET actor_name = 'x' WHERE id IN ({late}, {early})")
    assert [f"记录 {key} " in problem for key, problem in zip((early, late), verify(session), strict=True)] == [
        True,
        True,
    ]


def test_a_removed_entry_is_noticed(session: Session) -> None:
    sealed(session, 3, 3)
    victim = entry_keys(session)[-5]
    tamper(session, "sealed_entry", f"DELETE FROM sealed_entry WHERE entry_id = {victim}")
    tamper(session, "audit_entry", f"DELETE FROM audit_entry WHERE id = {victim}")
    assert any("现在只有" in problem for problem in verify(session))


def test_a_removed_block_is_noticed(session: Session) -> None:
    sealed(session, 2, 2, 2)
    block = session.scalars(select(AuditSeal.id).order_by(AuditSeal.id)).all()[-2]
    tamper(session, "sealed_entry", f"DELETE FROM sealed_entry WHERE seal_id = {block}")
    dialect = session.get_bind().dialect.name
    with transaction():
        for statement in removals(dialect, "audit_seal"):
            session.execute(text(statement))
        session.execute(text(f"UPDATE audit_seal SET previous_id = NULL WHERE id = {block + 1}"))
        session.execute(text(f"DELETE FROM audit_seal WHERE id = {block}"))
    assert any("封存记录缺失" in problem for problem in verify(session))


def test_an_entry_that_commits_late_is_sealed_later(session: Session) -> None:
    sealed(session, 2)
    low = min(entry_keys(session)) - 1
    with transaction():
        late = AuditEntry(
            id=low, at=clock.now(), actor_id=None, actor_name="x", action="a.b", subject_kind="x", changes={}
        )
        session.add(late)
    with transaction():
        block = seal(session)
        assert block is not None
        assert block.entries == 1
    assert verify(session) == []


def in_parallel(app: Flask, work: list[Callable[[], None]]) -> None:
    start = Barrier(len(work))

    def run(step: Callable[[], None]) -> None:
        with app.app_context():
            start.wait()
            step()

    threads = [Thread(target=run, args=(step,)) for step in work]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_many_who_seal_and_write_at_once_leave_one_chain_without_gap(app: Flask, session: Session) -> None:
    with transaction():
        seal_all(session)
    before = session.scalar(select(func.count()).select_from(SealedEntry)) or 0
    session.rollback()
    in_parallel(app, [lambda: write(db.session(), 5), lambda: seal_quietly(app)] * 4)
    with transaction():
        seal_all(session)
    assert verify(session) == []
    assert session.scalar(select(func.count()).select_from(SealedEntry)) == before + 20
    numbers = session.scalars(select(AuditSeal.id).order_by(AuditSeal.id)).all()
    assert list(numbers) == list(range(1, len(numbers) + 1))


def test_a_writer_does_not_wait_for_an_open_seal(app: Flask, session: Session) -> None:
    if session.get_bind().dialect.name != "postgresql":
        pytest.skip("SQLite has one writer at a time whatever is written")
    write(session)
    done: list[str] = []

    def write_and_seal() -> None:
        write(db.session())
        seal_quietly(app)
        done.append("written")

    with transaction():
        assert seal(session) is not None
        in_parallel(app, [write_and_seal])
        assert done == ["written"]
    with transaction():
        seal_all(session)
    assert verify(session) == []


def test_sealing_is_due_after_so_many_entries_and_then_anew() -> None:
    pace = Pace(3)
    assert [pace.due(1) for _entry in range(7)] == [False, False, True, False, False, True, False]


def test_the_command_names_the_altered_entry_and_exits_1(app: Flask, session: Session) -> None:
    sealed(session, 3)
    write(session, 2)
    run = app.test_cli_runner().invoke
    session.rollback()
    good = run(args=["audit", "verify"])
    assert good.exit_code == 0
    assert "未封存：2 条" in good.output
    digest = session.scalars(select(AuditSeal.digest).order_by(AuditSeal.id.desc())).first()
    assert digest
    assert digest in good.output
    session.rollback()
    assert run(args=["audit", "verify", "--digest", digest]).exit_code == 0
    assert run(args=["audit", "verify", "--digest", "0" * 64]).exit_code == 1
    assert "已封存 2 条" in run(args=["audit", "seal"]).output
    victim = entry_keys(session)[-2]
    tamper(session, "audit_entry", f"UPDATE audit_entry SET actor_name = 'x' WHERE id = {victim}")
    bad = run(args=["audit", "verify"])
    assert bad.exit_code == 1
    assert bad.output.startswith(f"审计记录 {victim} ")
