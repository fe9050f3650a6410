"""Look at the parts of a spreadsheet archive as they stream by: refuse unsafe XML, note what readers do not tell.

A document type can only stand before the root element, so a real XML parser reads that far, in whatever
encoding the part chose; the rest is searched as bytes, at memory speed.
"""

import codecs
import re
from dataclasses import dataclass, field
from xml.parsers import expat

from inspect_app.core.errors import FileRefused
from inspect_app.core.labels import mark
from inspect_app.workbooks.facts import Place, SheetFacts
from inspect_app.workbooks.limits import KIB, MIB, Limits
from inspect_app.workbooks.opendocument import ContentScan
from inspect_app.workbooks.styles import NONE, Styles

UNSAFE = mark("文件的 XML 里含有文档类型声明（DTD），可能不安全，已拒绝读取。请在 Excel 中另存为新的 .xlsx。")
DEEP = mark("文件的 XML 嵌套过深，正常的工作簿不会如此，已拒绝读取。请在 Excel 中另存为新的 .xlsx。")
MACRO_SHEET = mark("工作簿含有 Excel 4.0 宏表，可能带有恶意程序，已拒绝读取。请删除宏表，另存为 .xlsx 后再上传。")

PROLOG_STEP = 4 * KIB
WINDOW = 64 * KIB
FLAT = (b"/>", b"<!", b"<?")
KEPT_BYTES = 4 * MIB
WIDE = {
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
    b"<\x00": "utf-16-le",
    b"\x00<": "utf-16-be",
}

