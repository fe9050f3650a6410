"""Rows that are no hazards."""

import pytest

from inspect_app.returns.rowkinds import RowKind, claimed_count, kind_above, kind_below_head, kind_of, repeats


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        ([], RowKind.BLANK),
        ([(0, "12")], RowKind.NUMBERED_BLANK),
        ([(0, "1-1")], RowKind.NUMBERED_BLANK),
        ([(0, "共计"), (3, "18处")], RowKind.TOTAL),
        ([(0, "合计：18处")], RowKind.TOTAL),
        ([(1, "东坪镇小计"), (3, "5")], RowKind.SUBTOTAL),
        ([(0, "例"), (2, "某厂"), (3, "灭火器过期"), (6, "某局")], RowKind.EXAMPLE),
        ([(0, "1"), (3, "（示例）灭火器过期"), (6, "某局")], RowKind.EXAMPLE),
        ([(0, "1"), (1, "东坪镇"), (3, "无")], RowKind.ZERO_REPORT),
        ([(0, "本月无隐患")], RowKind.ZERO_REPORT),
        ([(0, "填表说明：一、日期写全")], RowKind.NOTE),
        ([(0, "单位负责人（签字）：甲"), (6, "填表日期：6月1日")], RowKind.NOTE),
        ([(0, "第2页")], RowKind.PAGE),
        ([(0, "一、东坪镇")], RowKind.GROUP),
        ([(0, "本表由各乡镇于每月一日前报送，不得迟报漏报错报。")], RowKind.NOTE),
        ([(0, "1"), (3, "灭火器过期"), (6, "某局")], RowKind.DATA),
        ([(0, "1"), (1, "东坪镇"), (6, "某局")], RowKind.DATA),
        ([(3, "灭火器过期")], RowKind.DATA),
        ([(0, "1"), (3, "无"), (5, "6月1日"), (6, "某局"), (7, "甲")], RowKind.DATA),
    ],
)
def test_the_kind_of_a_row(cells: list[tuple[int, str]], kind: RowKind) -> None:
    assert kind_of(cells, description=3, sequence=0) is kind


@pytest.mark.parametrize(
    ("texts", "first", "kind"),
    [
        (["云县隐患台账"], True, RowKind.TITLE),
        (["（截至2024年6月7日）"], False, RowKind.META),
        (["2024.6.27"], False, RowKind.META),
        (["填报单位：云县安委办"], True, RowKind.META),
        (["按乡镇汇总"], False, RowKind.NOTE),
        ([], True, RowKind.BLANK),
    ],
)
def test_the_kind_of_a_row_above_the_head(texts: list[str], *, first: bool, kind: RowKind) -> None:
    assert kind_above(list(enumerate(texts)), first=first) is kind


def test_what_belongs_to_the_head_must_look_like_it() -> None:
    assert kind_below_head([(0, "甲"), (1, "乙"), (2, "1"), (3, "2"), (4, "3")]) is RowKind.INDEX_ROW
    assert kind_below_head([(0, "1"), (3, "灭火器过期")]) is None
    assert kind_below_head([]) is None


def test_the_count_of_a_total() -> None:
    assert [claimed_count(text) for text in ("18处", "18", "已整改15处", "")] == [18, 18, None, None]


def test_a_repeated_head_says_the_same_in_the_same_places() -> None:
    labels = [(0, "序号"), (1, "隐患"), (2, "单位"), (3, "日期")]
    assert repeats(["序号", "隐患", "单位", "日期"], labels)
    assert not repeats(["", "序号", "隐患", "单位"], labels)
