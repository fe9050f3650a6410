"""The rows of a register: what each says of a site, cell by cell, with everything that is wrong with it."""

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from inspect_app.core.labels import mark
from inspect_app.sites.importing.columns import FILLED_DOWN
from inspect_app.sites.importing.coordinates import SWAPPED, are_swapped
from inspect_app.sites.importing.values import Reader
from inspect_app.sites.rules import FIELD_LABELS
from inspect_app.workbooks.cells import as_text
from inspect_app.workbooks.grid import Grid, merged_down
from inspect_app.workbooks.listheads import Head
from inspect_app.workbooks.model import ErrorCell

BROKEN_FORMULA = mark("公式出错或没有结果。请改成确定的内容。")
TWO_ACCELERATIONS = mark("与“设防烈度”一栏里写的加速度不一致。请改成一致后再上传。")
SHOWN = 120


class Note(NamedTuple):
    """What is said of one cell: the heading, what the cell says, and a marked sentence."""

    column: str
    value: str
    message: str


@dataclass(frozen=True, slots=True)
class Row:
    """One site as the file has it.

    `values` holds what is not empty: fields of the card, and "reference", "region_code", "county", "township".
    `labels` gives the heading of each field, `texts` what the file says under it; `wrong` names the refused fields.
    """

    sheet: str | None
    number: int
    values: Mapping[str, Any]
    texts: Mapping[str, str]
    labels: Mapping[str, str]
    problems: list[Note] = field(default_factory=list)
    remarks: list[Note] = field(default_factory=list)
    wrong: set[str] = field(default_factory=set)

    def refuse(self, name: str, message: str) -> None:
        """Note what is wrong with a field, under its heading where the file has one."""
        self.problems.append(self.note(name, message))
        self.wrong.add(name)

    def note(self, name: str, message: str) -> Note:
        """Say something of a field."""
        return Note(self.labels.get(name) or FIELD_LABELS.get(name, ""), self.texts.get(name, "")[:SHOWN], message)


class Table:
    """The cells below a head, column by column."""

    def __init__(self, grid: Grid, head: Head, readers: Mapping[str, Reader]) -> None:
        self.sheet, self.readers = grid.name, readers
        self.labels = {name: head.label(name) for name in head.columns}
        self.columns = {
            name: merged_down(grid, column, head.body, grid.height) if name in FILLED_DOWN else grid.columns[column]
            for name, column in head.columns.items()
        }

    def row(self, index: int) -> Row:
        """Read one row, by its index on the sheet."""
        cells = {name: column[index] for name, column in self.columns.items() if as_text(column[index])}
        values: dict[str, Any] = {}
        row = Row(self.sheet, index + 1, values, {name: as_text(cell) for name, cell in cells.items()}, self.labels)
        for name, found in self._read(row, cells):
            for part, value in found.items():
                if part == "pga_g" and values.get(part, value) != value:
                    row.refuse(name, TWO_ACCELERATIONS)
                values.setdefault(part, value)
        _turn_round(row, values)
        return row

    def _read(self, row: Row, cells: Mapping[str, Hashable]) -> Iterator[tuple[str, Mapping[str, Any]]]:
        for name, cell in cells.items():
            if isinstance(cell, ErrorCell):
                row.refuse(name, BROKEN_FORMULA)
                continue
            reading = self.readers[name](name, cell)
            if reading.problem:
                row.refuse(name, reading.problem)
            if reading.remark:
                row.remarks.append(row.note(name, reading.remark))
            yield name, reading.values


def _turn_round(row: Row, values: dict[str, Any]) -> None:
    if "longitude" not in values or "latitude" not in values:
        return
    longitude, latitude = values["longitude"], values["latitude"]
    if are_swapped(longitude, latitude):
        values["longitude"], values["latitude"] = latitude, longitude
        row.remarks.append(row.note("longitude" if "longitude" in row.labels else "coordinates", SWAPPED))
