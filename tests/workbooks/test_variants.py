"""Words in traditional characters."""

from inspect_app.workbooks.cells import compact
from inspect_app.workbooks.headings import heading_key
from inspect_app.workbooks.variants import PAIRS, simplified


def test_words_of_a_ledger_are_the_same_in_both_scripts() -> None:
    assert heading_key("①隱患描述*") == "隐患描述"
    assert compact("未 完成整改，責任單位：縣應急管理局") == "未完成整改,责任单位:县应急管理局"


def test_what_is_simplified_already_stays() -> None:
    assert simplified("隐患abc") == "隐患abc"
    assert all(len(pair) == 2 and simplified(pair[1]) == pair[1] for pair in PAIRS.split())
