"""Rows are as high as their wrapped texts need, in programs that do not work it out themselves."""

from decimal import Decimal

import pytest

from inspect_app.workbooks.write import CellKind, Column, Layout
from inspect_app.workbooks.write.heights import HIGHEST, LOWEST, row_height

LAYOUT = Layout(
    "台账",
    (
        Column("编号", Decimal(8), CellKind.WORD),
        Column("描述", Decimal(21), CellKind.TEXT),
        Column("数量", Decimal(6), CellKind.INTEGER),
        Column("附注", Decimal(6), CellKind.TEXT, hidden=True),
    ),
)


@pytest.mark.parametrize(
    ("text", "lines"),
    [("", 1), ("十个汉字刚好占满一行", 1), ("十一个汉字就要占满两行", 2), ("汉" * 31, 4), ("ascii only, 20 chars", 1),
     ("一行\n两行\n\n四行", 4)],
)  # fmt: skip
def test_a_chinese_character_takes_two_places(text: str, lines: int) -> None:
    assert row_height(LAYOUT)(["A1", text, 3, ""]) == max(lines * 13 + 5, LOWEST)


def test_the_longest_text_decides_and_hidden_columns_do_not() -> None:
    assert row_height(LAYOUT)(["一二三四五六七", "短", 12345678901, "附" * 500]) == 2 * 13 + 5


def test_no_row_is_higher_than_a_spreadsheet_allows() -> None:
    assert row_height(LAYOUT)(["", "汉" * 5000, None, None]) == HIGHEST
