"""The reading process: `python -m inspect_app.workbooks.child FILE LIMITS`, or forked off `workbooks.mother`.

It binds itself to limits first, checks the file, lets the reader loose on it, and writes frames to its parent. Whatever
happens to it happens to it alone.
"""

import gc
import json
import sys
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO
from xml.parsers.expat import ExpatError
from zipfile import BadZipFile

import python_calamine as calamine

from inspect_app.core.errors import FileRefused
from inspect_app.core.labels import mark
from inspect_app.workbooks import wire
from inspect_app.workbooks.archive import CUT, ENCRYPTED
from inspect_app.workbooks.biff import by_name, check_ole
from inspect_app.workbooks.confining import confine
from inspect_app.workbooks.facts import SheetFacts
from inspect_app.workbooks.kind import HEAD_BYTES, Family, Kind, sniff
from inspect_app.workbooks.limits import MIB, Limits
from inspect_app.workbooks.markup import SPREADSHEET, read_markup, widened
from inspect_app.workbooks.parts import MACRO_SHEET
from inspect_app.workbooks.precheck import ArchiveFacts, check_archive
from inspect_app.workbooks.text import decode, read_text

BLOCK = 5_000
OUT_OF_MEMORY = 3
UNREADABLE = mark("内容无法解析")
TOO_LONG = mark(
    "工作表“%(sheet)s”延伸到第 %(rows)s 行第 %(columns)s 列，超出可读取的范围。请删除远处的零散单元格后再上传。"
)
TOO_LARGE = mark("文件有 %(size)s MB，超过 %(limit)s MB 的上限。请按乡镇或月份拆分，或删除图片后再上传。")
TOO_MUCH = mark("工作簿的文字总量超出可读取的范围。请按乡镇或月份拆分成几个文件后再上传。")
MANY_SHEETS = mark("工作簿有 %(count)s 张工作表，超过 %(limit)s 张的上限。请只保留台账工作表后再上传。")


class Pipe:
    """The way to the parent, which takes no more than it has room for."""

    def __init__(self, stream: BinaryIO, room: int) -> None:
        self.stream = stream
        self.room = room

    def send(self, *frame: object) -> None:
        """Send a frame; a refusal always fits."""
        body = wire.packed(*frame)
        self.room -= len(body)
        if self.room < 0 and frame[0] not in {"refused", "broken"}:
            raise FileRefused("E_LIMIT", TOO_MUCH)
        self.stream.write(body)


def main() -> int:
    """Answer on standard output."""
    return answer(sys.argv[1], json.loads(sys.argv[2]), sys.stdout.buffer)


def answer(path: str, bounds: dict[str, Any], stream: BinaryIO) -> int:
    """Answer with frames; a refusal is an answer too. Where memory runs out the answer stays unfinished."""
    limits = Limits(**bounds)
    gc.disable()
    confine(limits.memory_bytes, limits.processor_seconds, 0)
    pipe = Pipe(stream, limits.answer_bytes)
    try:
        read(Path(path), limits, pipe)
    except FileRefused as refusal:
        pipe.send("refused", refusal.file_code, refusal.message, refusal.params)
    except calamine.PasswordError:
        pipe.send("refused", "E_ENCRYPTED", ENCRYPTED, {})
    except (BadZipFile, ExpatError, calamine.CalamineError, ArithmeticError, LookupError, OSError, ValueError):
        pipe.send("refused", "E_CORRUPT", CUT, {"what": UNREADABLE})
    except MemoryError:
        return OUT_OF_MEMORY
    except Exception:  # noqa: BLE001 - whatever a hostile file makes of the reader, the answer says so
        pipe.send("broken")
    stream.flush()
    return 0


