"""Judge every hazard of a table column by column; a row is accepted only when nothing is wrong with it."""

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import partial
from itertools import repeat, starmap
from typing import NamedTuple, TypeVar

from inspect_app.returns.extract import Records
from inspect_app.returns.fields import Field
from inspect_app.returns.places import Places
from inspect_app.returns.result import ORDER, Problem, Rejection, Row
from inspect_app.returns.values import read_grade, read_status
from inspect_app.workbooks.cells import ABSENT, as_name, as_optional_text, as_person, as_text
from inspect_app.workbooks.dates import DateContext, Doubt, next_year_fits, read_date, shifted

Value = TypeVar("Value")
Reader = Callable[[Hashable], tuple[Value, str | None]]
Where = tuple[str | None, str | None]

NOWHERE: Where = (None, None)
EARLIEST = date(2000, 1, 1)
FARTHEST = timedelta(days=3660)
TOMORROW = timedelta(days=1)
SHOWN = 120
PLAIN = str | int | float | date
ERROR = "E_CELL_ERROR"
NUMBERED = frozenset("1(（")
UNIT_ENDS = re.compile(r"(?:[局办站所队厂镇乡委院校部村]|公司|中心|政府|街道|社区)(?=[、,，;；/\n]|$)")
SEVERAL = re.compile(r"^[(（]?1[)）.、．][\s\S]*(?:\n|[;；。])[ \t\u3000]*[(（]?2[)）.、．]")


class Validated(NamedTuple):
    """The accepted rows in their order, and the rejected ones."""

    rows: list[Row]
    rejected: list[Rejection]


class Days(NamedTuple):
    """The three dates of every hazard."""

    found: list[date | None]
    due: list[date | None]
    done: list[date | None]


@dataclass(slots=True)
class Findings:
    """What was found wrong or odd, by the index of the hazard."""

    records: Records
    problems: dict[int, list[Problem]] = field(default_factory=lambda: defaultdict(list))
    warnings: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))

    def note(self, index: int, code: str, name: Field) -> None:
        """Put a code down for one hazard: a warning, or a problem with the cell it is about."""
        if code.startswith("W_"):
            self.warnings[index].append(code)
            return
        cells = self.records.columns.get(name)
        value = as_text(cells[index])[:SHOWN] if cells else ""
        self.problems[index].append(Problem(code, name, self.records.labels[name], value))

    def read(self, name: Field, reader: Reader[Value], absent: Value, missing: str | None = None) -> list[Value]:
        """Read a whole column; one that the file does not have is `absent` everywhere, and may be `missing`."""
        cells = self.records.columns.get(name)
        if cells is None:
            return self._without(name, absent, missing)
        known = {cell: reader(cell) if isinstance(cell, PLAIN) else (absent, ERROR) for cell in set(cells)}
        self._note_all(name, cells, {cell: doubt for cell, (_, doubt) in known.items() if doubt})
        values = {cell: value for cell, (value, _) in known.items()}
        return [values[cell] for cell in cells]

    def texts(self, name: Field, clean: Callable[[Hashable], str], missing: str | None = None) -> list[str | None]:
        """Read a whole column of texts; an empty one is None, and may be `missing`."""
        cells = self.records.columns.get(name)
        if cells is None:
            return self._without(name, None, missing)
        values = {cell: clean(cell) or None if isinstance(cell, PLAIN) else None for cell in set(cells)}
        empty = {cell: missing if isinstance(cell, PLAIN) else ERROR for cell, value in values.items() if not value}
        self._note_all(name, cells, {cell: doubt for cell, doubt in empty.items() if doubt})
        return [values[cell] for cell in cells]

    def _without(self, name: Field, absent: Value, missing: str | None) -> list[Value]:
        for index in range(len(self.records.numbers)) if missing else ():
            self.note(index, missing or "", name)
        return [absent] * len(self.records.numbers)

    def _note_all(self, name: Field, cells: Sequence[Hashable], doubts: Mapping[Hashable, str]) -> None:
        for index, cell in enumerate(cells) if doubts else ():
            if cell in doubts:
                self.note(index, doubts[cell], name)

    def warnings_by_row(self) -> Iterable[tuple[str, ...]]:
        """The warnings of every hazard in turn."""
        if not self.warnings:
            return repeat(())
        return [tuple(self.warnings.get(index, ())) for index in range(len(self.records.numbers))]


