"""The text of a Word file, paragraph by paragraph, with the numbers that Word itself draws."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError
from zipfile import BadZipFile, ZipFile

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from inspect_app.core.errors import FileRefused
from inspect_app.core.labels import mark
from inspect_app.workbooks.archive import content, members
from inspect_app.workbooks.limits import MIB, Limits
from inspect_app.workplans.notices.wordnumbers import Numbers, local, read_numbers, value

LIMITS = Limits(file_bytes=20 * MIB, unpacked_bytes=24 * MIB, entries=1_000)
DEEPEST = 256
PARTS = ("word/numbering.xml", "word/styles.xml", "word/document.xml")
SILENT = {"del", "moveFrom", "Fallback", "txbxContent", "instrText", "footnote", "pict"}
SIGNS = {"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}

NOT_WORD = mark("这个文件不是 Word 文档（.docx）。请用 Word 或 WPS 打开通知，另存为 .docx 后再上传，或复制全文粘贴。")
BROKEN = mark("Word 文件不完整或已损坏。请用 Word 或 WPS 打开后另存为新的 .docx，或复制全文粘贴。")
UNSAFE = mark("Word 文件里有不应出现的内容（文档类型声明，或嵌套过深），没有读取。请另存为新的 .docx，或复制全文粘贴。")


def text_of_word(path: Path) -> str:
    """Return the paragraphs joined by line feeds, the cells of a table row apart by tabs; raises FileRefused."""
    try:
        parts = _parts(path)
        if "word/document.xml" not in parts:
            raise FileRefused("E_TYPE", NOT_WORD)
        numbers = read_numbers(parts.get("word/numbering.xml"), parts.get("word/styles.xml"))
        return "\n".join(_Reader(numbers).lines(parts["word/document.xml"]))
    except DefusedXmlException as error:
        raise FileRefused("E_XML_UNSAFE", UNSAFE) from error
    except (BadZipFile, ParseError, UnicodeDecodeError, ValueError) as error:
        raise FileRefused("E_CORRUPT", BROKEN) from error


def _parts(path: Path) -> dict[str, bytes]:
    """Unpack the three parts that hold text, every size counted and not believed."""
    parts: dict[str, bytes] = {}
    with ZipFile(path) as archive, path.open("rb") as stream:
        for info in members(archive, LIMITS):
            if info.filename in PARTS:
                spent = sum(map(len, parts.values()))
                parts[info.filename] = b"".join(content(stream, info, LIMITS, spent))
    return parts


@dataclass(slots=True)
class _Reader:
    """Follows the elements of the text; `_silent` counts open elements whose text is not shown."""

    numbers: Numbers
    _depth: int = 0
    _silent: int = 0
    _words: list[str] | None = None
    _number: tuple[str, int] | None = None
    _cells: list[list[str]] = field(default_factory=list)

    def lines(self, data: bytes) -> Iterator[str]:
        for event, element in iterparse(BytesIO(data), events=("start", "end"), forbid_dtd=True):
            name = local(element)
            if event == "start":
                self._open(name, element)
            elif line := self._close(name, element):
                yield line

    def _open(self, name: str, element: Element) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            raise FileRefused("E_XML_UNSAFE", UNSAFE)
        self._silent += name in SILENT
        if self._silent:
            return
        if name == "p":
            self._words, self._number = [], None
        elif name == "tr":
            self._cells = []
        elif name == "tc":
            self._cells.append([])
        elif name == "pStyle":
            self._number = self.numbers.of_style(value(element)) or self._number
        elif name == "ilvl":
            self._number = (self._number[0] if self._number else "", int(value(element) or 0))
        elif name == "numId":
            self._number = (value(element), self._number[1] if self._number else 0)
        elif name in SIGNS and self._words is not None:
            self._words.append(SIGNS[name])

    def _close(self, name: str, element: Element) -> str | None:
        self._depth -= 1
        if self._silent:
            self._silent -= name in SILENT
            return None
        if name == "t" and self._words is not None:
            self._words.append(element.text or "")
        elif name == "p":
            return self._paragraph(element)
        elif name == "tr":
            row, self._cells = self._cells, []
            return "\t".join(" ".join(cell) for cell in row)
        return None

    def _paragraph(self, element: Element) -> str | None:
        line = "".join(self._words or [])
        if line.strip() and self._number:
            line = self.numbers.next(*self._number) + line
        self._words = None
        element.clear()
        if self._cells:
            self._cells[-1].append(line.strip().replace("\n", " "))
            return None
        return line
