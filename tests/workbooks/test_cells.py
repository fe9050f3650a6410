"""Cells as a person reads them."""

import pytest

from inspect_app.workbooks.cells import as_name, as_person, as_text


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (" 甲\u3000", "甲"),
        ("\u200b甲\xa0", "甲"),
        ("一\r\n二", "一\n二"),
        ("甲_x000D_", "甲"),
        (12.0, "12"),
        (1.5, "1.5"),
        ("033010", "033010"),
    ],
)
def test_texts_lose_what_nobody_sees(cell: object, text: str) -> None:
    assert as_text(cell) == text


def test_names_lose_the_padding_inside() -> None:
    assert as_name(" 萧\u3000芳 ") == "萧芳"
    assert as_name("叶尔肯·吐尔逊") == "叶尔肯·吐尔逊"
    assert as_name("A 区仓库") == "A 区仓库"
    assert as_name("—") == ""


def test_a_person_is_kept_without_the_telephone() -> None:
    assert as_person("许敏 13900000000") == "许敏"
    assert as_person("许敏（0936-1234567）") == "许敏"
