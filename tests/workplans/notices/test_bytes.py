"""Files are known by what they hold; those that cannot be read are refused with a sentence that says what to do."""

import io
import zipfile
from pathlib import Path

import pytest

from inspect_app.core.errors import FileRefused
from inspect_app.workplans.notices.bytes import text_of_bytes, text_of_file

SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def word(path: Path, body: str, head: str = "") -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f"{head}<w:document {SPACE}><w:body>{body}</w:body></w:document>")
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_plain_text_is_read_in_the_encodings_of_offices(encoding: str) -> None:
    assert text_of_bytes("关于印发工作要点的通知".encode(encoding)) == "关于印发工作要点的通知"


def test_words_deleted_in_word_are_not_read(tmp_path: Path) -> None:
    body = "<w:p><w:r><w:t>保留</w:t></w:r><w:del><w:r><w:t>删去</w:t></w:r></w:del></w:p>"
    assert text_of_file(word(tmp_path / "a.docx", body)) == "保留"


def test_the_cells_of_a_row_stand_apart(tmp_path: Path) -> None:
    cells = "".join(f"<w:tc><w:p><w:r><w:t>{each}</w:t></w:r></w:p></w:tc>" for each in "甲乙丙")
    assert text_of_file(word(tmp_path / "a.docx", f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>")) == "甲\t乙\t丙"


def test_a_document_type_in_word_is_refused(tmp_path: Path) -> None:
    head = '<!DOCTYPE a [<!ENTITY b "c">]>'
    with pytest.raises(FileRefused) as refused:
        text_of_file(word(tmp_path / "a.docx", "<w:p/>", head))
    assert refused.value.file_code == "E_XML_UNSAFE"


def test_nesting_without_end_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileRefused) as refused:
        text_of_file(word(tmp_path / "a.docx", "<w:x>" * 400 + "</w:x>" * 400))
    assert refused.value.file_code == "E_XML_UNSAFE"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "E_EMPTY"),
        (b"  \n ", "E_EMPTY"),
        (b"%PDF-1.7", "E_TYPE"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "E_TYPE"),
        (b"\x89PNG\r\n", "E_TYPE"),
        (b"PK\x03\x04broken", "E_CORRUPT"),
        ("长".encode() * 200_001, "E_LIMIT"),
    ],
)
def test_what_is_no_notice_is_refused(tmp_path: Path, data: bytes, code: str) -> None:
    path = tmp_path / "notice.docx"
    path.write_bytes(data)
    with pytest.raises(FileRefused) as refused:
        text_of_file(path)
    assert refused.value.file_code == code


def test_another_archive_is_no_word_file(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    path = tmp_path / "a.docx"
    path.write_bytes(packed.getvalue())
    with pytest.raises(FileRefused) as refused:
        text_of_file(path)
    assert refused.value.file_code == "E_TYPE"
