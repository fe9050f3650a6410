"""B3: the ledger in the official layout from the database to the file, against the same rows by XlsxWriter."""

import tempfile
from contextlib import ExitStack
from functools import partial
from pathlib import Path

import xlsxwriter
from python_calamine import CalamineWorkbook

from inspect_app.access.actor import SYSTEM
from inspect_app.core import clock
from inspect_app.core.database import db, transaction
from inspect_app.hazards.filters import HazardFilter
from inspect_app.hazards.queries import conditions
from inspect_app.reporting.ledger import AT_ONCE, export, rectification
from inspect_app.reporting.ledger_rows import ledger_query, ledger_rows
from tests.benchmarks.applications import application, close, template
from tests.benchmarks.inventories import fill
from tests.benchmarks.measuring import Result, compare

GOAL, HEAD = 0.3, 3


def measure(rows: int = 100_000) -> Result:
    """Export the same hazards both ways."""
    with ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        source = stack.enter_context(template("sqlite", home))
        app = application(stack.enter_context(source.copy()), home)
        with app.app_context():
            with transaction():
                fill(db.session(), rows)
            ours, reference = home / "ours.xlsx", home / "reference.xlsx"
            result = compare(
                "B3", partial(_ours, ours), partial(_reference, reference), GOAL, f"{rows} rows, XlsxWriter"
            )
            for path in (ours, reference):
                assert CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).height >= rows
        close(app)
        return result


def _ours(path: Path) -> None:
    with path.open("wb") as out:
        export(db.session(), SYSTEM, HazardFilter(), out)
    db.session.rollback()


def _reference(path: Path) -> None:
    """Write the same query, cell by cell, with borders, dates as dates, widths and a frozen head."""
    session, ledger = db.session(), rectification()
    query = ledger_query(conditions(session, SYSTEM, HazardFilter())[0])
    rows = session.execute(query.execution_options(yield_per=AT_ONCE))
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        plain = book.add_format({"border": 1, "text_wrap": True})
        dated = book.add_format({"border": 1, "num_format": "yyyy-mm-dd"})
        sheet.freeze_panes(HEAD, 0)
        for number, cells in enumerate(ledger_rows(iter(rows), ledger.sources, clock.today()), HEAD):
            for column, cell in enumerate(cells):
                sheet.write(number, column, cell, dated if hasattr(cell, "isoformat") else plain)
    session.rollback()
