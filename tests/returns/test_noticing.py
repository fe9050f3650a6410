"""What is said of whole sheets."""

import pytest

from tests.returns.county import HEAD, hazard, read, sheet

LEDGER = sheet(HEAD, hazard(1), hazard(2), hazard(3, township="沙镇镇"), hazard(4, unit=""), name="台账")


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ([["东坪镇", 3], ["沙镇", 1], ["合计", 4]], []),
        ([["东坪镇", 5], ["沙镇", 1], ["合计", 6]], ["东坪镇 5≠3；合计 6≠4"]),
        ([["某开发区", 9]], []),
    ],
)
def test_a_summary_of_counts_beside_a_ledger_is_compared_with_its_rows(
    counts: list[list[object]], told: list[str]
) -> None:
    summary = sheet(["乡镇", "发现隐患数", "整改率"], *([*line, "50%"] for line in counts), name="汇总")
    result = read(LEDGER, summary)
    said = [str(notice.sentence) for notice in result.notices if notice.code == "W_SUMMARY_MISMATCH"]
    assert len(said) == len(told)
    assert all(part in sentence for part, sentence in zip(told, said, strict=True))
