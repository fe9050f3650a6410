"""Judge every hazard of a table column by column; a row is accepted only when nothing is wrong with it."""

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import repeat
from typing import TypeVar

from inspect_app.returns.columns import DATES, Field
from inspect_app.returns.dates import DateContext, Doubt, next_year_fits, read_date, shifted
from inspect_app.returns.extract import Records
from inspect_app.returns.places import Places
from inspect_app.returns.result import ORDER, Problem, Rejection, Row
from inspect_app.returns.values import ABSENT, as_name, as_optional_text, as_person, as_text, read_grade, read_status

Value = TypeVar("Value")
Reader = Callable[[Hashable], tuple[Value, str | None]]

EARLIEST = date(2000, 1, 1)
FARTHEST = timedelta(days=3660)
TOMORROW = timedelta(days=1)
SHOWN = 120
SEVERAL = re.compile(r"^\s*[(（]?1[)）.、．][\s\S]*(?:\n|[;；。])\s*[(（]?2[)）.、．]")


@dataclass(slots=True)
class Validated:
    """The accepted rows in their order, and the rejected ones."""

    rows: list[Row]
    rejected: list[Rejection]


@dataclass(slots=True)
class _Findings:
    """What was found wrong or odd, by the index of the hazard."""

    records: Records
    problems: dict[int, list[Problem]] = field(default_factory=lambda: defaultdict(list))
    warnings: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))

    def note(self, index: int, code: str, name: Field) -> None:
        if code.startswith("W_"):
            self.warnings[index].append(code)
            return
        cells = self.records.columns.get(name)
        value = as_text(cells[index])[:SHOWN] if cells else ""
        self.problems[index].append(Problem(code, name, self.records.labels[name], value))

    def read(self, name: Field, reader: Reader[Value], absent: Value, missing: str | None = None) -> list[Value]:
        """Read a whole column; a column that the file does not have is `absent` everywhere, and may be `missing`."""
        cells = self.records.columns.get(name)
        if cells is None:
            self._note_all(name, missing)
            return [absent] * len(self.records.numbers)
        known = {cell: _guarded(cell, reader, absent) for cell in set(cells)}
        doubtful = {cell: doubt for cell, (_, doubt) in known.items() if doubt}
        if doubtful:
            for index, cell in enumerate(cells):
                if cell in doubtful:
                    self.note(index, doubtful[cell], name)
        return [known[cell][0] for cell in cells]

    def _note_all(self, name: Field, code: str | None) -> None:
        for index in range(len(self.records.numbers)) if code else ():
            self.note(index, code or "", name)


def validate(records: Records, places: Places, context: DateContext) -> Validated:
    """Judge the hazards of one table; `context` tells the calendar and the day of the report."""
    findings = _Findings(records)
    findings.read(Field.COUNTY, lambda cell: (None, _county_doubt(cell, places)), None)
    township = findings.read(Field.TOWNSHIP, lambda cell: _township(cell, places), (None, None))
    site = findings.read(Field.SITE, lambda cell: (as_name(cell) or None, None), None)
    description = findings.read(Field.DESCRIPTION, _description, "", "E_REQUIRED_DESC")
    grade = findings.read(Field.GRADE, read_grade, None, "W_LEVEL_MISSING")
    unit = findings.read(Field.RESPONSIBLE_UNIT, _unit, "", "E_REQUIRED_UNIT")
    person = findings.read(Field.RESPONSIBLE_PERSON, lambda cell: (as_person(cell) or None, None), None)
    measures = findings.read(Field.MEASURES, lambda cell: (as_optional_text(cell) or None, None), None)
    status = findings.read(Field.STATUS, read_status, None, "W_STATUS_MISSING")
    reference = findings.read(Field.REFERENCE, lambda cell: (as_optional_text(cell) or None, None), None)
    found, due, done = _dates(findings, context)
    _judge_dates(findings, context.report_date, found, due, done, status)
    warnings = (
        [tuple(findings.warnings.get(index, ())) for index in range(len(found))] if findings.warnings else repeat(())
    )
    columns: tuple[Iterable[object], ...] = (
        repeat(records.sheet), records.numbers, [name for name, _ in township], site, description, grade, found, unit,
        person, measures, due, status, done, [code for _, code in township], reference, warnings,
    )  # fmt: skip
    return _sort_out(records, findings, list(map(Row._make, zip(*columns))))  # noqa: B905 - some repeat without end


