"""What the first bytes tell."""

import pytest

from inspect_app.core.errors import FileRefused
from inspect_app.workbooks.kind import Family, sniff


@pytest.mark.parametrize(
    ("head", "family"),
    [
        (b"PK\x03\x04rest", Family.ZIP),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", Family.OLE),
        ("序号,隐患".encode("gbk"), Family.TEXT),
        ("序号,隐患".encode("utf-16"), Family.TEXT),
        (b"BM,1", Family.TEXT),
        (b"\n <HTML>", Family.MARKUP),
        ("序号,隐患\n1,2".encode("utf-16-le"), Family.TEXT),
        ("序号,隐患\n一,1,2".encode("utf-16-be"), Family.TEXT),
    ],
)
def test_the_family_is_in_the_first_bytes(head: bytes, family: Family) -> None:
    assert sniff(head) is family


FOREIGN = [b"%PDF-", b"\xff\xd8\xff\xe0", b"Rar!\x1a", b"MZ\x90\x00", b"PK\x05\x06", b"1,\x00\x00\x01"]


@pytest.mark.parametrize("head", FOREIGN)
def test_what_holds_no_ledger_is_refused(head: bytes) -> None:
    with pytest.raises(FileRefused) as refusal:
        sniff(head)
    assert refusal.value.file_code == "E_TYPE"


def test_an_empty_file_is_called_empty() -> None:
    with pytest.raises(FileRefused, match="0 字节"):
        sniff(b"")
