import json

from inspect_app.returns.fields import Field
from inspect_app.returns.keeping import keep, restore
from inspect_app.returns.result import Duplicate, Ignored, Outcome, Problem, ReadResult, Rejection
from inspect_app.returns.rowkinds import RowKind
from tests.returns.rows import row


def test_what_was_read_comes_back_exactly_from_json() -> None:
    read = ReadResult(
        Outcome.IMPORT,
        [
            row(4, warnings=("W_LEVEL_MISSING",), grade=None),
            row(5, found_on=None, description="=1+1处灭火器过期", key="K-1", more=(("remark", "已复核"),)),
        ],
        [
            Rejection(
                None, 6, (Problem("E_DATE_INVALID", Field.FOUND_ON, "发现日期", "2026-02-30"),), row(6, found_on=None)
            )
        ],
        [Duplicate(row(7), row(4))],
        [Ignored("台账", 1, RowKind.TITLE)],
    )
    assert restore(json.loads(json.dumps(keep(read)))) == read
