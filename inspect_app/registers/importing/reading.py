"""Read a register from the bytes of a file: its rows, each an entry or passed over for a reason. No database."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from inspect_app.core.collector import collector_paused
from inspect_app.core.errors import FileRefused
from inspect_app.core.labels import Sentence, mark
from inspect_app.registers.definition import COUNTY, REFERENCE, Column, ColumnType, Register
from inspect_app.registers.importing.cells import read_cell
from inspect_app.workbooks.cells import as_name, as_text, compact
from inspect_app.workbooks.dates import DateContext
from inspect_app.workbooks.grid import merged_down, row_texts
from inspect_app.workbooks.headings import Headings, heading_key
from inspect_app.workbooks.kind import Kind
from inspect_app.workbooks.limits import DEFAULT, Limits
from inspect_app.workbooks.listheads import ENOUGH, OTHER, Head, find_head
from inspect_app.workbooks.listkinds import Ignored, Notice, RowKind
from inspect_app.workbooks.listrows import kind_under, passed_over, told_of
from inspect_app.workbooks.model import Sheet, Workbook
from inspect_app.workbooks.read import read_workbook

NO_HEAD = mark("没有找到“%(title)s”的表头。表头应在前 40 行内，至少有%(needed)s等栏目。请对照空白表改好表头后再上传。")
NOTHING = mark("只有表头，没有内容。请填写后再上传；确实没有的，用“零报告”。")
ALWAYS = {
    REFERENCE: "编号 台账编号 系统编号",
    COUNTY: "县市区 县区 所在县区 所属县区 所在县市区 县级行政区 区县 所属县 所在县 县市",
    OTHER: "序号 备注 说明 填报人 填报日期 填报单位 填表人 照片 附件 数据日期",
}
ZERO = frozenset({"零报告", "无", "0", "零", "无此项", "零上报"})
SHOWN = 120
GIVEN_BELOW = (ColumnType.REGION, ColumnType.VILLAGE)


class Note(NamedTuple):
    """What is said of one cell: the heading, what the cell says, and a sentence."""

    column: str
    value: str
    message: str
    params: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Row:
    """One entry as the file has it: `values` holds what is not empty, by column; `texts` what the file says there.

    The township stands among the values as the file writes it, like "reference" and "county".
    """

    sheet: str | None
    number: int
    values: Mapping[str, Any]
    texts: Mapping[str, str]
    labels: Mapping[str, str]
    problems: list[Note] = field(default_factory=list)
    wrong: set[str] = field(default_factory=set)

    def refuse(self, name: str, sentence: Sentence, heading: str = "") -> None:
        """Note what is wrong with a field, under its heading where the file has one."""
        label = self.labels.get(name, heading)
        self.problems.append(Note(label, self.texts.get(name, "")[:SHOWN], sentence.message, dict(sentence.params)))
        self.wrong.add(name)


@dataclass(frozen=True, slots=True)
class ReadFile:
    """Every row of a file, in exactly one of two lists; `zero` when it says that there is nothing to report."""

    rows: list[Row] = field(default_factory=list)
    ignored: list[Ignored] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    zero: bool = False


@collector_paused()
def read_register(path: Path, register: Register, today: date, *, limits: Limits = DEFAULT) -> ReadFile:
    """Read a file in a bounded process; raises FileRefused when it cannot be used."""
    return interpret(read_workbook(path, limits=limits), register, today)


def interpret(book: Workbook, register: Register, today: date) -> ReadFile:
    """Understand a workbook that has been read; raises FileRefused when no sheet holds this register."""
    headings = headings_of(register)
    context = DateContext(today, book.date1904, typed=book.kind is not Kind.CSV, ahead=True)
    heads = [None if sheet.hidden else find_head(sheet, headings, partial(_fits, register)) for sheet in book.sheets]
    if not any(heads):
        needed = "、".join(f"“{column.heading}”" for column in register.columns if column.required)
        raise FileRefused("E_NO_HEADER", NO_HEAD, title=register.title, needed=needed)
    found = _Reader(register, context)
    for sheet, head in zip(book.sheets, heads, strict=True):
        found.take(sheet, head)
    if not found.read.rows and not found.zeros:
        raise FileRefused("E_EMPTY", NOTHING)
    return found.result()


def headings_of(register: Register) -> Headings[str]:
    """Return the names under which offices write each column."""
    own = {column.code: _names(column) for column in register.columns}
    taken = {name for names in own.values() for name in names.split()}
    others = {code: " ".join(name for name in names.split() if name not in taken) for code, names in ALWAYS.items()}
    return Headings(own | others)


def _names(column: Column) -> str:
    """Give the names of a column, apart by white space; offices write 时间 where they mean a day."""
    names = [column.heading, column.title, *column.synonyms]
    if column.type == ColumnType.DATE:
        names += [name.replace("日期", "时间") for name in names]
    return " ".join(dict.fromkeys(heading_key(name) for name in names))


def _fits(register: Register, head: Head) -> bool:
    """A head names what tells entries apart and enough besides."""
    known = set(head.columns) - {COUNTY, REFERENCE}
    needed = {code for code in register.key if register.column(code).type != ColumnType.REGION}
    return (needed <= known or REFERENCE in head.columns) and len(known) >= min(ENOUGH, len(register.columns))


class _Reader:
    def __init__(self, register: Register, context: DateContext) -> None:
        self.register, self.context = register, context
        self.columns: Mapping[str, Column] = {column.code: column for column in register.columns}
        self.read = ReadFile()
        self.zeros = 0

    def take(self, sheet: Sheet, head: Head | None) -> None:
        """Read one sheet; one without a head is passed over."""
        if head is None:
            self.read.ignored.extend(passed_over(sheet))
            return
        table = _Table(sheet, head, self.columns, self.context)
        for index in range(sheet.height):
            texts = row_texts(sheet, index)
            kind = kind_under(index, texts, head, head.columns.get(self.register.name))
            if kind is None and _says_zero(texts):
                self.zeros += 1
                kind = RowKind.NOTE
            if kind is None:
                self.read.rows.append(table.row(index))
            else:
                self.read.ignored.append(Ignored(sheet.name, index + 1, kind))
        self.read.notices.extend(Notice(sheet.name, sentence) for sentence in told_of(sheet, head))

    def result(self) -> ReadFile:
        """Return what was read; only a file without a single entry is a report of nothing."""
        read = self.read
        return ReadFile(read.rows, read.ignored, read.notices, zero=bool(self.zeros) and not read.rows)


class _Table:
    """The cells below a head, column by column."""

    def __init__(self, sheet: Sheet, head: Head, columns: Mapping[str, Column], context: DateContext) -> None:
        self.sheet, self.known, self.context = sheet.name, columns, context
        self.labels = {name: as_text(head.label(name)) for name in head.columns}
        self.cells: dict[str, Sequence[Hashable]] = {}
        for name, place in head.columns.items():
            below = name == COUNTY or (name in columns and columns[name].type in GIVEN_BELOW)
            cells = merged_down(sheet, place, head.body, sheet.height) if below else sheet.columns[place]
            self.cells[name] = cells

    def row(self, index: int) -> Row:
        """Read one row, by its index on the sheet."""
        given = {name: cells[index] for name, cells in self.cells.items() if as_text(cells[index])}
        values: dict[str, Any] = {}
        row = Row(self.sheet, index + 1, values, {name: as_text(cell) for name, cell in given.items()}, self.labels)
        for name, cell in given.items():
            if name not in self.known:
                values[name] = as_name(cell)
                continue
            reading = read_cell(self.known[name], cell, self.context)
            if reading.problem:
                row.refuse(name, reading.problem)
            elif reading.value is not None:
                values[name] = reading.value
        return row


def _says_zero(texts: Sequence[str]) -> bool:
    said = [compact(text) for text in texts if text]
    rest = said[1:] if said and said[0].isdigit() and len(said) > 1 else said
    return bool(rest) and all(text in ZERO for text in rest)
