"""The sheet of basic data: what the list is called, who is checked by whom, and when it is passed."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from inspect_app.checklists.workbook.columns import BASIC_HEADINGS, BASICS, Basic
from inspect_app.checklists.workbook.phrases import PhraseError, number, words_of
from inspect_app.checklists.workbook.rows import Notes, address
from inspect_app.workbooks.cells import as_text, compact
from inspect_app.workbooks.model import Sheet

PASS_MARK = Decimal(60)


@dataclass(frozen=True)
class Basics:
    """The basic data of a list, and the address of each datum."""

    code: str
    version: int
    title: str
    checked: str
    checkers: str
    pass_mark: Decimal
    objects: tuple[str, ...]
    places: Mapping[Basic, str]


def read_basics(sheet: Sheet | None, notes: Notes) -> Basics:
    """Read the sheet; a datum that is not there is empty, the version 1, the pass mark 60."""
    found = _found(sheet) if sheet else {}
    texts = {key: text for key, (text, _place) in found.items()}
    return Basics(
        code=compact(texts.get(Basic.CODE, "")),
        version=int(_number(found, Basic.VERSION, Decimal(1), notes)),
        title=texts.get(Basic.TITLE, ""),
        checked=texts.get(Basic.CHECKED, ""),
        checkers=texts.get(Basic.CHECKERS, ""),
        pass_mark=_number(found, Basic.PASS_MARK, PASS_MARK, notes),
        objects=tuple(words_of(texts.get(Basic.OBJECTS, ""))),
        places={key: place for key, (_text, place) in found.items()},
    )


def _found(sheet: Sheet) -> dict[Basic, tuple[str, str]]:
    """Return text and address of each datum: what stands right of its heading."""
    found: dict[Basic, tuple[str, str]] = {}
    for index in range(sheet.height):
        heading, text, *_rest = [as_text(cell) for cell in sheet.row(index)] + ["", ""]
        match = BASIC_HEADINGS.match(heading, misspelt=False)
        if match:
            found.setdefault(match.field, (text, address(BASICS, 1, index + 1)))
    return found


def _number(found: Mapping[Basic, tuple[str, str]], key: Basic, otherwise: Decimal, notes: Notes) -> Decimal:
    text, place = found.get(key, ("", BASICS))
    if not text:
        return otherwise
    try:
        return number(text)
    except PhraseError as error:
        notes.note(place, error.sentence)
        return otherwise