ERROR = re.compile(rb"""<(?:\w+:)?c\b([^>]*\bt=["']e["'][^>]*)>(.*?)</(?:\w+:)?c>""", re.DOTALL)
UNSTORED = re.compile(
    rb"<(?:\w+:)?c\b([^>/]*)>\s*<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)\s*"
    rb"(<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
HIDDEN_ROW = re.compile(rb"""<(?:\w+:)?row\b(?=[^>]*\bhidden=["'](?:1|true)["'])[^>]*\br=["'](\d{1,7})["']""")
ADDRESS = re.compile(rb"""\br=["']([A-Z]{1,3})(\d{1,7})["']""")
VALUE = re.compile(rb"<(?:\w+:)?v>([^<]*)<")
HIDDEN_COLUMN = re.compile(rb"""<(?:\w+:)?col\b(?=[^>]*\bhidden=["'](?:1|true)["'])([^>]*)>""")
LIMIT_OF_COLUMNS = re.compile(rb"""\b(min|max)=["'](\d{1,5})["']""")
IMAGE = re.compile(rb"""<(?:\w+:)?c\b([^>]*)><(?:\w+:)?f\b[^>]*>[^<]*DISPIMG\(""")
STYLED = rb"""\br=["'][A-Z]{1,3}(\d{1,7})["'] s=["'](%s)["']"""
REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
WIDEST = 256


@dataclass(slots=True)
class PartScan:
    """Fed with the chunks of one part; `root` is its root element's name, `kept` its first bytes if they are wanted.

    `_odd` tells that a sheet uses a name-space prefix or single quotes, which some writers do.
    """

    limits: Limits
    keep: bool = False
    styles: Styles = NONE
    root: str | None = None
    facts: SheetFacts = field(default_factory=SheetFacts)
    kept: bytearray = field(default_factory=bytearray)
    content: ContentScan | None = None
    _prolog: expat.XMLParserType | None = None
    _decoder: codecs.IncrementalDecoder | None = None
    _carry: bytes = b""
    _cut: bytes = b""
    _depth: int = 0
    _odd: bool | None = None
    _size: int = 0

    def feed(self, chunk: bytes) -> None:
        """Look at the next chunk of the part."""
        first = not self._size
        self._size += len(chunk)
        if first:
            self._begin(chunk)
        if self.keep and self._size <= KEPT_BYTES:
            self.kept += chunk
        if self._prolog:
            self._read_prolog(chunk)
        if self._depth >= 0:
            self._search(self._narrow(chunk), last=False)
        if self.content:
            self.content.feed(chunk)

    def finish(self) -> None:
        """Search what the last chunk left over."""
        if self._depth >= 0:
            self._search(b"", last=True)
        if self.content:
            self.content.finish()

    def _begin(self, chunk: bytes) -> None:
        encoding = next((name for mark_, name in WIDE.items() if chunk.startswith(mark_)), None)
        if encoding:
            self._decoder = codecs.getincrementaldecoder(encoding)()
        if not encoding and not chunk.removeprefix(codecs.BOM_UTF8).lstrip().startswith(b"<"):
            self._depth = -1  # no XML: a picture, a VBA project
            return
        self._prolog = expat.ParserCreate()
        self._prolog.StartDoctypeDeclHandler = _refuse_doctype
        self._prolog.StartElementHandler = self._meet_root

    def _meet_root(self, name: str, _attributes: dict[str, str]) -> None:
        self.root = self.root or name.rpartition(":")[2]
        if self.root == "macrosheet":
            raise FileRefused("E_MACRO", MACRO_SHEET)

    def _read_prolog(self, chunk: bytes) -> None:
        for start in range(0, len(chunk), PROLOG_STEP):
            if not self._prolog or self.root:
                break
            self._prolog.Parse(chunk[start : start + PROLOG_STEP], False)  # noqa: FBT003 - expat takes it by position
        if self.root:
            self._prolog = None

    def _narrow(self, chunk: bytes) -> bytes:
        return self._decoder.decode(chunk).encode() if self._decoder else chunk

    def _search(self, chunk: bytes, *, last: bool) -> None:
        self._weigh(chunk)
        if self.root != "worksheet":
            return
        if self._odd is None:
            self._odd = b"r='" in chunk or b":row" in chunk
        text = self._carry + chunk
        cut = len(text) if last else self._last_cell(text)
        self._carry = text[cut:] if len(text) - cut < MIB else b""
        self._note(text[:cut])

    def _weigh(self, chunk: bytes) -> None:
        """Follow the nesting window by window; a mark-up cut in two is counted with the byte that completes it."""
        text = self._cut + chunk
        self._cut = text[-1:]
        # the second byte of two of them is rare in a sheet, and one byte is looked for much faster than two
        flat = [mark_up for mark_up in FLAT if mark_up[1:] in text]
        for start in range(0, len(text) - 1, WINDOW):
            end = min(start + WINDOW, len(text) - 1)
            ended = sum(text.count(mark_up, start, end + 1) for mark_up in flat)
            self._depth += text.count(b"<", start, end) - 2 * text.count(b"</", start, end + 1) - ended
            if self._depth > self.limits.depth:
                raise FileRefused("E_XML_UNSAFE", DEEP)
            self._depth = max(self._depth, 0)

    def _last_cell(self, text: bytes) -> int:
        """Where the last row or cell begins, which the next chunk may continue."""
        plain = max(text.rfind(b"<row"), text.rfind(b"<c "), 0)
        return max(plain, text.rfind(b"<", 0, max(text.rfind(b":c "), 0))) if self._odd else plain

    def _note(self, text: bytes) -> None:
        if b't="e"' in text or (self._odd and b"t='e'" in text):
            for attributes, body in ERROR.findall(text):
                value = VALUE.search(body)
                self._note_error(attributes, value[1].decode("utf-8", "replace") if value else "#?")
        if b"<f" in text or (self._odd and b":f>" in text):
            for attributes, value in UNSTORED.findall(text):
                if not (value and b't="str"' in attributes):
                    self._note_error(attributes, "")
        if b"hidden=" in text:
            self.facts.hidden_rows += [int(row) - 1 for row in HIDDEN_ROW.findall(text)]
            self._note_columns(text)
        if b"DISPIMG(" in text:
            self._note_images(text)
        if wanted := [number for number in self.styles.wanted if b's="%d"' % number in text]:
            self._note_styles(re.compile(STYLED % b"|".join(b"%d" % number for number in wanted)), text)

    def _note_columns(self, text: bytes) -> None:
        for attributes in HIDDEN_COLUMN.findall(text):
            ends = {name: int(value) for name, value in LIMIT_OF_COLUMNS.findall(attributes)}
            self.facts.hidden_columns += range(ends.get(b"min", 1) - 1, min(ends.get(b"max", 0), WIDEST))

    def _note_images(self, text: bytes) -> None:
        for attributes in IMAGE.findall(text):
            if place := ADDRESS.search(attributes):
                row = int(place[2]) - 1
                self.facts.replaced[row, column_index(place[1].decode())] = ""
                self.facts.add_picture(row)

    def _note_styles(self, pattern: re.Pattern[bytes], text: bytes) -> None:
        for row, number in pattern.findall(text):
            colour = self.styles.fills.get(int(number))
            if colour:
                self.facts.fills.setdefault(int(row) - 1, colour)
            if int(number) in self.styles.struck:
                self.facts.struck.add(int(row) - 1)

    def _note_error(self, attributes: bytes, code: str) -> None:
        if place := ADDRESS.search(attributes):
            self.facts.errors[int(place[2]) - 1, column_index(place[1].decode())] = code


def column_index(letters: str) -> int:
    """The zero-based index of a column: "A" is 0, "AA" is 26."""
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - ord("A") + 1
    return index - 1


def place_of(address: str) -> Place | None:
    """The zero-based row and column of an address such as "D5"."""
    match = REFERENCE.fullmatch(address)
    return (int(match[2]) - 1, column_index(match[1])) if match else None


def address_of(row: int, column: int) -> str:
    """The address of a zero-based place: "D5" is row 4, column 3."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row + 1}"


def _refuse_doctype(*_declaration: object) -> None:
    raise FileRefused("E_XML_UNSAFE", UNSAFE)
