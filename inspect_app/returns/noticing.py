"""What is to be said of a whole file or sheet beside its rows: seen, told, and left to a person."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from inspect_app.core.labels import Sentence, say
from inspect_app.returns import codes
from inspect_app.returns.choosing.layouts import CHOSEN, unknown_columns
from inspect_app.returns.choosing.proposals import OFFERED_LABELS
from inspect_app.returns.fields import Field
from inspect_app.returns.issuing.reading import is_own_sheet
from inspect_app.returns.marks import notices_of
from inspect_app.returns.places import Places
from inspect_app.returns.recognise import Table
from inspect_app.returns.result import Notice, Rejection, Row
from inspect_app.returns.statistics import figures_of
from inspect_app.returns.validate import Validated
from inspect_app.workbooks.model import Sheet, Workbook

FEW = 4
MOST_SAID = 5


def book_notices(book: Workbook) -> list[Notice]:
    """Hidden sheets that say something and were not imported, and macros that were not run."""
    hidden = (sheet for sheet in book.sheets if sheet.hidden and sheet.columns and not is_own_sheet(sheet))
    notices = [_notice("W_HIDDEN_SHEET", sheet) for sheet in hidden]
    return [*notices, Notice("W_MACROS", None, say(codes.WARNINGS["W_MACROS"]))] if book.macros else notices


def table_notices(sheet: Sheet, table: Table, judged: Validated, *, unit_from_site: bool) -> list[Notice]:
    """Totals that do not agree, hidden rows and columns, guessed heads, marks on rows, a table torn from a text."""
    notices = [
        _notice("W_TOTAL_MISMATCH", sheet, row=total.row + 1, claimed=total.claimed, counted=total.counted)
        for total in table.totals
        if total.claimed != total.counted
    ]
    if hidden := sheet.hidden_rows.intersection(table.rows):
        notices.append(_notice("W_HIDDEN_ROWS", sheet, count=len(hidden)))
    if table.head.guessed:
        guessed = "、".join(table.head.label(name) or "" for name in table.head.guessed)
        notices.append(_notice("W_COLUMN_GUESSED", sheet, columns=guessed))
    notices += notices_of(sheet, table.rows, table.head)
    notices += [_notice("W_UNIT_FROM_SITE", sheet)] if unit_from_site else []
    return [*notices, _notice("W_TORN", sheet)] if _is_torn(judged) else notices


def column_notices(layouts: Sequence[Mapping[str, Any]]) -> list[Notice]:
    """Which columns nobody knows although they may matter, and which were read as a person once said."""
    notices = []
    for layout in layouts:
        unknown = "、".join(column["heading"] for column in unknown_columns(layout))
        chosen = "、".join(_said(column) for column in layout["columns"] if column["how"] == CHOSEN)
        for code, columns in (("W_COLUMN_UNKNOWN", unknown), ("W_COLUMN_CHOSEN", chosen)):
            if columns:
                notices.append(Notice(code, layout["sheet"], Sentence(codes.WARNINGS[code], {"columns": columns})))
    return notices


def summary_notices(
    sheets: Iterable[Sheet], rows: Sequence[Row], rejected: Sequence[Rejection], places: Places
) -> list[Notice]:
    """Sheets of counts beside a ledger whose counts are not those of its rows (domain reference §8, case 22)."""
    every = [*rows, *(refusal.row for refusal in rejected if refusal.row)]
    counted = Counter(row.township_code or "" for row in every)
    notices = []
    for sheet in sheets:
        found = [each for each in figures_of(sheet, places) if each["measure"] == "found" and not each["month"]]
        held = {code: counted[code] if code else len(every) for code in {each["township"] for each in found}}
        wrong = [each for each in found if each["said"] != held[each["township"]]][:MOST_SAID]
        told = "；".join(f"{each['label']} {each['said']}≠{held[each['township']]}" for each in wrong)
        notices += [_notice("W_SUMMARY_MISMATCH", sheet, figures=told)] if told else []
    return notices


def _said(column: Mapping[str, Any]) -> str:
    meant = OFFERED_LABELS[Field(column["field"])] if column["field"] else codes.NOT_READ
    return f"“{column['heading']}”→{meant}"


def _is_torn(judged: Validated) -> bool:
    """Whether most rows lack what every hazard has, as after a text was torn out of another kind of document."""
    lacking = sum(row.code.startswith("E_REQUIRED") for row in judged.rejected)
    return lacking >= FEW and lacking * 2 > len(judged.rows) + len(judged.rejected)


def _notice(code: str, sheet: Sheet, **params: object) -> Notice:
    return Notice(code, sheet.name, Sentence(codes.WARNINGS[code], params))
