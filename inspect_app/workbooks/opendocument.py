"""Follow the content of an .ods workbook as it streams by: what readers lose of it, with zero-based places.

A parser in Python is slow, and nearly all rows hold nothing but values: those reach it without their cells.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

from inspect_app.workbooks.colours import name_of
from inspect_app.workbooks.facts import LONGEST_COMMENT, MOST_COMMENTS, SheetFacts
from inspect_app.workbooks.limits import MIB

SEPARATOR = " "
START = b"<table:table-row"
END = b"</table:table-row>"
TELLING = (b"-spanned=", b"annotation", b"table:formula", b"draw:", START)
"""What a row holds that says more than its values."""
LONGEST_ROW = 4 * MIB
MOST_REPEATED = 1_000
ASIDE = {"annotation", "creator", "date", "frame"}
UNSAID = {"creator", "date", "frame"}
HIDDEN = {"collapse", "filter"}
ERROR_TEXTS = ("#", "Err:", "错误:")
Attributes = Mapping[str, str]


@dataclass(slots=True)
class _Cell:
    row: int
    column: int
    formula: bool
    picture: bool = False
    text: list[str] = field(default_factory=list)
    comment: list[str] = field(default_factory=list)


@dataclass(slots=True)
class ContentScan:
    """Fed with the chunks of `content.xml`; `sheets` are the facts by the sheet's name."""

    sheets: dict[str, SheetFacts] = field(default_factory=dict)
    _fills: dict[str, str] = field(default_factory=dict)
    _struck: set[str] = field(default_factory=set)
    _style: str = ""
    _facts: SheetFacts = field(default_factory=SheetFacts)
    _row: int = 0
    _rows: int = 1
    _column: int = 0
    _cell: _Cell | None = None
    _within: list[str] = field(default_factory=list)
    _rest: bytes = b""
    _telling: tuple[bytes, ...] = TELLING
    _parser: expat.XMLParserType = field(default_factory=lambda: expat.ParserCreate(namespace_separator=SEPARATOR))

    def __post_init__(self) -> None:
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._characters
        self._parser.buffer_text = True

    def feed(self, chunk: bytes) -> None:
        """Read on; raises ExpatError where the document is not well formed."""
        text = self._rest + chunk
        cut = text.rfind(END) + len(END) if END in text else len(text) * (len(text) > LONGEST_ROW)
        self._rest = text[cut:]
        for start, end in _rows(text[:cut]):
            self._parse(text[start:end])

    def finish(self) -> None:
        """Read what the last chunk left over."""
        self._parse(self._rest)

    def _parse(self, text: bytes) -> None:
        *rows, rest = text.split(END)
        self._parser.Parse(END.join([*map(self._shortened, rows), rest]), False)  # noqa: FBT003 - by position

    def _shortened(self, text: bytes) -> bytes:
        """A row without its end, and what stands before it; without its cells, unless they tell more than values."""
        start = text.find(START)
        end = text.find(b">", start) + 1
        while start >= 0 and text[end - 2 : end] == b"/>":
            start = text.find(START, end)
            end = text.find(b">", start) + 1
        told = start < 0 or any(text.find(mark, end) >= 0 for mark in self._telling)
        return text if told else text[:end]

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(SEPARATOR)[2]
        if step := _STARTS.get(local):
            step(self, {key.rpartition(SEPARATOR)[2]: value for key, value in attributes.items()})
        if local in ASIDE:
            self._within.append(local)

    def _end(self, name: str) -> None:
        local = name.rpartition(SEPARATOR)[2]
        if local in ASIDE and self._within:
            self._within.pop()
        elif local in {"table-cell", "covered-table-cell"}:
            self._end_cell()
        elif local == "table-row":
            self._row += self._rows

    def _characters(self, data: str) -> None:
        if self._cell and not UNSAID.intersection(self._within):
            (self._cell.comment if self._within else self._cell.text).append(data)

    def _begin_style(self, given: Attributes) -> None:
        self._style = given.get("name", "") if given.get("family") == "table-cell" else ""

    def _note_fill(self, given: Attributes) -> None:
        if self._style and (colour := name_of(given.get("background-color", ""))):
            self._fills[self._style] = colour
            self._telling += (_style_mark(self._style),)

    def _note_strike(self, given: Attributes) -> None:
        if self._style and given.get("text-line-through-style", "none") != "none":
            self._struck.add(self._style)
            self._telling += (_style_mark(self._style),)

    def _begin_table(self, given: Attributes) -> None:
        self._facts = self.sheets.setdefault(given.get("name", ""), SheetFacts())
        self._row = self._column = 0

    def _begin_row(self, given: Attributes) -> None:
        self._rows, self._column = _number(given.get("number-rows-repeated")), 0
        if given.get("visibility") in HIDDEN:
            self._facts.hidden_rows += range(self._row, self._row + min(self._rows, MOST_REPEATED))

    def _begin_cell(self, given: Attributes) -> None:
        self._cell = _Cell(self._row, self._column, "formula" in given)
        down, across = _number(given.get("number-rows-spanned")), _number(given.get("number-columns-spanned"))
        if max(down, across) > 1:
            self._facts.merges.append((self._row, self._column, self._row + down - 1, self._column + across - 1))
        style = given.get("style-name", "")
        for row in range(self._row, self._row + (self._rows if self._rows <= MOST_REPEATED else 0)):
            if style in self._fills:
                self._facts.fills.setdefault(row, self._fills[style])
            if style in self._struck:
                self._facts.struck.add(row)
        self._column += _number(given.get("number-columns-repeated"))

    def _end_cell(self) -> None:
        cell, self._cell = self._cell, None
        if cell is None:
            return
        said, comment = "".join(cell.text).strip(), "".join(cell.comment).strip()
        if cell.picture:
            self._facts.replaced[cell.row, cell.column] = said
        if cell.formula and said.startswith(ERROR_TEXTS):
            self._facts.errors[cell.row, cell.column] = said
        if comment and len(self._facts.comments) < MOST_COMMENTS:
            self._facts.comments[cell.row, cell.column] = comment[:LONGEST_COMMENT]

    def _note_picture(self, _given: Attributes) -> None:
        if self._cell and self._within == ["frame"]:
            self._facts.add_picture(self._row)
            self._cell.picture = True


def _rows(text: bytes) -> Iterator[tuple[int, int]]:
    """Where to cut a piece so that what stands before its first row is read before the rows are looked at."""
    first = max(text.find(START), 0)
    yield 0, first
    yield first, len(text)


def _style_mark(name: str) -> bytes:
    return f'style-name="{name}"'.encode()


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() else 1


_STARTS: Mapping[str, Callable[[ContentScan, Attributes], None]] = {
    "style": ContentScan._begin_style,  # noqa: SLF001 - a table of the class's own steps
    "table-cell-properties": ContentScan._note_fill,  # noqa: SLF001
    "text-properties": ContentScan._note_strike,  # noqa: SLF001
    "table": ContentScan._begin_table,  # noqa: SLF001
    "table-row": ContentScan._begin_row,  # noqa: SLF001
    "table-cell": ContentScan._begin_cell,  # noqa: SLF001
    "covered-table-cell": ContentScan._begin_cell,  # noqa: SLF001
    "image": ContentScan._note_picture,  # noqa: SLF001
}
