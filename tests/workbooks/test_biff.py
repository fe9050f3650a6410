"""Old workbooks, record by record."""

import struct

import pytest

from inspect_app.core.errors import FileRefused
from inspect_app.workbooks import biff
from tests.workbooks.hostile import record

SHEET_AT = 52


def stream(*sheet: bytes, dates: int = 0, kind: int = 0) -> bytes:
    globals_ = record(0x0809, bytes(16)) + record(biff.DATEMODE, struct.pack("<H", dates))
    bound = record(biff.BOUNDSHEET, struct.pack("<IBB", SHEET_AT, 0, kind) + b"\x02\x00ab")
    body = b"".join(sheet)
    start = (globals_ + bound + record(biff.EOF)).ljust(SHEET_AT, b"\x00")
    return start + record(0x0809, bytes(16)) + body + record(biff.EOF)


def test_errors_and_hidden_rows_are_noted_with_their_places() -> None:
    error = record(biff.BOOLERR, struct.pack("<HHHBB", 3, 2, 0, 0x2A, 1))
    truth = record(biff.BOOLERR, struct.pack("<HHHBB", 4, 2, 0, 1, 0))
    formula = record(biff.FORMULA, struct.pack("<HHHBBBBBBHHI", 5, 1, 0, 2, 0, 0x17, 0, 0, 0, 0xFFFF, 0, 0))
    hidden = record(biff.ROW, struct.pack("<HHHHHHHH", 7, 0, 3, 255, 0, 0, 0x20, 0))
    (facts,) = biff._walk(stream(error, truth, formula, hidden)).sheets
    assert facts.errors == {(3, 2): "#N/A", (5, 1): "#REF!"}
    assert facts.hidden_rows == [7]


def test_the_1904_calendar_is_told() -> None:
    assert biff._walk(stream(dates=1)).date1904


LOCKED = record(biff.FILEPASS, bytes(4))


@pytest.mark.parametrize(("data", "code"), [(LOCKED, "E_ENCRYPTED"), (stream(kind=1), "E_MACRO")])
def test_locks_and_macro_sheets_are_refused(data: bytes, code: str) -> None:
    with pytest.raises(FileRefused) as refusal:
        biff._walk(data)
    assert refusal.value.file_code == code


def test_facts_are_given_to_sheets_only_when_their_numbers_agree() -> None:
    facts = biff._walk(stream())
    assert list(biff.by_name(facts, ["ab"])) == ["ab"]
    assert biff.by_name(facts, ["ab", "cd"]) == {}


def test_a_rich_text_that_the_reader_may_lose_is_remembered() -> None:
    (facts,) = biff._walk(stream(record(biff.RICH_STRING, struct.pack("<HHH", 3, 2, 0)))).sheets
    assert facts.texts == {(3, 2)}
