"""The sheets of a form as rows of named cells, in the one language that is carried over."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from inspect_app.checklists.workbook.xlsform.report import Entry, Report
from inspect_app.core.labels import mark, say
from inspect_app.workbooks.cells import as_text
from inspect_app.workbooks.model import Sheet

SURVEY, CHOICES, SETTINGS = "survey", "choices", "settings"
HEADS = {SURVEY: {"type"}, CHOICES: {"list_name"}, SETTINGS: {"form_title", "form_id", "default_language", "version"}}
SAME = {
    "relevance": "relevant",
    "readonly": "read_only",
    "id_string": "form_id",
    "title": "form_title",
    "constraint_msg": "constraint_message",
    "repeat_count": "repeat_count",
}
TOLD = ("label", "hint", "guidance_hint", "constraint_message", "required_message")
CHINESE = re.compile(r"chinese|中文|汉语|普通话|\bzh\b", re.IGNORECASE)
LOOKED_AT = 10


@dataclass(frozen=True)
class FormRow:
    """A row of a sheet: its number counted from 1, and its filled cells by the name of their column."""

    sheet: str
    number: int
    cells: Mapping[str, str]

    def get(self, name: str) -> str:
        """Return a cell, empty when there is nothing."""
        return self.cells.get(name, "")

    def entry(self, what: str, message: str, **params: object) -> Entry:
        """Say something about this row."""
        return Entry(self.sheet, self.number, what, say(message, **params))


@dataclass(frozen=True)
class FormTable:
    """One sheet of a form."""

    name: str
    head: int
    rows: Sequence[FormRow]

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns in which something stands."""
        return tuple(dict.fromkeys(name for row in self.rows for name in row.cells))


def table_of(name: str, sheet: Sheet | None) -> FormTable:
    """Read a sheet; one that is not there has no rows."""
    if sheet is None:
        return FormTable(name, 0, ())
    named = [[_column(as_text(cell)) for cell in sheet.row(index)] for index in range(min(sheet.height, LOOKED_AT))]
    at = next((index for index, names in enumerate(named) if HEADS[name] & set(names)), None)
    if at is None:
        return FormTable(name, 0, ())
    rows = []
    for index in range(at + 1, sheet.height):
        pairs = zip(named[at], map(as_text, sheet.row(index)), strict=True)
        cells = {column: text for column, text in pairs if column and text}
        if cells:
            rows.append(FormRow(name, index + 1, cells))
    return FormTable(name, at + 1, tuple(rows))


def _column(heading: str) -> str:
    base, parted, language = heading.strip().partition("::")
    name = "_".join(base.lower().split())
    if name == "name" or not parted:
        return SAME.get(name, name)
    return f"{SAME.get(name, name)}::{language.strip()}"


class Language:
    """Which of the columns label::Chinese, label::English ... is read; what it leaves empty, the others fill."""

    def __init__(self, wanted: str) -> None:
        self.wanted = wanted.strip().lower()

    def text(self, row: FormRow, base: str) -> str:
        """Return the text of a row in the language, or in another that has one."""
        return next((row.cells[column] for column in self._ordered(row.cells, base)), "")

    def leave_out(self, table: FormTable, report: Report) -> None:
        """Report the columns in other languages, each once."""
        for base in TOLD:
            for column in self._ordered(table.columns, base)[1:]:
                sentence = say(mark("另一种语言的文字，系统只保留一种。"))
                report.not_carried.append(Entry(table.name, table.head, column, sentence))

    def _ordered(self, columns: Iterable[str], base: str) -> list[str]:
        found = [column for column in columns if column.partition("::")[0] == base]
        return sorted(found, key=self._rank)

    def _rank(self, column: str) -> int:
        language = column.partition("::")[2]
        if CHINESE.search(language):
            return 0
        if language and language.lower() == self.wanted:
            return 1
        return 3 if language else 2
