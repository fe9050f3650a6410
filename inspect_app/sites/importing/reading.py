"""Read a register: from the bytes of a file to its rows, each a site or passed over for a reason. No database."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from inspect_app.core.collector import collector_paused
from inspect_app.core.errors import FileRefused
from inspect_app.core.labels import Sentence, mark, say
from inspect_app.sites.importing.columns import HEADINGS
from inspect_app.sites.importing.rows import Row, Table
from inspect_app.sites.importing.values import Reader, readers
from inspect_app.workbooks.dates import DateContext
from inspect_app.workbooks.grid import row_texts
from inspect_app.workbooks.kind import Kind
from inspect_app.workbooks.limits import DEFAULT, Limits
from inspect_app.workbooks.listheads import ENOUGH, Head, find_head, repeats
from inspect_app.workbooks.listkinds import Ignored, Notice, RowKind, kind_of
from inspect_app.workbooks.model import Sheet, Workbook
from inspect_app.workbooks.read import read_workbook

NO_HEAD = mark(
    "没有找到名册的表头。表头应在前 40 行内，至少有“名称”和另外两个认识的列（类别、乡镇、地址、建成年份等）。"
    "请对照空白表改好表头后再上传。"
)
NOTHING = mark("只有表头，没有检查对象。请填写后再上传。")
GUESSED = mark("表头里的错别字按最接近的列名理解：%(columns)s。")
UNKNOWN = mark("没有识别的列，不导入：%(columns)s。")
HIDDEN_ROWS = mark("有 %(count)s 行被隐藏，照常读取。")


@dataclass(frozen=True, slots=True)
class ReadRegister:
    """Every row of a file, in exactly one of two lists."""

    rows: list[Row] = field(default_factory=list)
    ignored: list[Ignored] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)


@collector_paused()
def read_register(path: Path, today: date, *, limits: Limits = DEFAULT) -> ReadRegister:
    """Read a file (.xlsx, .xls, .ods, .csv) in a bounded process; raises FileRefused when it cannot be used."""
    return interpret(read_workbook(path, limits=limits), today)


def interpret(book: Workbook, today: date) -> ReadRegister:
    """Understand a workbook that has been read; raises FileRefused when no sheet holds a register."""
    found = ReadRegister()
    by_column = readers(DateContext(today, book.date1904, typed=book.kind is not Kind.CSV))
    heads = [None if sheet.hidden else find_head(sheet, HEADINGS, _names_sites) for sheet in book.sheets]
    if not any(heads):
        raise FileRefused("E_NO_HEADER", NO_HEAD)
    for sheet, head in zip(book.sheets, heads, strict=True):
        if head:
            _read_sheet(sheet, head, by_column, found)
        else:
            found.ignored.extend(_passed_over(sheet))
    if not found.rows:
        raise FileRefused("E_EMPTY", NOTHING)
    return found


def _read_sheet(sheet: Sheet, head: Head, by_column: Mapping[str, Reader], found: ReadRegister) -> None:
    table = Table(sheet, head, by_column)
    for index in range(sheet.height):
        kind = _kind(index, row_texts(sheet, index), head)
        if kind is None:
            found.rows.append(table.row(index))
        else:
            found.ignored.append(Ignored(sheet.name, index + 1, kind))
    found.notices.extend(Notice(sheet.name, sentence) for sentence in _notices(sheet, head))


def _kind(index: int, texts: Sequence[str], head: Head) -> RowKind | None:
    if index >= head.body:
        named = head.columns.get("name", head.columns.get("reference"))
        return RowKind.HEADER if repeats(texts, head) else kind_of(texts, named)
    if index >= head.top:
        return RowKind.HEADER
    return RowKind.ABOVE if any(texts) else RowKind.BLANK


def _notices(sheet: Sheet, head: Head) -> Iterator[Sentence]:
    if head.guessed:
        yield say(GUESSED, columns="、".join(head.guessed))
    if head.unknown:
        yield say(UNKNOWN, columns="、".join(head.unknown))
    if hidden := [row for row in sheet.hidden_rows if row >= head.body]:
        yield say(HIDDEN_ROWS, count=len(hidden))


def _names_sites(head: Head) -> bool:
    """A register names its sites and at least two things more."""
    return len(head.columns) >= ENOUGH and bool(head.columns.keys() & {"name", "reference"})


def _passed_over(sheet: Sheet) -> Iterator[Ignored]:
    kind = RowKind.HIDDEN_SHEET if sheet.hidden else RowKind.OTHER_SHEET
    for index in range(sheet.height):
        yield Ignored(sheet.name, index + 1, kind if any(row_texts(sheet, index)) else RowKind.BLANK)
