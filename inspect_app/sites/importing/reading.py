"""Read a register: from the bytes of a file to its rows, each a site or passed over for a reason. No database."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from inspect_app.core.collector import collector_paused
from inspect_app.core.errors import FileRefused
from inspect_app.core.labels import mark
from inspect_app.sites.importing.columns import HEADINGS
from inspect_app.sites.importing.rows import Row, Table
from inspect_app.sites.importing.values import Reader, readers
from inspect_app.workbooks.dates import DateContext
from inspect_app.workbooks.grid import row_texts
from inspect_app.workbooks.kind import Kind
from inspect_app.workbooks.limits import DEFAULT, Limits
from inspect_app.workbooks.listheads import ENOUGH, Head, find_head
from inspect_app.workbooks.listkinds import Ignored, Notice
from inspect_app.workbooks.listrows import kind_under, passed_over, told_of
from inspect_app.workbooks.model import Sheet, Workbook
from inspect_app.workbooks.read import read_workbook

NO_HEAD = mark(
    "没有找到名册的表头。表头应在前 40 行内，至少有“名称”和另外两个认识的列（类别、乡镇、地址、建成年份等）。"
    "请对照空白表改好表头后再上传。"
)
NOTHING = mark("只有表头，没有检查对象。请填写后再上传。")


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
            found.ignored.extend(passed_over(sheet))
    if not found.rows:
        raise FileRefused("E_EMPTY", NOTHING)
    return found


def _read_sheet(sheet: Sheet, head: Head, by_column: Mapping[str, Reader], found: ReadRegister) -> None:
    table = Table(sheet, head, by_column)
    for index in range(sheet.height):
        kind = kind_under(index, row_texts(sheet, index), head, head.columns.get("name", head.columns.get("reference")))
        if kind is None:
            found.rows.append(table.row(index))
        else:
            found.ignored.append(Ignored(sheet.name, index + 1, kind))
    found.notices.extend(Notice(sheet.name, sentence) for sentence in told_of(sheet, head))


def _names_sites(head: Head) -> bool:
    """A register names its sites and at least two things more."""
    return len(head.columns) >= ENOUGH and bool(head.columns.keys() & {"name", "reference"})
