"""`python -m tests.benchmarks.ledger_writers WRITER URL FOLDER FILE`: writes the ledger once for each line it reads.

Runs in the environment of the writer; answers with seconds and memory as JSON.
"""

import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from inspect_app.access.actor import SYSTEM
from inspect_app.core import clock
from inspect_app.core.database import db
from inspect_app.hazards.filters import HazardFilter
from inspect_app.hazards.queries import conditions
from inspect_app.reporting.ledger import AT_ONCE, export, rectification
from inspect_app.reporting.ledger_rows import ledger_query, ledger_rows
from tests.benchmarks.applications import application
from tests.benchmarks.measuring import peak_mb, spent

HEAD = 3


def ours(path: Path) -> None:
    """Export the ledger as the application does."""
    with path.open("wb") as out:
        export(db.session(), SYSTEM, HazardFilter(), out)


def xlsxwriter(path: Path) -> None:
    """Write the same query, cell by cell, with borders, dates as dates, widths and a frozen head."""
    from xlsxwriter import Workbook

    session, ledger = db.session(), rectification()
    query = ledger_query(conditions(session, SYSTEM, HazardFilter())[0])
    rows = session.execute(query.execution_options(yield_per=AT_ONCE))
    with Workbook(str(path), {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        plain = book.add_format({"border": 1, "text_wrap": True})
        dated = book.add_format({"border": 1, "num_format": "yyyy-mm-dd"})
        sheet.freeze_panes(HEAD, 0)
        for number, cells in enumerate(ledger_rows(iter(rows), ledger.sources, clock.today()), HEAD):
            for column, cell in enumerate(cells):
                sheet.write(number, column, cell, dated if hasattr(cell, "isoformat") else plain)


WRITERS: Mapping[str, Callable[[Path], None]] = {"ours": ours, "xlsxwriter": xlsxwriter}


def main() -> None:
    """Write whenever a line comes in."""
    name, url, folder, file = sys.argv[1:]
    write, answers = WRITERS[name], sys.stdout
    sys.stdout = sys.stderr
    with application(url, Path(folder)).app_context():
        idle = peak_mb()
        for _line in sys.stdin:
            took = spent(lambda: write(Path(file)))
            db.session.rollback()
            answers.write(json.dumps({**took._asdict(), "idle_mb": idle, "peak_mb": peak_mb()}) + "\n")
            answers.flush()


if __name__ == "__main__":
    main()
