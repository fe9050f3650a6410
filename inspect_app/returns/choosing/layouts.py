"""The tables of a file as a person is asked about their columns: heading, samples, what it was taken for, and why."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import Any

from inspect_app.returns.choosing.proposals import propose
from inspect_app.returns.fields import Field
from inspect_app.returns.heads import Head
from inspect_app.returns.places import Places
from inspect_app.workbooks.cells import as_text
from inspect_app.workbooks.grid import Grid

MOST_LAYOUTS = 20
SAMPLES, LONGEST_SAMPLE, LOOKED_AT = 3, 40, 200
KNOWN, GUESSED, CHOSEN, UNKNOWN = "known", "guessed", "chosen", "unknown"


def layouts_of(tables: Iterable[tuple[Grid, Head]], places: Places) -> list[dict[str, Any]]:
    """Describe each layout once, at its first table."""
    described: dict[str, dict[str, Any]] = {}
    for grid, head in tables:
        if len(described) < MOST_LAYOUTS and head.layout not in described:
            described[head.layout] = _layout(grid, head, places)
    return list(described.values())


def unknown_columns(layout: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The columns of a layout that nobody knows, and that say something that may matter."""
    return [column for column in layout["columns"] if column["how"] == UNKNOWN and column["proposed"]]


def unread(_actor: object, batch: Any) -> Mapping[str, Any] | None:  # noqa: ANN401 - a return
    """What its page says of a file whose head nobody knew and whose columns a person may explain; None of others."""
    return {} if batch.outcome == "not_a_ledger" and batch.state == "recognised" else None


def _layout(grid: Grid, head: Head, places: Places) -> dict[str, Any]:
    taken = {name for column, name in head.meant.items() if name not in head.guessed or column in head.chosen}
    columns = [_column(grid, head, column, taken, places) for column in sorted(head.headings)]
    return {"sheet": grid.name, "layout": head.layout, "row": head.top + 1, "columns": columns}


def _column(grid: Grid, head: Head, column: int, taken: set[Field], places: Places) -> dict[str, Any]:
    meant = head.meant.get(column)
    how = _how(head, column, meant)
    cells = grid.columns[column][head.body : head.body + LOOKED_AT]
    proposal = propose(head.labels[column], cells, taken, places) if how == UNKNOWN else None
    return {
        "heading": head.headings[column],
        "field": "" if meant in {None, Field.OTHER} else str(meant),
        "how": how,
        "proposed": proposal.field.value if proposal else "",
        "confidence": round(proposal.confidence * 100) if proposal else 0,
        "samples": _samples(cells),
    }


def _how(head: Head, column: int, meant: Field | None) -> str:
    if column in head.chosen:
        return CHOSEN
    if meant is None:
        return UNKNOWN
    return GUESSED if meant in head.guessed and head.columns.get(meant) == column else KNOWN


def _samples(cells: Sequence[Hashable]) -> list[str]:
    found: list[str] = []
    for text in (as_text(cell)[:LONGEST_SAMPLE] for cell in cells):
        if text and text not in found:
            found.append(text)
        if len(found) == SAMPLES:
            break
    return found
