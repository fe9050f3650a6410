"""Tables of figures."""

import pytest

from inspect_app.returns.result import Outcome
from inspect_app.returns.statistics import is_statistics
from tests.returns.county import read, sheet


def test_counts_over_numbers_are_statistics() -> None:
    table = sheet(
        ["云县统计表"],
        ["乡镇", "检查企业数", "发现隐患数", "整改率"],
        ["东坪镇", 12, 30, "85%"],
        ["合计", "12", 30, 0.85],
    )
    assert is_statistics(table)
    result = read(table)
    assert (result.outcome, result.rows) == (Outcome.STATISTICS, [])
    assert len(result.ignored) == 4


@pytest.mark.parametrize("rows", [[["会议次数", "份数"], ["甲", "乙"]], [["姓名", "年龄"], ["甲", 30]]])
def test_other_tables_are_not(rows: list[list[object]]) -> None:
    assert not is_statistics(sheet(*rows))
