"""The rows of an issued workbook as they are kept, and as they are compared with what comes back."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from inspect_app.core.lifecycle import plain
from inspect_app.hazards.words import GRADE_LABELS, Grade
from inspect_app.returns.issuing.sources import KEY, REFERENCE, SERIAL, STATE, cells_of, state_word

DAYS = frozenset({"found_on", "due_on", "done_on"})
AMOUNTS = frozenset({"fund_amount"})
GRADES = {label: grade for grade, label in GRADE_LABELS.items()}


class IssuedRow(NamedTuple):
    """A row as it went out: the hazard it speaks of with its version then, and its cells by source, typed.

    `progress` is all that stood about the work then, the county's claim included; `open_cells` may be filled in.
    """

    key: str
    hazard_id: int
    version: int
    reference: str
    state: str
    progress: str
    cells: Mapping[str, Any]
    open_cells: frozenset[str]

    def base(self) -> dict[str, Any]:
        """Return the columns of the hazard as they were when the workbook was issued."""
        left_out = {"township", "status", "done_on"}
        values = {name: self.cells[name] for name in self.cells if name not in left_out}
        grade = Grade(GRADES[values["grade"]]) if values.get("grade") else None
        texts = {name: value or "" for name, value in values.items() if name not in DAYS | AMOUNTS}
        return {**values, **texts, "grade": grade, "progress": self.progress}

    def shown(self, serial: int) -> dict[str, Any]:
        """Return what stands in every column of the workbook."""
        told = {SERIAL: serial, KEY: self.key, REFERENCE: self.reference, STATE: state_word(self.state)}
        return {**self.cells, **told}


def issued_row(key: str, hazard: Any, township: str, open_cells: frozenset[str]) -> IssuedRow:  # noqa: ANN401 - a hazard
    """Return the row of a hazard as it goes out."""
    cells = cells_of(hazard, township)
    return IssuedRow(key, hazard.id, hazard.version, hazard.reference, hazard.state, hazard.progress, cells, open_cells)


def keep(rows: Sequence[IssuedRow]) -> dict[str, Any]:
    """Return rows as JSON values: the cells in one order, and each set of open cells only once."""
    columns = sorted({name for row in rows for name in row.cells})
    openings = sorted({tuple(sorted(row.open_cells)) for row in rows})
    number = {opening: at for at, opening in enumerate(openings)}
    packed = [
        [*row[:6], [plain(row.cells[name]) for name in columns], number[tuple(sorted(row.open_cells))]] for row in rows
    ]
    return {"columns": columns, "openings": [list(opening) for opening in openings], "rows": packed}


def restore(kept: Mapping[str, Any]) -> list[IssuedRow]:
    """Rebuild what `keep` wrote, in the order in which the rows went out."""
    columns, openings = kept["columns"], [frozenset(opening) for opening in kept["openings"]]
    return [_restored(row, columns, openings) for row in kept["rows"]]


def _restored(kept: Sequence[Any], columns: Sequence[str], openings: Sequence[frozenset[str]]) -> IssuedRow:
    key, hazard_id, version, reference, state, progress, cells, opening = kept
    typed = {name: _typed(name, cell) for name, cell in zip(columns, cells, strict=True)}
    return IssuedRow(key, hazard_id, version, reference, state, progress, typed, openings[opening])


def _typed(name: str, value: Any) -> Any:  # noqa: ANN401 - a cell
    if value is None:
        return None
    if name in DAYS:
        return date.fromisoformat(value)
    return Decimal(value) if name in AMOUNTS else value
