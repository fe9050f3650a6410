"""Judge the rows of a register against what is held: new, changed, the same, repeated, refused.

Empty cells never overwrite. A row is about the entry whose reference it gives, else about the one with its key. Rows
that say different things of one entry are all refused: nobody can know which of them is right.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from inspect_app.core.labels import mark, say
from inspect_app.regions.places import Misplaced
from inspect_app.registers.definition import COUNTY, REFERENCE, ColumnType, Register
from inspect_app.registers.importing.plan import Held, Judged, Plan, Repeat
from inspect_app.registers.importing.reading import ReadFile, Row
from inspect_app.registers.rules import MISSING, is_masked, key_of, name_of, problems_of

UNKNOWN_REFERENCE = mark("您的填报范围内没有这个编号。新登记的请把编号留空。")
NEWER = mark("系统里已有 %(day)s 的数据，比这份表新，不能用旧数据覆盖。")
TAKEN = mark("与 %(reference)s 是同一条，不能改成重复的。")
CONTRADICTORY = mark("与本文件第 %(rows)s 行说的是同一条，内容却不同。请只保留正确的一行。")


@dataclass(frozen=True, slots=True)
class Spot:
    """The township of a row: its key, its code, its name."""

    id: int
    code: str
    name: str
    is_county: bool


@dataclass(frozen=True, slots=True)
class Holdings:
    """What rows are compared with: places by texts, entries by reference and key, official names of units.

    `sheets` are the townships after which sheets of the file are named.
    """

    register: Register
    places: Mapping[tuple[str, str], Spot | Misplaced]
    entries: tuple[Held, ...]
    units: Mapping[str, str]
    sheets: Mapping[str, Spot]
    as_of: date
    today: date


def place_texts(register: Register, row: Row) -> tuple[str, str]:
    """Return what a row says of its place: county and township."""
    column = register.region_column
    township = str(row.values.get(column.code, "")) if column else ""
    return str(row.values.get(COUNTY, "")), township


def make_plan(read: ReadFile, holdings: Holdings) -> Plan:
    """Say what is to become of every row of a file; what was read stays as it was."""
    planner = _Planner(holdings)
    for row in read.rows:
        planner.judge(_copy(row))
    return planner.finish(read)


def _copy(row: Row) -> Row:
    return Row(row.sheet, row.number, row.values, row.texts, row.labels, [*row.problems], {*row.wrong})


@dataclass
class _Planner:
    holdings: Holdings
    refused: list[Row] = field(default_factory=list)
    by_entry: dict[object, list[Judged]] = field(default_factory=dict)
    mentioned: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.by_reference = {one.reference: one for one in self.holdings.entries}
        self.by_key = {one.key: one for one in self.holdings.entries}

    def judge(self, row: Row) -> None:
        """Refuse a row, or put it beside the others about the same entry."""
        held = self._named(row)
        place = self._place(row, held)
        judged = self._judged(row, held, place) if place else None
        known = judged.held if judged else held
        if known:
            self.mentioned.add(known.id)
        if row.problems or judged is None:
            self.refused.append(row)
        else:
            self.by_entry.setdefault(known.id if known else judged.key, []).append(judged)

    def _named(self, row: Row) -> Held | None:
        if REFERENCE not in row.values:
            return None
        held = self.by_reference.get(str(row.values[REFERENCE]))
        if held is None or not held.stands:
            row.refuse(REFERENCE, say(UNKNOWN_REFERENCE))
            return None
        return held

    def _place(self, row: Row, held: Held | None) -> Spot | None:
        register = self.holdings.register
        column = register.region_column
        place = self.holdings.places[place_texts(register, row)]
        if isinstance(place, Misplaced):
            name = column.code if column and place.field == "township" else place.field
            row.refuse(name, say(place.message), column.heading if column else "")
            return None
        named_so = self.holdings.sheets.get(row.sheet or "")
        if column and place.is_county and named_so:
            return named_so
        if column and column.required and place.is_county and held is None:
            row.refuse(column.code, say(MISSING), column.heading)
        return place

    def _judged(self, row: Row, held: Held | None, place: Spot) -> Judged | None:
        register = self.holdings.register
        given = self._given(row)
        held = held or self.by_key.get(key_of(register, given, place.code))
        before = held.values if held and held.stands else {}
        values = {**before, **{code: value for code, value in given.items() if not self._says_nothing(code, value)}}
        stays = held is not None and held.stands and place.is_county
        region = (held.region_id, held.region_name) if held and stays else (place.id, place.name)
        key = key_of(register, values, held.region_code if held and stays else place.code)
        judged = Judged(row, key, name_of(register, values), *region, values, held)
        self._check(judged)
        return judged

    def _given(self, row: Row) -> dict[str, Any]:
        register, units = self.holdings.register, self.holdings.units
        given = {column.code: row.values[column.code] for column in register.valued if column.code in row.values}
        for column in register.columns:
            if column.type == ColumnType.UNIT and column.code in given:
                given[column.code] = units.get(given[column.code], given[column.code])
        return given

    def _says_nothing(self, code: str, value: object) -> bool:
        return is_masked(self.holdings.register.column(code), value)

    def _check(self, judged: Judged) -> None:
        register, row, held = self.holdings.register, judged.row, judged.held
        for code, sentences in problems_of(register, judged.values, self.holdings.today).items():
            for sentence in sentences if code not in row.wrong else ():
                row.refuse(code, sentence, register.column(code).heading)
        other = self.by_key.get(judged.key)
        if held and other and other.id != held.id:
            row.refuse(register.name, say(TAKEN, reference=other.reference))
        if held and held.as_of > self.holdings.as_of and judged.changes:
            row.refuse(REFERENCE, say(NEWER, day=held.as_of.isoformat()))

    def finish(self, read: ReadFile) -> Plan:
        """Sort the rows that may be applied into their groups."""
        plan = Plan([], [], [], [], self.refused, list(read.ignored), [])
        for rows in self._agreeing():
            first = rows[0]
            plan.duplicates.extend(Repeat(one, first.row) for one in rows[1:])
            if first.held is None or not first.held.stands:
                plan.create.append(first)
            else:
                (plan.update if first.changes else plan.unchanged).append(first)
        self.refused.sort(key=lambda row: (row.sheet or "", row.number))
        standing = (one for one in self.holdings.entries if one.stands and one.id not in self.mentioned)
        plan.absent.extend(sorted(one.reference for one in standing))
        return plan

    def _agreeing(self) -> list[list[Judged]]:
        """Return the rows of each entry where they agree; all that would end under one key must agree as well."""
        by_key: dict[str, list[Judged]] = {}
        for rows in self.by_entry.values():
            for one in rows:
                by_key.setdefault(one.key, []).append(one)
        apart = [rows for rows in (*self.by_entry.values(), *by_key.values()) if not _agree(rows)]
        wrong = {id(one) for rows in apart for one in rows}
        for rows in apart:
            self._refuse_all(rows)
        return [rows for rows in self.by_entry.values() if not any(id(one) in wrong for one in rows)]

    def _refuse_all(self, rows: list[Judged]) -> None:
        for one in rows:
            if one.row.problems:
                continue
            others = "、".join(str(other.row.number) for other in rows if other is not one)
            one.row.refuse(self.holdings.register.name, say(CONTRADICTORY, rows=others))
            self.refused.append(one.row)


def _agree(rows: list[Judged]) -> bool:
    first = rows[0]
    return all((one.values, one.region_id, one.held) == (first.values, first.region_id, first.held) for one in rows)
