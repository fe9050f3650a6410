"""The pass over an archive before any reader sees it."""

from dataclasses import replace
from pathlib import Path

import pytest

from inspect_app.core.errors import FileRefused
from inspect_app.workbooks.kind import Kind
from inspect_app.workbooks.limits import DEFAULT, Limits
from inspect_app.workbooks.precheck import check_archive
from tests.workbooks import hostile

ERROR = '<c r="B2" t="e"><v>#REF!</v></c>'


def test_facts_are_kept_by_the_name_of_the_sheet(tmp_path: Path) -> None:
    facts = check_archive(hostile.stored(tmp_path, hostile.workbook(hostile.row(2, ERROR))), DEFAULT)
    assert facts.sheets["台账"].errors == {(1, 1): "#REF!"}
    assert (facts.kind, facts.date1904, facts.macros) == (Kind.XLSX, False, False)


@pytest.mark.parametrize(("flag", "told"), [("1", True), ("true", True), ("0", False)])
def test_the_calendar_stands_in_the_book(tmp_path: Path, flag: str, *, told: bool) -> None:
    parts = hostile.parts(hostile.sheet(), book=f'<workbookPr date1904="{flag}"/>')
    assert check_archive(hostile.stored(tmp_path, hostile.packed(parts)), DEFAULT).date1904 is told


@pytest.mark.parametrize(
    ("code", "limits"),
    [
        ("E_LIMIT", replace(DEFAULT, entries=3)),
        ("E_TOO_BIG", replace(DEFAULT, unpacked_bytes=900)),
        ("E_TOO_BIG", replace(DEFAULT, ratio_from_bytes=100, part_ratio=1)),
    ],
)
def test_every_limit_is_kept(tmp_path: Path, code: str, limits: Limits) -> None:
    path = hostile.stored(tmp_path, hostile.workbook("<row/>" * 200))
    with pytest.raises(FileRefused) as refusal:
        check_archive(path, limits)
    assert refusal.value.file_code == code


def test_members_that_overlap_are_refused(tmp_path: Path) -> None:
    data = bytearray(hostile.packed({"[Content_Types].xml": "<Types/>", "a": "1", "b": "2"}))
    second, third = (data.rindex(b"PK\x01\x02", 0, data.rindex(name)) for name in (b"a", b"b"))
    data[third + 42 : third + 46] = data[second + 42 : second + 46]
    with pytest.raises(FileRefused) as refusal:
        check_archive(hostile.stored(tmp_path, bytes(data)), DEFAULT)
    assert refusal.value.file_code == "E_CORRUPT"
