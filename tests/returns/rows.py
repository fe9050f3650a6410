"""Rows as the reader gives them."""

from datetime import date
from typing import Any

from inspect_app.returns.result import Row

COMPLETE = Row(
    sheet="台账",
    number=4,
    township="白杨沟镇",
    site="白杨沟镇中心小学",
    description="教学楼西侧围墙倾斜开裂",
    grade="general",
    found_on=date(2026, 6, 1),
    responsible_unit="乌苏市教育局",
    responsible_person="赵强",
    measures="拆除重砌并设置构造柱",
    due_on=date(2026, 7, 20),
    status="rectifying",
    done_on=None,
    township_code="654202100",
    reference=None,
    warnings=(),
)


def row(number: int = 4, **over: Any) -> Row:  # noqa: ANN401 - any field
    return COMPLETE._replace(number=number, **over)