def _sort_out(records: Records, findings: _Findings, rows: list[Row]) -> Validated:
    if not findings.problems:
        return Validated(rows, [])
    rejected = [
        Rejection(
            records.sheet, records.numbers[index], tuple(sorted(problems, key=lambda problem: ORDER[problem.code]))
        )
        for index, problems in sorted(findings.problems.items())
    ]
    return Validated([row for index, row in enumerate(rows) if index not in findings.problems], rejected)


def _guarded(cell: Hashable, reader: Reader[Value], absent: Value) -> tuple[Value, str | None]:
    """Anything that is no plain value is an error cell."""
    return reader(cell) if isinstance(cell, str | int | float | date) else (absent, "E_CELL_ERROR")


def _description(cell: Hashable) -> tuple[str, str | None]:
    text = as_text(cell)
    if not text or text in ABSENT:
        return "", "E_REQUIRED_DESC"
    return text, "W_MULTI_IN_CELL" if SEVERAL.match(text) else None


def _unit(cell: Hashable) -> tuple[str, str | None]:
    text = as_name(cell)
    return text, None if text else "E_REQUIRED_UNIT"


def _township(cell: Hashable, places: Places) -> tuple[tuple[str | None, str | None], str | None]:
    text = as_name(cell)
    if not text:
        return (None, None), None
    if township := places.township(text):
        return (township.name, township.code), None
    if places.is_elsewhere(text):
        return (text, None), "E_REGION_SCOPE"
    return (text, None), "W_TOWNSHIP_UNKNOWN" if places.townships else None


def _county_doubt(cell: Hashable, places: Places) -> str | None:
    return "E_REGION_SCOPE" if places.is_other_county(as_name(cell)) else None


def _dates(findings: _Findings, context: DateContext) -> list[list[date | None]]:
    ahead = replace(context, ahead=True)
    contexts = {Field.FOUND_ON: context, Field.DUE_ON: ahead, Field.DONE_ON: context}
    days = [findings.read(name, lambda cell, within=contexts[name]: read_date(cell, within), None) for name in DATES]
    _move_deadlines(findings, days[0], days[1], ahead)
    return days


def _move_deadlines(
    findings: _Findings, found: Sequence[date | None], due: list[date | None], context: DateContext
) -> None:
    """A deadline without a year, set in December for January, is next year's."""
    cells = findings.records.columns.get(Field.DUE_ON, ())
    inferred = {cell for cell in set(cells) if read_date(cell, context).doubt is Doubt.INFERRED}
    for index, cell in enumerate(cells) if inferred else ():
        day, since = due[index], found[index]
        if cell in inferred and day and since and next_year_fits(day, since):
            due[index] = shifted(day, day.year + 1)


def _judge_dates(
    findings: _Findings,
    report_date: date,
    found: Sequence[date | None],
    due: Sequence[date | None],
    done: Sequence[date | None],
    status: Sequence[str | None],
) -> None:
    latest, farthest = report_date + TOMORROW, report_date + FARTHEST
    for index, (since, until, ended, state) in enumerate(zip(found, due, done, status, strict=True)):
        if since and not EARLIEST <= since <= latest:
            findings.note(index, "E_DATE_RANGE", Field.FOUND_ON)
            since = None  # noqa: PLW2901 - the order of dates is not judged by a wrong one
        if until and not EARLIEST <= until <= farthest:
            findings.note(index, "E_DATE_RANGE", Field.DUE_ON)
        elif until and since and until < since:
            findings.note(index, "E_DATE_ORDER", Field.DUE_ON)
        if ended:
            if not EARLIEST <= ended <= latest:
                findings.note(index, "E_DATE_RANGE", Field.DONE_ON)
            elif since and ended < since:
                findings.note(index, "E_DATE_ORDER", Field.DONE_ON)
            if state in {"open", "rectifying"}:
                findings.note(index, "E_STATUS_CONFLICT", Field.STATUS)
