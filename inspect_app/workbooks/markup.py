"""Tables of a web page, and sheets of a spreadsheet kept as XML text: what systems export under the name .xls."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from xml.parsers import expat

from inspect_app.core.errors import FileRefused
from inspect_app.core.labels import mark
from inspect_app.workbooks.facts import SheetFacts
from inspect_app.workbooks.limits import Limits
from inspect_app.workbooks.parts import UNSAFE

SPREADSHEET = "urn:schemas-microsoft-com:office:spreadsheet"
HIDDEN = {"style", "script", "title", "comment"}
MOST_SPANNED = 1_000
MOST_PLACES = 200_000
LARGE = mark("网页表格超出可读取的范围。请用 Excel 或 WPS 打开它，按乡镇或月份拆分后另存为 .xlsx 再上传。")
WEB_PAGE = mark(
    "文件扩展名像工作簿，内容却是没有表格的网页或 XML 文本。请用 Excel 或 WPS 打开，另存为 .xlsx 后再上传。"
)
Cell = str | float


@dataclass(slots=True)
class MarkupSheet:
    """A table as rows of cells, its merged ranges among the facts."""

    name: str
    rows: list[list[Cell]] = field(default_factory=list)
    facts: SheetFacts = field(default_factory=SheetFacts)
    taken: set[tuple[int, int]] = field(default_factory=set)

    def add(self, cell: Cell, *, down: int = 1, across: int = 1) -> None:
        """Put a cell at the next free place of the last row; a span keeps the places below and beside it free."""
        row = len(self.rows) - 1
        while (row, len(self.rows[row])) in self.taken:
            self.rows[row].append("")
        column = len(self.rows[row])
        self.rows[row].append(cell)
        down, across = min(down, MOST_SPANNED), min(across, MOST_SPANNED)
        if max(down, across) > 1:
            self.facts.merges.append((row, column, row + down - 1, column + across - 1))
            if len(self.taken) + down * across > MOST_PLACES:
                raise FileRefused("E_LIMIT", LARGE)
            self.taken |= {(row + y, column + x) for y in range(down) for x in range(across)}


def read_markup(text: str, limits: Limits) -> list[MarkupSheet]:
    """The tables of a page or of an XML spreadsheet; raises FileRefused where there is none."""
    if SPREADSHEET in text[: 64 * 1024]:
        return _refuse_none(_Spreadsheet(limits).read(text))
    if text.lstrip("\ufeff \r\n\t").startswith("<?xml") and "<table" not in text.lower():
        raise FileRefused("E_TYPE", WEB_PAGE)
    page = _Page(limits)
    page.feed(text)
    page.close()
    return _refuse_none(page.sheets)


def _refuse_none(sheets: list[MarkupSheet]) -> list[MarkupSheet]:
    found = [sheet for sheet in sheets if any(any(row) for row in sheet.rows)]
    if not found:
        raise FileRefused("E_TYPE", WEB_PAGE)
    return found


class _Page(HTMLParser):
    """Tables of a web page in their order; a table within a cell speaks as part of that cell."""

    def __init__(self, limits: Limits) -> None:
        super().__init__(convert_charrefs=True)
        self.limits = limits
        self.sheets: list[MarkupSheet] = []
        self._depth = self._silent = self._cells = 0
        self._text: list[str] | None = None
        self._span = (1, 1)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in HIDDEN:
            self._silent += 1
        elif tag == "table":
            self._depth += 1
            if self._depth == 1:
                self.sheets.append(MarkupSheet(f"表{len(self.sheets) + 1}"))
        elif self._depth == 1 and tag == "tr":
            self._end_cell()
            self.sheets[-1].rows.append([])
        elif self._depth == 1 and tag in {"td", "th"}:
            self._begin_cell(dict(attrs))
        elif tag in {"br", "p", "div", "li"} and self._text:
            self._text.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in HIDDEN:
            self._silent = max(self._silent - 1, 0)
        elif tag == "table":
            if self._depth == 1:
                self._end_cell()
            self._depth = max(self._depth - 1, 0)
        elif self._depth == 1 and tag in {"td", "th", "tr"}:
            self._end_cell()

    def handle_data(self, data: str) -> None:
        if self._text is not None and not self._silent:
            self._text.append(data)

    def _begin_cell(self, given: Mapping[str, str | None]) -> None:
        self._end_cell()
        if not self.sheets[-1].rows:
            self.sheets[-1].rows.append([])
        self._cells += 1
        if self._cells > self.limits.cells or len(self.sheets) > self.limits.sheets:
            raise FileRefused("E_LIMIT", LARGE)
        self._text, self._span = [], (_number(given.get("rowspan")), _number(given.get("colspan")))

    def _end_cell(self) -> None:
        if self._text is None:
            return
        lines = (" ".join(line.split()) for line in "".join(self._text).splitlines())
        down, across = self._span
        self.sheets[-1].add("\n".join(filter(None, lines)), down=down, across=across)
        self._text = None


class _Spreadsheet:
    """An XML spreadsheet of 2003: worksheets, rows, and cells that may skip places and span others."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.sheets: list[MarkupSheet] = []
        self._cells = 0
        self._given: Mapping[str, str] = {}
        self._kind = ""
        self._text: list[str] | None = None

    def read(self, text: str) -> list[MarkupSheet]:
        """Read the whole; raises ExpatError where the text is not well formed."""
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartDoctypeDeclHandler = _refuse_doctype
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.Parse(text.lstrip("\ufeff \r\n\t"), True)  # noqa: FBT003 - expat takes it by position
        return self.sheets

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(" ")[2]
        given = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
        if local == "Worksheet":
            self.sheets.append(MarkupSheet(given.get("Name", f"表{len(self.sheets) + 1}")))
        elif local == "Row" and self.sheets:
            self._skip_to(self.sheets[-1].rows, _number(given.get("Index"), len(self.sheets[-1].rows) + 1))
            self.sheets[-1].rows.append([])
        elif local == "Cell" and self.sheets and self.sheets[-1].rows:
            self._given = given
            self._text = None
        elif local == "Data":
            self._kind, self._text = given.get("Type", "String"), []

    def _skip_to(self, rows: list[list[Cell]], index: int) -> None:
        if index > self.limits.rows:
            raise FileRefused("E_LIMIT", LARGE)
        rows.extend([] for _ in range(index - 1 - len(rows)))

    def _end(self, name: str) -> None:
        if name.rpartition(" ")[2] != "Cell" or not self.sheets or not self.sheets[-1].rows:
            return
        sheet, given = self.sheets[-1], self._given
        row = sheet.rows[-1]
        index = _number(given.get("Index"), len(row) + 1)
        self._cells += max(index - len(row), 1)
        if self._cells > self.limits.cells or len(self.sheets) > self.limits.sheets:
            raise FileRefused("E_LIMIT", LARGE)
        row.extend("" for _ in range(index - 1 - len(row)))
        down, across = _number(given.get("MergeDown"), 0) + 1, _number(given.get("MergeAcross"), 0) + 1
        place = len(sheet.rows) - 1, len(row)
        sheet.add(self._value(sheet, place), down=down, across=across)

    def _value(self, sheet: MarkupSheet, place: tuple[int, int]) -> Cell:
        text = "".join(self._text or ())
        if self._kind == "Error" and text:
            sheet.facts.errors[place] = text
        if self._kind == "DateTime":
            return text.removesuffix("T00:00:00.000")
        return float(text) if self._kind == "Number" and _is_number(text) else text

    def _characters(self, data: str) -> None:
        if self._text is not None:
            self._text.append(data)


def widened(sheet: MarkupSheet) -> Iterator[list[Cell]]:
    """The rows filled up to the widest of them."""
    width = max(map(len, sheet.rows), default=0)
    for row in sheet.rows:
        yield [*row, *[""] * (width - len(row))]


def _refuse_doctype(*_declaration: object) -> None:
    raise FileRefused("E_XML_UNSAFE", UNSAFE)


def _number(text: str | None, otherwise: int = 1) -> int:
    return int(text) if text and text.isdecimal() and len(text) <= len("1048576") else otherwise


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
