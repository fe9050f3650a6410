"""Reading the cells of one row by column, with every mistake noted at its cell."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeVar

from inspect_app.checklists.workbook.columns import BY_KEY, ITEMS, Key
from inspect_app.checklists.workbook.phrases import PhraseError, number
from inspect_app.checklists.workbook.words import FLAGS, Words
from inspect_app.core.labels import Sentence, mark, say
from inspect_app.workbooks.model import Cell, ErrorCell
from inspect_app.workbooks.write.letters import letters

T = TypeVar("T")
WANTED = {Key.WEIGHT: mark("大于 0 的数字"), Key.DAYS: mark("大于 0 的整数")}
NUMBER, WHOLE = mark("数字"), mark("整数")
LONGEST_SHOWN = 40


@dataclass(frozen=True)
class CellProblem:
    """What is wrong in a cell; `place` reads 检查项!F12."""

    place: str
    sentence: Sentence

    def __str__(self) -> str:
        return f"{self.place}：{self.sentence}"

    @property
    def order(self) -> tuple[str, int, int, str]:
        """Where it stands when sorted: by sheet, row and column."""
        sheet, _, cell = self.place.partition("!")
        column = cell.rstrip("0123456789")
        return sheet, int(cell.removeprefix(column) or 0), len(column), column


@dataclass
class Notes:
    """The problems found so far, which keep the workbook out, and remarks, which do not."""

    problems: list[CellProblem] = field(default_factory=list)
    remarks: list[CellProblem] = field(default_factory=list)

    def note(self, place: str, sentence: Sentence) -> None:
        """Add a problem."""
        self.problems.append(CellProblem(place, sentence))

    def remark(self, place: str, sentence: Sentence) -> None:
        """Add a remark."""
        self.remarks.append(CellProblem(place, sentence))


def address(sheet: str, column: int | None, row: int) -> str:
    """Return where a cell is, from a zero-based column; of a column that is not there, the row."""
    return f"{sheet}!{letters(column + 1) if column is not None else ''}{row}"


@dataclass
class Row:
    """A row of the sheet of items; `number` and `top`, the row of the headings, count from 1.

    `bad` holds the columns of which a mistake has been noted.
    """

    number: int
    texts: Mapping[Key, str]
    columns: Mapping[Key, int]
    notes: Notes
    top: int = 1
    bad: set[Key] = field(default_factory=set)

    def place(self, key: Key) -> str:
        """Return the address of a cell."""
        return address(ITEMS, self.columns.get(key), self.number)

    def note(self, key: Key, message: str, **params: object) -> None:
        """Add a problem of a cell; the first of a cell stands for all."""
        if key not in self.bad:
            self.bad.add(key)
            self.notes.note(self.place(key), say(message, **params))

    def text(self, key: Key) -> str:
        """Return a text, empty when there is none."""
        return self.texts.get(key, "")

    def decimal(self, key: Key) -> Decimal | None:
        """Return a number, None when there is none or it is noted."""
        text = self.text(key)
        if not text:
            return None
        try:
            return number(text)
        except PhraseError:
            self._unlike(key, WANTED.get(key, NUMBER))
            return None

    def whole(self, key: Key) -> int | None:
        """Return a whole number, None when there is none or it is noted."""
        value = self.decimal(key)
        if value is None or value == int(value):
            return None if value is None else int(value)
        self._unlike(key, WANTED.get(key, WHOLE))
        return None

    def flag(self, key: Key, *, default: bool = False) -> bool:
        """Return yes or no; an empty cell is the default."""
        value = self.word(key, FLAGS)
        return default if value is None else value

    def word(self, key: Key, words: Words[T], *, needed: bool = False) -> T | None:
        """Return the value that the word stands for, None when there is none or it is noted."""
        text = self.text(key)
        if not text:
            if needed:
                self.note(key, mark("请填写%(name)s，可填：%(choices)s。"), name=_name(key), choices=_listed(words))
            return None
        value = words.value(text)
        if value is None:
            self.note(
                key, mark("%(name)s没有“%(value)s”，可填：%(choices)s。"),
                name=_name(key), value=_cut(text), choices=_listed(words),
            )  # fmt: skip
        return value

    def phrase(self, key: Key, read: Callable[[str], T]) -> T | None:
        """Return what a written form says, None when there is none or it is noted."""
        text = self.text(key)
        try:
            return read(text) if text else None
        except PhraseError as error:
            if key not in self.bad:
                self.bad.add(key)
                self.notes.note(self.place(key), error.sentence)
            return None

    def _unlike(self, key: Key, wanted: str) -> None:
        value = _cut(self.text(key))
        self.note(key, mark("%(name)s应为%(wanted)s，现在是“%(value)s”。"), name=_name(key), wanted=wanted, value=value)


def is_error(cell: Cell) -> bool:
    """Tell whether a formula in the cell failed."""
    return isinstance(cell, ErrorCell)


def _name(key: Key) -> str:
    return BY_KEY[key].heading


def _listed(words: Words[T]) -> str:
    return "、".join(words.choices)


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_SHOWN else text[:LONGEST_SHOWN] + "…"
