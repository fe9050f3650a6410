import pytest

from inspect_app.access.permissions import Role
from inspect_app.core.errors import FileRefused
from inspect_app.evidence.rules import (
    DOCUMENTS,
    NAME_LENGTH,
    PHOTOS,
    WORKBOOKS,
    FileKind,
    admit,
    clean_name,
    kind_of,
    kinds_seen_by,
)


@pytest.mark.parametrize(
    ("head", "name", "kind"),
    [
        (b"\xff\xd8\xff\xe0", "a.txt", FileKind.JPEG),
        (b"\x89PNG\r\n\x1a\n", "a.xlsx", FileKind.PNG),
        (b"RIFF\x10\x00\x00\x00WEBPVP8 ", "a", FileKind.WEBP),
        (b"RIFF\x10\x00\x00\x00WAVEfmt \x00", "a.webp", None),
        (b"%PDF-1.7", "a.jpg", FileKind.PDF),
        (b"PK\x03\x04", "a.docx", FileKind.DOCX),
        (b"PK\x03\x04", "a.ods", FileKind.ODS),
        (b"PK\x03\x04", "a.xls", FileKind.XLSX),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.xlsx", FileKind.XLS),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.DOC", FileKind.DOC),
        (b"code,name", "a.csv", FileKind.TEXT),
        ("\u5e8f\u53f7".encode("utf-16"), "a.csv", FileKind.TEXT),
        (b"MZ\x90\x00", "a.jpg", None),
    ],
)
def test_bytes_tell_the_kind_not_the_name(head: bytes, name: str, kind: FileKind | None) -> None:
    assert kind_of(head, name) is kind


@pytest.mark.parametrize(
    ("head", "code", "word"),
    [
        (b"", "E_EMPTY", "空"),
        (b"\x00\x00\x00\x18ftypheic\x00\x00", "E_TYPE", "HEIC"),
        (b"\x00\x00\x00\x18ftypmif1\x00\x00", "E_TYPE", "HEIC"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'>", "E_TYPE", "JPG、PNG、WebP"),
        (b"<!DOCTYPE html><script>", "E_TYPE", "JPG"),
        (b"GIF89a", "E_TYPE", "JPG"),
        (b"MZ\x90\x00", "E_TYPE", "JPG"),
    ],
)
def test_what_is_no_photo_is_refused_with_what_is_wanted(head: bytes, code: str, word: str) -> None:
    with pytest.raises(FileRefused, match=word) as refused:
        admit(head, "现场.jpg", PHOTOS)
    assert refused.value.file_code == code


def test_markup_is_never_a_document() -> None:
    for head in (b"<svg>", b"<html>", b"<?xml version='1.0'?>"):
        with pytest.raises(FileRefused):
            admit(head, "a.pdf", DOCUMENTS)
    assert admit(b"a,b", "a.csv", WORKBOOKS) is FileKind.TEXT


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("整改 照片.jpg", "整改 照片.jpg"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\x\\台账.xlsx", "台账.xlsx"),
        ("..\\..\\x", "x"),
        ("a\x00b\r\n.jpg", "ab.jpg"),
        ("台账\u202egpj.exe", "台账gpj.exe"),
        ('<b>"x"?*|.jpg', "bx.jpg"),
        ("CON.xlsx", "文件_CON.xlsx"),
        ("", "文件"),
        (" ... ", "文件"),
        ("{{7*7}}.xlsx", "{{77}}.xlsx"),
    ],
)
def test_a_name_from_outside_becomes_harmless(given: str, kept: str) -> None:
    assert clean_name(given) == kept


def test_a_long_name_keeps_its_ending() -> None:
    name = clean_name("照" * 300 + ".jpeg")
    assert len(name) == NAME_LENGTH
    assert name.endswith("照.jpeg")


def test_the_files_of_returns_are_seen_by_those_who_see_returns() -> None:
    works = ["work_plan", "work_due", "work_return"]
    assert kinds_seen_by(Role.INSPECTOR) == ["hazard", "inspection", "document", "assessment_line", *works]
    every = ["hazard", "inspection", "return", "site_import", "document", "register_import", "assessment_line", *works]
    assert kinds_seen_by(Role.COUNTY_CLERK) == every
    assert kinds_seen_by(Role.MEMBER_CLERK) == works
    assert kinds_seen_by(Role.AUDITOR) == kinds_seen_by(Role.SYSTEM_ADMINISTRATOR) == []
    assert kinds_seen_by(None) == every
