"""Which rows of the sheet of items belong together: sections of items, items of one row a question."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from inspect_app.checklists.workbook.columns import BY_KEY, HEADINGS, ITEMS, Key
from inspect_app.checklists.workbook.rows import Notes, Row, address, is_error
from inspect_app.core.labels import mark, say
from inspect_app.workbooks.cells import as_text, compact
from inspect_app.workbooks.model import Cell, Sheet

LOOKED_AT = 10
NEEDED = (Key.CODE, Key.TEXT, Key.TYPE, Key.WEIGHT, Key.SEVERITY, Key.DEADLINE)
CODES = (Key.CODE, Key.PART, Key.SECTION_CODE)
ENOUGH = 3


@dataclass
class Block:
    """The rows of one item; `twice` when its code was used before."""

    rows: list[Row]
    twice: bool = False

    @property
    def head(self) -> Row:
        """The row that holds the item itself."""
        return self.rows[0]

    @property
    def code(self) -> str:
        """The code as it was written."""
        return self.head.text(Key.CODE)

    @property
    def key(self) -> str:
        """A code that no other item of the sheet has."""
        return f"{self.code}#{self.head.number}" if self.twice or not self.code else self.code


@dataclass
class Group:
    """The items of one section."""

    code: str
    title: str
    row: Row
    blocks: list[Block] = field(default_factory=list)


def head_of(sheet: Sheet) -> tuple[int, dict[Key, int]]:
    """Return the zero-based row of the headings and the zero-based column of each; no columns when there are none."""
    best: tuple[int, dict[Key, int]] = (0, {})
    for index in range(min(sheet.height, LOOKED_AT)):
        columns: dict[Key, int] = {}
        for place, cell in enumerate(sheet.row(index)):
            match = HEADINGS.match(as_text(cell), misspelt=False)
            if match:
                columns.setdefault(match.field, place)
        if len(columns) > len(best[1]):
            best = index, columns
    return best if len(best[1]) >= ENOUGH else (0, {})


def rows_of(sheet: Sheet, notes: Notes) -> list[Row]:
    """Return the rows below the headings that hold anything, noting columns that are missing or unknown."""
    at, columns = head_of(sheet)
    for key in NEEDED:
        if key not in columns:
            notes.note(address(ITEMS, None, at + 1), say(mark("缺少“%(name)s”栏。"), name=BY_KEY[key].heading))
    for place, cell in enumerate(sheet.row(at) if sheet.height else ()):
        if as_text(cell) and place not in columns.values():
            notes.remark(address(ITEMS, place, at + 1), say(mark("不认识“%(name)s”栏，没有读取。"), name=as_text(cell)))
    rows = []
    for index in range(at + 1, sheet.height):
        cells = sheet.row(index)
        texts = {key: _text(key, cells[place]) for key, place in columns.items()}
        row = Row(index + 1, texts, columns, notes, at + 1)
        if any(row.texts.values()):
            rows.append(row)
        for key, place in columns.items():
            if is_error(cells[place]):
                row.note(key, mark("公式没有结果，请改成文字或数字。"))
    return rows


def _text(key: Key, cell: Cell) -> str:
    return compact(as_text(cell)) if key in CODES else as_text(cell)


def groups_of(rows: Sequence[Row]) -> list[Group]:
    """Put the rows into items and the items into sections."""
    groups: list[Group] = []
    for block in _blocks(rows):
        row = block.head
        code, title = row.text(Key.SECTION_CODE), row.text(Key.SECTION)
        last = groups[-1] if groups else None
        if last is None or (title and title != last.title) or (code and code != last.code):
            if not title:
                row.note(Key.SECTION, mark("请填写分节。"))
            if any(group.title == title and not code for group in groups):
                row.note(Key.SECTION, mark("分节“%(title)s”分在两处，请把它的检查项排在一起。"), title=title)
            groups.append(Group(code or f"s{len(groups) + 1}", title, row))
        groups[-1].blocks.append(block)
    return groups


def _blocks(rows: Sequence[Row]) -> Iterator[Block]:
    seen: dict[str, int] = {}
    block: Block | None = None
    for row in rows:
        if block and _continues(block, row):
            block.rows.append(row)
            continue
        if block:
            yield block
        code = row.text(Key.CODE)
        if not code:
            row.note(Key.CODE, mark("请填写编号。"))
        elif code in seen:
            row.note(Key.CODE, mark("编号 %(code)s 与第 %(row)s 行重复。"), code=code, row=seen[code])
        block = Block([row], twice=code in seen)
        seen.setdefault(code, row.number)
    if block:
        yield block


def _continues(block: Block, row: Row) -> bool:
    """A row without the question of an item of its own is one more question of the item above it."""
    same = row.text(Key.CODE) in ("", block.code)
    return same and bool(row.text(Key.PART)) and row.text(Key.TEXT) in ("", block.head.text(Key.TEXT))
