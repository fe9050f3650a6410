"""Workbooks for tests: issued as the pages do, filled in, sent back."""

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.core import clock
from inspect_app.evidence.rules import WORKBOOKS
from inspect_app.evidence.service import prepare_file
from inspect_app.workplans.feedback.books.owners import book_of, own
from inspect_app.workplans.feedback.books.reading import read_book
from inspect_app.workplans.feedback.books.service import receive
from inspect_app.workplans.feedback.books.sheet import write_book
from inspect_app.workplans.models import WorkPlan, WorkReturn

HEAD_ROW = 3


def issued(session: Session, actor: Actor, plan: WorkPlan, path: Path) -> Path:
    """Write the workbook of a person's own unit."""
    out = BytesIO()
    write_book(out, book_of(session, actor, plan, own(session, actor)))
    path.write_bytes(out.getvalue())
    return path


def filled(path: Path, *rows: Mapping[str, Any]) -> Path:
    """Write into the rows of a workbook one after another, by heading."""
    book = load_workbook(path)
    sheet = book["应报事项"]
    heads = {str(cell.value): column for column, cell in enumerate(sheet[HEAD_ROW], 1)}
    for number, row in enumerate(rows, HEAD_ROW + 1):
        for heading, value in row.items():
            sheet.cell(number, heads[heading], value)
    book.save(path)
    return path


def headings(path: Path) -> dict[str, list[Any]]:
    """Return the columns of an issued workbook by heading."""
    sheet = load_workbook(path)["应报事项"]
    return {
        str(head.value): [sheet.cell(row, column).value for row in range(HEAD_ROW + 1, sheet.max_row + 1)]
        for column, head in enumerate(sheet[HEAD_ROW], 1)
    }


def plain(path: Path, *rows: list[Any], sheet: str = "Sheet1") -> Path:
    """Write a workbook of one's own making."""
    book = Workbook()
    active = book.worksheets[0]
    active.title = sheet
    for row in rows:
        active.append(row)
    book.save(path)
    return path


def send(session: Session, actor: Actor, plan: WorkPlan, path: Path) -> WorkReturn:
    """Take a file in; needs a transaction around it."""
    read = read_book(path, clock.today())
    with path.open("rb") as stream:
        prepared = prepare_file(stream, path.name, WORKBOOKS)
    return receive(session, actor, plan, read, prepared)
