"""Take the hazards out of a recognised table, as columns of equal length, one cell a hazard."""

import re
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from inspect_app.returns.fields import FILLED_DOWN, LABELS, TICKS, Field
from inspect_app.returns.places import Places
from inspect_app.returns.recognise import Table
from inspect_app.returns.values import DITTO, is_tick
from inspect_app.workbooks.cells import as_text

NUMBERING = re.compile(r"^[(（]?[\d一二三四五六七八九十]+[)）、.．]\s*|[(（][^)）]*[)）]$|[:：]$")
UNIT_AND_PERSON = re.compile(
    r"^(.{2,}?)[\s/、,，;；:：|(（]+(?:责任人|负责人)?[:：]?\s*([\u4e00-\u9fff]{2,4}|[\u4e00-\u9fff]+·[\u4e00-\u9fff]+)[)）]?$"
)
UNIT_END = re.compile(r"[局办站所队厂镇乡委院校部村店社]$|公司|中心|政府|街道|社区|集团|小区|医院|学校|幼儿园$")
LONGEST = 100
TWO_TICKS = "勾选不唯一"
SHEET_TAIL = re.compile(r"(?:隐患)?(?:台账|清单|汇总表?|表)?\d*$")


@dataclass(frozen=True, slots=True)
class Records:
    """Hazards as a file has them: their row numbers, their cells by field, and the headings of the fields."""

    sheet: str | None
    numbers: list[int]
    columns: Mapping[Field, Sequence[Hashable]]
    labels: Mapping[Field, str]
    unit_from_site: bool = False


def extract(sheet: str | None, table: Table, places: Places) -> Records:
    """The rows of a table with dittos written out, ticks read, and townships taken from groups or the sheet's name."""
    columns = {name: [cells[row] for row in table.rows] for name, cells in table.columns.items()}
    for name in FILLED_DOWN:
        if name in columns and not DITTO.isdisjoint(columns[name]):
            _write_out(columns[name])
    _read_ticks(columns)
    _split_combined(columns)
    _place(sheet, table, places, columns)
    unit_from_site = Field.RESPONSIBLE_UNIT not in columns and Field.SITE in columns
    if unit_from_site:
        columns[Field.RESPONSIBLE_UNIT] = columns[Field.SITE]
    labels = {name: table.head.label(name) or label for name, label in LABELS.items()}
    return Records(sheet, [row + 1 for row in table.rows], columns, labels, unit_from_site)


def _write_out(cells: list[Hashable]) -> None:
    for index in range(1, len(cells)):
        if cells[index] in DITTO:
            cells[index] = cells[index - 1]


def _read_ticks(columns: dict[Field, list[Hashable]]) -> None:
    """A column a state, ticked where it is so, becomes one column of states; two ticks together stay unread."""
    for target in {target for target, _ in TICKS.values()}:
        ticked = {word: columns[name] for name, (meant, word) in TICKS.items() if meant is target and name in columns}
        if ticked and target not in columns:
            rows = zip(*ticked.values(), strict=True)
            columns[target] = [_ticked(ticked, row) for row in rows]


def _ticked(words: Iterable[str], row: Iterable[Hashable]) -> str:
    ticked = [word for word, cell in zip(words, row, strict=True) if is_tick(cell)]
    return ticked[0] if len(ticked) == 1 else TWO_TICKS if ticked else ""


def _split_combined(columns: dict[Field, list[Hashable]]) -> None:
    """A column of units with their people becomes two; what cannot be told apart stays the unit."""
    combined = columns.get(Field.UNIT_AND_PERSON)
    if combined is None or Field.RESPONSIBLE_UNIT in columns:
        return
    parted = [_parted(cell) for cell in combined]
    columns[Field.RESPONSIBLE_UNIT] = [unit for unit, _ in parted]
    columns.setdefault(Field.RESPONSIBLE_PERSON, [person for _, person in parted])


def _parted(cell: Hashable) -> tuple[Hashable, Hashable]:
    match = UNIT_AND_PERSON.match(cell.strip()) if isinstance(cell, str) and len(cell) <= LONGEST else None
    return (match[1], match[2]) if match and not UNIT_END.search(match[2]) else (cell, "")


def _place(sheet: str | None, table: Table, places: Places, columns: dict[Field, list[Hashable]]) -> None:
    """Where a row names no township, a group heading above it may, or the name of a sheet that has no such column."""
    whole = SHEET_TAIL.sub("", (sheet or "")[:LONGEST]) if Field.TOWNSHIP not in columns else ""
    if not table.groups and not (whole and places.township(whole)):
        return
    cells = columns.setdefault(Field.TOWNSHIP, [whole if places.township(whole) else ""] * len(table.rows))
    for index, row in enumerate(table.rows):
        group = NUMBERING.sub("", NUMBERING.sub("", table.groups.get(row, "")))
        if group and not as_text(cells[index]) and places.township(group):
            cells[index] = group
