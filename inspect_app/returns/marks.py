"""What hangs on the rows of a sheet beside their cells: told, kept where it is a text, and never believed."""

from collections.abc import Iterable, Mapping
from typing import Any, Protocol

from inspect_app.core.labels import Sentence
from inspect_app.returns import codes
from inspect_app.returns.heads import Head
from inspect_app.returns.recognise import Recognised
from inspect_app.returns.result import Notice, Row
from inspect_app.workbooks.colours import COLOUR_LABELS

MOST_ROWS = 12


class Marked(Protocol):
    """A sheet, as far as its marks go; rows and columns count from zero."""

    @property
    def name(self) -> str | None:
        """None for a text file."""

    @property
    def fills(self) -> Mapping[int, str]:
        """Rows with the name of their colour."""

    @property
    def struck(self) -> frozenset[int]:
        """Rows with a text struck out."""

    @property
    def comments(self) -> Mapping[int, str]:
        """What comments say of a row."""

    @property
    def pictures(self) -> Mapping[int, int]:
        """Rows with the number of pictures that begin in them."""

    @property
    def hidden_columns(self) -> frozenset[int]:
        """Columns that nobody sees."""


def with_marks(rows: list[Row], sheet: Marked) -> list[Row]:
    """The rows, those that bear a mark with its warning, and with what comments say as their remark."""
    marked = sheet.struck | sheet.comments.keys() | sheet.pictures.keys()
    return [_marked(row, sheet) if row.number - 1 in marked else row for row in rows] if marked else rows


def pictures_among(ledgers: Iterable[tuple[Marked, Recognised]]) -> list[dict[str, Any]]:
    """How many pictures stand in rows of hazards, by sheet."""
    counted = [
        (sheet.name, sum(sheet.pictures.get(row, 0) for table in recognised.tables for row in table.rows))
        for sheet, recognised in ledgers
        if sheet.pictures
    ]
    return [{"sheet": name, "count": count} for name, count in counted if count]


def notices_of(sheet: Marked, hazards: Iterable[int], head: Head) -> list[Notice]:
    """What is to be said once of a table: colours among its rows, pictures beside them, columns nobody sees."""
    rows = list(hazards)
    found = [_colours(sheet, rows), _pictures(sheet, rows), _hidden_columns(sheet, head)]
    return [notice for notice in found if notice]


def _marked(row: Row, sheet: Marked) -> Row:
    at = row.number - 1
    marks: tuple[tuple[str, bool], ...] = (
        ("W_STRUCK", at in sheet.struck), ("W_PICTURE", at in sheet.pictures), ("W_COMMENT", at in sheet.comments),
    )  # fmt: skip
    warnings = (*row.warnings, *(code for code, there in marks if there))
    return row._replace(warnings=warnings, remark=sheet.comments.get(at, row.remark))


def _colours(sheet: Marked, rows: list[int]) -> Notice | None:
    """Colours say something only where they tell rows apart."""
    by_colour: dict[str, list[int]] = {}
    for row in rows:
        by_colour.setdefault(sheet.fills.get(row, ""), []).append(row + 1)
    if len(by_colour) <= 1:
        return None
    by_colour.pop("", None)
    told = "；".join(f"{COLOUR_LABELS[name]}：第 {_listed(numbers)} 行" for name, numbers in sorted(by_colour.items()))
    return _notice("W_COLOURS", sheet, colours=told)


def _pictures(sheet: Marked, rows: list[int]) -> Notice | None:
    beside = sorted(sheet.pictures.keys() - set(rows))
    return _notice("W_PICTURES_BESIDE", sheet, rows=_listed([row + 1 for row in beside])) if beside else None


def _hidden_columns(sheet: Marked, head: Head) -> Notice | None:
    hidden = [head.labels[column] for column in sorted(sheet.hidden_columns) if column in head.columns.values()]
    return _notice("W_HIDDEN_COLUMNS", sheet, columns="、".join(hidden)) if hidden else None


def _listed(numbers: list[int]) -> str:
    return "、".join(map(str, numbers[:MOST_ROWS])) + (" 等" if len(numbers) > MOST_ROWS else "")


def _notice(code: str, sheet: Marked, **params: object) -> Notice:
    return Notice(code, sheet.name, Sentence(codes.WARNINGS[code], params))
