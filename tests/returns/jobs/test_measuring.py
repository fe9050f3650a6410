import zipfile
from pathlib import Path

import pytest

from inspect_app.returns.jobs.measuring import is_large
from tests.returns.ledgers import ledger_row, write_ledger


def test_a_workbook_is_large_by_its_rows(tmp_path: Path) -> None:
    file = write_ledger(tmp_path / "a.xlsx", map(ledger_row, range(1, 31)))
    assert is_large(file, 20)
    assert not is_large(file, 60)


def test_a_text_is_large_by_its_lines(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("a,b\n" * 30)
    assert is_large(file, 20)
    assert not is_large(file, 30)


def test_an_old_workbook_is_large_by_its_size(tmp_path: Path) -> None:
    file = tmp_path / "a.xls"
    file.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 10_000)
    assert is_large(file, 20)
    assert not is_large(file, 100)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04" + b"\x00" * 64, b"\x89PNG\r\n\x1a\n"])
def test_what_is_no_sound_file_is_not_large(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "a.xlsx"
    file.write_bytes(content)
    assert not is_large(file, 5)


def test_a_broken_or_unknown_archive_is_not_large(tmp_path: Path) -> None:
    file = tmp_path / "a.xlsx"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"<row/>" * 100)
    content = bytearray(file.read_bytes())
    content[45:60] = b"x" * 15
    file.write_bytes(content)
    assert not is_large(file, 1_000)


def test_counting_stops_when_enough_is_known(tmp_path: Path) -> None:
    file = tmp_path / "a.xlsx"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"<row>" + b" " * 400_000_000)
    assert not is_large(file, 5)
