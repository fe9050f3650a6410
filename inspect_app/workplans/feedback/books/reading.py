"""Read a workbook that was filled in: its rows, each about one due or passed over for a reason. No database."""

from collections.abc import Hashable, Sequence
from datetime import date
from pathlib import Path

from inspect_app.core.collector import collector_paused
from inspect_app.core.errors import FileRefused
from inspect_app.core.labels import mark, say
from inspect_app.registers.importing.cells import BROKEN_FORMULA, NOT_A_DAY, Reading, number_text
from inspect_app.registers.importing.reading import ReadFile, Row
from inspect_app.workbooks.cells import ABSENT, as_name, as_optional_text, as_text, compact
from inspect_app.workbooks.dates import DateContext, read_date
from inspect_app.workbooks.grid import merged_down, row_texts
from inspect_app.workbooks.headings import Headings
from inspect_app.workbooks.kind import Kind
from inspect_app.workbooks.limits import DEFAULT, Limits
from inspect_app.workbooks.listheads import OTHER, Head, find_head
from inspect_app.workbooks.listkinds import Ignored, Notice
from inspect_app.workbooks.listrows import kind_under, passed_over, told_of
from inspect_app.workbooks.model import ErrorCell, Sheet, Workbook
from inspect_app.workbooks.numbers import number_in
from inspect_app.workbooks.read import read_workbook

HEADINGS = Headings({
    "key": "系统识别码 识别码",
    "task": "任务编号 任务序号 编号",
    "title": "任务 任务名称 工作任务 重点任务 任务内容",
    "part": "角色 责任类型 任务角色",
    "asked": "应报事项 报送事项 事项",
    "due_on": "报送期限 报送时间 报送日期 截止日期 截止时间 期限",
    "done": "已完成数 完成数 已完成 完成数量 已完成数量",
    "whole": "总数 应完成数 总量 应完成 任务数",
    "summary": "完成情况 工作完成情况 进展情况 工作进展 落实情况 完成情况说明",
    "proof": "佐证材料说明 佐证材料 佐证 证明材料 佐证说明",
    OTHER: "序号 要做到 现在状态 状态 备注 填报人 填报日期 填报单位 联系人 联系电话 单位",
})  # fmt: skip
NUMBERS, BELOW = ("done", "whole"), ("task", "title", "part")
UNITS = "次场个人处村户份家项支所台套件名座期篇条"
SHEETS_OF_OURS = frozenset({"填表说明"})
NO_HEAD = mark(
    "没有找到报送表的表头。表头应在前 40 行内，有“完成情况”或“已完成数”，并有“系统识别码”或“任务编号”“角色”。"
    "请重新下载报送表填写。"
)
NOTHING = mark("只有表头，没有内容。请填写后再上传。")
UNKNOWN = mark("没有识别的列，不读取：%(columns)s。")
NOT_A_COUNT = mark("请只写数字，如 3；不知道的留空。")


@collector_paused()
def read_book(path: Path, today: date, *, limits: Limits = DEFAULT) -> ReadFile:
    """Read a file in a bounded process; raises FileRefused when it cannot be used."""
    return interpret(read_workbook(path, limits=limits), today)


def interpret(book: Workbook, today: date) -> ReadFile:
    """Understand a workbook that has been read; raises FileRefused when no sheet is such a table."""
    context = DateContext(today, book.date1904, typed=book.kind is not Kind.CSV, ahead=True)
    heads = [None if _is_beside(sheet) else find_head(sheet, HEADINGS, _fits) for sheet in book.sheets]
    if not any(heads):
        raise FileRefused("E_NO_HEADER", NO_HEAD)
    read = ReadFile()
    for sheet, head in zip(book.sheets, heads, strict=True):
        _take(read, sheet, head, context)
    if not read.rows:
        raise FileRefused("E_EMPTY", NOTHING)
    return read


def _is_beside(sheet: Sheet) -> bool:
    return sheet.hidden or sheet.name in SHEETS_OF_OURS


def _fits(head: Head) -> bool:
    known = set(head.columns)
    named = "key" in known or ("part" in known and bool(known & {"task", "title"}))
    return named and bool(known & {"summary", "done"})


def _take(read: ReadFile, sheet: Sheet, head: Head | None, context: DateContext) -> None:
    if head is None:
        read.ignored.extend(passed_over(sheet))
        return
    cells = {name: _column(sheet, head, name) for name in head.columns}
    for index in range(sheet.height):
        kind = kind_under(index, row_texts(sheet, index), head, head.columns.get("title"))
        if kind is None:
            read.rows.append(_row(sheet, head, cells, index, context))
        else:
            read.ignored.append(Ignored(sheet.name, index + 1, kind))
    read.notices.extend(Notice(sheet.name, sentence) for sentence in told_of(sheet, head, UNKNOWN))


def _column(sheet: Sheet, head: Head, name: str) -> Sequence[Hashable]:
    place = head.columns[name]
    return merged_down(sheet, place, head.body, sheet.height) if name in BELOW else sheet.columns[place]


def _row(sheet: Sheet, head: Head, cells: dict[str, Sequence[Hashable]], index: int, context: DateContext) -> Row:
    given = {name: column[index] for name, column in cells.items() if as_text(column[index])}
    labels = {name: as_text(head.label(name)) for name in head.columns}
    values: dict[str, object] = {}
    row = Row(sheet.name, index + 1, values, {name: as_text(cell) for name, cell in given.items()}, labels)
    for name, cell in given.items():
        reading = _read(name, cell, context)
        if reading.problem:
            row.refuse(name, reading.problem)
        elif reading.value is not None:
            values[name] = reading.value
    return row


def _read(name: str, cell: Hashable, context: DateContext) -> Reading:
    if isinstance(cell, ErrorCell):
        return Reading(problem=say(BROKEN_FORMULA))
    if name in NUMBERS:
        return _number(cell)
    if name == "due_on":
        found = read_date(cell, context)
        return Reading(problem=say(NOT_A_DAY)) if found.doubt and not found.day else Reading(_iso(found.day))
    reader = as_optional_text if name in ("summary", "proof") else as_name
    return Reading(reader(cell) or None)


def _number(cell: Hashable) -> Reading:
    if as_text(cell) in ABSENT:
        return Reading()
    number = number_in(compact(as_text(cell)).rstrip(UNITS))
    if number is None or isinstance(cell, bool):
        return Reading(problem=say(NOT_A_COUNT))
    return Reading(number_text(number))


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
