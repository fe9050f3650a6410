"""B13: how long others wait for their commits while a process imports a very large return."""

import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from threading import Event, Thread

from flask import Flask
from sqlalchemy import func, select

from inspect_app.access.actor import SYSTEM
from inspect_app.core.database import db, transaction
from inspect_app.evidence.rules import WORKBOOKS
from inspect_app.evidence.service import prepare_file
from inspect_app.hazards.drafts import HazardDraft
from inspect_app.hazards.models import Hazard
from inspect_app.hazards.service import register
from inspect_app.hazards.summary import verify
from inspect_app.regions.queries import by_code
from inspect_app.returns import queries, service
from inspect_app.returns.jobs.lifecycle import UNDER_WAY
from inspect_app.returns.jobs.service import Kind, ask
from inspect_app.returns.jobs.starting import launch
from inspect_app.returns.models import ReturnBatch, ReturnJob
from inspect_app.returns.reading import read_return
from tests.benchmarks.applications import application, close, template
from tests.benchmarks.ledgers import COUNTY, REPORT_ON, lines
from tests.benchmarks.measuring import Result
from tests.returns.ledgers import write_ledger

SECONDS, TIMES_IDLE, LONGEST = 0.05, 4.0, 0.15
TABLETS, PAUSE, IDLE_SECONDS, PATIENCE = 4, 0.05, 10.0, 600.0
NEIGHBOUR = "654221"


def measure(rows: int = 100_000, database: str = "sqlite") -> Result:
    """Commit from four sides without the import, then with it; on SQLite the goal is in seconds, else times idle."""
    with ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        source = stack.enter_context(template(database, home))
        app = application(stack.enter_context(source.copy()), home)
        batch = _received(app, write_ledger(home / "ledger.xlsx", lines(rows)))
        idle = committing(app, lambda: time.sleep(IDLE_SECONDS))
        busy = committing(app, lambda: import_by_job(app, batch))
        _check(app, rows + len(idle) + len(busy))
        close(app)
    mine, theirs = quantile(busy, 95), quantile(idle, 95)
    goal, ratio = (SECONDS, mine) if database == "sqlite" else (TIMES_IDLE, mine / theirs)
    held = ratio <= goal and (database != "sqlite" or busy[-1] <= LONGEST)
    note = (
        f"{rows} rows, {database}; p95 of {len(busy)} commits, the longest {busy[-1]:.3f} s (goal {LONGEST} on SQLite)"
    )
    return Result("B13", round(mine, 4), round(theirs, 4), round(ratio, 3), goal, 0.0, held, 0.0, 0.0, 0.0, note)


def committing(app: Flask, meanwhile: Callable[[], object]) -> list[float]:
    """Let tablets commit one finding after the other for as long as something lasts; return the seconds, sorted."""
    ended, took = Event(), list[float]()
    threads = [Thread(target=_tablet, args=(app, number, ended, took)) for number in range(TABLETS)]
    for thread in threads:
        thread.start()
    try:
        meanwhile()
    finally:
        ended.set()
        for thread in threads:
            thread.join()
    return sorted(took)


def import_by_job(app: Flask, batch_id: int) -> None:
    """Let a process of its own import a return that waits, and see that it did."""
    with app.app_context():
        session = db.session()
        with transaction():
            batch = session.get_one(ReturnBatch, batch_id)
            ask(session, SYSTEM, Kind.APPLY, "benchmark", batch.county, {"version": batch.version}, batch)
        launch(app.config, "benchmark")
        until = time.monotonic() + PATIENCE
        state = select(ReturnJob.state)
        while session.scalar(state) in UNDER_WAY and time.monotonic() < until:
            session.rollback()
            time.sleep(0.2)
        assert session.scalar(state) == "done"


def quantile(took: list[float], percent: int) -> float:
    """Return the value below which so many percent of sorted values lie."""
    return took[min(len(took) * percent // 100, len(took) - 1)]


def _received(app: Flask, file: Path) -> int:
    with app.app_context():
        session = db.session()
        read = read_return(file, queries.places_for(session, by_code(session, COUNTY)), REPORT_ON)
        with file.open("rb") as stream:
            prepared = prepare_file(stream, file.name, WORKBOOKS)
        with transaction():
            return service.receive(session, SYSTEM, prepared, by_code(session, COUNTY), REPORT_ON, read).id


def _tablet(app: Flask, number: int, ended: Event, took: list[float]) -> None:
    with app.app_context():
        session, turn = db.session(), 0
        county = by_code(session, NEIGHBOUR).id
        while not ended.is_set():
            turn += 1
            draft = HazardDraft(county, county, "manual", description=f"{number} 号平板第 {turn} 条：吊顶未加固")
            began = time.perf_counter()
            with transaction():
                register(session, SYSTEM, draft)
            took.append(time.perf_counter() - began)
            time.sleep(PAUSE)


def _check(app: Flask, number: int) -> None:
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Hazard)) == number
        assert verify(db.session()) == []
