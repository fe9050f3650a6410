"""B3: the ledger in the official layout from the database to the file, against the same rows by XlsxWriter."""

import sys
import tempfile
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from python_calamine import CalamineWorkbook

from inspect_app.core.database import db, transaction
from tests.benchmarks.applications import application, close, template
from tests.benchmarks.inventories import fill
from tests.benchmarks.measuring import Result, compare
from tests.benchmarks.peers import environment, worker

GOAL, MORE_MEMORY = 0.3, 100
PEER, WRITERS = "XlsxWriter==3.2.9", "tests.benchmarks.ledger_writers"


def measure(rows: int = 100_000) -> Result:
    """Export the same hazards both ways, each in a process of its own that is told when to write."""
    with ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        source = stack.enter_context(template("sqlite", home))
        url = stack.enter_context(source.copy())
        app = application(url, home)
        with app.app_context(), transaction():
            fill(db.session(), rows)
        close(app)
        files = {name: home / f"{name}.xlsx" for name in ("ours", "xlsxwriter")}
        pythons = {"ours": Path(sys.executable), "xlsxwriter": environment(home / "peer", PEER)}
        ours, reference = (
            stack.enter_context(worker(pythons[name], WRITERS, [name, url, str(home), str(file)]))
            for name, file in files.items()
        )
        result = compare("B3", ours, reference, GOAL)
        for path in files.values():
            assert CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).height >= rows
        note = f"{rows} rows, {PEER}; memory is above the idle process (goal {MORE_MEMORY})"
        held = result.held and ours.peak_mb <= MORE_MEMORY
        return replace(result, peak_mb=round(ours.peak_mb, 1), held=held, note=note)
