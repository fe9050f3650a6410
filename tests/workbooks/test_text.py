"""Texts in the encodings of county offices."""

from dataclasses import replace
from pathlib import Path

import pytest

from inspect_app.core.errors import FileRefused
from inspect_app.workbooks.limits import DEFAULT
from inspect_app.workbooks.text import decode, delimiter, read_text
from tests.workbooks.hostile import stored

LINE = "序号,单位名称,龘䶮𠮷\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_every_usual_encoding_is_told_by_its_bytes(encoding: str) -> None:
    assert decode(LINE.encode(encoding)) == LINE


def test_plain_gbk_is_read() -> None:
    assert decode("额敏县隐患台账".encode("gbk")) == "额敏县隐患台账"


@pytest.mark.parametrize("data", [b"\xff\xff\xff", b"\xff\xfea", "甲".encode() + b"\x00"])
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(FileRefused) as refusal:
        decode(data)
    assert refusal.value.file_code == "E_ENCODING"


def test_the_line_with_the_other_encoding_is_named() -> None:
    with pytest.raises(FileRefused, match="第 2 行"):
        decode("某某县应急管理局填报\n".encode("gbk") + "某某县应急管理局填报\n".encode())


@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_the_separator_is_the_one_seen_most(separator: str) -> None:
    assert delimiter(f"a{separator}b{separator}c，d\n") == separator


def test_a_record_may_span_lines(tmp_path: Path) -> None:
    path = stored(tmp_path, '1,"一；\n二，""三"""\n2,\n'.encode(), "a.csv")
    assert read_text(path, DEFAULT) == [["1", '一；\n二，"三"'], ["2", ""]]


def test_a_missing_quote_is_named_instead_of_swallowing_the_file(tmp_path: Path) -> None:
    path = stored(tmp_path, ('1,"' + "甲" * 2000).encode(), "a.csv")
    with pytest.raises(FileRefused) as refusal:
        read_text(path, replace(DEFAULT, text_chars=1000))
    assert refusal.value.file_code == "E_LIMIT"
