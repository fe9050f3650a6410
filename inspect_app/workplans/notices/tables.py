"""Tasks in a table: a row each, with columns for the task, for who leads, cooperates and answers, and for the day."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from inspect_app.core.labels import mark
from inspect_app.workplans.notices.blocks import Line
from inspect_app.workplans.notices.model import Requirement, Role, Task
from inspect_app.workplans.notices.names import Name, trimmed
from inspect_app.workplans.notices.numerals import whole_of
from inspect_app.workplans.notices.requirements import deadline_in, requirements_in
from inspect_app.workplans.notices.roles import roles_of_cell
from inspect_app.workplans.notices.tasks import title_of

CELL = "\t"
COLUMNS = {
    "number": re.compile(r"序号|编号|项次"),
    "lead": re.compile(r"牵头(?:责任)?(?:单位|部门)?|主办(?:单位|部门)"),
    "cooperating": re.compile(r"(?:配合|协办|协同|参与)(?:责任)?(?:单位|部门)?"),
    "responsible": re.compile(r"(?:责任|承办|落实|实施)(?:单位|部门|主体)"),
    "due": re.compile(r"(?:完成|办结|整改|推进)?(?:时限|时间|期限|节点)(?:要求|安排|节点)?"),
    "task": re.compile(r"(?:主要|重点|年度)?(?:工作|目标)?任务(?:名称)?|重点工作|工作事项|事项|工作项目|项目|工作要点"),
    "detail": re.compile(r"(?:具体|主要)?(?:工作)?(?:内容|措施|要求|举措|任务内容)"),
}
ROLES = {"lead": Role.LEAD, "cooperating": Role.COOPERATING, "responsible": Role.RESPONSIBLE}
SHORT_ROW = mark("这一行的格数与表头不同（可能有合并的单元格），请核对单位和时限。")


@dataclass(frozen=True, slots=True)
class Table:
    """The rows below a header, and which cell of a row is what."""

    columns: dict[str, int]
    width: int
    rows: tuple[Line, ...]


def tables_in(lines: Sequence[Line]) -> tuple[list[Table], list[Line]]:
    """Return the tables of tasks, and the lines that belong to none."""
    tables: list[Table] = []
    rest: list[Line] = []
    rows: list[Line] | None = None
    for line in lines:
        columns = _columns(line.text)
        if columns:
            rows = []
            tables.append(Table(columns, line.text.count(CELL) + 1, ()))
        elif rows is not None and CELL in line.text:
            rows.append(line)
            tables[-1] = Table(tables[-1].columns, tables[-1].width, tuple(rows))
        else:
            rows = None
            rest.append(line)
    return tables, rest


def tasks_in(table: Table, text: str, year: int | None) -> Iterator[Task]:
    """Read the rows; a row with a single filled cell is a heading of those below it."""
    chapter = ""
    for row in table.rows:
        cells = list(_cells(row))
        filled = [cell for cell in cells if cell.text]
        if len(filled) == 1:
            chapter = filled[0].text
        elif task := _task(table, row, cells, text, year):
            yield replace(task, chapter=chapter)


def _task(table: Table, row: Line, cells: Sequence[Name], text: str, year: int | None) -> Task | None:
    at = {name: cells[place] for name, place in table.columns.items() if place < len(cells)}
    words = next((at[name] for name in ("task", "detail") if name in at and at[name].text), None)
    if words is None:
        return None
    number = at["number"].text.rstrip("、.．") if "number" in at else ""
    demands = requirements_in(text, words.start, row.end, year)
    title, _ = title_of(words.text)
    return Task(
        "", "", number, whole_of(number), title, words.start, row.end,
        named=tuple(each for name, role in ROLES.items() if name in at for each in roles_of_cell(at[name], role)),
        requirements=(*demands, *_deadline(at.get("due"), demands, text, year)),
        doubts=() if len(cells) == table.width else (SHORT_ROW,),
    )  # fmt: skip


def _deadline(cell: Name | None, demands: Iterable[Requirement], text: str, year: int | None) -> Iterator[Requirement]:
    """Read a day that stands alone in its column, where 前 is not written."""
    if cell and not any(each.start >= cell.start and each.end <= cell.start + len(cell.text) for each in demands):
        yield from deadline_in(text, cell.start, cell.start + len(cell.text), year)


def _columns(line: str) -> dict[str, int] | None:
    if CELL not in line:
        return None
    found: dict[str, int] = {}
    for place, cell in enumerate(re.sub(r" ", "", line).split(CELL)):
        name = next((name for name, pattern in COLUMNS.items() if pattern.fullmatch(cell)), None)
        if name:
            found.setdefault(name, place)
    return found if found.keys() & ROLES.keys() and found.keys() & {"task", "detail"} else None


def _cells(row: Line) -> Iterator[Name]:
    start = row.start
    for cell in row.text.split(CELL):
        yield trimmed(cell, start) or Name("", start)
        start += len(cell) + 1
