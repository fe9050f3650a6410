"""Read a workbook in a process of its own, so that a hostile file can hurt nobody but that process."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from inspect_app.core.errors import FileRefused
from inspect_app.core.labels import mark
from inspect_app.workbooks import wire
from inspect_app.workbooks.facts import Place, SheetFacts
from inspect_app.workbooks.kind import Kind
from inspect_app.workbooks.limits import DEFAULT, Limits
from inspect_app.workbooks.model import Cell, ErrorCell, Merge, Sheet, Workbook
from inspect_app.workbooks.nursery import reading
from inspect_app.workbooks.own import without_own
from inspect_app.workbooks.parts import address_of

TOO_HEAVY = mark(
    "读取这个文件所需的时间或内存超出上限，已停止。请删除空白格式、图片和无关工作表，或拆成几个文件后再上传。"
)
BROKEN = mark("文件内容损坏，读取程序无法打开。请在 Excel 或 WPS 中打开并另存为新的 .xlsx 后再上传。")
NOTHING = mark("工作簿里没有任何有内容的工作表。请确认保存的是填写后的台账。")


def read_workbook(path: Path, *, limits: Limits = DEFAULT) -> Workbook:
    """All sheets of the file as typed cells; raises FileRefused with one of the E_ codes otherwise."""
    book = _Assembly()
    with reading(path, limits) as stream, suppress(EOFError, ConnectionError):
        for frame in wire.receive(stream):
            book.take(*frame)
    if not book.complete:
        raise FileRefused("E_LIMIT", TOO_HEAVY)
    return book.workbook()


@dataclass(slots=True)
class _Assembly:
    """Puts the child's frames together."""

    kind: Kind = Kind.CSV
    date1904: bool = False
    macros: bool = False
    complete: bool = False
    sheets: list[Sheet] = field(default_factory=list)
    facts: list[SheetFacts] = field(default_factory=list)

    def take(self, what: Any, *rest: Any) -> None:  # noqa: ANN401 - as the frame says
        """Take one frame."""
        if what == "refused":
            code, message, params = rest
            raise FileRefused(code, message, **params)
        if what == "broken":
            raise FileRefused("E_CORRUPT", BROKEN)
        if what == "workbook":
            kind, self.date1904, self.macros = rest
            self.kind = Kind(kind)
        elif what == "sheet":
            self._begin(*rest)
        elif what == "block":
            self._extend(rest[0])
        self.complete = what == "end"

    def _begin(self, name: str | None, heading: Mapping[str, Any]) -> None:
        facts = SheetFacts.unpacked(heading["facts"])
        merges = tuple(Merge(*corners) for corners in facts.merges)
        self.sheets.append(
            Sheet(
                name, (), heading["height"], heading["hidden"], merges,
                hidden_rows=frozenset(facts.hidden_rows), hidden_columns=frozenset(facts.hidden_columns),
                fills=facts.fills, struck=frozenset(facts.struck), comments=_by_row(facts.comments),
                pictures=facts.pictures,
            )
        )  # fmt: skip
        self.facts.append(facts)

    def _extend(self, block: list[wire.PackedColumn]) -> None:
        columns = [wire.unpack(packed) for packed in block]
        sheet = self.sheets[-1]
        if sheet.columns:
            for column, more in zip(sheet.columns, columns, strict=True):
                column.extend(more)
        else:
            self.sheets[-1] = replace(sheet, columns=tuple(columns))

    def workbook(self) -> Workbook:
        """The whole, with the error cells in their places; refuses a workbook without any content."""
        if not any(sheet.columns for sheet in self.sheets):
            raise FileRefused("E_EMPTY", NOTHING)
        for sheet, facts in zip(self.sheets, self.facts, strict=True):
            for place, code in facts.errors.items():
                _put(sheet, place, ErrorCell(code, address_of(*place)))
            for place, text in facts.replaced.items():
                _put(sheet, place, text)
            for row, column in facts.texts:
                if column < len(sheet.columns) and row < sheet.height and sheet.columns[column][row] == "":
                    sheet.columns[column][row] = ErrorCell("", address_of(row, column))
        return Workbook(self.kind, tuple(self.sheets), self.date1904, self.macros)


def _put(sheet: Sheet, place: Place, cell: Cell) -> None:
    row, column = place
    if column < len(sheet.columns) and row < sheet.height:
        sheet.columns[column][row] = cell


def _by_row(comments: Mapping[Place, str]) -> dict[int, str]:
    said: dict[int, list[str]] = {}
    for (row, _), text in sorted(comments.items()):
        if foreign := without_own(text):
            said.setdefault(row, []).append(foreign)
    return {row: "；".join(texts) for row, texts in said.items()}
