"""An import that is killed without warning has done nothing or everything, and begun anew it comes to the same."""

import os
import random
import signal
import sys
import time
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from inspect_app.access.actor import SYSTEM
from inspect_app.core.database import db, transaction
from inspect_app.hazards import summary
from inspect_app.hazards.models import Hazard, HazardEvent
from inspect_app.returns.jobs import queries
from inspect_app.returns.jobs.folder import Folder
from inspect_app.returns.jobs.service import Kind, step
from inspect_app.returns.jobs.starting import launch
from inspect_app.returns.jobs.work import TURN, work
from inspect_app.returns.models import ReturnBatch, ReturnJob
from tests.returns.jobs.jobs import asked, sent
from tests.returns.ledgers import ledger_row, write_ledger
from tests.returns.sending import receive

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="processes are forked and killed the POSIX way")
ROWS, KILLS, SEED = 600, 30, 20260615
PATIENCE = 60.0


class Imports:
    """One import after the other, each by a process that may be killed."""

    def __init__(self, session: Session, home: Path) -> None:
        self.session, self.home = session, home
        self.number = 0
        self.job: tuple[str, Folder] = ("", Folder(home))

    def begin(self) -> None:
        """Receive another file, and ask for its import."""
        self.number += 1
        first = self.number * ROWS
        rows = [ledger_row(number) for number in range(first, first + ROWS)]
        batch = receive(write_ledger(self.home / f"{self.number}.xlsx", rows))
        self.job = asked(Kind.APPLY, self.home, batch, uuid=f"job-{self.number}")

    def run(self, seconds: float | None = None) -> float:
        """Let a process do the job; kill it after so many seconds. Returns how long it lived."""
        self.session.rollback()
        began, child = time.perf_counter(), os.fork()
        if child == 0:
            self._work()
        if seconds is not None:
            time.sleep(seconds)
            os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        return time.perf_counter() - began

    def _work(self) -> None:
        db.engine.dispose(close=False)
        db.session.remove()
        try:
            work(*self.job)
        finally:
            os._exit(0)

    def state(self) -> str:
        """Return how the job stands, having seen that the inventory agrees with it."""
        self.session.expire_all()
        job = queries.by_uuid(self.session, SYSTEM, self.job[0])
        batch = self.session.get_one(ReturnBatch, job.batch_id)
        done = job.state == "done"
        rows = (self.number if done else self.number - 1) * ROWS
        assert batch.state == ("applied" if done else "validated")
        for table in (Hazard, HazardEvent):
            assert self.session.scalar(select(func.count()).select_from(table)) == rows
        assert summary.verify(self.session) == []
        assert self.session.scalar(select(func.count(Hazard.reference.distinct()))) == rows
        return job.state

    def restart(self) -> None:
        self.session.rollback()
        with transaction():
            job = queries.by_uuid(self.session, SYSTEM, self.job[0])
            if job.state == "running":
                step(self.session, SYSTEM, job, "restart")
        self.job[1].make()


def test_thirty_kills_at_any_moment_leave_nothing_or_everything(session: Session, tmp_path: Path) -> None:
    chance, imports = random.Random(SEED), Imports(session, tmp_path)  # noqa: S311 - kills that can be repeated
    imports.begin()
    usual = imports.run() - TURN
    assert imports.state() == "done"
    imports.begin()
    nothing = 0
    for _ in range(KILLS):
        imports.run(chance.uniform(0, usual))
        if imports.state() == "done":
            imports.begin()
        else:
            nothing += 1
        imports.restart()
    assert nothing > KILLS / 3
    imports.run()
    assert imports.state() == "done"


def until_ended(session: Session, uuid: str) -> ReturnJob:
    """Wait until a process has ended its job."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        session.rollback()
        job = queries.by_uuid(session, SYSTEM, uuid)
        if job.ended_at:
            return job
        time.sleep(0.1)
    pytest.fail("the job did not end")


def test_a_process_of_its_own_does_the_job_and_one_that_was_killed_is_followed_by_another(
    app: Flask, session: Session, tmp_path: Path
) -> None:
    home = Path(app.config["DATA_DIR"])
    uuid, folder = sent(write_ledger(tmp_path / "a.xlsx", [ledger_row(1)]), home)
    session.rollback()
    killed = launch(app.config, uuid)
    killed.kill()
    killed.wait()
    launch(app.config, uuid)
    assert until_ended(session, uuid).state == "done"
    assert session.scalar(select(func.count()).select_from(ReturnBatch)) == 1
    until = time.monotonic() + PATIENCE
    while folder.path.exists() and time.monotonic() < until:
        time.sleep(0.05)
    assert not folder.path.exists()
