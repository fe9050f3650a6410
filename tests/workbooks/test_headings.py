"""Headings of any table, by their synonyms."""

from inspect_app.workbooks.headings import Headings, Match

HEADINGS = Headings({"name": "名称 单位名称 建筑名称", "year": "建成年份 建成年代"})


def test_a_dressed_heading_is_known() -> None:
    assert HEADINGS.match("② 名 称*") == Match("name", 0)
    assert HEADINGS.match("建筑名称（必填）") == Match("name", 2)


def test_one_wrong_letter_is_forgiven_unless_told_otherwise() -> None:
    assert HEADINGS.match("建城年份") == Match("year", 100, sure=False)
    assert HEADINGS.match("建城年份", misspelt=False) is None


def test_short_and_long_texts_are_no_misspelt_headings() -> None:
    assert HEADINGS.match("名") is None
    assert HEADINGS.match("建成年份" * 11) is None
