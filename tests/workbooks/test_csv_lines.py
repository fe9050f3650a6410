"""CSV that opens rightly and runs nothing."""

import csv
from io import StringIO

from inspect_app.workbooks.csv_lines import BYTE_ORDER_MARK, csv_lines


def test_what_looks_like_a_formula_is_quoted_and_the_rest_survives() -> None:
    text = "".join(csv_lines(["甲", "乙"], [["=1+1", 'a"b,c'], ["二\n行", 3]]))
    assert text.startswith(BYTE_ORDER_MARK)
    rows = list(csv.reader(StringIO(text.removeprefix(BYTE_ORDER_MARK), newline="")))
    assert rows == [["甲", "乙"], ["'=1+1", 'a"b,c'], ["二\n行", "3"]]
