"""Settle what the rows of an issued workbook say before they are planned: who they are, and what the county changed.

A cell that says what went out says nothing, so that in the plan only changes count; a key that stands twice, or beside
the number of another hazard, tells that rows were copied or torn apart, and such a row is refused. Pure.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from inspect_app.hazards.words import GRADE_LABELS
from inspect_app.returns.fields import Field
from inspect_app.returns.issuing.keeping import IssuedRow
from inspect_app.returns.issuing.sources import FIELDS, STATUS, STATUS_WORDS
from inspect_app.returns.matching import same_text
from inspect_app.returns.result import Problem, ReadResult, Rejection, Row
from inspect_app.workbooks.cells import as_name, as_optional_text, as_person

KEY_COLUMN = "系统识别码"
SHOWN = 120
SOURCES = {field: source for source, field in FIELDS.items()}
Said = Callable[[Row], object]
NEUTRAL: Mapping[str, tuple[str, Said]] = {
    "grade": ("grade", lambda row: GRADE_LABELS.get(row.grade or "")),
    "responsible_unit": ("responsible_unit_name", lambda row: row.responsible_unit),
    "responsible_person": ("responsible_person", lambda row: row.responsible_person),
    "measures": ("measures", lambda row: row.measures),
    "due_on": ("due_on", lambda row: row.due_on),
}
CLEANED: Mapping[str, Callable[[Hashable], str]] = {
    "responsible_unit_name": as_name,
    "responsible_person": as_person,
    "measures": as_optional_text,
}


def settle(read: ReadResult, issued: Mapping[str, IssuedRow]) -> ReadResult:
    """Return the reading with its keyed rows settled; rows without a key stay as they are."""
    if not any(row.key for row in (*read.rows, *(one.row for one in read.rejected if one.row))):
        return read
    seen = Counter(row.key for row in _keyed(read))
    twice = {key for key, number in seen.items() if number > 1}
    own = _originals(read, issued, twice)
    rows: list[Row] = []
    rejected: list[Rejection] = []
    for row in read.rows:
        if not row.key:
            rows.append(row)
        elif code := _strange(row, issued, twice, own):
            rejected.append(Rejection(row.sheet, row.number, (_key_problem(code, row),), row))
        else:
            rows.append(_changes_only(row, issued[row.key]))
    for refusal in read.rejected:
        if excused := _excused(refusal, issued, twice):
            rows.append(excused)
        else:
            rejected.append(refusal)
    return replace(read, rows=rows, rejected=rejected)


def settle_numbered(read: ReadResult, held: Mapping[str, Any]) -> ReadResult:
    """Let rows with numbers of ours say nothing of the work where they only repeat what is written here.

    `held` maps the numbers to hazards. A row that was refused because those words contradict its dates is taken.
    """
    excused = [refusal for refusal in read.rejected if _repeats_only(refusal, held)]
    if not (excused or any(_repeated(row, held) for row in read.rows)):
        return read
    rows = [*read.rows, *(refusal.row for refusal in excused if refusal.row)]
    quiet = [row._replace(status=None, done_on=None) if _repeated(row, held) else row for row in rows]
    return replace(read, rows=quiet, rejected=[refusal for refusal in read.rejected if refusal not in excused])


def _repeated(row: Row | None, held: Mapping[str, Any]) -> bool:
    hazard = held.get(row.reference or "") if row and row.more and not row.key else None
    return bool(row and hazard and hazard.progress and same_text(dict(row.more).get(STATUS, ""), hazard.progress))


def _repeats_only(refusal: Rejection, held: Mapping[str, Any]) -> bool:
    about_the_work = all(problem.code == "E_STATUS_CONFLICT" for problem in refusal.problems)
    return about_the_work and _repeated(refusal.row, held)


def _keyed(read: ReadResult) -> list[Row]:
    refused = [refusal.row for refusal in read.rejected if refusal.row]
    return [row for row in (*read.rows, *refused) if row.key]


def _originals(read: ReadResult, issued: Mapping[str, IssuedRow], twice: set[str | None]) -> set[int]:
    """Return of rows with the same key the one that still speaks of what was issued, where there is only one."""
    alike: dict[str, list[Row]] = {}
    for row in _keyed(read) if twice else ():
        base = issued.get(row.key or "")
        if row.key in twice and base and same_text(row.description, base.cells["description"] or ""):
            alike.setdefault(base.key, []).append(row)
    return {id(rows[0]) for rows in alike.values() if len(rows) == 1}


def _strange(row: Row, issued: Mapping[str, IssuedRow], twice: set[str | None], own: set[int]) -> str:
    base = issued.get(row.key or "")
    if base is None:
        return "E_KEY_UNKNOWN"
    if row.key in twice and id(row) not in own:
        return "E_KEY_TWICE"
    return "E_KEY_MIXED" if row.reference and row.reference != base.reference else ""


def _key_problem(code: str, row: Row) -> Problem:
    return Problem(code, Field.REFERENCE, KEY_COLUMN, row.reference or row.key or "")


def _changes_only(row: Row, base: IssuedRow) -> Row:
    """Return the row without what went out: unchanged cells are empty, and emptied ones are warned of."""
    same = {name for name, (source, said) in NEUTRAL.items() if _same(source, said(row), base.cells[source])}
    quiet: dict[str, Any] = {name: "" if name == "responsible_unit" else None for name in same}
    if STATUS_WORDS.get(row.status or "") == base.cells["status"] and row.done_on == base.cells["done_on"]:
        quiet |= {"status": None, "done_on": None}
    more = tuple(each for each in row.more if not _same(each[0], each[1], base.cells.get(each[0])))
    return row._replace(**quiet, more=more, warnings=(*_kept_warnings(row), *_told(row, base)))


def _same(source: str, said: object, base: object) -> bool:
    if base is None or said is None or said == "":
        return (base or "") == (said or "")
    if isinstance(base, date):
        return said == base
    if isinstance(base, str):
        clean = CLEANED.get(source, as_optional_text)
        return same_text(str(said), clean(base))
    return str(said) == str(base) or _number(said) == _number(base)


def _number(value: object) -> float | None:
    try:
        return float(str(value))
    except ValueError:
        return None


def _kept_warnings(row: Row) -> list[str]:
    return [code for code in row.warnings if code not in {"W_LEVEL_MISSING", "W_STATUS_MISSING"}]


def _told(row: Row, base: IssuedRow) -> list[str]:
    said = {**{source: said(row) for source, said in NEUTRAL.values()}, **dict(row.more)}
    emptied = any(
        value not in (None, "") and not said.get(name)
        for name, value in base.cells.items()
        if name in base.open_cells and name in said.keys() | dict.fromkeys(("fund_amount", "remark", "progress"))
    )
    moved = bool(row.township) and not same_text(row.township or "", base.cells["township"] or "")
    return [*(["W_EMPTIED"] if emptied else []), *(["W_TOWNSHIP_KEPT"] if moved else [])]


def _excused(refusal: Rejection, issued: Mapping[str, IssuedRow], twice: set[str | None]) -> Row | None:
    """Return a refused row whose faults went out with it already: they are not the county's."""
    row = refusal.row
    base = issued.get(row.key or "") if row else None
    if row is None or base is None or row.key in twice or (row.reference and row.reference != base.reference):
        return None
    old = all(
        same_text(problem.value, str(base.cells.get(SOURCES.get(problem.field, ""), None) or "")[:SHOWN])
        for problem in refusal.problems
        if problem.field in SOURCES
    )
    known = all(problem.field in SOURCES for problem in refusal.problems)
    return _changes_only(row._replace(description=row.description or ""), base) if old and known else None
