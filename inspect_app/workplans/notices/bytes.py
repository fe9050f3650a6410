"""The text of a file: Word, a web page, or plain text in the encodings of offices."""

import re
from pathlib import Path

from inspect_app.core.errors import FileRefused
from inspect_app.core.labels import mark
from inspect_app.workbooks.limits import MIB
from inspect_app.workbooks.text import decode
from inspect_app.workplans.notices.webpage import text_of_page
from inspect_app.workplans.notices.word import text_of_word

MOST_BYTES = 20 * MIB
MOST_SIGNS = 200_000
PAGE = re.compile(
    r"<(?:!doctype|html|head|body|p|div|span|table|h[1-6]|meta|section|article|br)\b[^<>]*>", re.IGNORECASE
)
LOOK_AT = 20_000

OLD_WORD = mark("这是旧版 .doc 文件。请用 Word 或 WPS 打开，另存为 .docx 后再上传，或复制全文粘贴。")
PDF = mark("这是 PDF 文件。请打开后复制全文，存为 .txt 或直接粘贴；扫描件请先做文字识别。")
BINARY = mark("无法识别这个文件的类型。请上传 .docx、.txt、.html 文件，或粘贴通知全文。")
LARGE = mark("文件超过 %(limit)s MB，远大于一份通知，没有读取。请去掉图片后另存，或只粘贴文字。")
LONG = mark("文字超过 %(limit)s 字，远长于一份通知，没有读取。请只保留通知和工作要点的正文。")
EMPTY = mark("文件里没有文字。请确认保存的是通知全文；扫描件请先做文字识别。")


def text_of_file(path: Path) -> str:
    """Return the text of a file whatever its name says; raises FileRefused with what to do."""
    if path.stat().st_size > MOST_BYTES:
        raise FileRefused("E_TOO_BIG", LARGE, limit=MOST_BYTES // MIB)
    data = path.read_bytes()
    return checked(text_of_word(path) if data.startswith(b"PK\x03\x04") else text_of_bytes(data))


def text_of_bytes(data: bytes) -> str:
    """Return the text of a web page or a plain text."""
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise FileRefused("E_TYPE", OLD_WORD)
    if data.startswith(b"%PDF"):
        raise FileRefused("E_TYPE", PDF)
    if data.startswith((b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"{\\rtf")):
        raise FileRefused("E_TYPE", BINARY)
    return text_of_paste(decode(data))


def text_of_paste(text: str) -> str:
    """Return the text of what was pasted, which may be the source of a web page."""
    return text_of_page(text) if PAGE.search(text[:LOOK_AT]) else text


def checked(text: str) -> str:
    """Return the text, unless there is none or far too much of it."""
    if not text.strip():
        raise FileRefused("E_EMPTY", EMPTY)
    if len(text) > MOST_SIGNS:
        raise FileRefused("E_LIMIT", LONG, limit=MOST_SIGNS)
    return text
