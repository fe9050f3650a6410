"""Recognise the ledgers on a sheet: where their heads are, and what every row is (domain reference §8.2)."""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from inspect_app.returns.columns import KNOWN
from inspect_app.returns.fields import FILLED_DOWN, Field
from inspect_app.returns.heads import NO_CHOICES, Choices, Head, find_head, looks_like_head
from inspect_app.returns.rowkinds import ZERO, RowKind, claimed_count, kind_above, kind_below_head, kind_of, repeats
from inspect_app.workbooks.grid import Grid, filled, merged_down, row_texts

EXAMPLE_STARTS = ("示", "样", "范", "例", "举", "（", "(", "【", "[", "填")
SHORT = 6
MOST_TRIES = 100


@dataclass(slots=True)
class Total:
    """A total row, the number of hazards it claims, and the number that stand above it."""

    row: int
    claimed: int
    counted: int


@dataclass(slots=True)
class Table:
    """One ledger on a sheet. `rows` are the indexes of its hazards; `columns` reach over the whole sheet.

    `groups` gives, for a row below a group heading, what the heading says.
    """

    head: Head
    columns: Mapping[Field, Sequence[Hashable]]
    rows: list[int] = field(default_factory=list)
    groups: dict[int, str] = field(default_factory=dict)
    totals: list[Total] = field(default_factory=list)


@dataclass(slots=True)
class Recognised:
    """What a sheet holds: its tables, every other row with its kind, and the texts above the first head.

    `tries` counts the rows that might have been another head; beyond `MOST_TRIES` no more are looked for.
    """

    tables: list[Table] = field(default_factory=list)
    ignored: dict[int, RowKind] = field(default_factory=dict)
    preamble: list[str] = field(default_factory=list)
    tries: int = 0
    choices: Choices = field(default_factory=dict)


def recognise(grid: Grid, choices: Choices = NO_CHOICES) -> Recognised:
    """Read a sheet from its first head to its end; without a head there is no table and no row is explained."""
    found = Recognised(choices=choices)
    head = find_head(grid, choices=choices)
    if head:
        _read_above(grid, head, found)
    while head:
        found.ignored.update(dict.fromkeys(range(head.top, head.body), RowKind.HEADER))
        table = Table(head, _columns(grid, head))
        found.tables.append(table)
        head = _read_body(grid, table, found)
    _close(found)
    return found


def _columns(grid: Grid, head: Head) -> dict[Field, Sequence[Hashable]]:
    return {
        name: merged_down(grid, column, head.body, grid.height) if name in FILLED_DOWN else grid.columns[column]
        for name, column in head.columns.items()
    }


def _read_above(grid: Grid, head: Head, found: Recognised) -> None:
    first = True
    for row in range(head.top):
        cells = filled(row_texts(grid, row))
        found.ignored[row] = kind_above(cells, first=first)
        found.preamble += [text for _, text in cells]
        first = first and not cells


def _read_body(grid: Grid, table: Table, found: Recognised) -> Head | None:
    """Sort the rows below a head; stops at the head of another table and returns it."""
    reading = _Reading(table, found)
    for row, plain in enumerate(_plain_rows(grid, table), start=table.head.body):
        if plain:
            reading.add(row)
            continue
        texts = row_texts(grid, row)
        if not repeats(texts, table.head.labels.items()) and (following := _another_head(grid, row, texts, found)):
            return following
        reading.sort(row, texts)
    return None


def _another_head(grid: Grid, row: int, texts: Sequence[str], found: Recognised) -> Head | None:
    if not looks_like_head(texts) or found.tries >= MOST_TRIES:
        return None
    found.tries += 1
    return find_head(grid, row, row + 1, choices=found.choices)


@dataclass(slots=True)
class _Reading:
    """The way down a table: the group heading last met, and how many hazards stood above the last total."""

    table: Table
    found: Recognised
    group: str = ""
    since: int = 0

    def add(self, row: int) -> None:
        """Take a row as a hazard."""
        self.table.rows.append(row)
        if self.group:
            self.table.groups[row] = self.group

    def sort(self, row: int, texts: Sequence[str]) -> None:
        """Look closely at a row that is not plainly a hazard."""
        kind = self._kind(row, texts)
        if kind is RowKind.DATA:
            self.add(row)
            return
        self.found.ignored[row] = kind
        if kind is RowKind.GROUP:
            self.group = next(filter(None, texts))
        elif kind in {RowKind.TOTAL, RowKind.SUBTOTAL}:
            self._count(row, texts, since=0 if kind is RowKind.TOTAL else self.since)

    def _kind(self, row: int, texts: Sequence[str]) -> RowKind:
        head = self.table.head
        if repeats(texts, head.labels.items()):
            return RowKind.HEADER
        cells = filled(texts)
        below = kind_below_head(cells) if row == head.body else None
        return below or kind_of(cells, head.columns.get(Field.DESCRIPTION), head.columns.get(Field.SEQUENCE))

    def _count(self, row: int, texts: Sequence[str], *, since: int) -> None:
        hazards = len(self.table.rows)
        claimed = claimed_count(texts[self.table.head.columns[Field.DESCRIPTION]])
        if claimed is not None:
            self.table.totals.append(Total(row, claimed, hazards - since))
        self.since, self.group = hazards, ""


def _plain_rows(grid: Grid, table: Table) -> Iterator[bool]:
    """For every row of the body whether it is a hazard beyond doubt, judged by three cells."""
    empty: Sequence[Hashable] = [""] * grid.height
    descriptions = table.columns.get(Field.DESCRIPTION, empty)
    unit_fields = (Field.RESPONSIBLE_UNIT, Field.UNIT_AND_PERSON, Field.SITE)
    units = next((table.columns[name] for name in unit_fields if name in table.columns), empty)
    numbers = table.columns.get(Field.SEQUENCE, empty)
    heading = table.head.label(Field.DESCRIPTION)
    for row in range(table.head.body, grid.height):
        said, unit, number = descriptions[row], units[row], numbers[row]
        yield (
            row > table.head.body
            and isinstance(said, str)
            and bool(said)
            and not (len(said) <= SHORT and (said[0].isdigit() or said.strip() in ZERO))
            and isinstance(unit, str)
            and bool(unit)
            and not unit.isspace()
            and not said.isspace()
            and not said.startswith(EXAMPLE_STARTS)
            and (not isinstance(number, str) or number.isdigit() or not number)
            and said not in KNOWN
            and said != heading
        )


def _close(found: Recognised) -> None:
    """What looks like a group heading below the last hazard is a note; a total above all counts all."""
    last = max((table.rows[-1] for table in found.tables if table.rows), default=-1)
    for row, kind in found.ignored.items():
        if kind is RowKind.GROUP and row > last:
            found.ignored[row] = RowKind.NOTE
    for table in found.tables:
        for total in table.totals:
            if table.rows and total.row < table.rows[0]:
                total.counted = len(table.rows)
