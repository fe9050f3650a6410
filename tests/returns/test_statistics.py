"""Tables of figures."""

import pytest

from inspect_app.returns.result import Outcome
from inspect_app.returns.statistics import figures_of, is_statistics
from inspect_app.workbooks.model import Sheet
from tests.returns.county import PLACES, read, sheet

TABLE = sheet(
    ["云县统计表"],
    ["序号", "乡镇", "检查企业数", "发现隐患数", "其中：重大隐患数", "已整改数", "未整改数", "整改率"],
    [1, "东坪镇", 12, 30, 2, 25, 5, "85%"],
    [2, "沙镇", 12, "２０处", 0, 20, "", "100%"],
    [3, "某某开发区", 12, 1, 0, 1, 0, "100%"],
    ["合计", "", "12", 51, 2.0, 46, 5, 0.85],
)


def said(table: Sheet) -> dict[tuple[str, str, int], int]:
    figures = figures_of(table, PLACES)
    return {(each["township"], each["measure"], each["month"]): each["said"] for each in figures}


def test_counts_over_numbers_are_statistics() -> None:
    assert is_statistics(TABLE)
    result = read(TABLE)
    assert (result.outcome, result.rows) == (Outcome.STATISTICS, [])
    assert len(result.ignored) == 6
    assert result.waits


def test_figures_of_hazards_are_read_by_place_and_measure() -> None:
    assert said(TABLE) == {
        ("990121100", "found", 0): 30,
        ("990121100", "major", 0): 2,
        ("990121100", "done", 0): 25,
        ("990121100", "open", 0): 5,
        ("990121101", "found", 0): 20,
        ("990121101", "major", 0): 0,
        ("990121101", "done", 0): 20,
        ("", "found", 0): 51,
        ("", "major", 0): 2,
        ("", "done", 0): 46,
        ("", "open", 0): 5,
    }


def test_months_side_by_side_are_figures_of_each_month() -> None:
    months = [f"{month}月" for month in range(1, 13)]
    wide = sheet(
        ["2024年发现隐患数统计表"],
        ["乡镇", *months],
        ["东坪镇", *range(12)],
        ["合计", *range(12)],
        ["重大隐患", *[1] * 12],
    )
    figures = said(wide)
    assert figures["990121100", "found", 6] == 5
    assert figures["", "found", 12] == 11
    assert figures["", "major", 1] == 1


@pytest.mark.parametrize("rows", [[["会议次数", "份数"], ["甲", "乙"]], [["姓名", "年龄"], ["甲", 30]]])
def test_other_tables_are_not(rows: list[list[object]]) -> None:
    assert not is_statistics(sheet(*rows))
    assert figures_of(sheet(*rows), PLACES) == []