def validate(records: Records, places: Places, context: DateContext) -> Validated:
    """Judge the hazards of one table; `context` tells the calendar and the day of the report."""
    findings = Findings(records)
    findings.read(Field.COUNTY, partial(_county, places), None)
    township = findings.read(Field.TOWNSHIP, partial(_township, places), NOWHERE)
    site = findings.texts(Field.SITE, as_name)
    description = findings.texts(Field.DESCRIPTION, _description, "E_REQUIRED_DESC")
    _note_several(findings, description)
    grade = findings.read(Field.GRADE, read_grade, None, "W_LEVEL_MISSING")
    unit = findings.texts(Field.RESPONSIBLE_UNIT, as_name, "E_REQUIRED_UNIT")
    _note_units(findings, unit)
    person = findings.texts(Field.RESPONSIBLE_PERSON, as_person)
    measures = findings.texts(Field.MEASURES, as_optional_text)
    status = findings.read(Field.STATUS, read_status, None, "W_STATUS_MISSING")
    reference = findings.texts(Field.REFERENCE, as_optional_text)
    days = _read_days(findings, context)
    _judge_days(findings, context.report_date, days, status)
    names, codes = [name for name, _ in township], [code for _, code in township]
    columns: tuple[Iterable[object], ...] = (
        repeat(records.sheet), records.numbers, names, site, description, grade, days.found, unit,
        person, measures, days.due, status, days.done, codes, reference, findings.warnings_by_row(),
    )  # fmt: skip
    return _sort_out(findings, list(starmap(Row, zip(*columns, strict=False))))


def _sort_out(findings: Findings, rows: list[Row]) -> Validated:
    problems = findings.problems
    rejected = [
        Rejection(rows[index].sheet, rows[index].number, tuple(sorted(problems[index], key=_weight)), rows[index])
        for index in sorted(problems)
    ]
    return Validated([row for index, row in enumerate(rows) if index not in problems] if problems else rows, rejected)


def _weight(problem: Problem) -> int:
    return ORDER[problem.code]


def _description(cell: Hashable) -> str:
    text = as_text(cell)
    return "" if text in ABSENT else text


def _note_several(findings: Findings, descriptions: Sequence[str | None]) -> None:
    for index, text in enumerate(descriptions):
        if text and text[0] in NUMBERED and SEVERAL.match(text):
            findings.note(index, "W_MULTI_IN_CELL", Field.DESCRIPTION)


def _note_units(findings: Findings, units: Sequence[str | None]) -> None:
    several = {unit for unit in set(units) if unit and len(UNIT_ENDS.findall(unit[:SHOWN])) > 1}
    for index, unit in enumerate(units) if several else ():
        if unit in several:
            findings.note(index, "W_UNITS_SEVERAL", Field.RESPONSIBLE_UNIT)


def _township(places: Places, cell: Hashable) -> tuple[Where, str | None]:
    text = as_name(cell)
    if not text:
        return NOWHERE, None
    if township := places.township(text):
        return (township.name, township.code), None
    if places.is_elsewhere(text):
        return (text, None), "E_REGION_SCOPE"
    return (text, None), "W_TOWNSHIP_UNKNOWN" if places.townships else None


def _county(places: Places, cell: Hashable) -> tuple[None, str | None]:
    return None, "E_REGION_SCOPE" if places.is_other_county(as_name(cell)) else None


def _read_days(findings: Findings, context: DateContext) -> Days:
    ahead = replace(context, ahead=True)
    found = findings.read(Field.FOUND_ON, partial(_day, context), None)
    due = findings.read(Field.DUE_ON, partial(_day, ahead), None)
    done = findings.read(Field.DONE_ON, partial(_day, context), None)
    return Days(found, _moved(findings.records.columns.get(Field.DUE_ON, ()), due, found, ahead), done)


def _day(context: DateContext, cell: Hashable) -> tuple[date | None, str | None]:
    return read_date(cell, context)


def _moved(
    cells: Sequence[Hashable], due: list[date | None], found: Sequence[date | None], context: DateContext
) -> list[date | None]:
    """A deadline without a year, set in December for January, is next year's."""
    inferred = {cell for cell in set(cells) if _day(context, cell)[1] == Doubt.INFERRED}
    for index, cell in enumerate(cells) if inferred else ():
        day, since = due[index], found[index]
        if cell in inferred and day and since and next_year_fits(day, since):
            due[index] = shifted(day, day.year + 1)
    return due


def _judge_days(findings: Findings, report_date: date, days: Days, status: Sequence[str | None]) -> None:
    latest, farthest = report_date + TOMORROW, report_date + FARTHEST
    for index, (found, due, done, state) in enumerate(zip(*days, status, strict=True)):
        since = found if found and EARLIEST <= found <= latest else None
        if found and not since:
            findings.note(index, "E_DATE_RANGE", Field.FOUND_ON)
        if due and not EARLIEST <= due <= farthest:
            findings.note(index, "E_DATE_RANGE", Field.DUE_ON)
        elif due and since and due < since:
            findings.note(index, "E_DATE_ORDER", Field.DUE_ON)
        if not done:
            continue
        if not EARLIEST <= done <= latest:
            findings.note(index, "E_DATE_RANGE", Field.DONE_ON)
        elif since and done < since:
            findings.note(index, "E_DATE_ORDER", Field.DONE_ON)
        if state in {"open", "rectifying"}:
            findings.note(index, "E_STATUS_CONFLICT", Field.STATUS)
