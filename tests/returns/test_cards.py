"""Label-and-value cards."""

from datetime import date

from inspect_app.returns.result import Outcome
from tests.returns.county import codes, kinds, read, sheet

CARD = [
    ["隐患整改卡"],
    ["被检查单位", "禾昀面粉厂", "所属乡镇", "东坪镇"],
    ["隐患描述", "", "粮仓爬梯无护笼"],
    ["隐患等级", "一般", "发现日期", "2024.6.3"],
    ["责任单位：东坪镇人民政府", "", "责任人", ""],
    ["整改情况", "未整改"],
]


def test_a_complete_card_is_one_hazard() -> None:
    result = read(sheet(*CARD))
    assert result.outcome is Outcome.IMPORT_CARDS
    (row,) = result.rows
    assert (row.number, row.site, row.found_on, row.responsible_unit) == (
        3,
        "禾昀面粉厂",
        date(2024, 6, 3),
        "东坪镇人民政府",
    )
    assert row.responsible_person is None
    assert set(kinds(result)) == {1, 2, 4, 5, 6}


def test_several_cards_on_a_sheet_are_told_apart() -> None:
    second = [["被检查单位", "穗屿面粉厂", "所属乡镇", "东坪镇"], *CARD[2:]]
    result = read(sheet(*CARD, [], *second))
    assert [row.site for row in result.rows] == ["禾昀面粉厂", "穗屿面粉厂"]


def test_an_incomplete_card_is_rejected_with_the_reason() -> None:
    assert codes(read(sheet(*CARD[:2], ["隐患描述", ""], *CARD[3:]))) == {3: "E_REQUIRED_DESC"}
