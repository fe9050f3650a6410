"""Walk the records of an old .xls workbook: refuse encryption and macro sheets, note what readers lose."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from struct import unpack_from

import olefile

from inspect_app.core.errors import FileRefused
from inspect_app.core.labels import mark
from inspect_app.workbooks.archive import ENCRYPTED
from inspect_app.workbooks.biff_drawings import RECORDS, Drawings
from inspect_app.workbooks.biff_styles import BiffStyles, formats_of
from inspect_app.workbooks.facts import SheetFacts
from inspect_app.workbooks.parts import MACRO_SHEET

NOT_EXCEL = mark(
    "这是旧版 Office 文件，但里面没有 Excel 工作簿（可能是 Word 文档）。请打开台账，另存为 .xlsx 后再上传。"
)
ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}
FORMULA, EOF, DATEMODE, FILEPASS, BOUNDSHEET, BOOLERR, ROW = 0x06, 0x0A, 0x22, 0x2F, 0x85, 0x0205, 0x0208
RICH_STRING = 0xD6
HIDDEN = 0x20
MACRO = 1
ERROR_RESULT = 2


@dataclass(slots=True)
class OleFacts:
    """What the records tell; `sheets` stand in the order of the workbook."""

    sheets: list[SheetFacts] = field(default_factory=list)
    date1904: bool = False
    macros: bool = False
    styles: BiffStyles = field(default_factory=BiffStyles)


def check_ole(path: Path) -> OleFacts:
    """Read the workbook stream of a compound file; raises FileRefused, or whatever a broken file provokes."""
    with olefile.OleFileIO(path) as compound:
        if compound.exists("EncryptedPackage"):
            raise FileRefused("E_ENCRYPTED", ENCRYPTED)
        stream = next((name for name in ("Workbook", "Book") if compound.exists(name)), None)
        if stream is None:
            raise FileRefused("E_TYPE", NOT_EXCEL)
        facts = _walk(compound.openstream(stream).read())
        facts.macros = compound.exists("_VBA_PROJECT_CUR")
    return facts


def _walk(data: bytes) -> OleFacts:
    facts = OleFacts()
    starts: dict[int, SheetFacts] = {}
    drawings: dict[int, Drawings] = {}
    current: SheetFacts | None = None
    for start, record, at, size in _records(data):
        current = starts.get(start, current)
        if record == FILEPASS:
            raise FileRefused("E_ENCRYPTED", ENCRYPTED)
        if record == DATEMODE:
            facts.date1904 = data[at] == 1
        elif record == BOUNDSHEET:
            facts.sheets.append(starts.setdefault(_sheet_start(data, at), SheetFacts()))
        elif record == EOF:
            current = None
        elif current is None:
            facts.styles.take(record, data[at : at + size])
        else:
            body = data[at : at + size]
            _note(current, record, body)
            if record in RECORDS:
                drawings.setdefault(id(current), Drawings()).take(current, record, body)
            elif facts.styles.meaning:
                _note_styles(current, record, body, facts.styles)
    return facts


def _records(data: bytes) -> Iterator[tuple[int, int, int, int]]:
    """Each record's start, number, start of its body and size."""
    start = 0
    while start + 4 <= len(data):
        record, size = unpack_from("<HH", data, start)
        yield start, record, start + 4, size
        start += 4 + size


def _sheet_start(data: bytes, at: int) -> int:
    (start,) = unpack_from("<I", data, at)
    if data[at + 5] == MACRO:
        raise FileRefused("E_MACRO", MACRO_SHEET)
    return int(start)


def _note(sheet: SheetFacts, record: int, body: bytes) -> None:
    if record == ROW and body[12] & HIDDEN:
        sheet.hidden_rows.append(unpack_from("<H", body)[0])
    elif record == BOOLERR and body[7]:
        sheet.errors[unpack_from("<HH", body)] = ERRORS.get(body[6], "#?")
    elif record == FORMULA and body[12:14] == b"\xff\xff" and body[6] == ERROR_RESULT:
        sheet.errors[unpack_from("<HH", body)] = ERRORS.get(body[8], "#?")
    elif record == RICH_STRING:
        sheet.texts.add(unpack_from("<HH", body))


def _note_styles(sheet: SheetFacts, record: int, body: bytes, styles: BiffStyles) -> None:
    row, numbers = formats_of(record, body)
    for number in styles.meaning.keys() & set(numbers):
        colour, struck = styles.meaning[number]
        if colour:
            sheet.fills.setdefault(row, colour)
        if struck:
            sheet.struck.add(row)


def by_name(facts: OleFacts, names: list[str]) -> Mapping[str, SheetFacts]:
    """The facts keyed by the names that the reader found, when it found as many sheets."""
    return dict(zip(names, facts.sheets, strict=True)) if len(names) == len(facts.sheets) else {}
