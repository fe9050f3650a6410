"""Tell what a file is by its first bytes; its name says nothing."""

from enum import StrEnum

from inspect_app.core.errors import FileRefused
from inspect_app.core.labels import mark

HEAD_BYTES = 4096


class Kind(StrEnum):
    """The kinds of workbook that can be read; a web page is a text like CSV, since its cells have no types either."""

    XLSX = "xlsx"
    XLSM = "xlsm"
    XLS = "xls"
    ODS = "ods"
    CSV = "csv"
    XML = "xml"


class Family(StrEnum):
    """What the first bytes alone can tell; the members of an archive decide the rest."""

    ZIP = "zip"
    OLE = "ole"
    TEXT = "text"
    MARKUP = "markup"


FOREIGN = {
    b"%PDF": "PDF",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"BM": "BMP",
    b"II*\x00": "TIFF",
    b"MM\x00*": "TIFF",
    b"RIFF": "WEBP",
    b"{\\rtf": "RTF",
    b"Rar!": "RAR",
    b"7z\xbc\xaf\x27\x1c": "7Z",
    b"\x1f\x8b": "GZIP",
    b"MZ": "EXE",
    b"SQLite format 3": "SQLite",
}
MARKUP = (
    b"<!doctype",
    b"<html",
    b"<head",
    b"<body",
    b"<table",
    b"<meta",
    b"<style",
    b"<div",
    b"<?xml",
    b"<!--",
)
WIDE = (b"\xff\xfe", b"\xfe\xff")
SIGNS = frozenset(b"\t\r\n" + bytes(range(0x20, 0x7F)))
LETTERS = frozenset({0x00, 0x20, 0x22, 0x30, 0xFF, *range(0x4E, 0xA0)})
"""First bytes of Chinese characters and their punctuation, and of signs."""
LEAST_SIGNS, RARE_SIGNS = 3, 50

NOT_A_WORKBOOK = mark(
    "这不是 Excel 工作簿，而是 %(what)s 文件（看内容，不看扩展名）。请用 Excel 或 WPS 打开台账，另存为 .xlsx 后再上传。"
)
BINARY = mark("无法识别这个文件的类型。请上传 .xlsx、.xlsm、.xls、.ods 工作簿或 .csv 文本。")
EMPTY = mark("文件是空的（0 字节），可能没有传完或没有保存。请打开原文件确认有内容，保存后重新上传。")


def sniff(head: bytes) -> Family:
    """The family of a file by its first `HEAD_BYTES` bytes; refuses what can hold no ledger."""
    if not head:
        raise FileRefused("E_EMPTY", EMPTY)
    if head.startswith(b"PK\x03\x04"):
        return Family.ZIP
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return Family.OLE
    for magic, what in FOREIGN.items():
        if head.startswith(magic) and not _reads_as_text(head, magic):
            raise FileRefused("E_TYPE", NOT_A_WORKBOOK, what=what)
    return _text(head)


def _reads_as_text(head: bytes, magic: bytes) -> bool:
    """Two letters alone prove nothing: a text may begin with BM or MZ."""
    return len(magic) == len(b"BM") and magic.isalpha() and b"\x00" not in head


def wide_encoding(head: bytes) -> str | None:
    """The encoding of a text in two bytes a letter that has no byte order mark, by where the noughts of its signs are.

    Every nought stands beside a printed sign or a line's end, on the same side of it, and there are enough of them.
    """
    pairs = len(head) // 2
    for encoding, noughts, signs in (("utf-16-le", head[1::2], head[::2]), ("utf-16-be", head[::2], head[1::2])):
        beside = [sign for nought, sign in zip(noughts, signs, strict=False) if not nought]
        clean = all(sign in SIGNS for sign in beside) and LETTERS.issuperset(noughts)
        if clean and len(beside) >= LEAST_SIGNS and len(beside) * RARE_SIGNS >= pairs:
            return encoding
    return None


def _text(head: bytes) -> Family:
    if head.startswith(WIDE):
        return Family.TEXT
    if head.startswith(b"PK\x05\x06") or (b"\x00" in head and not wide_encoding(head)):
        raise FileRefused("E_TYPE", BINARY)
    if head.removeprefix(b"\xef\xbb\xbf").lstrip().lower().startswith(MARKUP):
        return Family.MARKUP
    return Family.TEXT
