"""Judge every hazard of a table column by column; a row is accepted only when nothing is wrong with it."""

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import partial
from itertools import repeat
from typing import NamedTuple, TypeVar

from inspect_app.returns.dates import DateContext, Doubt, next_year_fits, read_date, shifted
from inspect_app.returns.extract import Records
from inspect_app.returns.fields import Field
from inspect_app.returns.places import Places
from inspect_app.returns.result import ORDER, Problem, Rejection, Row
from inspect_app.returns.values import ABSENT, as_name, as_optional_text, as_person, as_text, read_grade, read_status

Value = TypeVar("Value")
Reader = Callable[[Hashable], tuple[Value, str | None]]
Where = tuple[str | None, str | None]

NOWHERE: Where = (None, None)
EARLIEST = date(2000, 1, 1)
FARTHEST = timedelta(days=3660)
TOMORROW = timedelta(days=1)
SHOWN = 120
SEVERAL = re.compile(r"^\s*[(（]?1[)）.、．][\s\S]*(?:\n|[;；。])\s*[(（]?2[)）.、．]")


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
            for index in range(len(self.records.numbers)) if missing else ():
                self.note(index, missing or "", name)
            return [absent] * len(self.records.numbers)
        known = {cell: _guarded(cell, reader, absent) for cell in set(cells)}
        doubtful = {cell: doubt for cell, (_, doubt) in known.items() if doubt}
        for index, cell in enumerate(cells) if doubtful else ():
            if cell in doubtful:
                self.note(index, doubtful[cell], name)
        return [known[cell][0] for cell in cells]

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
    site = findings.read(Field.SITE, _optional(as_name), None)
    description = findings.read(Field.DESCRIPTION, _description, "", "E_REQUIRED_DESC")
    grade = findings.read(Field.GRADE, read_grade, None, "W_LEVEL_MISSING")
    unit = findings.read(Field.RESPONSIBLE_UNIT, _unit, "", "E_REQUIRED_UNIT")
    person = findings.read(Field.RESPONSIBLE_PERSON, _optional(as_person), None)
    measures = findings.read(Field.MEASURES, _optional(as_optional_text), None)
    status = findings.read(Field.STATUS, read_status, None, "W_STATUS_MISSING")
    reference = findings.read(Field.REFERENCE, _optional(as_optional_text), None)
    days = _read_days(findings, context)
    _judge_days(findings, context.report_date, days, status)
    names, codes = [name for name, _ in township], [code for _, code in township]
    columns: tuple[Iterable[object], ...] = (
        repeat(records.sheet), records.numbers, names, site, description, grade, days.found, unit,
        person, measures, days.due, status, days.done, codes, reference, findings.warnings_by_row(),
    )  # fmt: skip
    return _sort_out(findings, list(map(Row._make, zip(*columns, strict=False))))


def _sort_out(findings: Findings, rows: list[Row]) -> Validated:
    problems = findings.problems
    rejected = [
        Rejection(rows[index].sheet, rows[index].number, tuple(sorted(problems[index], key=_weight)))
        for index in sorted(problems)
    ]
    return Validated([row for index, row in enumerate(rows) if index not in problems] if problems else rows, rejected)


def _weight(problem: Problem) -> int:
    return ORDER[problem.code]


def _guarded(cell: Hashable, reader: Reader[Value], absent: Value) -> tuple[Value, str | None]:
    """Anything that is no plain value is an error cell."""
    return reader(cell) if isinstance(cell, str | int | float | date) else (absent, "E_CELL_ERROR")


def _optional(clean: Callable[[Hashable], str]) -> Reader[str | None]:
    return lambda cell: (clean(cell) or None, None)


def _description(cell: Hashable) -> tuple[str, str | None]:
    text = as_text(cell)
    if not text or text in ABSENT:
        return "", "E_REQUIRED_DESC"
    return text, "W_MULTI_IN_CELL" if SEVERAL.match(text) else None


def _unit(cell: Hashable) -> tuple[str, str | None]:
    text = as_name(cell)
    return text, None if text else "E_REQUIRED_UNIT"


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
