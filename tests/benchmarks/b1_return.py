"""B1: a county's return from bytes to applied, against reading it with calamine and a bare insert of its rows."""

import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from python_calamine import CalamineWorkbook
from sqlalchemy import Column, Connection, Date, MetaData, Table, Text, create_engine, func, select

from inspect_app.access.actor import SYSTEM
from inspect_app.core.database import db, prepare_engine, transaction
from inspect_app.evidence.rules import WORKBOOKS
from inspect_app.evidence.service import prepare_file
from inspect_app.hazards.models import Hazard, HazardEvent
from inspect_app.hazards.summary import verify
from inspect_app.regions.queries import by_code
from inspect_app.returns import queries, service
from inspect_app.returns.reading import read_return
from tests.benchmarks.applications import application, close, template
from tests.benchmarks.ledgers import COUNTY, REPORT_ON, lines
from tests.benchmarks.measuring import RUNS, Result, compare
from tests.returns.ledgers import HEADINGS, write_ledger

GOALS = {"sqlite": 2.3, "postgresql": 4.0}
HEAD = 3


def measure(rows: int = 10_000, database: str = "sqlite") -> Result:
    """Import the same file into a fresh copy of a seeded database each time."""
    with ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        source = stack.enter_context(template(database, home))
        file = write_ledger(home / "ledger.xlsx", lines(rows))
        mine, bare = ([stack.enter_context(source.copy()) for _ in range(RUNS + 1)] for _ in range(2))
        ours, reference = Ours(home, file, rows, mine), Reference(file, rows, bare)
        result = compare("B1", ours, reference, GOALS[database], f"{rows} rows, {database}")
        ours.check()
        return result


class Ours:
    """The whole way of a return, each time on an application of its own with a fresh copy of a seeded database."""

    def __init__(self, home: Path, file: Path, rows: int, urls: Sequence[str]) -> None:
        self._file, self._rows = file, rows
        self._applications = [application(url, home) for url in urls]
        self._waiting = iter(self._applications)

    def __call__(self) -> None:
        """Read, plan, apply and commit once."""
        with next(self._waiting).app_context():
            session = db.session()
            read = read_return(self._file, queries.places_for(session, by_code(session, COUNTY)), REPORT_ON)
            with self._file.open("rb") as stream:
                prepared = prepare_file(stream, self._file.name, WORKBOOKS)
            with transaction():
                service.import_at_once(session, SYSTEM, prepared, by_code(session, COUNTY), REPORT_ON, read)

    def check(self) -> None:
        """See that every run registered every row, with its event and in the counters."""
        for app in self._applications:
            with app.app_context():
                session = db.session()
                assert session.scalar(select(func.count()).select_from(Hazard)) == self._rows
                assert session.scalar(select(func.count()).select_from(HazardEvent)) == self._rows
                assert verify(session) == []
            close(app)


class Reference:
    """The bare minimum: calamine's rows into a table of as many columns, by one Core insert or by COPY."""

    def __init__(self, file: Path, rows: int, urls: Sequence[str]) -> None:
        self._file, self._rows, self._urls = file, rows, list(urls)
        days = {"发现日期", "整改时限", "完成日期", "复查日期"}
        columns = [Column(name, Date if name in days else Text) for name in HEADINGS]
        self._table = Table("ledger", MetaData(), *columns)

    def __call__(self) -> None:
        """Read and insert."""
        engine = create_engine(self._urls.pop())
        prepare_engine(engine)
        self._table.create(engine)
        sheet = CalamineWorkbook.from_path(str(self._file)).get_sheet_by_index(0)
        rows = [tuple(map(_none, row)) for row in list(sheet.iter_rows())[HEAD:]]
        with engine.begin() as connection:
            if engine.dialect.name == "postgresql":
                self._copy(connection, rows)
            else:
                connection.execute(self._table.insert(), [dict(zip(HEADINGS, row, strict=True)) for row in rows])
            assert connection.scalar(select(func.count()).select_from(self._table)) == self._rows
        engine.dispose()

    def _copy(self, connection: Connection, rows: Sequence[tuple[Any, ...]]) -> None:
        driver: Any = connection.connection.cursor()
        with driver, driver.copy("COPY ledger FROM STDIN") as stream:
            for row in rows:
                stream.write_row(row)


def _none(value: object) -> object:
    return None if value == "" else value
