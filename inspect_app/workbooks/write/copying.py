"""Write the cells of any workbook as an .xlsx, sheet by sheet as a stream, with the marks that cost nothing."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile

from inspect_app.workbooks.model import Cell, ErrorCell, Sheet, Workbook
from inspect_app.workbooks.write.copy_frame import BAD, BAD_DAY, DAY, HEADING, PLAIN, QUOTED, around
from inspect_app.workbooks.write.letters import letters
from inspect_app.workbooks.write.parts import XML
from inspect_app.workbooks.write.styles import MAIN
from inspect_app.workbooks.write.text import cell_text, looks_runnable

if TYPE_CHECKING:
    from inspect_app.workbooks.write.answer import SheetMarks

SHEET_OF_TEXT = "台账"
DAY_ZERO = date(1899, 12, 30).toordinal()
SECONDS_A_DAY = 86_400
LONGEST_NAME = 31


def write_copy(
    out: BinaryIO, book: Workbook, account: str, rows: Sequence[Sequence[str]], marks: "Sequence[SheetMarks]"
) -> None:
    """Write all sheets to `out`, those marked with their marks, behind the account if there is one."""
    marked = {each.name: each for each in marks}
    names = _names([account] if account else [], book)
    with ZipFile(out, "w", ZIP_DEFLATED, compresslevel=1) as archive:
        if account:
            _write(archive, 1, _account(rows))
        for number, sheet in enumerate(book.sheets, 1 + bool(account)):
            _write(archive, number, _sheet(sheet, marked.get(sheet.name)))
        hidden = [False] * bool(account) + [sheet.hidden for sheet in book.sheets]
        for name, text in around(names, hidden):
            archive.writestr(name, text)


def _names(first: list[str], book: Workbook) -> list[str]:
    names = list(first)
    for sheet in book.sheets:
        name = (sheet.name or SHEET_OF_TEXT)[:LONGEST_NAME]
        names.append(name if name not in names else f"{name[: LONGEST_NAME - 4]}_{len(names)}")
    return names


def _write(archive: ZipFile, number: int, pieces: Iterator[str]) -> None:
    with archive.open(f"xl/worksheets/sheet{number}.xml", "w", force_zip64=True) as part:
        for piece in pieces:
            part.write(piece.encode())


def _account(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    yield f'{XML}<worksheet xmlns="{MAIN}"><cols><col min="1" max="2" width="40" customWidth="1"/></cols><sheetData>'
    for number, row in enumerate(rows, 1):
        yield _row(number, enumerate(row), (), HEADING if number == 1 else PLAIN)
    yield "</sheetData></worksheet>"


def _sheet(sheet: Sheet, marks: "SheetMarks | None") -> Iterator[str]:
    bad = {(flaw.row, flaw.column) for flaw in marks.flaws} if marks else set()
    added: dict[int, str] = dict(marks.notes) if marks else {}
    added |= {top: marks.heading for top, _ in marks.heads} if marks else {}
    yield f'{XML}<worksheet xmlns="{MAIN}"><sheetData>'
    for index, row in enumerate(sheet.rows):
        cells = [(place, cell) for place, cell in enumerate(row) if cell != "" or (index, place) in bad]
        if marks and index in added:
            cells = [*(each for each in cells if each[0] != marks.column), (marks.column, added[index])]
            cells.sort(key=lambda each: each[0])
        if cells:
            yield _row(index + 1, cells, {place for place, _ in cells if (index, place) in bad})
    yield "</sheetData>"
    if sheet.merges:
        refs = "".join(
            f'<mergeCell ref="{letters(merge.left + 1)}{merge.top + 1}:{letters(merge.right + 1)}{merge.bottom + 1}"/>'
            for merge in sheet.merges
        )
        yield f'<mergeCells count="{len(sheet.merges)}">{refs}</mergeCells>'
    yield "</worksheet>"


def _row(number: int, cells: Iterable[tuple[int, Cell]], bad: Collection[int], style: int = PLAIN) -> str:
    written = (_cell(number, place, cell, style, bad=place in bad) for place, cell in cells)
    return f'<row r="{number}">{"".join(written)}</row>'


def _cell(number: int, place: int, cell: Cell, style: int, *, bad: bool) -> str:
    at, plain = f"{letters(place + 1)}{number}", BAD if bad else style
    if isinstance(cell, bool):
        return f'<c r="{at}" s="{plain}" t="b"><v>{int(cell)}</v></c>'
    if isinstance(cell, int | float):
        return f'<c r="{at}" s="{plain}"><v>{cell!r}</v></c>'
    if isinstance(cell, date):
        return f'<c r="{at}" s="{BAD_DAY if bad else DAY}"><v>{_serial(cell)}</v></c>'
    text = str(cell) if isinstance(cell, ErrorCell) else cell
    if text == "":
        return f'<c r="{at}" s="{plain}"/>'
    shown = QUOTED if looks_runnable(text) and not bad else plain
    return f'<c r="{at}" s="{shown}" t="inlineStr"><is><t xml:space="preserve">{cell_text(text)}</t></is></c>'


def _serial(day: date) -> str:
    whole = day.toordinal() - DAY_ZERO
    if not isinstance(day, datetime):
        return str(whole)
    return repr(whole + (day.hour * 3600 + day.minute * 60 + day.second) / SECONDS_A_DAY)
