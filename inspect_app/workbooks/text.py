"""Comma-, tab- or semicolon-separated text in the encodings that county offices save it in."""

import codecs
import csv
from io import StringIO
from pathlib import Path

from inspect_app.core.errors import FileRefused
from inspect_app.core.labels import mark
from inspect_app.workbooks.kind import HEAD_BYTES, wide_encoding
from inspect_app.workbooks.limits import Limits

DELIMITERS = ",\t;|"
LOOK_AT_LINES = 20
LOOK_AT_CHARS = 100_000
LONG_ENOUGH = 18
ASCII = bytes(range(0x80))
BOMS = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}

UNREADABLE = mark("文本文件的编码无法识别（试过 UTF-8、GB18030、UTF-16）。请用记事本打开，另存为 UTF-8 编码后再上传。")
MIXED = mark("文本文件混用了两种编码，第 %(line)s 行与其他行不同。请用 Excel 重新导出，或另存为 UTF-8 编码后再上传。")
LONG_CELL = mark("第 %(line)s 行附近有一格超过 %(limit)s 字，很可能是少了一个引号。请检查该行的引号后再上传。")
BLANK = mark("文件里没有任何内容。请确认保存的是填写后的台账。")


def read_text(path: Path, limits: Limits) -> list[list[str]]:
    """The records of a text file; a record may span lines, so its number is not the line's."""
    text = decode(path.read_bytes())
    if not text.strip():
        raise FileRefused("E_EMPTY", BLANK)
    csv.field_size_limit(limits.text_chars)
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter(text))
    try:
        return list(reader)
    except csv.Error as error:
        raise FileRefused("E_LIMIT", LONG_CELL, line=reader.line_num, limit=limits.text_chars) from error


def decode(data: bytes) -> str:
    """The text, in the one encoding that fits all of it."""
    for bom, encoding in BOMS.items():
        if data.startswith(bom):
            return _strictly(data.removeprefix(bom), encoding)
    if b"\x00" in data[:HEAD_BYTES] and (wide := wide_encoding(data[:HEAD_BYTES])):
        return _strictly(data, wide)
    if _is_utf8(data):
        return _strictly(data, "utf-8")
    _refuse_mixture(data)
    return _strictly(data, "gb18030")


def _strictly(data: bytes, encoding: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise FileRefused("E_ENCODING", UNREADABLE) from error
    if "\x00" in text:
        raise FileRefused("E_ENCODING", UNREADABLE)
    return text


def _refuse_mixture(data: bytes) -> None:
    """GB18030 takes almost any bytes; but a long line of it that is valid UTF-8 by chance does not happen."""
    for number, line in enumerate(data.splitlines(), start=1):
        if len(line.translate(None, ASCII)) >= LONG_ENOUGH and _is_utf8(line):
            raise FileRefused("E_ENCODING", MIXED, line=number)


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def delimiter(text: str) -> str:
    """The separator seen most often in the first lines."""
    start = "\n".join(text[:LOOK_AT_CHARS].splitlines()[:LOOK_AT_LINES])
    return max(DELIMITERS, key=start.count)
