"""Read what an issued workbook has and other ledgers have not: its marks, the keys of its rows, its further columns."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation

from inspect_app.returns.duplicates import is_own_reference
from inspect_app.returns.fields import Field
from inspect_app.returns.issuing.definition import load_form
from inspect_app.returns.issuing.keeping import AMOUNTS
from inspect_app.returns.issuing.marks import CHECKSUM, CODE, COUNTY, INFO
from inspect_app.returns.issuing.sources import KEY, MORE, STATUS
from inspect_app.returns.recognise import Table
from inspect_app.returns.result import IssueMark, Problem, Rejection, Row
from inspect_app.returns.validate import Validated
from inspect_app.workbooks.cells import as_optional_text, as_text, compact
from inspect_app.workbooks.headings import heading_key
from inspect_app.workbooks.model import Cell, ErrorCell, Sheet, Workbook
from inspect_app.workbooks.own import OWN

LONGEST = 4000
SHOWN = 120
RICHEST = Decimal(10) ** 10


def is_own_sheet(sheet: Sheet) -> bool:
    """Whether the system wrote a sheet beside the ledger: instructions, lists, marks, the account of an answer."""
    return bool(sheet.columns and sheet.height) and as_text(sheet.columns[0][0]).startswith(OWN)


def mark_of(book: Workbook) -> IssueMark | None:
    """Return what a workbook says of its own issue."""
    for sheet in book.sheets:
        if sheet.columns and sheet.height and as_text(sheet.columns[0][0]) == INFO:
            told = {as_text(name): as_text(value) for name, value in zip(*_two(sheet), strict=True)}
            return IssueMark(*(told.get(name, "") for name in (CODE, COUNTY, CHECKSUM)))
    return None


def with_issued_cells(sheet: Sheet, table: Table, judged: Validated) -> Validated:
    """Add to the rows of a table their keys and further columns; one without keys may still bear our numbers."""
    columns = _columns(table)
    if KEY not in columns:
        return _with_own_words(sheet, table, judged)
    rows: list[Row] = []
    rejected: list[Rejection] = []
    for row in judged.rows:
        fuller, problems = _fuller(sheet, columns, row)
        if problems:
            rejected.append(Rejection(row.sheet, row.number, problems, fuller))
        else:
            rows.append(fuller)
    for refusal in judged.rejected:
        if refusal.row:
            fuller, problems = _fuller(sheet, columns, refusal.row)
            rejected.append(refusal._replace(row=fuller, problems=(*refusal.problems, *problems)))
    return Validated(rows, sorted(rejected, key=lambda each: each.number))


def _with_own_words(sheet: Sheet, table: Table, judged: Validated) -> Validated:
    """Keep for rows with numbers of ours in which words they tell of the work: they may be our own."""
    column = table.head.columns.get(Field.STATUS)
    if column is None or Field.REFERENCE not in table.head.columns:
        return judged

    def fuller(row: Row) -> Row:
        cell = sheet.columns[column][row.number - 1] if is_own_reference(row.reference) else ""
        return row._replace(more=((STATUS, as_text(cell)),)) if isinstance(cell, str) and cell else row

    rejected = [each._replace(row=fuller(each.row)) if each.row else each for each in judged.rejected]
    return Validated([fuller(row) for row in judged.rows], rejected)


def _two(sheet: Sheet) -> tuple[list[Cell], list[Cell]]:
    empty: list[Cell] = [""] * sheet.height
    return sheet.columns[0], sheet.columns[1] if len(sheet.columns) > 1 else empty


def _columns(table: Table) -> Mapping[str, int]:
    form = load_form()
    meant = {heading_key(form.heading(source)): source for source in (KEY, *MORE) if source in form.sources}
    found = {meant.get(heading_key(label), ""): column for column, label in table.head.labels.items()}
    return {source: column for source, column in found.items() if source}


def _fuller(sheet: Sheet, columns: Mapping[str, int], row: Row) -> tuple[Row, tuple[Problem, ...]]:
    more: list[tuple[str, str]] = []
    problems: list[Problem] = []
    for source, column in columns.items():
        cell = sheet.columns[column][row.number - 1]
        if source == KEY:
            continue
        text = _text(cell)
        code = _unfit(source, cell, text)
        if code:
            problems.append(Problem(code, Field.OTHER, load_form().heading(source), text[:SHOWN]))
        elif text:
            more.append((source, text))
    key = compact(as_text(sheet.columns[columns[KEY]][row.number - 1])).upper()
    return row._replace(key=key or None, more=tuple(sorted(more))), tuple(problems)


def _text(cell: Cell) -> str:
    if isinstance(cell, date):
        return cell.isoformat()[:10]
    return as_optional_text(cell)


def _unfit(source: str, cell: Cell, text: str) -> str:
    if isinstance(cell, ErrorCell):
        return "E_CELL_ERROR"
    if source in AMOUNTS and text and _amount(text) is None:
        return "E_AMOUNT"
    return "E_TOO_LONG" if len(text) > LONGEST else ""


def _amount(text: str) -> Decimal | None:
    try:
        amount = Decimal(compact(text))
    except InvalidOperation:
        return None
    fits = amount.is_finite() and 0 <= amount < RICHEST
    return amount.quantize(Decimal("0.01")) if fits else None