def read(path: Path, limits: Limits, pipe: Pipe) -> None:
    """Check one file and send all it holds."""
    size = path.stat().st_size
    if size > limits.file_bytes:
        raise FileRefused("E_TOO_BIG", TOO_LARGE, size=size // MIB, limit=limits.file_bytes // MIB)
    with path.open("rb") as stream:
        family = sniff(stream.read(HEAD_BYTES))
    if family is Family.TEXT:
        _send_text(path, limits, pipe)
    elif family is Family.MARKUP:
        _send_markup(path, limits, pipe)
    elif family is Family.ZIP:
        _send_book(path, check_archive(path, limits), limits, pipe)
    else:
        ole = check_ole(path)
        with _opened(path) as book:
            facts = ArchiveFacts(Kind.XLS, by_name(ole, book.sheet_names), ole.date1904, ole.macros)
        _send_book(path, facts, limits, pipe)


def _opened(path: Path) -> calamine.CalamineWorkbook:
    """Open by content: given a path, the reader would believe the extension."""
    return calamine.load_workbook(BytesIO(path.read_bytes()))


def _send_text(path: Path, limits: Limits, pipe: Pipe) -> None:
    records = read_text(path, limits)
    width = max(map(len, records))
    if len(records) > limits.rows or len(records) * width > limits.cells:
        raise FileRefused("E_LIMIT", TOO_LONG, sheet="CSV", rows=len(records), columns=width)
    padded = [[*record, *[""] * (width - len(record))] for record in records]
    pipe.send("workbook", Kind.CSV.value, False, False)  # noqa: FBT003 - a frame, not a call
    pipe.send("sheet", None, {"height": len(records), "hidden": False, "facts": SheetFacts().packed()})
    pipe.send("block", [wire.pack(column) for column in zip(*padded, strict=True)])
    pipe.send("end")


def _send_markup(path: Path, limits: Limits, pipe: Pipe) -> None:
    text = decode(path.read_bytes())
    sheets = read_markup(text, limits)
    kind = Kind.XML if SPREADSHEET in text else Kind.CSV
    pipe.send("workbook", kind.value, False, False)  # noqa: FBT003 - a frame, not a call
    for sheet in sheets:
        rows = list(widened(sheet))
        pipe.send("sheet", sheet.name, {"height": len(rows), "hidden": False, "facts": sheet.facts.packed()})
        pipe.send("block", [wire.pack(column) for column in zip(*rows, strict=True)])
    pipe.send("end")


def _send_book(path: Path, facts: ArchiveFacts, limits: Limits, pipe: Pipe) -> None:
    with _opened(path) as book:
        if len(book.sheet_names) > limits.sheets:
            raise FileRefused("E_LIMIT", MANY_SHEETS, count=len(book.sheet_names), limit=limits.sheets)
        pipe.send("workbook", facts.kind.value, facts.date1904, facts.macros)
        cells = limits.cells
        for meta in book.sheets_metadata:
            if meta.typ in (calamine.SheetTypeEnum.MacroSheet, calamine.SheetTypeEnum.Vba):
                raise FileRefused("E_MACRO", MACRO_SHEET)
            if meta.typ == calamine.SheetTypeEnum.WorkSheet:
                sheet = book.get_sheet_by_name(meta.name)
                height, width = _extent(sheet)
                cells -= height * width
                if cells < 0 or height > limits.rows:
                    raise FileRefused("E_LIMIT", TOO_LONG, sheet=meta.name, rows=height, columns=width)
                hidden = meta.visible != calamine.SheetVisibleEnum.Visible
                _send_sheet(sheet, facts.sheets.get(meta.name, SheetFacts()), pipe, hidden=hidden)
        pipe.send("end")


def _extent(sheet: calamine.CalamineSheet) -> tuple[int, int]:
    """Rows and columns from A1 to the last filled cell; the reader's own totals are one short."""
    return (sheet.end[0] + 1, sheet.end[1] + 1) if sheet.end else (0, 0)


def _send_sheet(sheet: calamine.CalamineSheet, facts: SheetFacts, pipe: Pipe, *, hidden: bool) -> None:
    facts.merges += [(*start, *end) for start, end in sheet.merged_cell_ranges or ()]
    pipe.send("sheet", sheet.name, {"height": _extent(sheet)[0], "hidden": hidden, "facts": facts.packed()})
    indent = sheet.start[1] if sheet.start else 0
    rows = sheet.iter_rows()
    while block := list(islice(rows, BLOCK)):
        empty = [wire.pack([""] * len(block))] * indent
        pipe.send("block", [*empty, *map(wire.pack, zip(*block, strict=True))])


if __name__ == "__main__":
    sys.exit(main())
