"""What was read of a file, as a return keeps it until it is applied: compact, and rebuilt exactly."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from inspect_app.returns.fields import Field
from inspect_app.returns.result import Duplicate, Ignored, Outcome, Problem, ReadResult, Rejection, Row
from inspect_app.returns.rowkinds import RowKind

DAYS = [Row._fields.index(name) for name in ("found_on", "due_on", "done_on")]
WARNINGS, MORE = Row._fields.index("warnings"), Row._fields.index("more")


def keep(read: ReadResult) -> dict[str, Any]:
    """Return the four lists of a file as JSON values."""
    return {
        "outcome": read.outcome.value,
        "rows": [_pack(row) for row in read.rows],
        "duplicates": [[_pack(double.row), _pack(double.of)] for double in read.duplicates],
        "rejected": [_pack_rejection(one) for one in read.rejected],
        "ignored": [[one.sheet, one.number, one.kind.value] for one in read.ignored],
    }


def restore(kept: Mapping[str, Any]) -> ReadResult:
    """Rebuild what `keep` wrote; notices, heads and preamble were shown when the file came and are not among it."""
    return ReadResult(
        Outcome(kept["outcome"]),
        [_unpack(row) for row in kept["rows"]],
        [_rejection(*each) for each in kept["rejected"]],
        [Duplicate(_unpack(row), _unpack(of)) for row, of in kept["duplicates"]],
        [Ignored(sheet, number, RowKind(kind)) for sheet, number, kind in kept["ignored"]],
    )


def _pack(row: Row) -> list[Any]:
    return [value.isoformat() if isinstance(value, date) else value for value in row]


def _unpack(kept: Sequence[Any]) -> Row:
    values = list(kept)
    for at in DAYS:
        values[at] = values[at] and date.fromisoformat(values[at])
    values[WARNINGS] = tuple(values[WARNINGS])
    values[MORE:] = [tuple(map(tuple, more)) for more in values[MORE:]]
    return Row(*values)


def _pack_rejection(one: Rejection) -> list[Any]:
    return [one.sheet, one.number, [list(problem) for problem in one.problems], one.row and _pack(one.row)]


def _rejection(
    sheet: str | None, number: int, problems: Sequence[Sequence[str]], row: Sequence[Any] | None = None
) -> Rejection:
    return Rejection(sheet, number, tuple(map(_problem, problems)), _unpack(row) if row else None)


def _problem(kept: Sequence[str]) -> Problem:
    code, field, column, value = kept
    return Problem(code, Field(field), column, value)
