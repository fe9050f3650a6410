"""Give a workbook back with marks: bad cells red with a comment, a column of reasons, and an account as first sheet.

An .xlsx keeps its look, since only the marks are put into it. Any other kind becomes an .xlsx with the same cells, and
so does a workbook that is too large, or too odd, to be changed in place within the limits.
"""

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO, NamedTuple

import inspect_app
from inspect_app.workbooks.kind import Kind
from inspect_app.workbooks.limits import DEFAULT, Limits
from inspect_app.workbooks.model import Workbook
from inspect_app.workbooks.write.copying import write_copy

MOST_CELLS = 150_000
SECONDS = 30.0
INHERITED = ("SYSTEMROOT", "PATH", "LD_LIBRARY_PATH")
XLSX, XLSM = ".xlsx", ".xlsm"


class Flaw(NamedTuple):
    """A bad cell, zero-based, and what is wrong with it."""

    row: int
    column: int
    said: str


@dataclass(frozen=True)
class SheetMarks:
    """What is marked on a sheet, all places zero-based.

    `heads` are the first row and the height of each head; there, in `column`, stands `heading`. `notes` say for a row
    what became of it.
    """

    name: str | None
    heads: tuple[tuple[int, int], ...]
    column: int
    heading: str
    flaws: tuple[Flaw, ...] = ()
    notes: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Answer:
    """All marks, and the account: the name of its sheet, its rows, and lines for what a workbook may have lost."""

    account: str
    rows: tuple[tuple[str, ...], ...]
    sheets: tuple[SheetMarks, ...]
    without_look: str
    shapes_lost: str


def write_answer(out: BinaryIO, original: Path, book: Workbook, answer: Answer, limits: Limits = DEFAULT) -> str:
    """Write the answer to `out` and return the ending of its name; `book` is what was read of the original."""
    cells = sum(sheet.height * len(sheet.columns) for sheet in book.sheets)
    own, macros = book.kind in (Kind.XLSX, Kind.XLSM), book.kind is Kind.XLSM
    with TemporaryDirectory(prefix="answer-") as folder:
        marked = Path(folder) / "marked"
        if cells <= MOST_CELLS:
            source = original if own else _copy(Path(folder) / "copy", book)
            if _mark(source, marked, answer, limits, macros=macros):
                with marked.open("rb") as file:
                    copyfileobj(file, out)
                return XLSM if macros else XLSX
    write_copy(out, book, answer.account, (*answer.rows, (answer.without_look,)), answer.sheets)
    return XLSX


def _copy(path: Path, book: Workbook) -> Path:
    with path.open("wb") as out:
        write_copy(out, book, "", (), ())
    return path


def _mark(source: Path, target: Path, answer: Answer, limits: Limits, *, macros: bool) -> bool:
    """Let a process of its own mark a workbook; whatever happens to it happens to it alone."""
    command = [sys.executable, "-P", "-m", "inspect_app.workbooks.write.marking", str(source), str(target)]
    told = json.dumps({"macros": macros, "limits": asdict(limits), **asdict(answer)}).encode()
    environment = {"PYTHONPATH": str(Path(inspect_app.__file__).parent.parent), "TMPDIR": str(target.parent)}
    inherited = {name: os.environ[name] for name in INHERITED if name in os.environ}
    try:
        done = subprocess.run(  # noqa: S603 - our own module, the file only as an argument
            command, input=told, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=SECONDS, check=False,
            env={**inherited, **environment, "TEMP": environment["TMPDIR"], "TMP": environment["TMPDIR"]},
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0 and target.exists()


def marks_from(told: Mapping[str, Any]) -> Sequence[SheetMarks]:
    """Rebuild the marks of all sheets from their JSON."""
    return [
        SheetMarks(
            each["name"],
            tuple((top, height) for top, height in each["heads"]),
            each["column"],
            each["heading"],
            tuple(Flaw(*flaw) for flaw in each["flaws"]),
            {int(row): said for row, said in each["notes"].items()},
        )
        for each in told["sheets"]
    ]
