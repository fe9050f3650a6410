"""Read a county's return: from the bytes of a file to accepted, rejected, doubled and ignored rows. No database."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from inspect_app.core.collector import collector_paused
from inspect_app.core.errors import FileRefused
from inspect_app.core.labels import say
from inspect_app.returns import codes
from inspect_app.returns.cards import as_records, read_cards
from inspect_app.returns.choosing.layouts import layouts_of
from inspect_app.returns.duplicates import split_duplicates
from inspect_app.returns.extract import extract
from inspect_app.returns.foreign import refuse_other_rows, refuse_other_title
from inspect_app.returns.heads import NO_CHOICES, Choices, possible_head
from inspect_app.returns.issuing.reading import is_own_sheet, mark_of, with_issued_cells
from inspect_app.returns.marks import pictures_among, with_marks
from inspect_app.returns.noticing import book_notices, column_notices, summary_notices, table_notices
from inspect_app.returns.places import Places
from inspect_app.returns.recognise import Recognised, recognise
from inspect_app.returns.result import Ignored, Outcome, ReadResult, Rejection, Row
from inspect_app.returns.rowkinds import RowKind
from inspect_app.returns.statistics import figures_of, is_statistics
from inspect_app.returns.validate import validate
from inspect_app.workbooks.dates import DateContext
from inspect_app.workbooks.grid import filled, row_texts
from inspect_app.workbooks.kind import Kind
from inspect_app.workbooks.limits import DEFAULT, Limits
from inspect_app.workbooks.model import Sheet, Workbook
from inspect_app.workbooks.read import read_workbook

TOP = 4
SUMMARY_SHEETS = ("汇总", "总表", "合计", "总台账")


@dataclass(frozen=True)
class Sent:
    """A file of a county, with what is known for reading it."""

    path: Path
    county: str
    places: Places
    choices: Choices = field(default_factory=dict)


@collector_paused()
def read_return(
    path: Path, places: Places, report_date: date, *, choices: Choices = NO_CHOICES, limits: Limits = DEFAULT
) -> ReadResult:
    """Read a file as the return of one county; a file that cannot be used is answered, not raised.

    `choices` are what people of the county have said about columns: by layout, the field of each heading.
    """
    return _answer(lambda: read_workbook(path, limits=limits), places, report_date, choices)


def read_in_turn(files: Iterable[Sent], report_date: date) -> Iterator[tuple[Sent, ReadResult]]:
    """Read the returns of several counties in turn, one file ahead of what the caller makes of the one before."""
    with ThreadPoolExecutor(max_workers=1) as reader:
        begun = ((sent, reader.submit(read_workbook, sent.path)) for sent in files)
        ahead = next(begun, None)
        while ahead:
            (sent, book), ahead = ahead, next(begun, None)
            yield sent, _answer(book.result, sent.places, report_date, sent.choices)


def _answer(book: Callable[[], Workbook], places: Places, report_date: date, choices: Choices) -> ReadResult:
    try:
        return interpret(book(), places, report_date, choices)
    except FileRefused as refusal:
        return ReadResult.refused(refusal)


def interpret(book: Workbook, places: Places, report_date: date, choices: Choices = NO_CHOICES) -> ReadResult:
    """Understand a workbook that has been read; raises FileRefused when nothing of it may be imported."""
    shown = [sheet for sheet in book.sheets if not (sheet.hidden or is_own_sheet(sheet))]
    found = [(sheet, recognise(sheet, choices)) for sheet in shown]
    ledgers = [(sheet, recognised) for sheet, recognised in found if recognised.tables]
    if not ledgers:
        return _read_cards(book, places, report_date) or _no_ledger(book, places)
    refuse_other_title([text for _, recognised in ledgers for text in recognised.preamble], places)
    context = DateContext(report_date, book.date1904, typed=book.kind is not Kind.CSV)
    rows: list[Row] = []
    rejected: list[Rejection] = []
    notices = book_notices(book)
    for sheet, recognised in sorted(ledgers, key=_summaries_last):
        for table in recognised.tables:
            records = extract(sheet.name, table, places)
            judged = with_issued_cells(sheet, table, validate(records, places, context))
            rows += with_marks(judged.rows, sheet)
            rejected += judged.rejected
            notices += table_notices(sheet, table, judged, unit_from_site=records.unit_from_site)
    preamble = [text for _, recognised in ledgers for text in recognised.preamble]
    refuse_other_rows(preamble, rows, rejected, places)
    unique, doubled = split_duplicates(rows)
    ignored = _ignored(book, found)
    if not (rows or rejected or any(row.kind is RowKind.ZERO_REPORT for row in ignored)):
        raise FileRefused("E_EMPTY", codes.ONLY_A_HEAD)
    tables = [(sheet, table.head) for sheet, recognised in ledgers for table in recognised.tables]
    layouts = layouts_of(tables, places)
    summaries = (sheet for sheet, recognised in found if not recognised.tables)
    notices += column_notices(layouts) + summary_notices(summaries, unique, rejected, places)
    heads = [(sheet.name, head) for sheet, head in tables]
    lists = (unique, rejected, doubled, ignored, notices, heads, preamble)
    return ReadResult(Outcome.IMPORT, *lists, issue=mark_of(book), layouts=layouts, pictures=pictures_among(ledgers))


def _summaries_last(ledger: tuple[Sheet, Recognised]) -> bool:
    """A summary sheet repeats the others, so its rows are the doubled ones."""
    return any(word in (ledger[0].name or "") for word in SUMMARY_SHEETS)


def _read_cards(book: Workbook, places: Places, report_date: date) -> ReadResult | None:
    context = DateContext(report_date, book.date1904, typed=book.kind is not Kind.CSV)
    result = ReadResult(Outcome.IMPORT_CARDS)
    rows: list[Row] = []
    for sheet in book.sheets:
        cards = [] if sheet.hidden else read_cards(sheet)
        refuse_other_title([text for row in range(min(sheet.height, TOP)) for text in row_texts(sheet, row)], places)
        judged = validate(as_records(sheet.name, cards), places, context)
        rows += judged.rows
        result.rejected.extend(judged.rejected)
        told = {card.row + 1 for card in cards}
        result.ignored.extend(row for row in _whole_sheet(sheet, RowKind.CARD) if row.number not in told)
    unique, doubled = split_duplicates(rows)
    result.rows.extend(unique)
    result.duplicates.extend(doubled)
    return result if rows or result.rejected else None


def _no_ledger(book: Workbook, places: Places) -> ReadResult:
    """Answer a file without a ledger; where its words may only be unknown, a person is asked about its columns."""
    ignored = [row for sheet in book.sheets for row in _whole_sheet(sheet)]
    shown = [sheet for sheet in book.sheets if not sheet.hidden]
    if any(map(is_statistics, shown)):
        figures = [figure for sheet in shown for figure in figures_of(sheet, places)]
        sentence = say(codes.STATISTICS)
        return ReadResult(Outcome.STATISTICS, ignored=ignored, code="E_NO_HEADER", sentence=sentence, figures=figures)
    found = [(sheet, possible_head(sheet)) for sheet in shown]
    layouts = layouts_of([(sheet, head) for sheet, head in found if head], places)
    sentence = say(codes.NOT_A_LEDGER)
    return ReadResult(Outcome.NOT_A_LEDGER, ignored=ignored, code="E_NO_HEADER", sentence=sentence, layouts=layouts)


def _ignored(book: Workbook, found: Sequence[tuple[Sheet, Recognised]]) -> list[Ignored]:
    """The rows of ledgers that are no hazards, then those of all other sheets."""
    rows = [
        Ignored(sheet.name, row + 1, kind)
        for sheet, recognised in found
        for row, kind in sorted(recognised.ignored.items())
    ]
    ledgers = {id(sheet) for sheet, recognised in found if recognised.tables}
    return rows + [row for sheet in book.sheets if id(sheet) not in ledgers for row in _whole_sheet(sheet)]


def _whole_sheet(sheet: Sheet, shown: RowKind = RowKind.OTHER_SHEET) -> list[Ignored]:
    kind = RowKind.OWN_SHEET if is_own_sheet(sheet) else RowKind.HIDDEN_SHEET if sheet.hidden else shown
    return [
        Ignored(sheet.name, row + 1, kind if filled(row_texts(sheet, row)) else RowKind.BLANK)
        for row in range(sheet.height)
    ]
