"""B11: thirty county workbooks taken in and the merged ledger exported, against a script that only stacks them."""

import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

import pandas as pd
from python_calamine import CalamineWorkbook
from sqlalchemy import func, select

from inspect_app.access.actor import SYSTEM
from inspect_app.core.database import db, transaction
from inspect_app.evidence.rules import WORKBOOKS
from inspect_app.evidence.service import prepare_file
from inspect_app.hazards.filters import HazardFilter
from inspect_app.hazards.models import Hazard
from inspect_app.hazards.summary import verify
from inspect_app.regions.levels import Level
from inspect_app.regions.models import Region
from inspect_app.regions.queries import by_code
from inspect_app.reporting.ledger import export
from inspect_app.returns import queries, service
from inspect_app.returns.reading import Sent, read_in_turn
from inspect_app.returns.result import ReadResult
from tests.benchmarks.applications import application, close, template
from tests.benchmarks.ledgers import REPORT_ON, lines
from tests.benchmarks.measuring import RUNS, Result, compare
from tests.returns.ledgers import write_ledger

GOAL = 0.25
COUNTIES, ROWS, HEAD = 30, 500, 2


def measure() -> Result:
    """Take in the same thirty files each time, into a fresh copy of a seeded database."""
    with ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        source = stack.enter_context(template("sqlite", home))
        urls = [stack.enter_context(source.copy()) for _ in range(RUNS + 1)]
        ours, reference = Ours(home, urls), Reference(home)
        result = compare("B11", ours, reference, GOAL, f"{COUNTIES} workbooks of {ROWS} rows")
        ours.check()
        return result


class Ours:
    """Read, check, plan, apply and audit thirty returns, then export the ledger of all."""

    def __init__(self, home: Path, urls: Sequence[str]) -> None:
        self._home = home
        self._applications = [application(url, home) for url in urls]
        self._waiting = iter(self._applications)
        with self._applications[0].app_context():
            counties = select(Region.code, Region.name).where(Region.level == Level.COUNTY).order_by(Region.code)
            self._counties = db.session().execute(counties.limit(COUNTIES)).tuples().all()
        for code, name in self._counties:
            rows = ([*row[:1], None, *row[2:]] for row in lines(ROWS))
            write_ledger(home / f"{code}.xlsx", rows, title=f"{name}地震风险隐患台账")

    def __call__(self) -> None:
        """Take in all files, one transaction each, and export."""
        with next(self._waiting).app_context():
            files = [self._sent(code) for code, _name in self._counties]
            for sent, read in read_in_turn(files, REPORT_ON):
                self._take_in(sent, read)
            with (self._home / "merged.xlsx").open("wb") as out:
                assert export(db.session(), SYSTEM, HazardFilter(), out) == COUNTIES * ROWS

    def _sent(self, code: str) -> Sent:
        session = db.session()
        return Sent(self._home / f"{code}.xlsx", code, queries.places_for(session, by_code(session, code)))

    def _take_in(self, sent: Sent, read: ReadResult) -> None:
        session = db.session()
        with sent.path.open("rb") as stream:
            prepared = prepare_file(stream, sent.path.name, WORKBOOKS)
        with transaction():
            service.import_at_once(session, SYSTEM, prepared, by_code(session, sent.county), REPORT_ON, read)

    def check(self) -> None:
        """See that every run holds every row, and the ledger too."""
        for app in self._applications:
            with app.app_context():
                assert db.session.scalar(select(func.count()).select_from(Hazard)) == COUNTIES * ROWS
                assert verify(db.session()) == []
            close(app)
        merged = CalamineWorkbook.from_path(str(self._home / "merged.xlsx")).get_sheet_by_index(0)
        assert merged.height >= COUNTIES * ROWS


class Reference:
    """The script that an office writes: pandas reads each file through openpyxl, stacks them, and writes one."""

    def __init__(self, home: Path) -> None:
        self._home = home

    def __call__(self) -> None:
        """Stack the files and check nothing."""
        files = [file for file in sorted(self._home.glob("*.xlsx")) if file.stem.isdigit()]
        frames = [pd.read_excel(file, header=HEAD, engine="openpyxl") for file in files]
        merged = pd.concat(frames, ignore_index=True)
        assert len(merged) == COUNTIES * ROWS
        merged.to_excel(self._home / "stacked.xlsx", index=False, engine="openpyxl")
