"""What was read of a file, as it is kept beside the import and found again."""

from typing import Any

from inspect_app.core.labels import Sentence
from inspect_app.registers.importing.reading import Note, ReadFile, Row
from inspect_app.workbooks.listkinds import Ignored, Notice, RowKind


def as_json(read: ReadFile) -> dict[str, Any]:
    """Return what was read as it is kept."""
    return {
        "rows": [_row(row) for row in read.rows],
        "ignored": [[one.sheet, one.number, one.kind.value] for one in read.ignored],
        "notices": [[one.sheet, one.sentence.message, dict(one.sentence.params)] for one in read.notices],
        "zero": read.zero,
    }


def from_json(kept: dict[str, Any]) -> ReadFile:
    """Return what was read; the opposite of `as_json`."""
    return ReadFile(
        [_from_row(row) for row in kept["rows"]],
        [Ignored(sheet, number, RowKind(kind)) for sheet, number, kind in kept["ignored"]],
        [Notice(sheet, Sentence(message, params)) for sheet, message, params in kept["notices"]],
        zero=kept["zero"],
    )


def _row(row: Row) -> dict[str, Any]:
    return {
        "sheet": row.sheet,
        "row": row.number,
        "values": dict(row.values),
        "texts": dict(row.texts),
        "labels": dict(row.labels),
        "problems": [list(note) for note in row.problems],
        "wrong": sorted(row.wrong),
    }


def _from_row(kept: dict[str, Any]) -> Row:
    problems = [Note(*note) for note in kept["problems"]]
    return Row(kept["sheet"], kept["row"], kept["values"], kept["texts"], kept["labels"], problems, set(kept["wrong"]))
