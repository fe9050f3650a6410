"""Where the head of a ledger is, and what every row is."""

import pytest

from inspect_app.returns.fields import Field
from inspect_app.returns.heads import find_head
from inspect_app.returns.recognise import recognise
from inspect_app.workbooks.model import Merge
from tests.returns.county import HEAD, codes, hazard, kinds, read, read_rows, sheet

GROUPED = ["序号", "所属乡镇", "被检查单位", "排查情况", "", "", "整改情况", "", "", "", "", ""]
LEAVES = [
    "",
    "",
    "",
    "存在问题",
    "隐患级别",
    "检查日期",
    "责任单位",
    "责任人",
    "整改措施",
    "整改时限",
    "是否整改",
    "完成日期",
]


def test_the_head_is_found_below_title_and_reporting_unit() -> None:
    found = recognise(sheet(["云县隐患台账"], ["填报单位：云县安委办", "", "2024.6.27"], [], HEAD, hazard()))
    assert found.tables[0].head.top == 3
    assert [kind.value for _, kind in sorted(found.ignored.items())] == ["title", "meta", "blank", "header"]
    assert found.preamble[0] == "云县隐患台账"


@pytest.mark.parametrize("merges", [[], [Merge(0, 0, 1, 0), Merge(0, 3, 0, 5), Merge(0, 6, 0, 11)]])
def test_a_head_of_two_rows_is_one_head(merges: list[Merge]) -> None:
    head = find_head(sheet(GROUPED, LEAVES, hazard(), merges=merges))
    assert head
    assert (head.top, head.height) == (0, 2)
    assert head.columns[Field.DESCRIPTION] == 3
    assert head.columns[Field.DONE_ON] == 11


def test_ticks_under_a_state_are_its_head_too() -> None:
    top = [*HEAD[:10], "整改情况", "", ""]
    below = [""] * 10 + ["已整改", "整改中", "未整改"]
    rows = [[*hazard(1)[:10], "√", "", ""], [*hazard(2)[:10], "", "", "√"], [*hazard(3)[:10], "√", "√", ""]]
    result = read(sheet(top, below, *rows, merges=[Merge(0, 10, 0, 12)]))
    assert [row.status for row in result.rows] == ["rectified", "open", None]


def test_three_rows_of_headings() -> None:
    head = find_head(sheet(["整改清单", *[""] * 11], GROUPED, LEAVES, hazard()))
    assert head
    assert head.body == 3


def test_the_better_known_of_two_columns_with_one_meaning_wins() -> None:
    head = find_head(sheet([*HEAD[:8], "整改要求", *HEAD[8:]], hazard()))
    assert head
    assert head.columns[Field.MEASURES] == 9


def test_a_sheet_of_notes_has_no_head() -> None:
    assert find_head(sheet(["一、隐患等级填一般或重大。"], ["二、责任单位填全称。"])) is None
    assert find_head(sheet(["隐患等级", "整改情况"], ["一般", "已整改"])) is None


def test_numbers_and_units_right_below_the_head_belong_to_it() -> None:
    numbers = [str(number) for number in range(1, 13)]
    assert kinds(read_rows(numbers, hazard())) == {1: "header", 2: "index_row"}
    assert kinds(read_rows(["", "", "", "", "", "(年/月/日)", "", "", "", "(年月日)"], hazard())) == {
        1: "header",
        2: "unit_row",
    }


def test_furniture_is_told_from_hazards() -> None:
    result = read_rows(
        ["示例", "", "某单位", "（示例）某处灭火器过期", "一般"],
        ["东坪镇"],
        hazard(1),
        ["小计", "", "", "1处"],
        HEAD,
        hazard(2),
        [3],
        [],
        ["第1页 共3页"],
        ["合  计", "", "", "2处", "", "", "", "", "", "", "已整改1处"],
        ["备注：1.隐患等级分两级；"],
        ["\u3000\u30002.本表每月1日前报送市安委办，逾期不报的按迟报处理。"],
        ["填表人：甲", "", "", "审核人：乙"],
    )
    assert [row.number for row in result.rows] == [4, 7]
    expected = "header example group subtotal header numbered_blank blank page total note note note"
    assert list(kinds(result).values()) == expected.split()


def test_a_description_that_begins_like_a_total_is_a_hazard() -> None:
    result = read_rows(
        hazard(description="合计7个安全出口中有2个上锁"), hazard(description="示范街灭火器过期", number=2)
    )
    assert len(result.rows) == 2


def test_a_second_table_with_other_columns_is_read_by_its_own_head() -> None:
    turned = list(reversed(HEAD))
    result = read(sheet(HEAD, hazard(1), [], ["二、重大隐患"], turned, list(reversed(hazard(2, grade="重大")))))
    assert [(row.number, row.grade) for row in result.rows] == [(2, "general"), (6, "major")]
    assert not codes(result)


def test_a_total_is_compared_with_what_stands_above_it() -> None:
    table = recognise(sheet(HEAD, ["合计", "", "", "3处"], hazard(1), ["小计", "", "", "1"], hazard(2))).tables[0]
    assert [(total.claimed, total.counted) for total in table.totals] == [(3, 2), (1, 1)]
