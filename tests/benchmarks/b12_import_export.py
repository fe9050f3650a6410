"""B12: preview and import of 10,000 rows, against django-import-export's dry run and import of the same file."""

import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from sqlalchemy import func, select

from inspect_app.access.actor import SYSTEM
from inspect_app.core.database import db, transaction
from inspect_app.evidence.rules import WORKBOOKS
from inspect_app.evidence.service import prepare_file
from inspect_app.hazards.models import Hazard
from inspect_app.hazards.summary import verify
from inspect_app.regions.queries import by_code
from inspect_app.returns import queries, service
from inspect_app.returns.models import ReturnBatch
from inspect_app.returns.reading import read_return
from tests.benchmarks.applications import application, close, template
from tests.benchmarks.ledgers import COUNTY, REPORT_ON, lines
from tests.benchmarks.measuring import RUNS, Result, compare
from tests.benchmarks.peers import environment, worker
from tests.returns.ledgers import write_ledger

GOAL = 1 / 15
PEERS = ("Django==5.2.7", "django-import-export==4.3.10", "tablib[xlsx]")
IMPORTER = "tests.benchmarks.django_importer"


def measure(rows: int = 10_000) -> Result:
    """Preview and import the same file each time, into an empty table there and a seeded database here."""
    with ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        source = stack.enter_context(template("sqlite", home))
        file = write_ledger(home / "ledger.xlsx", lines(rows))
        urls = [stack.enter_context(source.copy()) for _ in range(RUNS + 1)]
        python = environment(home / "peer", *PEERS)
        ours, reference = Ours(home, file, rows, urls), worker(python, IMPORTER, [str(file), str(home / "peer.db")])
        result = compare("B12", ours, stack.enter_context(reference), GOAL, f"{rows} rows, {PEERS[1]}")
        ours.check()
        return result


class Ours:
    """Preview, which keeps the file and its plan, then apply, which plans again: two transactions."""

    def __init__(self, home: Path, file: Path, rows: int, urls: Sequence[str]) -> None:
        self._file, self._rows = file, rows
        self._applications = [application(url, home) for url in urls]
        self._waiting = iter(self._applications)

    def __call__(self) -> None:
        """Do both once."""
        with next(self._waiting).app_context():
            session = db.session()
            read = read_return(self._file, queries.places_for(session, by_code(session, COUNTY)), REPORT_ON)
            with self._file.open("rb") as stream:
                prepared = prepare_file(stream, self._file.name, WORKBOOKS)
            with transaction():
                batch = service.receive(session, SYSTEM, prepared, by_code(session, COUNTY), REPORT_ON, read)
                key, version = batch.id, batch.version
            with transaction():
                service.apply(session, SYSTEM, session.get_one(ReturnBatch, key), version=version)

    def check(self) -> None:
        """See that every run registered every row."""
        for app in self._applications:
            with app.app_context():
                assert db.session.scalar(select(func.count()).select_from(Hazard)) == self._rows
                assert verify(db.session()) == []
            close(app)
