"""B2: the plan of a return of 500 rows, the everyday case: how many seconds more than reading the file it takes."""

import tempfile
from contextlib import ExitStack
from functools import partial
from operator import sub
from pathlib import Path

from inspect_app.access.actor import SYSTEM
from inspect_app.core.database import db, transaction
from inspect_app.evidence.rules import WORKBOOKS
from inspect_app.evidence.service import prepare_file
from inspect_app.regions.queries import by_code
from inspect_app.returns import queries, service
from inspect_app.returns.plan import Group
from inspect_app.returns.reading import read_return
from inspect_app.returns.result import ReadResult
from tests.benchmarks.applications import application, close, template
from tests.benchmarks.ledgers import COUNTY, REPORT_ON, lines
from tests.benchmarks.measuring import Result, compare
from tests.returns.ledgers import write_ledger

GOAL = 0.5
HELD, KNOWN, NEW = 5_000, 250, 250


def measure() -> Result:
    """Preview, again and again, a return half of which a county with 5,000 hazards holds already."""
    with ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        source = stack.enter_context(template("sqlite", home))
        app = application(stack.enter_context(source.copy()), home)
        with app.app_context():
            _take_in(write_ledger(home / "held.xlsx", lines(HELD)), apply=True)
            file = write_ledger(home / "ledger.xlsx", [*lines(KNOWN), *lines(NEW, first=HELD + 1)])
            work = partial(_take_in, file, apply=False), partial(_read, file)
            note = f"{KNOWN + NEW} rows; ratio and goal are seconds more than reading"
            result = compare("B2", *work, GOAL, note, relation=sub)
        close(app)
        return result


def _read(file: Path) -> ReadResult:
    session = db.session()
    return read_return(file, queries.places_for(session, by_code(session, COUNTY)), REPORT_ON)


def _take_in(file: Path, *, apply: bool) -> None:
    read, session = _read(file), db.session()
    with file.open("rb") as stream:
        prepared = prepare_file(stream, file.name, WORKBOOKS)
    take = service.import_at_once if apply else service.receive
    with transaction():
        batch = take(session, SYSTEM, prepared, by_code(session, COUNTY), REPORT_ON, read)
        found = batch.counts[Group.CREATE], batch.counts[Group.UNCHANGED]
    assert found == ((HELD, 0) if apply else (NEW, KNOWN))
