"""What a written table looks like and what is said of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum


class CellKind(StrEnum):
    """What a column holds; `word` is a short text set in the middle, `coordinate` a number of degrees."""

    TEXT = "text"
    WORD = "word"
    INTEGER = "integer"
    AMOUNT = "amount"
    COORDINATE = "coordinate"
    DAY = "day"


@dataclass(frozen=True)
class Column:
    """A column: `width` in characters; `choices` become a drop-down; `ends_page` breaks the print after it.

    `list_name` is a drop-down from a list of a sheet beside the table, which proposes and does not insist; in an
    `entered` column people will write, so that days and numbers are checked as they are typed.
    """

    heading: str
    width: Decimal
    kind: CellKind
    choices: tuple[str, ...] = ()
    ends_page: bool = False
    hidden: bool = False
    list_name: str = ""
    entered: bool = False


@dataclass(frozen=True)
class Layout:
    """How the sheet looks: `frozen` columns stay in sight and repeat on every printed page, `scale` is in percent.

    Drop-downs reach `spare_rows` below the last row, for those who will add to the table.
    """

    sheet: str
    columns: tuple[Column, ...]
    frozen: int = 0
    scale: int = 100
    spare_rows: int = 0


@dataclass(frozen=True)
class Beside:
    """A plain sheet beside the table; `widths` of its columns in characters.

    `lists` name columns by their number from 1 (an ASCII name): each is the list of its texts from row 2 down.
    """

    name: str
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]
    hidden: bool = False
    lists: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class About:
    """What is said of the table. `caption` is told the number of rows once they are counted; `footer` is printed."""

    title: str
    caption: Callable[[int], str]
    footer: str
    creator: str
    created_at: datetime
